"""The matrix of roles and levels, an office's contact, and what an office sends for its seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from rakor.events.models import EventRole
from rakor.offices.rules import OfficeLevel
from rakor.offices.store import ContactDraft
from rakor.registrations.fields import EmailField, PhoneField, WordsField
from rakor.registrations.rules import Mode, NameProblem, check_name
from rakor.seats.rules import LONGEST_ROLE, MAX_QUOTA, Input, Rule
from rakor.web.forms import Form, clean

BOTH = "both"
NEW_ROLES = 2
Posted = Mapping[str, str]


class ContactForm(Form):
    """A person or desk through whom an office is reached."""

    contact_id = HiddenField()
    name = WordsField(_l("Nama narahubung"), required=True, max=120)
    post = WordsField(_l("Jabatan"), max=120)
    phone = PhoneField(_l("Nomor WhatsApp"))
    email = EmailField(_l("Email"))

    def draft(self) -> ContactDraft:
        """What a valid form says."""
        return ContactDraft(self.name.data or "", self.post.data or "", self.phone.number, self.email.address)


@dataclass
class Cell:
    """One field pair of the matrix: how many, and by which modes; texts as typed."""

    name: str
    level: OfficeLevel
    quota: str = "0"
    modes: str = BOTH
    error: str = ""


@dataclass
class Line:
    """One role of the matrix; a new role has a name to type and no id."""

    key: str
    role_id: UUID | None
    name: str
    cells: list[Cell]
    error: str = ""


@dataclass
class Matrix:
    """Roles × levels as typed; ``accept`` turns it into rules once every new role has its row."""

    lines: list[Line] = field(default_factory=list)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every field's name with what is wrong with it."""
        found = [(f"role-{line.key}", line.error) for line in self.lines if line.error]
        return found + [(cell.name, cell.error) for line in self.lines for cell in line.cells if cell.error]

    @property
    def used(self) -> list[Line]:
        """The lines that ask for seats, or name a new role."""
        return [line for line in self.lines if line.name and (line.role_id or any(_quota(c) for c in line.cells))]

    def rules(self, role_ids: Mapping[str, UUID], modes: Sequence[Mode]) -> list[Rule]:
        """The rules the matrix says; ``role_ids`` are those of its lines by key."""
        return [
            Rule(cell.level, role_ids[line.key], _quota(cell) or 0, allowed_modes(cell.modes, modes))
            for line in self.used
            for cell in line.cells
            if _quota(cell)
        ]


def matrix_of(
    roles: Sequence[EventRole], levels: Sequence[OfficeLevel], rules: Sequence[Rule], posted: Posted | None = None
) -> Matrix:
    """Return the matrix with what is stored, or with what was posted."""
    known = {(rule.role_id, rule.level): rule for rule in rules}
    lines = []
    for role in roles:
        cells = [_cell(role.id.hex, level, known.get((role.id, level)), posted) for level in levels]
        lines.append(Line(role.id.hex, role.id, role.name, cells))
    for number in range(1, NEW_ROLES + 1):
        key = f"new{number}"
        name = clean(posted.get(f"role-{key}")) if posted is not None else ""
        lines.append(Line(key, None, name, [_cell(key, level, None, posted) for level in levels]))
    matrix = Matrix(lines)
    if posted is not None:
        _check(matrix)
    return matrix


def _cell(key: str, level: OfficeLevel, rule: Rule | None, posted: Posted | None) -> Cell:
    name = f"quota-{key}-{level}"
    if posted is not None:
        return Cell(name, level, clean(posted.get(name)) or "0", posted.get(f"modes-{key}-{level}", BOTH))
    if rule is None:
        return Cell(name, level)
    return Cell(name, level, str(rule.quota), BOTH if len(rule.modes) > 1 else str(rule.modes[0]))


def _check(matrix: Matrix) -> None:
    names = [line.name.casefold() for line in matrix.lines if line.name]
    for line in matrix.lines:
        for cell in line.cells:
            quota = _quota(cell)
            if quota is None or quota > MAX_QUOTA:
                cell.error = _("Tulis angka 0 sampai %(most)s.", most=MAX_QUOTA)
        if line.role_id is not None:
            continue
        asks = any(cell.quota != "0" for cell in line.cells)
        if not line.name and asks:
            line.error = _("Tulis nama perannya.")
        elif line.name and check_name(line.name) not in (None, NameProblem.TOO_LONG):
            line.error = _("Nama peran paling sedikit 2 huruf.")
        elif len(line.name) > LONGEST_ROLE:
            line.error = _("Nama peran paling panjang %(most)s huruf.", most=LONGEST_ROLE)
        elif line.name and names.count(line.name.casefold()) > 1:
            line.error = _("Peran ini sudah ada di tabel.")
        elif line.name and not asks:
            line.error = _("Tulis jumlah kursi peran ini.")


def _quota(cell: Cell) -> int | None:
    return int(cell.quota) if cell.quota.isascii() and cell.quota.isdigit() and len(cell.quota) < 4 else None


def allowed_modes(word: str, modes: Sequence[Mode]) -> tuple[Mode, ...]:
    """Return the modes a word of the matrix means, within those of the event."""
    chosen = tuple(mode for mode in modes if word == mode)
    return chosen or tuple(modes)


def inputs_of(posted: Posted, seat_ids: Sequence[UUID]) -> dict[UUID, Input]:
    """Return what was sent for each of the office's seats; fields of other seats are not looked at."""
    return {
        seat_id: Input(
            name=posted.get(f"name-{seat_id.hex}", ""),
            choice=posted.get(f"choice-{seat_id.hex}", ""),
            reason=posted.get(f"reason-{seat_id.hex}", ""),
            seen=posted.get(f"seen-{seat_id.hex}", ""),
            same_person=f"same-{seat_id.hex}" in posted,
        )
        for seat_id in seat_ids
    }
