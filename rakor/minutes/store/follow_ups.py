"""Follow-ups in the database, and the rows they expand into; under the event's lock, in bulk, nothing twice."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select

from rakor import audit
from rakor.db import db
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import Event, EventRole, LinkPurpose
from rakor.minutes.follow_up_models import FollowUp, FollowUpRow
from rakor.minutes.rules.follow_ups import Candidate, Chosen, Expansion, Known, expand, meant
from rakor.minutes.rules.follow_ups import Status as Status
from rakor.minutes.store import reminders
from rakor.offices.models import Office
from rakor.seats import store as seats
from rakor.seats.models import Seat
from rakor.seats.store import ways


@dataclass(frozen=True)
class Draft:
    """What somebody typed of a follow-up; ``person`` is a name, where it goes to one."""

    text: str
    due_on: date | None
    chosen: Chosen
    person: str = ""
    conclusion_id: UUID | None = None


def of_event(event_id: UUID) -> list[FollowUp]:
    """Return the event's follow-ups that were not withdrawn, by number; one query."""
    query = select(FollowUp).where(FollowUp.event_id == event_id, FollowUp.withdrawn_at.is_(None))
    return list(db.session.scalars(query.order_by(FollowUp.number)))


def follow_up(event_id: UUID, follow_up_id: UUID) -> FollowUp | None:
    """Return a follow-up of the event that was not withdrawn, or None."""
    mine = (FollowUp.event_id == event_id, FollowUp.id == follow_up_id, FollowUp.withdrawn_at.is_(None))
    return db.session.scalar(select(FollowUp).where(*mine))


def names(event_id: UUID) -> dict[UUID | None, str]:
    """Return the names of the offices and roles that the event's follow-ups name; two queries."""
    offices = select(Office.id, Office.name).join(FollowUp, FollowUp.office_id == Office.id)
    roles = select(EventRole.id, EventRole.name).where(EventRole.event_id == event_id)
    asked = (offices.where(FollowUp.event_id == event_id), roles)
    return {one: name for query in asked for one, name in db.session.execute(query)}


def counts_by_conclusion(event_id: UUID) -> Counter[UUID]:
    """Return how many follow-ups each conclusion has."""
    return Counter(one.conclusion_id for one in of_event(event_id) if one.conclusion_id is not None)


def chosen_of(row: FollowUp) -> Chosen:
    """Return whom a follow-up is for."""
    return Chosen(row.assignee, row.office_id, row.province_code, row.role_id)


def candidates(event: Event) -> list[Candidate]:
    """Return the offices that exist on the event's map, in protocol order, with the roles of their seats."""
    query = select(Seat.office_id, Seat.role_id).where(Seat.event_id == event.id, Seat.withdrawn_at.is_(None))
    roles: dict[UUID, set[UUID]] = {}
    for office_id, role_id in db.session.execute(query.distinct()):
        roles.setdefault(office_id, set()).add(role_id)
    return [
        Candidate(one.id, one.level, one.province_code, frozenset(roles.get(one.id, ())))
        for one in seats.invited_offices(event)
    ]


def expansion(event: Event, chosen: Chosen, follow_up_id: UUID | None = None) -> Expansion:
    """Return what sending a follow-up out would change now; without an id: a new one."""
    return expand(meant(chosen, candidates(event)), _known(event.id, follow_up_id) if follow_up_id else ())


def _known(event_id: UUID, follow_up_id: UUID) -> list[Known]:
    query = select(FollowUpRow.id, FollowUpRow.office_id, FollowUpRow.answer_count).where(
        FollowUpRow.event_id == event_id, FollowUpRow.follow_up_id == follow_up_id
    )
    return [Known(row_id, office_id, answers > 0) for row_id, office_id, answers in db.session.execute(query)]


