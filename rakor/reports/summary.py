"""The summary of an event as one frozen value, and its snapshot that is at most five seconds old."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from rakor.events.models import Event
from rakor.kept import Kept
from rakor.regions import rules as regions
from rakor.registrations.rules import Mode, RegistrationState
from rakor.reports import lines, store
from rakor.reports.rules import Arrivals, Count, Focus, Heads, Measure, arrivals, focus, level, share

FRESH = timedelta(seconds=5)


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
        return share(self.count.of(measure), self.count.invited)

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
    version: str = ""

    @property
    def measure(self) -> Measure:
        """What the map shows: presence once anybody came, answers before."""
        return Measure.PRESENT if self.focus else Measure.CONFIRMED

    @property
    def complete(self) -> int:
        """How many provinces reached 100 percent of the present measure."""
        return sum(province.percent(self.measure) == 100 for province in self.provinces)

    @property
    def invited_provinces(self) -> int:
        """How many provinces have a seat."""
        return sum(province.count.invited > 0 for province in self.provinces)


def count_up(event: Event, *, now: datetime, today: date) -> Summary:
    """Count an event anew: eleven queries, whatever its size. ``today`` is the date in the event's zone."""
    chosen = focus(store.spots(event.id), now, today)
    checkpoint_ids = chosen.checkpoint_ids if chosen else ()
    offices = store.office_counts(event.id, checkpoint_ids)
    provinces = _by_province(offices, event.regions_as_of)
    summary = Summary(
        event_id=event.id,
        counted_at=now,
        focus=chosen,
        count=sum((office.count for office in offices), Count()),
        heads=store.heads(event.id, checkpoint_ids),
        confirmed_modes=store.confirmed_by_mode(event.id),
        states=store.registration_counts(event.id),
        capacity=event.capacity,
        provinces=provinces,
        offices=len(offices),
        silent_offices=sum(o.count.silent == o.count.invited for o in offices),
        absent_offices=sum(o.count.present == 0 for o in offices) if chosen else 0,
        arrivals=arrivals(store.first_arrivals(event.id, checkpoint_ids)),
        scans=tuple(lines.recent_scans(event.id, 6)),
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
        count=sum((office.count for office in offices), Count()),
        offices=len(offices),
        silent_offices=sum(office.count.silent == office.count.invited for office in offices),
        absent_offices=sum(office.count.present == 0 for office in offices),
    )


_kept = Kept[UUID, Summary](FRESH)
forget = _kept.forget


def snapshot(event: Event, *, now: datetime, today: date) -> Summary:
    """Return the event's summary, at most five seconds old."""
    return _kept.get(event.id, now, lambda: count_up(event, now=now, today=today))
