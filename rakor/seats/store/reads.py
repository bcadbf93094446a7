"""Reads of seats: each is one or two queries, whatever the size of the event."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select

from rakor.db import db
from rakor.events import links
from rakor.events.models import AccessLink, EventRole, LinkPurpose
from rakor.events.rules import RoleGroup
from rakor.offices.models import Office
from rakor.regions.rules import reference
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, PersonName
from rakor.seats.letter_models import SeatException
from rakor.seats.models import Holding, InvitationRule, Seat
from rakor.seats.rules import SeatAnswer, SeatState, protocol_key, seat_label


@dataclass(frozen=True)
class SeatLine:
    """One seat with its office, its role and who sits on it; ``name`` has its titles and is empty for an open seat."""

    seat_id: UUID
    office_id: UUID
    office: str
    province_code: str | None
    regency_code: str | None
    zone: str
    role_id: UUID
    role: str
    group: RoleGroup
    number: int
    label: str
    standing: tuple[str, int, int]
    modes: tuple[Mode, ...]
    answer: SeatAnswer | None
    reason: str
    answered_at: datetime | None
    registration_id: UUID | None
    name: str
    mode: Mode | None
    on_behalf: bool
    same_as: UUID | None = None
    """The first seat of the same person, unless this is it."""
    acting: str = ""
    """Plh. or Plt., where the holder does the post of somebody else."""
    required: bool = False
    """ "Wajib" in the matrix or in the office's own exception: a name is asked, or the reason why nobody comes."""

    @property
    def state(self) -> SeatState:
        """The seat as ``judge_answer`` sees it, but for who sat here before (``incumbents``)."""
        return SeatState(
            modes=self.modes,
            answer=self.answer,
            name=self.name,
            mode=self.mode,
            reason=self.reason,
            answered_at=self.answered_at,
            holder=self.registration_id,
            same_as=self.same_as,
            on_behalf=self.on_behalf,
            required=self.required,
            acting=self.acting,
        )


def running() -> ColumnElement[bool]:
    """The join of a seat to the holding that runs now."""
    return and_(Holding.event_id == Seat.event_id, Holding.seat_id == Seat.id, Holding.ended_at.is_(None))


def _rule() -> ColumnElement[bool]:
    """The join of a seat to its office's level's rule; a seat that no rule asks for any more has none."""
    return and_(
        InvitationRule.event_id == Seat.event_id,
        InvitationRule.institution_id == Office.institution_id,
        InvitationRule.office_level == Office.level,
        InvitationRule.role_id == Seat.role_id,
    )


def _exception() -> ColumnElement[bool]:
    """The join of a seat to its office's exception for the role, which stands in for the rule."""
    return and_(
        SeatException.event_id == Seat.event_id,
        SeatException.office_id == Seat.office_id,
        SeatException.role_id == Seat.role_id,
    )


def _lines(event_id: UUID, *conditions: ColumnElement[bool]) -> list[SeatLine]:
    must = func.coalesce(SeatException.required, InvitationRule.required)
    query = (
        select(Seat, Office, EventRole, Holding.on_behalf, must, Registration)
        .join(Office, Office.id == Seat.office_id)
        .join(EventRole, and_(EventRole.event_id == Seat.event_id, EventRole.id == Seat.role_id))
        .outerjoin(InvitationRule, _rule())
        .outerjoin(SeatException, _exception())
        .outerjoin(Holding, running())
        .outerjoin(
            Registration,
            and_(Registration.event_id == Holding.event_id, Registration.id == Holding.registration_id),
        )
        .where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None), *conditions)
        .order_by(Office.sort_key, Office.id, EventRole.position, EventRole.name, Seat.number)
    )
    rows = db.session.execute(query).all()
    several = Counter((seat.office_id, seat.role_id) for seat, *_ in rows)
    first = {person.id: seat.id for seat, *_, person in reversed(rows) if person}
    return [_line(*row, several[row[0].office_id, row[0].role_id], first) for row in rows]


def _line(
    seat: Seat,
    office: Office,
    role: EventRole,
    on_behalf: bool | None,
    required: bool | None,
    person: Registration | None,
    quota: int,
    first: Mapping[UUID, UUID],
) -> SeatLine:
    return SeatLine(
        seat_id=seat.id,
        office_id=office.id,
        office=office.name,
        province_code=office.province_code,
        regency_code=office.regency_code,
        zone=office.zone,
        role_id=role.id,
        role=role.name,
        group=role.group,
        number=seat.number,
        label=seat_label(role.name, seat.number, max(quota, seat.number)),
        standing=protocol_key(office.sort_key, role.position, seat.number),
        modes=tuple(Mode(word) for word in seat.modes),
        answer=seat.answer,
        reason=seat.decline_reason,
        answered_at=seat.answered_at,
        registration_id=person.id if person else None,
        name=PersonName(person.front_title, person.name, person.back_title).display() if person else "",
        mode=person.mode if person else None,
        on_behalf=bool(on_behalf),
        same_as=first[person.id] if person and first[person.id] != seat.id else None,
        acting=person.acting if person else "",
        required=bool(required),
    )


def seats_with_holders(event_id: UUID, office_ids: Iterable[UUID] | None = None) -> list[SeatLine]:
    """Return the event's living seats in protocol order, of the given offices only where there are any given."""
    if office_ids is None:
        return _lines(event_id)
    return _lines(event_id, Seat.office_id.in_(list(office_ids)))


def seats_of_registration(event_id: UUID, registration_id: UUID) -> list[SeatLine]:
    """Return the seats a person sits on now, in protocol order."""
    return _lines(event_id, Holding.registration_id == registration_id)


def province_on(province_code: str | None, regency_code: str | None, as_of: date | None) -> str | None:
    """Return the province an office is counted in on the map of a day."""
    return reference().province_of(regency_code, as_of).code if regency_code else province_code


def person_paths(event_id: UUID, registration_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the path of each person's own page, ``/p/<token>``, under the link's present epoch; one query."""
    query = select(AccessLink.subject_id, AccessLink.epoch).where(
        AccessLink.event_id == event_id,
        AccessLink.purpose == LinkPurpose.PERSON,
        AccessLink.subject_id.in_(list(registration_ids)),
    )
    return {
        subject: links.path_of(event_id, LinkPurpose.PERSON, subject, epoch)
        for subject, epoch in db.session.execute(query)
    }


def ticket_epochs(event_id: UUID, registration_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return the epoch of each person's living ticket; one query."""
    query = select(Registration.id, Registration.epoch).where(
        Registration.event_id == event_id, Registration.id.in_(list(registration_ids))
    )
    return {found.id: found.epoch for found in db.session.execute(query)}
