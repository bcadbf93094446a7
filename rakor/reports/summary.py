"""The summary of an event as one frozen value, and its snapshot that is at most five seconds old."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from rakor.events.models import Event
from rakor.kept import Kept
from rakor.regions import rules as regions
from rakor.registrations.rules import HOLDS_PLACE, Mode, RegistrationState
from rakor.reports import lines, rules, store
from rakor.reports.rules import Arrivals, Count, Focus, Heads, Measure, Spot, level

FRESH = timedelta(seconds=5)
EVER = "ever"
"""What an address asks for where presence at any time of the event counts."""


@dataclass(frozen=True)
class ProvinceCount:
    """A province's tile: counts over all its offices, and how many of them are silent or absent."""

    code: str
    name: str
    letters: str
    zone_label: str
    island: str
    col: int
    row: int
    count: Count
    offices: int
    silent_offices: int
    absent_offices: int

    def percent(self, measure: Measure) -> int | None:
        """Return the whole percents of a measure; None where nobody is invited."""
        return self.count.percent(measure)

    def level(self, measure: Measure) -> int:
        """Return the colour step of a measure."""
        return level(self.percent(measure))


@dataclass(frozen=True)
class Summary:
    """Everything the summary shows, counted at one moment (aware UTC)."""

    event_id: UUID
    counted_at: datetime
    focus: Focus | None
    count: Count
    heads: Heads
    confirmed_modes: dict[Mode, int]
    states: dict[RegistrationState, int]
    capacity: int | None
    provinces: tuple[ProvinceCount, ...]
    offices: int
    silent_offices: int
    absent_offices: int
    arrivals: Arrivals | None
    scans: tuple[lines.RecentScan, ...]
    by_office: tuple[store.OfficeCount, ...]
    spots: tuple[Spot, ...]
    newest: tuple[lines.OfficeArrival, ...]
    per_minute: float
    asked: str = ""
    version: str = ""

    @property
    def measure(self) -> Measure:
        """What the map shows: presence once anybody came, answers before."""
        return Measure.PRESENT if self.focus else Measure.CONFIRMED

    @property
    def complete_ones(self) -> tuple[ProvinceCount, ...]:
        """The provinces that reached 100 percent of the present measure."""
        return tuple(province for province in self.provinces if province.percent(self.measure) == 100)

    @property
    def complete(self) -> int:
        """How many they are."""
        return len(self.complete_ones)

    @property
    def incomplete(self) -> tuple[ProvinceCount, ...]:
        """The invited provinces that did not, the one that lacks most first."""
        lacking = [p for p in self.provinces if p.count.invited and p.percent(self.measure) != 100]
        return tuple(sorted(lacking, key=lambda p: (p.percent(self.measure), p.code)))

    @property
    def modes(self) -> dict[Mode | None, Count]:
        """The seats by how their holders want to follow, and how they came."""
        return by_mode(self.by_office)

    @property
    def registered(self) -> int:
        """How many people hold a place, with a seat or by the open form."""
        return sum(self.states.get(state, 0) for state in HOLDS_PLACE)

    def lacking(self, office: store.OfficeCount) -> bool:
        """True for an office where nobody is there; before anybody came: for one that is silent."""
        return office.count.present == 0 if self.focus else office.count.silent == office.count.invited

    @property
    def invited_provinces(self) -> int:
        """How many provinces have a seat."""
        return sum(province.count.invited > 0 for province in self.provinces)


def by_mode(offices: Iterable[store.OfficeCount]) -> dict[Mode | None, Count]:
    """Return the seats by how their holders want to follow (None: not said), and how they came."""
    counts = [office.modes for office in offices]
    return {mode: rules.total(modes[mode] for modes in counts if mode in modes) for mode in (*Mode, None)}


def count_up(event: Event, *, now: datetime, today: date, asked: str = "") -> Summary:
    """Count an event anew: nine queries, whatever its size. ``today`` is the date in the event's zone.

    ``asked`` is whose presence counts: a session's id or a day, as an address names them; else what is on.
    """
    spots = store.spots(event.id)
    counts = rules.ever(spots) if asked == EVER else named(spots, asked) or rules.focus(spots, now, today)
    checkpoint_ids = counts.checkpoint_ids if counts else ()
    offices = store.office_counts(event.id, checkpoint_ids)
    came = store.arrived(event.id, checkpoint_ids, now)
    provinces = _by_province(offices, event.regions_as_of)
    summary = Summary(
        event_id=event.id,
        counted_at=now,
        focus=counts,
        count=rules.total(office.count for office in offices),
        heads=rules.heads(came),
        confirmed_modes=store.confirmed_by_mode(event.id),
        states=store.registration_counts(event.id),
        capacity=event.capacity,
        provinces=provinces,
        offices=len(offices),
        silent_offices=sum(o.count.silent == o.count.invited for o in offices),
        absent_offices=sum(o.count.present == 0 for o in offices) if counts else 0,
        arrivals=rules.arrivals(came),
        scans=tuple(lines.recent_scans(event.id, 6)),
        by_office=tuple(offices),
        spots=tuple(spots),
        newest=tuple(_newest(event.id, checkpoint_ids)),
        per_minute=rules.per_minute(came),
        asked=asked,
    )
    content = repr(replace(summary, counted_at=now.replace(second=0, microsecond=0))).encode()
    return replace(summary, version=sha256(content).hexdigest()[:16])


def province_of(office: store.OfficeCount, as_of: date) -> str | None:
    """Return the province an office counts to on a day: a regency split off in 2022 counted to its old one before."""
    if office.regency_code:
        return regions.reference().province_of(office.regency_code, as_of).code
    return office.province_code


def _by_province(offices: list[store.OfficeCount], as_of: date) -> tuple[ProvinceCount, ...]:
    groups: dict[str | None, list[store.OfficeCount]] = {}
    for office in offices:
        groups.setdefault(province_of(office, as_of), []).append(office)
    return tuple(_province_count(p, groups.get(p.code, [])) for p in regions.reference().provinces(as_of))


def _province_count(province: regions.Province, offices: list[store.OfficeCount]) -> ProvinceCount:
    return ProvinceCount(
        code=province.code,
        name=province.short_name,
        letters=province.letters,
        zone_label=province.zone_label,
        island=province.island,
        col=province.col,
        row=province.row,
        count=rules.total(office.count for office in offices),
        offices=len(offices),
        silent_offices=sum(office.count.silent == office.count.invited for office in offices),
        absent_offices=sum(office.count.present == 0 for office in offices),
    )


NEWEST, LOOKED_AT = 8, 60
"""How many offices are named as just arrived, and among how many of the newest people they are looked for."""


def _newest(event_id: UUID, checkpoint_ids: Sequence[UUID]) -> list[lines.OfficeArrival]:
    found: dict[str, datetime] = {}
    for at, name in store.newest(event_id, checkpoint_ids, LOOKED_AT):
        found.setdefault(name, at)
    return [lines.OfficeArrival(at, name) for name, at in list(found.items())[:NEWEST]]


def named(spots: Sequence[Spot], asked: str) -> Focus | None:
    """Return the session or day that an address names; None where there is none of that name."""
    for read in (UUID, date.fromisoformat):
        try:
            return rules.chosen(spots, read(asked))
        except ValueError:
            continue
    return None


_kept = Kept[tuple[UUID, str], Summary](FRESH)
forget = _kept.forget


def snapshot(event: Event, *, now: datetime, today: date, asked: str = "") -> Summary:
    """Return the event's summary, at most five seconds old."""
    return _kept.get((event.id, asked), now, lambda: count_up(event, now=now, today=today, asked=asked))
