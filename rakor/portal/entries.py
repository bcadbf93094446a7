"""One-click entries of the demo: where each kind of person begins."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from rakor.accounts.models import User
from rakor.accounts.rules import Role
from rakor.db import db
from rakor.events import links
from rakor.events.models import AccessLink, Event, Grant, LinkPurpose
from rakor.offices.models import Institution, Office
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState

LIVE = "live"
OFFICE = "9304"


class Who(StrEnum):
    """As whom the demo can be tried."""

    ORGANISER = "panitia"
    OFFICE = "kantor"
    PARTICIPANT = "peserta"
    DESK = "meja"
    LEADER = "pimpinan"


LOGINS = {Who.ORGANISER: Role.OWNER, Who.DESK: Role.DESK}


def live_world() -> Event | None:
    """Return the demo's running event, or None where there is no demo here."""
    return db.session.scalar(select(Event).where(Event.demo_world == LIVE))


def login_of(who: Who) -> UUID | None:
    """Return the demo account behind an entry that needs one; None for entries by link."""
    role, event = LOGINS.get(who), live_world()
    if role is None or event is None:
        return None
    query = select(User.id).join(Grant, Grant.user_id == User.id)
    return db.session.scalar(query.where(Grant.event_id == event.id, Grant.role == role, User.is_demo).limit(1))


def path_of(who: Who) -> str | None:
    """Return where an entry leads, or None where the demo lacks it."""
    event = live_world()
    if event is None:
        return None
    if who is Who.ORGANISER:
        return f"/events/{event.id}"
    if who is Who.DESK:
        return f"/events/{event.id}/desks"
    subject = {Who.OFFICE: _office, Who.PARTICIPANT: _participant, Who.LEADER: _leader}[who](event)
    return subject and _link(event.id, *subject)


def _link(event_id: UUID, purpose: LinkPurpose, subject_id: UUID) -> str | None:
    query = select(AccessLink.epoch).where(
        AccessLink.event_id == event_id, AccessLink.purpose == purpose, AccessLink.subject_id == subject_id
    )
    epoch = db.session.scalar(query)
    return None if epoch is None else links.path_of(event_id, purpose, subject_id, epoch)


def _office(event: Event) -> tuple[LinkPurpose, UUID] | None:
    query = select(Office.id).join(Institution, Institution.id == Office.institution_id)
    mine = (Office.institution_id == event.institution_id, Office.code == OFFICE, Institution.is_demo)
    found = db.session.scalar(query.where(*mine))
    return (LinkPurpose.OFFICE, found) if found else None


def _participant(event: Event) -> tuple[LinkPurpose, UUID] | None:
    query = select(Registration.id).where(
        Registration.event_id == event.id, Registration.regency_code == OFFICE,
        Registration.state == RegistrationState.CONFIRMED, Registration.mode == Mode.ONLINE,
    )
    found = db.session.scalar(query.order_by(Registration.change_seq).limit(1))
    return (LinkPurpose.PERSON, found) if found else None


def _leader(event: Event) -> tuple[LinkPurpose, UUID] | None:
    query = select(AccessLink.subject_id).where(
        AccessLink.event_id == event.id, AccessLink.purpose == LinkPurpose.LEADER
    )
    found = db.session.scalar(query.limit(1))
    return (LinkPurpose.LEADER, found) if found else None
