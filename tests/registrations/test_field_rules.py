"""The event's own questions, decided without a database: what is asked, what is taken, what a file is."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.registrations.rules.fields import (
    MOST_BYTES,
    FieldKind,
    FieldProblem,
    Question,
    check_answer,
    document_type,
    visible,
)

P = FieldProblem
PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"

TODAY = date(2026, 11, 24)


def asked(kind: FieldKind, **values: object) -> Question:
    return Question(uuid4(), kind, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "typed", "found"),
    [
        (FieldKind.TEXT, "  dua   kata ", "dua kata"),
        (FieldKind.TEXT, "a" * 1001, P.TOO_LONG),
        (FieldKind.TEXT, "x\u202ey", P.UNREADABLE),
        (FieldKind.CHOICE, "L", "L"),
        (FieldKind.CHOICE, "XXL", P.NOT_OFFERED),
        (FieldKind.NUMBER, "1.200,5", "1200.5"),
        (FieldKind.NUMBER, "-3", "-3"),
        (FieldKind.NUMBER, "tiga", P.NO_NUMBER),
        (FieldKind.NUMBER, "1" * 16, P.NO_NUMBER),
        (FieldKind.DATE, "2026-11-24", "2026-11-24"),
        (FieldKind.DATE, "2026-02-30", P.NO_DATE),
        (FieldKind.DATE, "0001-01-01", P.NO_DATE),
        (FieldKind.CONSENT, "apa saja", "yes"),
        (FieldKind.TEXT, "", ""),
    ],
)
def test_an_answer_is_taken_or_refused_with_a_reason(kind: FieldKind, typed: str, found: object) -> None:
    assert check_answer(asked(kind, options=("M", "L")), typed, TODAY) == found


def test_a_required_one_is_required() -> None:
    for kind in FieldKind:
        assert check_answer(asked(kind, required=True), " ", TODAY) is P.MISSING


@given(typed=st.text(), kind=st.sampled_from(FieldKind))
def test_any_text_is_judged(typed: str, kind: FieldKind) -> None:
    assert isinstance(check_answer(asked(kind), typed, TODAY), str | FieldProblem)


def test_what_depends_on_a_hidden_question_is_hidden_too() -> None:
    first = asked(FieldKind.CHOICE, options=("ya", "tidak"))
    second = asked(FieldKind.TEXT, shown_by=first.id, shown_value="ya")
    third = asked(FieldKind.TEXT, shown_by=second.id, shown_value="bus")
    all_three = [first, second, third]
    assert visible(all_three, {first.id: "ya", second.id: "bus"}) == {one.id for one in all_three}
    assert visible(all_three, {first.id: "tidak", second.id: "bus"}) == {first.id}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PDF, "application/pdf"),
        (b"<html>%PDF-1.7 %%EOF", P.NOT_A_DOCUMENT),
        (b"%PDF-1.7 cut", P.NOT_A_DOCUMENT),
        (b"MZ\x90", P.NOT_A_DOCUMENT),
        (PDF + b" " * MOST_BYTES, P.TOO_LARGE),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, found: object) -> None:
    assert document_type(content) == found
