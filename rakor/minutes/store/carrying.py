"""What an event takes over from an earlier one: its open follow-ups, as an agenda item with a table behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select

from rakor import audit
from rakor.agenda import store as agenda
from rakor.agenda.rules import AgendaKind, Visibility
from rakor.agenda.store import ItemDraft
from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event
from rakor.minutes.follow_up_models import FollowUp, FollowUpCarry, FollowUpRow
from rakor.minutes.rules.follow_ups import Status
from rakor.minutes.rules.roll_up import Tally
from rakor.minutes.store import roll_up
from rakor.minutes.store.roll_up import RollUp
from rakor.web.times import local_day

TITLE = "Tindak lanjut rapat sebelumnya"
"""Stored words of the agenda, in the language of the event."""


@dataclass(frozen=True)
class Earlier:
    """An earlier event whose follow-ups this one takes up, and how far they are now."""

    event: Event
    item_id: UUID
    found: RollUp

    @property
    def open_ones(self) -> list[tuple[FollowUp, Tally]]:
        """The follow-ups that are not finished everywhere."""
        tallies = self.found.by_follow_up
        return [(one, tallies[one.id]) for one in self.found.follow_ups if tallies[one.id].done < tallies[one.id].whole]


def earlier(event: Event, *, now: datetime) -> list[Earlier]:
    """Return the earlier events that this one takes up, as they stand now."""
    query = select(FollowUpCarry, Event).join(Event, Event.id == FollowUpCarry.from_event_id)
    mine = query.where(FollowUpCarry.event_id == event.id).order_by(Event.starts_on.desc(), Event.id)
    return [
        Earlier(source, row.item_id, roll_up.snapshot(source, now=now, today=local_day(now, source.zone)))
        for row, source in db.session.execute(mine)
    ]


def with_open_ones(event: Event, offered: Iterable[Event]) -> list[Event]:
    """Return the earlier ones of ``offered``, of the same institution, that still have open follow-ups; one query."""
    query = (
        select(FollowUp.event_id)
        .join(FollowUpRow, and_(FollowUpRow.event_id == FollowUp.event_id, FollowUpRow.follow_up_id == FollowUp.id))
        .where(FollowUp.withdrawn_at.is_(None), FollowUpRow.status != Status.DONE)
        .distinct()
    )
    open_ones = set(db.session.scalars(query))
    taken = set(db.session.scalars(select(FollowUpCarry.from_event_id).where(FollowUpCarry.event_id == event.id)))
    return [
        one
        for one in offered
        if one.id in open_ones - taken and one.id != event.id and one.institution_id == event.institution_id
        and one.starts_on <= event.starts_on
    ]  # fmt: skip


def carry(event_id: UUID, source_id: UUID, *, by: UUID | None, now: datetime) -> UUID | None:
    """Put what an earlier event left open on the agenda's first day, once. Returns the item; None where there is none.

    The item has no time: the organiser gives it one. It is for organisers until somebody opens it.
    """
    event, source = events.locked_event(event_id), events.event(source_id)
    known = db.session.get(FollowUpCarry, (event_id, source_id))
    if known is not None or source is None:
        return known.item_id if known else None
    today = local_day(now, source.zone)
    left = Earlier(source, event_id, roll_up.count_up(source, now=now, today=today)).open_ones
    first = next(iter(events.days(event_id)), None)
    if not left or first is None:
        return None
    draft = ItemDraft(
        first.id, AgendaKind.REPORT, TITLE, topic=f"{len(left)} tindak lanjut {source.short_title}"[:400],
        visibility=Visibility.ORGANIZERS,
    )  # fmt: skip
    item_id = agenda.add(event_id, draft, now=now)
    row = FollowUpCarry(event_id=event_id, from_event_id=source.id, item_id=item_id, by_id=by, carried_at=now)
    db.session.add(row)
    audit.record("follow_up.carry", event_id=event.id, object_kind="event", object_id=source.id, count=len(left))
    return item_id
