"""Reads that name people and offices: the newest scans, a province's contacts, links and seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from rakor.attendance.models import FactRow, PresenceRow
from rakor.attendance.rules.words import Kind, Source, Verdict
from rakor.db import db
from rakor.events.models import AccessLink, EventRole, LinkPurpose
from rakor.offices.models import Office, OfficeContact
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode
from rakor.reports.store import living, present_at, running_holding
from rakor.seats.models import Holding, Seat, SeatAnswer


@dataclass(frozen=True)
class RecentScan:
    """One line of the newest scans."""

    at: datetime
    name: str
    post: str
    office: str
    place: str
    source: Source
    verdict: Verdict


@dataclass(frozen=True)
class SeatLine:
    """One seat of an office in protocol order, with who sits on it."""

    role: str
    answer: SeatAnswer | None
    reason: str
    person: str
    mode: Mode | None
    first_in_at: datetime | None


@dataclass(frozen=True)
class OfficeArrival:
    """An office whose people came of late, and the newest when; nobody's name."""

    at: datetime
    name: str


def recent_scans(event_id: UUID, count: int) -> list[RecentScan]:
    """Return the newest scans, unknown codes among them; what a session's end closes is nobody's scan."""
    query = (
        select(
            FactRow.wall_at,
            Registration.front_title,
            Registration.name,
            Registration.back_title,
            Registration.post,
            EventRole.name,
            Office.name,
            Registration.institution,
            FactRow.place,
            FactRow.source,
            FactRow.shown,
        )
        .outerjoin(Registration, Registration.id == FactRow.registration_id)
        .outerjoin(EventRole, EventRole.id == Registration.role_id)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(
            FactRow.event_id == event_id,
            FactRow.kind.in_([Kind.TICKET, Kind.MANUAL, Kind.WALK_IN]),
            FactRow.source != Source.AUTO,
        )
        .order_by(FactRow.change_seq.desc(), FactRow.scan_id)
        .limit(count)
    )
    return [_scan(*row) for row in db.session.execute(query)]


def _scan(
    at: datetime,
    front: str | None,
    name: str | None,
    back: str | None,
    post: str | None,
    role: str | None,
    office: str | None,
    institution: str | None,
    place: str,
    source: Source,
    verdict: Verdict,
) -> RecentScan:
    shown = f"{front + ' ' if front else ''}{name or ''}{', ' + back if back else ''}"
    return RecentScan(at, shown, post or role or "", office or institution or "", place, source, verdict)


def contacts(office_ids: Sequence[UUID]) -> dict[UUID, OfficeContact]:
    """Return one contact per office."""
    query = select(OfficeContact).where(OfficeContact.office_id.in_(office_ids)).order_by(OfficeContact.id.desc())
    return {contact.office_id: contact for contact in db.session.scalars(query)}


def link_epochs(event_id: UUID, purpose: LinkPurpose, subject_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return the epochs of some subjects' links."""
    query = select(AccessLink.subject_id, AccessLink.epoch).where(
        AccessLink.event_id == event_id, AccessLink.purpose == purpose, AccessLink.subject_id.in_(subject_ids)
    )
    return dict(db.session.execute(query).all())


def seat_lines(
    event_id: UUID, office_ids: Sequence[UUID], checkpoint_ids: Sequence[UUID]
) -> dict[UUID, list[SeatLine]]:
    """Return the seats of some offices, by office, in protocol order; one query."""
    first_in = (
        select(func.min(PresenceRow.first_in_at))
        .where(
            present_at(event_id, checkpoint_ids),
            PresenceRow.registration_id == Holding.registration_id,
        )
        .correlate(Holding)
        .scalar_subquery()
    )
    query = (
        select(
            Seat.office_id,
            EventRole.name,
            Seat.answer,
            Seat.decline_reason,
            Registration.front_title,
            Registration.name.label("person"),
            Registration.back_title,
            Registration.mode,
            first_in.label("first_in_at"),
        )
        .join(EventRole, EventRole.id == Seat.role_id)
        .outerjoin(Holding, running_holding())
        .outerjoin(Registration, Registration.id == Holding.registration_id)
        .where(*living(event_id), Seat.office_id.in_(office_ids))
        .order_by(EventRole.position, Seat.number)
    )
    lines: dict[UUID, list[SeatLine]] = {}
    for row in db.session.execute(query):
        front, back = row.front_title, row.back_title
        person = f"{front + ' ' if front else ''}{row.person or ''}{', ' + back if back else ''}"
        line = SeatLine(row.name, row.answer, row.decline_reason, person, row.mode, row.first_in_at)
        lines.setdefault(row.office_id, []).append(line)
    return lines
