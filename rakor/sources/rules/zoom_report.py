"""A Zoom report of participants as rows of text: which column is which, who hosted, and one line for each stay.

Spellings of the headings changed over the years, so they are matched without case; unknown ones are passed over. The
times carry no zone: whoever imports says which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HEADINGS = {
    "name": ("name (original name)", "name"),
    "email": ("user email", "email"),
    "joined": ("join time",),
    "left": ("leave time",),
    "minutes": ("duration (minutes)", "total duration (minutes)"),
    "guest": ("guest",),
    "waiting": ("in waiting room",),
}
FORMATS = (
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S",
    "%b %d, %Y %I:%M:%S %p", "%d %b %Y %H:%M:%S",
)  # fmt: skip
HOSTS = frozenset({"host", "cohost", "co-host"})
LOOKED_AT = 20


class ReportProblem(StrEnum):
    """Why a table is no report of participants."""

    NO_HEADING = "no_heading"
    NO_ROWS = "no_rows"
    TIMES = "times"


@dataclass(frozen=True, slots=True)
class Stay:
    """One line: somebody's stay in the meeting. Without both times only ``minutes`` says how long."""

    name: str
    email: str
    joined: datetime | None
    left: datetime | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says: everybody's stays; how many lines were the host's, and how many of the waiting room."""

    stays: tuple[Stay, ...]
    host_lines: int
    waiting_lines: int

    @property
    def has_times(self) -> bool:
        """True where every stay says from when to when."""
        return all(stay.joined and stay.left for stay in self.stays)


def read_report(rows: Sequence[Sequence[str]]) -> Report | ReportProblem:
    """Return a report's stays, without the host's and the waiting room's, or why there is none. Times are naive."""
    place = next((at for at, row in enumerate(rows[:LOOKED_AT]) if _is_heading(row)), None)
    if place is None:
        return ReportProblem.NO_HEADING
    columns = _columns(rows[place])
    hosts = _hosts(rows[:place])
    stays: list[Stay] = []
    host_lines = waiting_lines = 0
    for row in rows[place + 1 :]:
        cells = {field: row[at].strip() if at < len(row) else "" for field, at in columns.items()}
        if not cells["name"]:
            continue
        if cells.get("waiting", "").casefold() in ("yes", "ya"):
            waiting_lines += 1
        elif _is_host(cells, hosts):
            host_lines += 1
        else:
            stays.append(_stay(cells))
    if not stays:
        return ReportProblem.NO_ROWS
    unread = any(bool(stay.joined) != bool(stay.left) for stay in stays)
    asked = "joined" in columns and not all(stay.joined for stay in stays)
    return ReportProblem.TIMES if unread or asked else Report(tuple(stays), host_lines, waiting_lines)


def _is_heading(row: Sequence[str]) -> bool:
    words = {cell.strip().casefold() for cell in row}
    named = words & {*HEADINGS["name"]}
    return bool(named) and bool(words & {*HEADINGS["minutes"], *HEADINGS["joined"]})


def _columns(heading: Sequence[str]) -> dict[str, int]:
    words = [cell.strip().casefold() for cell in heading]
    found = {}
    for field, spellings in HEADINGS.items():
        place = next((words.index(one) for one in spellings if one in words), None)
        if place is not None:
            found[field] = place
    return found


def _hosts(block: Sequence[Sequence[str]]) -> set[str]:
    """Return the host's address and name, from the two lines that may stand before the table."""
    filled = [row for row in block if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        return set()
    named = dict(zip((cell.strip().casefold() for cell in filled[0]), filled[1], strict=False))
    said = (named.get(one, "") for one in ("host email", "user email", "host name"))
    return {one.strip().casefold() for one in said if one.strip()}


def _is_host(cells: dict[str, str], hosts: set[str]) -> bool:
    email, name = cells.get("email", "").casefold(), cells["name"].casefold()
    if email in hosts or name in hosts:
        return bool(email or name)
    inside = cells.get("guest", "").casefold() == "no"
    return inside and name.split()[0].strip("().,:") in HOSTS


def _stay(cells: dict[str, str]) -> Stay:
    joined, left = _moment(cells.get("joined", "")), _moment(cells.get("left", ""))
    said = cells.get("minutes", "")
    minutes = int(said) if said.isdecimal() and said.isascii() else 0
    if joined and left and left < joined:
        left = joined + timedelta(minutes=minutes)
    return Stay(cells["name"], cells.get("email", "").casefold(), joined, left, minutes)


def _moment(text: str) -> datetime | None:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the report names no zone, the importer does
        except ValueError:
            continue
    return None
