"""Offices that have not sent a letter of assignment (surat tugas) for everybody who comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from rakor.db import db
from rakor.documents.store.people import COMING
from rakor.events.models import AccessLink, LinkPurpose
from rakor.offices.models import Office
from rakor.registrations.models import Registration
from rakor.registrations.store import display_name
from rakor.seats.office_models import AssignmentLetter


@dataclass(frozen=True)
class Lacking:
    """One office, and whom no letter of assignment names; one for the whole office would name them all."""

    office_id: UUID
    office: str
    people: tuple[str, ...]
    link_epoch: int


def uncovered() -> ColumnElement[bool]:
    """Say of a registration that no letter of its office names it: neither one for everybody nor its own."""
    covered = and_(
        AssignmentLetter.event_id == Registration.event_id,
        AssignmentLetter.office_id == Registration.office_id,
        or_(AssignmentLetter.registration_id.is_(None), AssignmentLetter.registration_id == Registration.id),
    )
    return ~select(AssignmentLetter.id).where(covered).exists()


def lacking_letters(event_id: UUID) -> Sequence[Lacking]:
    """Return the offices in protocol order whose people come without a letter; one statement."""
    link = and_(
        AccessLink.event_id == event_id, AccessLink.purpose == LinkPurpose.OFFICE, AccessLink.subject_id == Office.id
    )
    query = (
        select(Office.id, Office.name, AccessLink.epoch, Registration)
        .join(Registration, Registration.office_id == Office.id)
        .outerjoin(AccessLink, link)
        .where(Registration.event_id == event_id, Registration.state.in_(COMING))
        .where(uncovered())
        .order_by(Office.sort_key, Office.id, Registration.name, Registration.id)
    )
    found: dict[tuple[UUID, str, int], list[str]] = {}
    for office_id, name, epoch, person in db.session.execute(query):
        found.setdefault((office_id, name, epoch or 0), []).append(display_name(person))
    return [Lacking(office_id, name, tuple(people), epoch) for (office_id, name, epoch), people in found.items()]
