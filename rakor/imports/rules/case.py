"""A row while it is judged, and whether an earlier row of the file said the same."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rakor.imports.rules.columns import Field
from rakor.imports.rules.person import Sent
from rakor.imports.rules.problems import NOTES, Problem, Trouble
from rakor.registrations.rules import Mode, fold

Key = tuple[tuple[str, ...], Field, Trouble]


@dataclass
class Case:
    """What is known of a row so far, and what is wrong with it."""

    number: int
    sent: Sent
    problems: list[Problem]
    mode: Mode | None = None
    asks: str = ""
    choices: tuple[str, ...] = ()
    again: Problem | None = None
    """An earlier row speaks of somebody of this name in this place: wrong unless that person takes this seat too."""

    def wrong(self, which: Field, trouble: Trouble, more: object = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(which, trouble, str(more)))

    @property
    def name(self) -> str:
        """The folded name; empty where the row has none."""
        return fold(self.sent.name.name) if self.sent.name else ""

    @property
    def stands(self) -> bool:
        """Nothing is noted that keeps the row from being saved."""
        return all(problem.trouble in NOTES for problem in self.problems)


@dataclass
class Doubles:
    """What the rows so far have said: the same person on the same seat, the same NIP, the same row code."""

    _seen: dict[tuple[str, ...], int] = field(default_factory=dict)

    def judge(self, case: Case) -> None:
        """Note a double row as wrong. One person on two seats is none: that is decided where the seat is known."""
        sent, name, nip = case.sent, case.name, case.sent.nip or ""
        place = tuple(map(fold, (sent.office_code, sent.office, sent.regency, sent.province)))
        seat = (fold(sent.role or sent.post), sent.code)
        exact: list[Key] = [(("row", name, *place, *seat), Field.NAME, Trouble.SAME_ROW)] if name else []
        if nip and ("nip", nip, name) not in self._seen:
            exact.append((("nip", nip), Field.NIP, Trouble.NIP_TWICE))
        if sent.code:
            exact.append((("code", sent.code), Field.CODE, Trouble.SAME_ROW))
        loose: list[Key] = [(("name", name, *place), Field.NAME, Trouble.SAME_ROW)] if name else []
        if nip:
            loose.append((("nip", nip, name), Field.NIP, Trouble.NIP_TWICE))
        wrong, case.again = self._first(case, exact), self._first(case, loose)
        if wrong is not None:
            case.problems.append(wrong)

    def _first(self, case: Case, keys: Sequence[Key]) -> Problem | None:
        """Remember all keys; return what the first one says that an earlier row had."""
        found = [(self._seen.setdefault(key, case.number), which, trouble) for key, which, trouble in keys]
        return next((Problem(w, trouble, str(row)) for row, w, trouble in found if row != case.number), None)
