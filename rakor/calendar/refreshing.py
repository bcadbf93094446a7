"""Bringing entries up to date: what people's calendars should say against what they were last told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import current_app
from flask_babel import force_locale

from rakor import outbox
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.calendar import entries, store
from rakor.calendar.entries import FOR_PEOPLE, Reader, joining, room, stream
from rakor.calendar.rules import Content, Move, Movement, content_hash, keep, may_join
from rakor.calendar.rules.entries import is_in
from rakor.calendar.store import Person
from rakor.events import store as events
from rakor.events.models import Event, EventChannel
from rakor.events.rules import Phase, Stage, phase
from rakor.registrations.rules import Mode
from rakor.registrations.rules.zones import own_zone
from rakor.web.times import local_day

CHANGED = "calendar.changed"
Contents = Mapping[UUID, tuple[bytes, Content]]


@dataclass
class Calendars:
    """The calendars of one event at ``now``: what is read once for everybody, and each reader's contents once."""

    event: Event
    programme: list[ItemView]
    channels: list[EventChannel]
    now: datetime
    _facts: tuple[object, ...] = ()
    _made: dict[tuple[Reader, str], Contents] = field(default_factory=dict)

    @classmethod
    def of(cls, event: Event, *, now: datetime, like: "Calendars | None" = None) -> "Calendars":
        """Read the programme and the channels of an event; what was made by ``like`` stays where nothing differs."""
        programme, channels = agenda.programme(event.id, FOR_PEOPLE), events.channels(event.id)
        ways = [(one.kind, one.label, one.url, one.is_public) for one in channels]
        facts = (event.id, event.version, event.stage, programme, ways, is_over(event, now))
        same = like is not None and like._facts == facts
        return cls(event, programme, channels, now, facts, like._made if like and same else {})

    @property
    def numbers(self) -> dict[UUID, int]:
        """Under which numbers files say the items to whoever was told nothing yet."""
        return {item.id: item.sequence for item in self.programme}

    @property
    def over(self) -> bool:
        """True where nobody's calendar is to be told anything any more."""
        return is_over(self.event, self.now)

    def reader(self, person: Person) -> Reader:
        """Return as whom a registered person reads."""
        reader = reader_of(self.event, person)
        joins = may_join(person.state, person.mode, by_seat=person.by_seat, over=self.over)
        return joining(reader, (room(self.channels) if joins else None) or stream(self.channels))

    def contents(self, reader: Reader, language: str) -> Contents:
        """Return what stands in a reader's calendar, by subject; the event itself under its own id."""
        key = (reader, language)
        if key not in self._made:
            with force_locale(language):
                items = entries.seen_by(reader, self.programme)
                found = {item.id: entries.one(self.event, item, reader) for item in items}
                found[self.event.id] = entries.whole(self.event, items, reader)
            self._made[key] = {subject: (content_hash(content), content) for subject, content in found.items()}
        return self._made[key]

    def wanted(self, person: Person) -> Contents:
        """Return what a person's calendar should say: nothing for who does not take part."""
        if self.event.stage is not Stage.PUBLISHED or not is_in(person.state, by_seat=person.by_seat):
            return {}
        return self.contents(self.reader(person), person.language)


def reader_of(event: Event, person: Person) -> Reader:
    """Return as whom a registered person reads, yet without a way to join."""
    return Reader(
        FOR_PEOPLE,
        on_site=person.mode is Mode.ONSITE,
        zone=own_zone(person.mode, event.zone, person.office_zone, person.province_code),
        roles=person.roles,
    )


def is_over(event: Event, now: datetime) -> bool:
    """True where the event's last day is past, or it was cancelled."""
    at = phase(event.stage, event.starts_on, event.ends_on, local_day(now, event.zone))
    return at in (Phase.OVER, Phase.CANCELLED)


def tells(event: Event, now: datetime) -> bool:
    """True where calendars follow the event: it was announced, and its last day is not past."""
    return event.stage is not Stage.DRAFT and local_day(now, event.zone) <= event.ends_on


def refresh(calendars: Calendars, whom: Sequence[Person], because: Mapping[str, str]) -> int:
    """Bring the entries of these people up to date and announce whose invitation changed; returns how many.

    Needs an open transaction in which they were read and locked first: entries and the job that leads to the mails
    are written together. ``because`` goes with the job, for the words of the mail.
    """
    event = calendars.event
    moved: dict[UUID, dict[UUID, Move]] = {}
    said: dict[bytes, Content] = {}
    kept = store.entries(event.id, [person.id for person in whom])
    for person in whom:
        wanted = calendars.wanted(person)
        known = {subject: entry.kept for subject, entry in kept.get(person.id, {}).items()}
        moves = keep({subject: known_by for subject, (known_by, _content) in wanted.items()}, known, calendars.numbers)
        if moves:
            moved[person.id] = moves
        if event.id in moves and event.id in wanted:
            said.update([wanted[event.id]])
    store.write(event.id, moved, host=host(), now=calendars.now)
    store.keep_contents(event.id, said, now=calendars.now)
    return sum(_announce(event.id, moved, because, movement) for movement in Movement)


def _announce(
    event_id: UUID, moved: Mapping[UUID, Mapping[UUID, Move]], because: Mapping[str, str], movement: Movement
) -> int:
    whose = [who for who, moves in moved.items() if event_id in moves and moves[event_id].movement is movement]
    if whose:
        payload = {"event_id": str(event_id), "movement": str(movement), "people": " ".join(map(str, whose))}
        outbox.announce(CHANGED, payload | dict(because), event_id=event_id)
    return len(whose)


def host() -> str:
    """Return the name that stands behind the @ of new UIDs."""
    named: str = current_app.config["RAKOR"].host
    return named
