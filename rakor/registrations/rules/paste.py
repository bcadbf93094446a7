"""Names pasted from Excel or typed one a line: which cell is what, and what is wrong with each row."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rakor.registrations.rules.email import Email, EmailProblem, parse_email
from rakor.registrations.rules.names import NameProblem, PersonName, read_name
from rakor.registrations.rules.phones import Phone, PhoneProblem, parse_phone
from rakor.registrations.rules.search import fold
from rakor.registrations.rules.text import clean_text
from rakor.registrations.rules.work import split_acting

MOST_ROWS = 100
LONGEST_POST = 160
HEADINGS = {
    "name": {"nama", "nama lengkap", "nama peserta", "name"},
    "post": {"jabatan", "posisi", "post", "position"},
    "phone": {"nomor whatsapp", "no wa", "nomor wa", "no hp", "nomor hp", "telepon", "hp", "wa", "whatsapp", "phone"},
    "email": {"email", "e mail", "surel", "alamat email"},
    "number": {"no", "nomor", "no urut"},
}


class RowProblem(StrEnum):
    """What is wrong with a row apart from its name, phone and e-mail."""

    TWICE = "twice"
    """The same name stands further up."""
    TOO_MANY = "too_many"


Problem = RowProblem | NameProblem | PhoneProblem | EmailProblem


@dataclass(frozen=True)
class PastedRow:
    """One line as it was understood; ``line`` is the text as pasted, ``number`` counts the people from 1."""

    number: int
    line: str
    name: PersonName | None
    post: str
    phone: str | None
    email: str | None
    acting: str = ""
    problems: tuple[Problem, ...] = ()


def read_rows(text: str) -> list[PastedRow]:
    """Return the people of a pasted text, one for each line that is not empty; a line of headings names the columns.

    Cells are parted by tabs (as Excel copies) or semicolons; a comma is part of a name with its titles.
    """
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip(" \t;")]
    columns = _headings(_cells(lines[0])) if lines else None
    if columns is not None:
        lines = lines[1:]
    rows: list[PastedRow] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        row = _row(number, line, _named(_cells(line), columns))
        key = fold(row.name.name) if row.name else ""
        extra = [RowProblem.TWICE] if key in seen else []
        extra += [RowProblem.TOO_MANY] if number > MOST_ROWS else []
        seen |= {key} - {""}
        rows.append(PastedRow(**(row.__dict__ | {"problems": (*row.problems, *extra)})))
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]


def _headings(cells: Sequence[str]) -> list[str] | None:
    """The meaning of each column, where the line is one of headings."""
    found = [next((kind for kind, words in HEADINGS.items() if fold(cell) in words), "") for cell in cells]
    return found if "name" in found and (len(cells) > 1 or len(found) == 1) else None


def _named(cells: list[str], columns: Sequence[str] | None) -> dict[str, str]:
    if columns is not None:
        return {kind: cell for kind, cell in zip(columns, cells, strict=False) if kind}
    found: dict[str, str] = {}
    for place, cell in enumerate(cells):
        if not cell or (place == 0 and len(cells) > 1 and cell.rstrip(".").isdigit() and len(cell) <= 4):
            continue
        kind = _kind(cell)
        if kind == "words":
            kind = "name" if "name" not in found else "post"
        found.setdefault(kind, cell)
    return found


def _kind(cell: str) -> str:
    if "@" in cell:
        return "email"
    digits = sum(sign.isdigit() for sign in cell)
    return "phone" if digits >= 5 and digits * 2 > len(cell) else "words"


def _row(number: int, line: str, cells: dict[str, str]) -> PastedRow:
    problems: list[Problem] = []
    name = read_name(cells.get("name", ""))
    acting, post = split_acting(clean_text(cells.get("post", ""), LONGEST_POST))
    phone, email = parse_phone(cells.get("phone", "")), parse_email(cells.get("email", ""))
    if not isinstance(name, PersonName):
        problems.append(name)
    if isinstance(phone, PhoneProblem) and phone is not PhoneProblem.EMPTY:
        problems.append(phone)
    if isinstance(email, EmailProblem) and email is not EmailProblem.EMPTY:
        problems.append(email)
    return PastedRow(
        number=number,
        line=line,
        name=name if isinstance(name, PersonName) else None,
        post=post,
        acting=acting,
        phone=phone.e164 if isinstance(phone, Phone) else None,
        email=email.address if isinstance(email, Email) else None,
        problems=tuple(problems),
    )
