"""Contacts of offices pasted from a sheet: which column is what, what each row says, what is wrong with it; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from rakor.regions.rules import plain
from rakor.registrations.rules import (
    Email,
    EmailProblem,
    NameProblem,
    Phone,
    PhoneProblem,
    check_name,
    clean_text,
    parse_email,
    parse_phone,
)
from rakor.seats.rules.office_names import KnownOffice, OfficeFinder

MOST_ROWS = 2000
LONGEST = 120


class Column(StrEnum):
    """What a pasted column can hold."""

    OFFICE = "office"
    NAME = "name"
    POST = "post"
    PHONE = "phone"
    EMAIL = "email"


ORDER = tuple(Column)
HEADINGS: dict[Column, frozenset[str]] = {
    column: frozenset(words.split(", "))
    for column, words in {
        Column.OFFICE: "kantor, kode, kode kantor, nama kantor, satker, satuan kerja, instansi, unit, kabupaten kota",
        Column.NAME: "nama, narahubung, nama narahubung, kontak, pic, nama pic, name",
        Column.POST: "jabatan, posisi, post",
        Column.PHONE: "hp, no hp, nomor hp, wa, no wa, nomor wa, whatsapp, nomor whatsapp, telepon, no telepon, telp",
        Column.EMAIL: "email, e mail, surel, alamat email",
    }.items()
}


class RowProblem(StrEnum):
    """Why a row is not taken."""

    OFFICE_MISSING = "office_missing"
    OFFICE_UNKNOWN = "office_unknown"
    OFFICE_AMBIGUOUS = "office_ambiguous"
    NAME_MISSING = "name_missing"
    NAME_BAD = "name_bad"
    PHONE_BAD = "phone_bad"
    EMAIL_BAD = "email_bad"
    NOTHING_TO_REACH = "nothing_to_reach"
    """Neither a phone nor an e-mail."""
    TWICE = "twice"
    """The same office and name stand in an earlier row."""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One pasted row: what it says, what is wrong (``detail`` names choices or the finer reason)."""

    line: int
    typed: str
    office: KnownOffice | None = None
    name: str = ""
    post: str = ""
    phone: str | None = None
    email: str | None = None
    problem: RowProblem | None = None
    choices: tuple[KnownOffice, ...] = ()
    phone_problem: PhoneProblem | None = None
    email_problem: EmailProblem | None = None


def read_contacts(pasted: str, finder: OfficeFinder) -> tuple[ContactRow, ...]:
    """Read pasted rows (tabs, as Excel copies them; or semicolons); a heading row may put the columns in any order."""
    lines = [(number, line) for number, line in enumerate(pasted.split("\n"), 1) if line.strip(" \t;\r")]
    if not lines:
        return ()
    sign = "\t" if any("\t" in line for _, line in lines) else ";"
    order = heading(_cells(lines[0][1], sign))
    body = lines[1:] if order else lines
    seen: set[tuple[UUID, str]] = set()
    rows = []
    for number, line in body[:MOST_ROWS]:
        row = _read(number, line, _cells(line, sign), order or ORDER, finder)
        key = (row.office.id, plain(row.name)) if row.office and row.problem is None else None
        if key in seen:
            row = ContactRow(number, line, row.office, row.name, problem=RowProblem.TWICE)
        elif key:
            seen.add(key)
        rows.append(row)
    return tuple(rows)


def heading(cells: Sequence[str]) -> tuple[Column | None, ...]:
    """The columns a heading row names; empty where the row is no heading (at least office and one more)."""
    named = tuple(next((c for c, words in HEADINGS.items() if plain(cell) in words), None) for cell in cells)
    known = {column for column in named if column}
    return named if Column.OFFICE in known and len(known) > 1 else ()


def _cells(line: str, sign: str) -> list[str]:
    return [cell.strip().strip('"').strip() for cell in line.split(sign)]


def _read(
    number: int, line: str, cells: Sequence[str], order: Sequence[Column | None], finder: OfficeFinder
) -> ContactRow:
    said = {column: clean_text(cell) for column, cell in zip(order, cells, strict=False) if column}
    wanted, name = said.get(Column.OFFICE, ""), said.get(Column.NAME, "")[:LONGEST]
    found = finder.find(wanted) if wanted else None
    office = found.office if found else None
    phone, phone_problem = _phone(said.get(Column.PHONE, ""))
    email, email_problem = _email(said.get(Column.EMAIL, ""))
    problem = _judge(wanted, bool(found and found.choices), office, name, phone_problem, email_problem, phone or email)
    return ContactRow(
        line=number,
        typed=line,
        office=office,
        name=name,
        post=said.get(Column.POST, "")[:LONGEST],
        phone=phone,
        email=email,
        problem=problem,
        choices=found.choices if found else (),
        phone_problem=phone_problem,
        email_problem=email_problem,
    )


def _judge(
    wanted: str,
    several: bool,
    office: KnownOffice | None,
    name: str,
    phone_problem: PhoneProblem | None,
    email_problem: EmailProblem | None,
    reach: str | None,
) -> RowProblem | None:
    checks = (
        (not wanted, RowProblem.OFFICE_MISSING),
        (office is None and several, RowProblem.OFFICE_AMBIGUOUS),
        (office is None, RowProblem.OFFICE_UNKNOWN),
        (not name, RowProblem.NAME_MISSING),
        (check_name(name) not in (None, NameProblem.TOO_LONG), RowProblem.NAME_BAD),
        (phone_problem is not None, RowProblem.PHONE_BAD),
        (email_problem is not None, RowProblem.EMAIL_BAD),
        (not reach, RowProblem.NOTHING_TO_REACH),
    )
    return next((problem for wrong, problem in checks if wrong), None)


def _phone(text: str) -> tuple[str | None, PhoneProblem | None]:
    if not re.search(r"[^\s\-]", text):
        return None, None
    found = parse_phone(text)
    return (found.e164, None) if isinstance(found, Phone) else (None, found)


def _email(text: str) -> tuple[str | None, EmailProblem | None]:
    if not re.search(r"[^\s\-]", text):
        return None, None
    found = parse_email(text)
    return (found.address, None) if isinstance(found, Email) else (None, found)
