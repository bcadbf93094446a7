"""The matrix of roles and levels as typed: how many seats, by which modes, whether the role must be there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from flask_babel import gettext as _

from rakor.events.models import EventRole
from rakor.offices.rules import OfficeLevel
from rakor.registrations.rules import Mode, NameProblem, check_name
from rakor.seats.rules import LONGEST_ROLE, MAX_QUOTA, Rule
from rakor.web.forms import clean

BOTH = "both"
NEW_ROLES = 2
Posted = Mapping[str, str]


@dataclass
class Cell:
    """The fields of one role at one level: how many, by which modes, whether it must be there; texts as typed."""

    key: str
    level: OfficeLevel
    quota: str = "0"
    modes: str = BOTH
    required: bool = False
    error: str = ""

    @property
    def name(self) -> str:
        """The name of the number's field."""
        return f"quota-{self.key}-{self.level}"

    @property
    def count(self) -> int | None:
        """The number typed; None where it is none."""
        return whole(self.quota)


@dataclass
class Line:
    """One role of the matrix; a new role has a name to type, a place in the order, and no id."""

    key: str
    role_id: UUID | None
    name: str
    cells: list[Cell]
    after: str = ""
    error: str = ""


@dataclass
class Matrix:
    """Roles × levels as typed; ``rules`` gives what it says once every new role has its row."""

    lines: list[Line] = field(default_factory=list)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every field's name with what is wrong with it."""
        found = [(f"role-{line.key}", line.error) for line in self.lines if line.error]
        return found + [(cell.name, cell.error) for line in self.lines for cell in line.cells if cell.error]

    @property
    def used(self) -> list[Line]:
        """The lines that ask for seats, or name a new role."""
        return [line for line in self.lines if line.name and (line.role_id or any(cell.count for cell in line.cells))]

    @property
    def idle(self) -> list[Line]:
        """The roles that no office is invited as, while others are: they stand folded, out of the way."""
        asked = [line for line in self.lines if any(cell.quota != "0" for cell in line.cells)]
        return [line for line in self.lines if asked and line.role_id and line not in asked]

    @property
    def open_lines(self) -> list[Line]:
        """The lines that stand open: what asks for seats, and the new roles."""
        idle = self.idle
        return [line for line in self.lines if line not in idle]

    def per_office(self, level: OfficeLevel) -> int:
        """How many seats one office of a level gets as typed."""
        return sum(cell.count or 0 for line in self.lines for cell in line.cells if cell.level is level)

    def rules(self, role_ids: Mapping[str, UUID], modes: Sequence[Mode]) -> list[Rule]:
        """The rules the matrix says; ``role_ids`` are those of its lines by key."""
        return [
            Rule(cell.level, role_ids[line.key], cell.count, allowed_modes(cell.modes, modes), cell.required)
            for line in self.used
            for cell in line.cells
            if cell.count
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
        typed = posted or {}
        cells = [_cell(key, level, None, posted) for level in levels]
        lines.append(Line(key, None, clean(typed.get(f"role-{key}")), cells, after=typed.get(f"after-{key}", "")))
    matrix = Matrix(lines)
    if posted is not None:
        _check(matrix)
    return matrix


def _cell(key: str, level: OfficeLevel, rule: Rule | None, posted: Posted | None) -> Cell:
    cell = Cell(key, level)
    if posted is not None:
        cell.quota = clean(posted.get(cell.name)) or "0"
        cell.modes, cell.required = posted.get(f"modes-{key}-{level}", BOTH), f"required-{key}-{level}" in posted
    elif rule is not None:
        cell.quota, cell.required = str(rule.quota), rule.required
        cell.modes = BOTH if len(rule.modes) > 1 else str(rule.modes[0])
    return cell


def _check(matrix: Matrix) -> None:
    names = [line.name.casefold() for line in matrix.lines if line.name]
    for line in matrix.lines:
        for cell in line.cells:
            if cell.count is None or cell.count > MAX_QUOTA:
                cell.error = _("Tulis angka 0 sampai %(most)s.", most=MAX_QUOTA)
        if line.role_id is None:
            line.error = _blame(line, names)


def _blame(line: Line, names: list[str]) -> str:
    asks = any(cell.quota != "0" for cell in line.cells)
    if not line.name:
        return str(_("Tulis nama perannya.")) if asks else ""
    if check_name(line.name) not in (None, NameProblem.TOO_LONG):
        return str(_("Nama peran paling sedikit 2 huruf."))
    if len(line.name) > LONGEST_ROLE:
        return str(_("Nama peran paling panjang %(most)s huruf.", most=LONGEST_ROLE))
    if names.count(line.name.casefold()) > 1:
        return str(_("Peran ini sudah ada di tabel."))
    return "" if asks else str(_("Tulis jumlah kursi peran ini."))


def whole(text: str) -> int | None:
    """Return a small whole number as typed, or None."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def allowed_modes(word: str, modes: Sequence[Mode]) -> tuple[Mode, ...]:
    """Return the modes a word of the matrix means, within those of the event."""
    chosen = tuple(mode for mode in modes if word == mode)
    return chosen or tuple(modes)
