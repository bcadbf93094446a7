"""The event's numbers by province, regency, office, mode or session: sums of what the summary holds; pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from rakor.offices.rules import OfficeLevel
from rakor.regions import rules as regions
from rakor.reports import rules
from rakor.reports.rules import Count, Measure, Spot
from rakor.reports.store import OfficeCount
from rakor.reports.summary import Summary, province_of


class By(StrEnum):
    """What one line of a recap is."""

    PROVINCE = "province"
    REGENCY = "regency"
    OFFICE = "office"
    MODE = "mode"
    SESSION = "session"


@dataclass(frozen=True)
class RecapLine:
    """One line: its ``key`` (a province, a day, a session; "" without one), its name, where it lies, its seats."""

    key: str
    name: str
    place: str
    count: Count


@dataclass(frozen=True)
class Narrowed:
    """Of which offices a recap speaks: of one province, of one level, or of all."""

    province: str = ""
    level: OfficeLevel | None = None


def offices(summary: Summary, as_of: date, province: str = "", level: OfficeLevel | None = None) -> list[OfficeCount]:
    """Return the offices asked for, in protocol order, by the map of a day."""
    return [
        one
        for one in summary.by_office
        if (not province or province_of(one, as_of) == province) and (level is None or one.level is level)
    ]


def total(found: Iterable[OfficeCount]) -> Count:
    """Return the seats of some offices together."""
    return rules.total(one.count for one in found)


def by_place(found: Sequence[OfficeCount], by: By, as_of: date) -> list[RecapLine]:
    """Return a line for each province, regency or office; what lies in none of them stands last, without a key."""
    known = regions.reference()

    def province(one: OfficeCount) -> str:
        return province_of(one, as_of) or ""

    if by is By.OFFICE:
        return [RecapLine(province(one), one.name, _name(province(one)), one.count) for one in found]
    key: Callable[[OfficeCount], str] = province if by is By.PROVINCE else lambda one: one.regency_code or ""
    groups: dict[str, list[OfficeCount]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    lines = []
    for code in sorted(groups, key=lambda code: (not code, code)):
        regency = known.regency(code) if by is By.REGENCY and code else None
        place = _name(province(groups[code][0])) if regency else ""
        name = regency.title if regency else _name(code)
        lines.append(RecapLine(province(groups[code][0]) if regency else code, name, place, total(groups[code])))
    return lines


def by_session(seats: Count, present: Mapping[date | UUID, tuple[int, int]], spots: Iterable[Spot]) -> list[
    tuple[date | UUID, Count]
]:
    """Return each day and, below it, its sessions with the seats present there; what is invited is the same.

    Sessions of one hour stay in the order of ``spots``.
    """
    order: dict[date | UUID, None] = {}
    timed = sorted(spots, key=lambda spot: (spot.held_on, spot.starts_at is None, str(spot.starts_at)))
    for spot in timed:
        order.setdefault(spot.held_on)
        if spot.item_id:
            order.setdefault(spot.item_id)
    return [
        (part, replace(seats, present=present_seats, onsite=onsite))
        for part in order
        for present_seats, onsite in [present.get(part, (0, 0))]
    ]


Group = tuple[str, str, list[OfficeCount]]
"""Offices of one province: its code, its name, and they in protocol order."""


def lacking(summary: Summary, measure: Measure, as_of: date) -> list[Group]:
    """Return the offices that lack, by province, the province that lacks most first."""
    found = grouped([one for one in summary.by_office if one.count.of(measure)], as_of)
    return sorted(found, key=lambda group: (-total(group[2]).of(measure), group[0]))


def grouped(found: Iterable[OfficeCount], as_of: date) -> list[Group]:
    """Return offices by province, in the order of the provinces' codes; those of no province last."""
    groups: dict[str, list[OfficeCount]] = {}
    for one in found:
        groups.setdefault(province_of(one, as_of) or "", []).append(one)
    return [(code, _name(code), groups[code]) for code in sorted(groups, key=lambda code: (not code, code))]


def _name(province_code: str) -> str:
    return regions.reference().province(province_code).short_name if province_code else ""
