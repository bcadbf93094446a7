"""Rules in the database, and the seats they expand into; all writes of one expansion are bulk statements."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, or_, select, update

from rakor import audit
from rakor.db import db
from rakor.events import links
from rakor.events.models import Event, EventRole, LinkPurpose
from rakor.events.rules import RoleGroup
from rakor.offices.models import Office
from rakor.regions.rules import reference
from rakor.registrations.rules import Mode
from rakor.seats.models import Holding, InvitationRule, Seat
from rakor.seats.rules import (
    READY,
    ExistingSeat,
    Expansion,
    InvitedOffice,
    Place,
    ReadySet,
    Rule,
    expand,
    invited_on,
)
from rakor.seats.store.exceptions import exemptions
from rakor.seats.store.news import tell_changed
from rakor.seats.store.reads import province_on, running
from rakor.seats.store.ways import make_province_links


def rules_of(event_id: UUID) -> list[Rule]:
    """Return the event's rules, in the order of their roles."""
    query = select(InvitationRule).where(InvitationRule.event_id == event_id)
    ordered = query.order_by(InvitationRule.position, InvitationRule.id)
    return [
        Rule(row.office_level, row.role_id, row.quota, tuple(Mode(word) for word in row.modes), row.required)
        for row in db.session.scalars(ordered)
    ]


def save_rules(event: Event, rules: Sequence[Rule]) -> None:
    """Make these the event's rules; seats change only when the invitation is made."""
    mine = InvitationRule.event_id == event.id
    db.session.execute(delete(InvitationRule).where(mine))
    rows = [
        {
            "id": uuid4(),
            "event_id": event.id,
            "institution_id": event.institution_id,
            "office_level": rule.level,
            "role_id": rule.role_id,
            "quota": rule.quota,
            "modes": [str(mode) for mode in rule.modes],
            "required": rule.required,
            "position": position,
        }
        for position, rule in enumerate(rules)
    ]
    if rows:
        db.session.execute(insert(InvitationRule), rows)
    audit.record("seats.rules_save", event_id=event.id, object_kind="event", object_id=event.id, count=len(rows))


