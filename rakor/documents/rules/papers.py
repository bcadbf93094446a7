"""As what a list is handed out, and where a paper stands."""

from enum import StrEnum


class PaperFormat(StrEnum):
    """As what a list is handed out."""

    PDF = "pdf"
    XLSX = "xlsx"


class PaperState(StrEnum):
    """Where a paper stands for the person who waits for it."""

    MAKING = "making"
    AGAIN = "again"
    READY = "ready"
    OVER = "over"
    FAILED = "failed"


def paper_state(*, made: bool, kept: bool, failed: bool, tried_before: bool) -> PaperState:
    """Say where a paper stands: its file was ``made`` and is still ``kept``; its job ``failed``, or failed once."""
    if kept:
        return PaperState.READY
    if made:
        return PaperState.OVER
    if failed:
        return PaperState.FAILED
    return PaperState.AGAIN if tried_before else PaperState.MAKING
