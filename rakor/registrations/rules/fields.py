"""The event's own questions in the open form: kinds, which of them are shown, and what an answer must be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from rakor.registrations.rules.numbers import check_nik
from rakor.registrations.rules.text import TextProblem, check_text, clean_text

LONGEST_ANSWER = 1000
MOST_BYTES = 5 * 1024 * 1024


class FieldKind(StrEnum):
    """What a question asks for."""

    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    FILE = "file"
    CONSENT = "consent"
    NIK = "nik"
    """The number of one's identity card: only with a purpose in the organiser's own words."""


SEALED = frozenset({FieldKind.NIK})
"""Kinds whose answers are masked on every page, and leave whole only in a list that says what for."""


class FieldPurpose(StrEnum):
    """Why a question is asked: no personal field without a purpose (UU 27/2022 art. 27–28)."""

    ATTENDANCE = "attendance"
    LOGISTICS = "logistics"
    TRAVEL = "travel"
    PROGRAMME = "programme"
    PUBLICATION = "publication"
    SPECIAL_NEEDS = "special_needs"


SPECIAL = frozenset({FieldPurpose.SPECIAL_NEEDS})
"""Purposes that mean health data: "specific" data, which needs a consent of its own (art. 4(2), 22)."""


class FieldProblem(StrEnum):
    """Why an answer is not taken."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNREADABLE = "unreadable"
    NOT_OFFERED = "not_offered"
    NO_NUMBER = "no_number"
    NO_DATE = "no_date"
    NO_CONSENT = "no_consent"
    NO_NIK = "no_nik"
    TOO_LARGE = "too_large"
    NOT_A_DOCUMENT = "not_a_document"


@dataclass(frozen=True)
class Question:
    """One question: ``shown_by`` names another one whose answer must be ``shown_value`` for this to be asked."""

    id: UUID
    kind: FieldKind
    required: bool = False
    options: tuple[str, ...] = ()
    shown_by: UUID | None = None
    shown_value: str = ""


def visible(questions: Sequence[Question], answers: Mapping[UUID, str]) -> frozenset[UUID]:
    """Return the questions that are asked, given what is typed; what depends on a hidden one is hidden too.

    ``questions`` are in the form's order, and each depends on an earlier one at most.
    """
    shown: set[UUID] = set()
    for one in questions:
        by = one.shown_by
        if by is None or (by in shown and answers.get(by, "").strip() == one.shown_value):
            shown.add(one.id)
    return frozenset(shown)


def check_answer(question: Question, typed: str, today: date) -> str | FieldProblem:
    """Return a typed answer as it is stored, or why it is not taken; an empty one is "" where it may be empty.

    ``today`` judges the birth date in a NIK.
    """
    text = clean_text(typed, lines=question.kind is FieldKind.TEXT)
    if not text:
        return FieldProblem.MISSING if question.required else ""
    problem = check_text(typed, LONGEST_ANSWER, lines=question.kind is FieldKind.TEXT)
    if problem is not None:
        return FieldProblem.TOO_LONG if problem is TextProblem.TOO_LONG else FieldProblem.UNREADABLE
    if question.kind is FieldKind.CHOICE and text not in question.options:
        return FieldProblem.NOT_OFFERED
    if question.kind is FieldKind.NUMBER:
        return _number(text)
    if question.kind is FieldKind.DATE:
        return _date(text)
    if question.kind is FieldKind.NIK:
        return check_nik(text, today).digits or FieldProblem.NO_NIK
    return "yes" if question.kind is FieldKind.CONSENT else text


def _number(text: str) -> str | FieldProblem:
    """A number as Indonesians type it: "1.200,5"; at most 15 digits."""
    plain = text.replace(".", "").replace(",", ".", 1)
    digits = plain.removeprefix("-").replace(".", "", 1)
    good = digits.isascii() and digits.isdigit() and len(digits) <= 15
    return plain if good else FieldProblem.NO_NUMBER


def _date(text: str) -> str | FieldProblem:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return FieldProblem.NO_DATE
    return found.isoformat() if 1900 <= found.year <= 2100 else FieldProblem.NO_DATE


def document_type(content: bytes) -> str | FieldProblem:
    """Return the media type of a PDF, JPEG or PNG by its content, never by its name; else why it is not taken."""
    if len(content) > MOST_BYTES:
        return FieldProblem.TOO_LARGE
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return "application/pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-64:]:
        return "image/png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:]:
        return "image/jpeg"
    return FieldProblem.NOT_A_DOCUMENT