def add_role(
    event_id: UUID, name: str, short_name: str = "", after: UUID | None = None, *, leads: bool = False
) -> EventRole:
    """Return the participants' role of this name, made where the event has none.

    A new role goes behind ``after``, or behind all; where it ``leads``, before all.
    """
    named = select(EventRole).where(EventRole.event_id == event_id, EventRole.name == name)
    found = db.session.scalar(named)
    if found is not None:
        return found
    place = 0 if leads else _place(event_id, after)
    below = update(EventRole).where(EventRole.event_id == event_id, EventRole.position > place)
    db.session.execute(below.values(position=EventRole.position + 1))
    row = EventRole(
        id=uuid4(),
        event_id=event_id,
        name=name,
        short_name=short_name or name[:40],
        group=RoleGroup.PARTICIPANT,
        position=place + 1,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("event.role_add", event_id=event_id, object_kind="event_role", object_id=row.id)
    return row


def _place(event_id: UUID, role_id: UUID | None) -> int:
    """Return a role's position; without one, or where it is gone, the last of the event."""
    mine = EventRole.event_id == event_id
    found = role_id and db.session.scalar(select(EventRole.position).where(mine, EventRole.id == role_id))
    return found or db.session.scalar(select(func.max(EventRole.position)).where(mine)) or 0


def take_ready(event: Event, ready: ReadySet, modes: tuple[Mode, ...]) -> list[Rule]:
    """Make the roles of a ready set in the set's order, and its rules the event's; roles that are there stay put."""
    rules: list[Rule] = []
    before: UUID | None = None
    for wanted in READY[ready]:
        before = add_role(event.id, wanted.name, wanted.short_name, before, leads=before is None).id
        rules += [Rule(level, before, 1, modes) for level in sorted(wanted.levels)]
    save_rules(event, rules)
    return rules


def invited_offices(event: Event) -> tuple[InvitedOffice, ...]:
    """Return the institution's offices that exist on the event's map, in protocol order."""
    query = select(Office.id, Office.level, Office.province_code, Office.regency_code).where(
        Office.institution_id == event.institution_id
    )
    rows = db.session.execute(query.order_by(Office.sort_key, Office.id))
    return invited_on([(row[0], row[1], row[2], row[3]) for row in rows], reference(), event.regions_as_of)


def expansion(event: Event) -> Expansion:
    """Return what making the invitation would change now."""
    return expand(rules_of(event.id), invited_offices(event), _existing(event.id), exemptions(event.id))


def _existing(event_id: UUID) -> list[ExistingSeat]:
    answered = or_(Seat.answer.is_not(None), Holding.id.is_not(None))
    query = (
        select(Seat.id, Seat.office_id, Seat.role_id, Seat.number, Seat.modes, answered, Seat.withdrawn_at)
        .outerjoin(Holding, running())
        .where(Seat.event_id == event_id)
    )
    known: dict[tuple[str, ...], tuple[Mode, ...]] = {}
    found = []
    for seat_id, office_id, role_id, number, words, said, withdrawn_at in db.session.execute(query):
        modes = known.setdefault(tuple(words), tuple(Mode(word) for word in words))
        place = Place(office_id, role_id, number, modes)
        found.append(ExistingSeat(seat_id, place, bool(said), withdrawn_at is not None))
    return found


def apply_expansion(event_id: UUID, found: Expansion, *, now: datetime) -> None:
    """Write an expansion: new seats, changed and returned ones, withdrawn ones; and every office's link."""
    if found.added:
        db.session.execute(insert(Seat), [_row(event_id, place, now) for place in found.added])
    changed = [{"id": seat_id, "modes": _words(modes), "modes_changed_at": now} for seat_id, modes in found.changed]
    returned = [
        {"id": seat_id, "modes": _words(modes), "withdrawn_at": None, "invited_at": now}
        for seat_id, modes in found.returned
    ]
    gone = [{"id": seat_id, "withdrawn_at": now} for seat_id in found.removed]
    for rows in (changed, returned, gone):
        if rows:
            db.session.execute(update(Seat), rows)
    if found.changes_an_invitation:
        tell_changed(event_id, _offices_of(event_id, found), now=now)
    query = select(Seat.office_id).where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None)).distinct()
    links.make_links(event_id, LinkPurpose.OFFICE, db.session.scalars(query), now=now)
    make_province_links(event_id, _provinces_invited(event_id), now=now)
    count = len(found.added) + len(found.changed) + len(found.returned) + len(found.removed)
    audit.record("seats.expand", event_id=event_id, object_kind="event", object_id=event_id, count=count)


def _offices_of(event_id: UUID, found: Expansion) -> list[UUID]:
    """The offices whose seats an expansion adds, changes or withdraws."""
    touched = {*found.removed, *(seat_id for seat_id, _modes in (*found.changed, *found.returned))}
    query = select(Seat.id, Seat.office_id).where(Seat.event_id == event_id)
    theirs = [office_id for seat_id, office_id in db.session.execute(query) if seat_id in touched]
    return [*theirs, *(place.office_id for place in found.added)]


def _words(modes: Sequence[Mode]) -> list[str]:
    return [str(mode) for mode in modes]


def _provinces_invited(event_id: UUID) -> list[str]:
    """The provinces, on the event's map, of the offices that have seats."""
    event = db.session.get_one(Event, event_id)
    seats = select(Seat.office_id).where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None))
    query = select(Office.province_code, Office.regency_code).where(Office.id.in_(seats))
    found = {province_on(province, regency, event.regions_as_of) for province, regency in db.session.execute(query)}
    return sorted(code for code in found if code)


def _row(event_id: UUID, place: Place, now: datetime) -> dict[str, object]:
    return {
        "id": uuid4(),
        "event_id": event_id,
        "office_id": place.office_id,
        "role_id": place.role_id,
        "number": place.number,
        "modes": _words(place.modes),
        "decline_reason": "",
        "invited_at": now,
    }


