"""The closed words of minutes: what kind of note, and where the minutes of a session stand."""

from enum import StrEnum


class NoteKind(StrEnum):
    """What a note of the minutes records (domain.md §2.9), in the order of the paper."""

    OPENING = "opening"
    DISCUSSION = "discussion"
    QUESTION = "question"
    ANSWER = "answer"
    NOTE = "note"
    CLOSING = "closing"


class State(StrEnum):
    """Where the minutes of a session stand; approved ones are locked until a new version is opened."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"
