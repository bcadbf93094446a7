"""The rows of an upload: written, judged, counted, shown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, func, insert, select, update

from rakor.db import db, table_of
from rakor.imports.models import ImportRow, SheetImport
from rakor.imports.rules import Field, Problem, RowState, Verdict

AT_ONCE = 1_000
OPEN = (RowState.PROBLEM, RowState.QUESTION, RowState.GOOD, RowState.UNCHANGED)


def write_rows(row: SheetImport, found: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Write what was read of a file; a second reading replaces the first."""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == row.id))
    values = [
        {
            "import_id": row.id,
            "event_id": row.event_id,
            "number": number,
            "cells": json.dumps(list(cells), ensure_ascii=True),
            "state": RowState.PROBLEM,
        }
        for number, cells in found
    ]
    for start in range(0, len(values), AT_ONCE):
        db.session.execute(insert(ImportRow), values[start : start + AT_ONCE])


def cells_of(import_id: UUID) -> list[tuple[int, list[str]]]:
    """Return number and cells of every row that is not saved, in the order of the sheet."""
    query = select(ImportRow.number, ImportRow.cells).where(ImportRow.import_id == import_id, ImportRow.state.in_(OPEN))
    found = db.session.execute(query.order_by(ImportRow.number))
    return [(number, json.loads(cells or "[]")) for number, cells in found]


def write_verdicts(import_id: UUID, verdicts: Mapping[int, Verdict]) -> None:
    """Write what was judged of each row."""
    table = table_of(ImportRow)
    names = ("state", "act", "problems", "asks", "choices", "seat_id", "office_id", "registration_id",
             "with_seat_id", "has_email")  # fmt: skip
    statement = (
        update(table)
        .where(table.c.import_id == import_id, table.c.number == bindparam("row_number"))
        .values({name: bindparam(f"new_{name}") for name in names})
    )
    values = [{"row_number": number, **_stored(verdict)} for number, verdict in verdicts.items()]
    for start in range(0, len(values), AT_ONCE):
        db.session.execute(statement, values[start : start + AT_ONCE])


def _stored(verdict: Verdict) -> dict[str, Any]:
    return {
        "new_state": verdict.state,
        "new_act": verdict.act.value,
        "new_problems": [problem.packed() for problem in verdict.problems],
        "new_asks": verdict.asks[:300],
        "new_choices": list(verdict.choices),
        "new_seat_id": verdict.seat_id,
        "new_office_id": verdict.office_id,
        "new_registration_id": verdict.registration_id,
        "new_with_seat_id": verdict.with_seat_id,
        "new_has_email": verdict.has_email,
    }


def told_count(import_id: UUID) -> int:
    """Return how many people saving the good rows would tell by e-mail."""
    told = (ImportRow.import_id == import_id, ImportRow.state == RowState.GOOD, ImportRow.has_email)
    return db.session.scalar(select(func.count()).select_from(ImportRow).where(*told)) or 0


@dataclass(frozen=True)
class ShownRow:
    """A row as a page or a sheet shows it."""

    number: int
    state: RowState
    cells: list[str]
    problems: tuple[Problem, ...]
    office_id: UUID | None
    registration_id: UUID | None
    act: str

    def cell(self, mapping: Mapping[str, int], field: Field) -> str:
        """What stands in the column of a field; empty where there is no such column."""
        place = mapping.get(field, -1)
        return self.cells[place] if 0 <= place < len(self.cells) else ""


def rows_in(import_id: UUID, states: Iterable[RowState], *, offset: int = 0, limit: int = 50) -> list[ShownRow]:
    """Return rows in these states, in the order of the sheet."""
    found = db.session.scalars(_in(import_id, states).order_by(ImportRow.number).offset(offset).limit(limit))
    return [
        ShownRow(
            row.number,
            row.state,
            json.loads(row.cells or "[]"),
            tuple(map(Problem.unpacked, row.problems)),
            row.office_id,
            row.registration_id,
            row.act,
        )
        for row in found
    ]


def _in(import_id: UUID, states: Iterable[RowState]) -> Select[ImportRow]:
    return select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.state.in_(list(states)))


@dataclass(frozen=True)
class Question:
    """A text that several rows share, and what it can mean; ``field`` is the column it stands in."""

    key: str
    field: Field
    text: str
    row_count: int
    choices: list[str]


def questions(row: SheetImport) -> list[Question]:
    """Return the questions of an upload, those of most rows first; two queries."""
    asked = (
        select(ImportRow.asks, func.count(), func.min(ImportRow.number))
        .where(ImportRow.import_id == row.id, ImportRow.asks != "", ImportRow.state == RowState.QUESTION)
        .group_by(ImportRow.asks)
        .order_by(func.count().desc(), func.min(ImportRow.number))
        .limit(50)
    )
    found = [(key, count, number) for key, count, number in db.session.execute(asked)]
    numbers = [number for _key, _count, number in found]
    first = select(ImportRow).where(ImportRow.import_id == row.id, ImportRow.number.in_(numbers))
    examples = {one.number: one for one in db.session.scalars(first)}
    return [_question(row, key, count, examples[number]) for key, count, number in found]


def _question(row: SheetImport, key: str, count: int, example: ImportRow) -> Question:
    cells = json.loads(example.cells or "[]")
    order = (Field.ROLE, Field.POST) if key.startswith("role:") else (Field.OFFICE, Field.REGENCY, Field.PROVINCE)
    field = next((one for one in order if _cell(cells, row.mapping, one)), order[0])
    text = _cell(cells, row.mapping, field)
    if field is Field.OFFICE and " · " in key:
        text += f" ({_cell(cells, row.mapping, Field.PROVINCE)})"
    return Question(key, field, text, count, example.choices)


def _cell(cells: list[str], mapping: Mapping[str, int], field: Field) -> str:
    place = mapping.get(field, -1)
    return cells[place].strip() if 0 <= place < len(cells) else ""
