"""What a letter of assignment may be: a whole PDF, or a photo of the paper; pure."""

from enum import StrEnum

from rakor.seats.rules.letters import PdfProblem, judge_pdf

MOST_PAPER_BYTES = 5 * 1024 * 1024
MOST_PAPERS = 20
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class PaperProblem(StrEnum):
    """Why a file cannot be a letter of assignment."""

    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    UNKNOWN = "unknown"
    """Neither a whole PDF nor a photo."""
    LOCKED = "locked"
    ACTIVE = "active"
    TOO_LARGE = "too_large"
    """A photo of more pixels than anybody needs to read a page."""
    TOO_MANY = "too_many"


class PaperKind(StrEnum):
    """What a file is, by its content."""

    PDF = "pdf"
    PICTURE = "picture"


PDF_PROBLEMS = {
    PdfProblem.EMPTY: PaperProblem.EMPTY,
    PdfProblem.TOO_HEAVY: PaperProblem.TOO_HEAVY,
    PdfProblem.NOT_A_PDF: PaperProblem.UNKNOWN,
    PdfProblem.LOCKED: PaperProblem.LOCKED,
    PdfProblem.ACTIVE: PaperProblem.ACTIVE,
}


def judge_paper(content: bytes) -> PaperKind | PaperProblem:
    """Judge a file by its content, never by its name; a picture is still to be read by whoever redraws it."""
    if not content:
        return PaperProblem.EMPTY
    if len(content) > MOST_PAPER_BYTES:
        return PaperProblem.TOO_HEAVY
    if content.startswith(PICTURES):
        return PaperKind.PICTURE
    problem = judge_pdf(content)
    return PDF_PROBLEMS[problem] if problem else PaperKind.PDF
