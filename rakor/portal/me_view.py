"""What "Halaman saya" shows of one person: values for the templates, joined from the rooms before this one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from rakor.agenda import store as agenda
from rakor.agenda.rules import now_and_next
from rakor.agenda.store import ItemView
from rakor.events import store as events
from rakor.events.models import Event, EventChannel
from rakor.events.rules import ChannelKind, Stage
from rakor.offices.models import Office
from rakor.portal import me_store
from rakor.portal.me_store import Presence
from rakor.registrations import decisions, offers, places, store, tickets
from rakor.registrations.entry import MODES
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.pool_models import Answer
from rakor.registrations.rules import Mode, RegistrationState
from rakor.registrations.rules.zones import own_zone
from rakor.registrations.words import MODE_MARKS, MODE_TONES, STATES, StateLook
from rakor.registrations.words import MODES as MODE_WORDS
from rakor.seats import store as seats
from rakor.seats.store import SeatLine
from rakor.web.times import local_day

ENDS = {RegistrationState.REJECTED: Answer.REJECTED, RegistrationState.CANCELLED: Answer.CANCELLED}
"""States in which the organiser may have said why."""
SELF_SERVED = (RegistrationSource.OPEN, RegistrationSource.IMPORT)
"""How somebody came who changes the own registration alone, until the cut-off."""


@dataclass(frozen=True)
class Me:
    """One person at one event. ``zone`` is the person's own, ``event.zone`` the event's; on site they are one."""

    name: str
    post: str
    office: str
    state: StateLook
    state_word: RegistrationState
    mode: Mode
    modes: tuple[Mode, ...]
    zone: str
    holds_ticket: bool
    code: str
    queue_place: int | None
    received_at: datetime
    cancelled_at: datetime | None
    seats: tuple[str, ...]
    may_withdraw: bool
    offered_until: datetime | None
    closed_since: datetime | None
    reason: str

    @property
    def mode_badge(self) -> tuple[str, str, str]:
        """Word, tone and icon of the way this person follows."""
        return str(MODE_WORDS[self.mode]), MODE_TONES[self.mode], MODE_MARKS[self.mode]


@dataclass(frozen=True)
class Join:
    """How an online participant gets in; empty for everybody else."""

    channel: EventChannel | None = None
    public: EventChannel | None = None


@dataclass(frozen=True)
class Programme:
    """The agenda as this person may see it, and what of it is on."""

    items: tuple[ItemView, ...]
    now: tuple[ItemView, ...]
    coming: tuple[ItemView, ...]


def entitled(row: Registration) -> bool:
    """True where the person is in: confirmed, or registered by the open form. A seat's person confirms first."""
    if row.state is RegistrationState.CONFIRMED:
        return True
    return row.state is RegistrationState.REGISTERED and row.source is not RegistrationSource.SEAT


def me(row: Registration, event: Event, office: Office | None, *, now: datetime) -> Me:
    """Return the person's values; the ticket's code only for who holds a ticket."""
    held = seats.seats_of_registration(row.event_id, row.id)
    inside = entitled(row)
    return Me(
        name=store.display_name(row),
        post=_post(row, held),
        office=office.name if office else row.institution,
        state=STATES[row.state],
        state_word=row.state,
        mode=row.mode,
        modes=_modes(row, event, held, now),
        zone=own_zone(row.mode, event.zone, office.zone if office else None, row.province_code),
        holds_ticket=inside,
        code=tickets.code_of(row.event_id, row.id, row.epoch) if inside else "",
        queue_place=places.place_in_queue(row) if row.state is RegistrationState.WAITING else None,
        received_at=row.confirmed_at or row.created_at,
        cancelled_at=row.cancelled_at,
        seats=tuple(seat.role for seat in held),
        may_withdraw=may_withdraw(row, event, now=now),
        offered_until=offers.open_until(row.event_id, row.id, now=now),
        closed_since=event.self_service_until_at if self_service_over(row, event, now=now) else None,
        reason=decisions.reason(row.event_id, row.id, ENDS[row.state]) if row.state in ENDS else "",
    )


def _post(row: Registration, held: list[SeatLine]) -> str:
    """The person's own post; a deputy's says for whom, and who has none is known by the seat."""
    spoken = [_("mewakili %(role)s", role=seat.role) if seat.on_behalf else seat.role for seat in held]
    return ", ".join(dict.fromkeys(part for part in (row.post, *spoken) if part))


def over(event: Event, *, now: datetime) -> bool:
    """True where nothing can be changed any more: the last day has passed, or the event was cancelled."""
    return local_day(now, event.zone) > event.ends_on or event.stage is Stage.CANCELLED


def may_withdraw(row: Registration, event: Event, *, now: datetime) -> bool:
    """True where the person can still say not to come."""
    return row.state in store.LIVING and not over(event, now=now) and not self_service_over(row, event, now=now)


def may_correct(row: Registration, event: Event, *, now: datetime) -> bool:
    """True where the person may still put the own name and answers right: the cut-off has not come, nor the end."""
    return may_withdraw(row, event, now=now)


def self_service_over(row: Registration, event: Event, *, now: datetime) -> bool:
    """True where who holds no seat may change nothing alone any more; who holds one asks the office."""
    until = event.self_service_until_at
    return row.source in SELF_SERVED and until is not None and now >= until


def allowed_modes(row: Registration, event: Event, *, now: datetime) -> tuple[Mode, ...]:
    """Return the ways of following among which the person may choose now."""
    return _modes(row, event, seats.seats_of_registration(row.event_id, row.id), now)


def _modes(row: Registration, event: Event, held: list[SeatLine], now: datetime) -> tuple[Mode, ...]:
    if not entitled(row) or over(event, now=now) or self_service_over(row, event, now=now):
        return ()
    return tuple(mode for mode in MODES[event.mode] if all(mode in seat.modes for seat in held))


def join(row: Registration, event: Event, *, now: datetime) -> Join:
    """Return the online room for those who may see it: in, online, and the event is neither over nor cancelled."""
    if not entitled(row) or row.mode is not Mode.ONLINE or over(event, now=now):
        return Join()
    open_ones = [channel for channel in events.channels(row.event_id) if channel.url]
    rooms = [channel for channel in open_ones if channel.kind is ChannelKind.ZOOM]
    streams = [channel for channel in open_ones if channel.is_public and channel.kind is ChannelKind.YOUTUBE]
    return Join(next(iter(rooms or streams), None), next(iter(streams), None) if rooms else None)


def programme(event_id: UUID, *, now: datetime) -> Programme:
    """Return the agenda for participants with what is on at ``now`` and the two items that come next."""
    items = agenda.programme(event_id, agenda.PARTICIPANTS)
    running, coming = now_and_next(items, now)
    return Programme(tuple(items), tuple(running), tuple(coming))


def presence_of(event_id: UUID, registration_id: UUID) -> Presence | None:
    """Return the latest presence of a person, for the badge "Hadir Sesi 2, 09.56 WIT"."""
    return me_store.latest_presence(event_id, registration_id)
