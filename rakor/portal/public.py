"""What anybody may know of an event (domain.md §2.11): its facts, its open programme, its three numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from rakor.agenda import speaker_store
from rakor.agenda import store as agenda
from rakor.agenda.rules import Visibility, now_and_next
from rakor.agenda.speaker_store import NOTHING, Profile
from rakor.agenda.store import ItemView, PersonView
from rakor.events import store as events
from rakor.events.models import Event, EventChannel, EventDay
from rakor.events.rules import ChannelKind, EventMode, Phase, Stage, phase
from rakor.registrations.entry import Door, door
from rakor.reports.summary import Summary, snapshot
from rakor.web.times import local_day

OPEN_ITEMS = frozenset({Visibility.PUBLIC})
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@dataclass(frozen=True)
class PublicEvent:
    """One event as its public page shows it, at one moment (aware UTC)."""

    event: Event
    phase: Phase
    now: datetime
    days: Sequence[EventDay]
    items: Sequence[ItemView]
    running: Sequence[ItemView]
    coming: Sequence[ItemView]
    all_channels: Sequence[EventChannel]
    numbers: Summary
    door: Door
    profiles: Mapping[UUID, Profile]

    @property
    def zones(self) -> tuple[str, ...]:
        """The event's zone first; beside it the other two where people follow from afar."""
        own = self.event.zone
        if self.event.mode is EventMode.ONSITE:
            return (own,)
        return (own, *(zone for zone in ZONES if zone != own))

    @property
    def channels(self) -> list[EventChannel]:
        """The ways to follow that are open to all."""
        return [one for one in self.all_channels if one.is_public]

    @property
    def stream(self) -> EventChannel | None:
        """The open broadcast, where there is one with an address."""
        return next((one for one in self.channels if one.kind is ChannelKind.YOUTUBE and one.url), None)

    @property
    def speakers(self) -> list[PersonView]:
        """Everybody who takes part in an open item, each once, in the order of the programme."""
        found = {person.id: person for item in self.items for person in (*item.speakers, *item.moderators)}
        return list(found.values())

    def profile(self, person: PersonView) -> Profile:
        """Return how somebody is shown beside the programme."""
        return self.profiles.get(person.id, NOTHING)

    @property
    def focus_item(self) -> ItemView | None:
        """The open session whose presence is counted now, if it is one."""
        focus = self.numbers.focus
        return next((item for item in self.items if focus and item.id == focus.item_id), None)

    @property
    def invites(self) -> bool:
        """True where offices are invited by seats; else people register by the open form."""
        return self.numbers.count.invited > 0

    @property
    def has_counts(self) -> bool:
        """True where there is something to count: who confirmed or came was recorded here."""
        return bool(self.numbers.focus or self.numbers.count.confirmed or sum(self.numbers.confirmed_modes.values()))

    def of_day(self, day: date) -> list[ItemView]:
        """Return the open items of one day."""
        return [item for item in self.items if item.held_on == day]

    def chosen_day(self, wanted: str | None) -> date:
        """Return the day asked for, else today while the event runs, else its first day."""
        known = {str(day.held_on): day.held_on for day in self.days}
        if wanted in known:
            return known[wanted]
        today = local_day(self.now, self.event.zone)
        return today if today in known.values() else self.event.starts_on


def look(event: Event, *, now: datetime) -> PublicEvent:
    """Return what is public of an event that is not a draft: a constant number of queries."""
    items = agenda.programme(event.id, OPEN_ITEMS)
    running, coming = now_and_next(items, now, 2)
    today = local_day(now, event.zone)
    return PublicEvent(
        event=event,
        phase=phase(event.stage, event.starts_on, event.ends_on, today),
        now=now,
        days=events.days(event.id),
        items=items,
        running=running,
        coming=coming,
        all_channels=events.channels(event.id),
        numbers=snapshot(event, now=now, today=today),
        door=door(event, has_place=event.capacity is None or event.registered_count < event.capacity, now=now),
        profiles=speaker_store.profiles(event.id),
    )


def published(slug: str) -> Event | None:
    """Return the event of a public address; None for a draft, as for what does not exist."""
    found = events.event_by_slug(slug)
    return None if found is None or found.stage is Stage.DRAFT else found


def days_left(found: PublicEvent) -> int:
    """Return how many days remain until the event begins; 0 once it has."""
    return max((found.event.starts_on - local_day(found.now, found.event.zone)) // timedelta(days=1), 0)