def add(
    event_id: UUID, draft: Draft, *, by: UUID | None, now: datetime, announces: bool = True
) -> tuple[FollowUp, Expansion]:
    """Write a follow-up under the next number with a row for each office it is for, under the event's lock.

    Without ``announces`` nobody is written to: what is entered afterwards, long after the meeting.
    """
    event = events.locked_event(event_id)
    last = db.session.scalar(select(func.max(FollowUp.number)).where(FollowUp.event_id == event_id)) or 0
    row = FollowUp(id=uuid4(), event_id=event_id, number=last + 1, made_by_id=by, made_at=now)
    _put(row, draft, now)
    db.session.add(row)
    db.session.flush()
    audit.record("follow_up.add", event_id=event_id, object_kind="follow_up", object_id=row.id)
    found = _spread(event, row, now=now, announces=announces)
    if announces:
        reminders.schedule(event, row, now=now)
    return row, found


def change(event_id: UUID, follow_up_id: UUID, draft: Draft, *, now: datetime) -> Expansion | None:
    """Change a follow-up and bring its rows up to it; a new day moves the reminders. None where it is gone."""
    event = events.locked_event(event_id)
    row = follow_up(event_id, follow_up_id)
    if row is None:
        return None
    due_on = row.due_on
    _put(row, draft, now)
    db.session.flush()
    audit.record("follow_up.change", event_id=event_id, object_kind="follow_up", object_id=row.id)
    found = _spread(event, row, now=now)
    if row.due_on != due_on:
        reminders.schedule(event, row, now=now)
    return found


def spread(event_id: UUID, follow_up_id: UUID, *, now: datetime) -> Expansion | None:
    """Send a follow-up out again: only what is missing is added. None where it is gone."""
    event = events.locked_event(event_id)
    row = follow_up(event_id, follow_up_id)
    return _spread(event, row, now=now) if row is not None else None


def withdraw(event_id: UUID, follow_up_id: UUID, *, now: datetime) -> bool:
    """Take a follow-up back: offices see it no more, what they answered stays. False where it is gone already."""
    events.locked_event(event_id)
    row = follow_up(event_id, follow_up_id)
    if row is None:
        return False
    row.withdrawn_at = now
    audit.record("follow_up.withdraw", event_id=event_id, object_kind="follow_up", object_id=row.id)
    return True


def _put(row: FollowUp, draft: Draft, now: datetime) -> None:
    row.text, row.due_on, row.person_name, row.changed_at = draft.text, draft.due_on, draft.person or None, now
    row.conclusion_id, row.assignee, row.office_id = draft.conclusion_id, draft.chosen.assignee, draft.chosen.office_id
    row.province_code, row.role_id = draft.chosen.province_code, draft.chosen.role_id


def _spread(event: Event, row: FollowUp, *, now: datetime, announces: bool = True) -> Expansion:
    """Bring the rows of a follow-up up to the offices it is for. Needs the event's lock."""
    found = expansion(event, chosen_of(row), row.id)
    made = [_row(row, uuid4() if office_id else row.id, office_id, now) for office_id in found.added]
    if made:
        db.session.execute(insert(FollowUpRow), made)
    if found.removed:
        gone = delete(FollowUpRow).where(FollowUpRow.event_id == event.id, FollowUpRow.follow_up_id == row.id)
        db.session.execute(gone.where(FollowUpRow.id.in_(found.removed), FollowUpRow.answer_count == 0))
    if found.offices:
        links.make_links(event.id, LinkPurpose.OFFICE, found.offices, now=now)
        _make_province_links(event, found, now)
    if found.offices and announces:
        reminders.announce(row)
    count = len(made) + len(found.removed)
    audit.record("follow_up.spread", event_id=event.id, object_kind="follow_up", object_id=row.id, count=count)
    return found


def _make_province_links(event: Event, found: Expansion, now: datetime) -> None:
    added = set(found.added)
    codes = {one.province_code for one in seats.invited_offices(event) if one.id in added and one.province_code}
    ways.make_province_links(event.id, sorted(codes), now=now)


def _row(of: FollowUp, row_id: UUID, office_id: UUID | None, now: datetime) -> dict[str, object]:
    return {
        "id": row_id, "event_id": of.event_id, "follow_up_id": of.id, "office_id": office_id, "status": Status.OPEN,
        "note": "", "answer_count": 0, "evidence_count": 0, "made_at": now,
    }  # fmt: skip
