"""Rules × offices → seats, compared with the seats that are there; nobody loses a place that was answered for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rakor.offices.rules import OfficeLevel
from rakor.regions.rules import Regions
from rakor.registrations.rules import Mode


@dataclass(frozen=True, slots=True)
class Rule:
    """Every office of a level gets ``quota`` seats of a role, to be taken by one of ``modes``.

    ``required``: the letter and the office's page say that this role must be there.
    """

    level: OfficeLevel
    role_id: UUID
    quota: int
    modes: tuple[Mode, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Exemption:
    """One office has this many seats of a role (0: none) by these modes, whatever its level's rule says."""

    office_id: UUID
    role_id: UUID
    quota: int
    modes: tuple[Mode, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class InvitedOffice:
    """An office as the event's day knew it: ``province_code`` by the map of that day, None at the centre."""

    id: UUID
    level: OfficeLevel
    province_code: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One seat to be: an office's ``number``-th of a role."""

    office_id: UUID
    role_id: UUID
    number: int
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class ExistingSeat:
    """A stored seat; ``answered`` where the office said anything for it, ``withdrawn`` where it no longer counts."""

    id: UUID
    place: Place
    answered: bool
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Expansion:
    """What the rules change: ``orphaned`` seats have an answer but no rule any more; they are listed and stay."""

    added: tuple[Place, ...] = ()
    kept: tuple[UUID, ...] = ()
    changed: tuple[tuple[UUID, tuple[Mode, ...]], ...] = ()
    returned: tuple[tuple[UUID, tuple[Mode, ...]], ...] = ()
    removed: tuple[UUID, ...] = ()
    orphaned: tuple[UUID, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        """True where the seats are already as the rules say."""
        return not (self.added or self.changed or self.returned or self.removed)

    @property
    def changes_an_invitation(self) -> bool:
        """True where seats were there before and some come, go or fall out of the rules."""
        before = bool(self.kept or self.changed or self.removed or self.orphaned)
        return before and bool(self.orphaned or not self.changes_nothing)


@dataclass(frozen=True, slots=True)
class LevelCount:
    """A level's offices, how many seats each has by the rules, and how many more (or fewer) by exceptions."""

    level: OfficeLevel
    office_count: int
    per_office: int
    exempt: int = 0

    @property
    def seat_count(self) -> int:
        """Offices × seats of one office, and what exceptions change."""
        return self.office_count * self.per_office + self.exempt


@dataclass(frozen=True, slots=True)
class SeatCounts:
    """Seats by level in protocol order, and by the province of the day (None: outside the provinces)."""

    levels: tuple[LevelCount, ...]
    provinces: tuple[tuple[str | None, int], ...]

    @property
    def total(self) -> int:
        """All seats."""
        return sum(level.seat_count for level in self.levels)

    @property
    def exempt(self) -> int:
        """What exceptions change in all."""
        return sum(level.exempt for level in self.levels)


def invited_on(
    offices: Iterable[tuple[UUID, OfficeLevel, str | None, str | None]], regions: Regions, as_of: date
) -> tuple[InvitedOffice, ...]:
    """The offices that exist on the map of a day, each in the province of that day.

    ``offices`` are id, level, province code and regency code. A province founded later has no office then, and its
    regencies belong to the province it was split from (domain.md §1.3).
    """
    known = {province.code for province in regions.provinces(as_of)}
    found = []
    for office_id, level, province_code, regency_code in offices:
        code = regions.province_of(regency_code, as_of).code if regency_code else province_code
        if code is None or code in known:
            found.append(InvitedOffice(office_id, level, code))
    return tuple(found)


def expand(
    rules: Iterable[Rule],
    offices: Sequence[InvitedOffice],
    existing: Iterable[ExistingSeat],
    exemptions: Iterable[Exemption] = (),
) -> Expansion:
    """Compare the places the rules ask for with the seats there are; applied twice it changes nothing twice."""
    wanted = {(p.office_id, p.role_id, p.number): p for p in places(rules, offices, exemptions)}
    kept: list[UUID] = []
    removed: list[UUID] = []
    orphaned: list[UUID] = []
    changed: list[tuple[UUID, tuple[Mode, ...]]] = []
    returned: list[tuple[UUID, tuple[Mode, ...]]] = []
    for seat in existing:
        place = wanted.pop((seat.place.office_id, seat.place.role_id, seat.place.number), None)
        if place is None:
            if not seat.withdrawn:
                (orphaned if seat.answered else removed).append(seat.id)
        elif seat.withdrawn:
            returned.append((seat.id, place.modes))
        elif set(place.modes) != set(seat.place.modes):
            changed.append((seat.id, place.modes))
        else:
            kept.append(seat.id)
    return Expansion(
        tuple(wanted.values()), tuple(kept), tuple(changed), tuple(returned), tuple(removed), tuple(orphaned)
    )


def count_seats(
    rules: Sequence[Rule], offices: Sequence[InvitedOffice], exemptions: Sequence[Exemption] = ()
) -> SeatCounts:
    """Count what the rules would give: by level, and by the province of the day in code order."""
    per_office: Counter[OfficeLevel] = Counter()
    for rule in rules:
        per_office[rule.level] += rule.quota
    level_of = {office.id: office.level for office in offices}
    province_of = {office.id: office.province_code for office in offices}
    of_level = Counter(level_of.values())
    seats: Counter[OfficeLevel] = Counter()
    provinces: Counter[str | None] = Counter()
    for place in places(rules, offices, exemptions):
        seats[level_of[place.office_id]] += 1
        provinces[province_of[place.office_id]] += 1
    levels = tuple(
        LevelCount(level, of_level[level], per_office[level], seats[level] - of_level[level] * per_office[level])
        for level in OfficeLevel
        if of_level[level] and (per_office[level] or seats[level])
    )
    return SeatCounts(levels, tuple(sorted(provinces.items(), key=lambda item: item[0] or "")))


def places(
    rules: Iterable[Rule], offices: Iterable[InvitedOffice], exemptions: Iterable[Exemption] = ()
) -> Iterator[Place]:
    """Every place the rules ask for, office by office; an exemption stands in for its office's rule of that role."""
    by_level: dict[OfficeLevel, dict[UUID, tuple[int, tuple[Mode, ...]]]] = {}
    for rule in rules:
        by_level.setdefault(rule.level, {})[rule.role_id] = (rule.quota, rule.modes)
    own: dict[UUID, dict[UUID, tuple[int, tuple[Mode, ...]]]] = {}
    for other in exemptions:
        own.setdefault(other.office_id, {})[other.role_id] = (other.quota, other.modes)
    for office in offices:
        asked = by_level.get(office.level, {}) | own.get(office.id, {})
        for role_id, (quota, modes) in asked.items():
            for number in range(1, quota + 1):
                yield Place(office.id, role_id, number, modes)
