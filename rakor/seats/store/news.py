"""What the organiser changed in an office's invitation after it was sent: seats added, seats withdrawn, other ways."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from rakor import outbox
from rakor.db import db
from rakor.events.models import AccessLink, EventRole, LinkPurpose
from rakor.registrations.rules import Mode
from rakor.seats.models import Holding, OfficeAnswer, Seat
from rakor.seats.rules import seat_label

CHANGED = "seats.changed"


@dataclass(frozen=True)
class OfficeNews:
    """Labels of seats: ``added``, ``withdrawn`` (nobody had answered), and ``narrowed`` with the ways that are left."""

    added: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    narrowed: tuple[tuple[str, tuple[Mode, ...]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.withdrawn or self.narrowed)


def unread(event_id: UUID, office_id: UUID) -> OfficeNews:
    """Return what changed since the office answered last; since it was invited, where it has not answered."""
    rows = _seats(event_id, office_id)
    answered = next((answered_at for *_rest, answered_at in rows), None)
    since = answered or min((seat.invited_at for seat, *_rest in rows), default=None)
    return _news(rows, lambda at: since is not None and at > since)


def at(event_id: UUID, office_id: UUID, moment: datetime) -> OfficeNews:
    """Return what one change of the invitation brought to an office."""
    return _news(_seats(event_id, office_id), lambda when: when == moment)


Told = tuple[Seat, str, bool, datetime | None]
"""A seat, its role's name, whether it was taken back from somebody, and when the office answered last."""


def _seats(event_id: UUID, office_id: UUID) -> list[Told]:
    role = and_(EventRole.event_id == Seat.event_id, EventRole.id == Seat.role_id)
    mine = (OfficeAnswer.event_id == event_id, OfficeAnswer.office_id == office_id)
    answered = select(func.max(OfficeAnswer.answered_at)).where(*mine).scalar_subquery()
    query = (
        select(Seat, EventRole.name, _was_held(), answered)
        .join(EventRole, role)
        .where(Seat.event_id == event_id, Seat.office_id == office_id)
        .order_by(EventRole.position, EventRole.name, Seat.number)
    )
    return [(found[0], found[1], bool(found[2]), found[3]) for found in db.session.execute(query)]


def _news(rows: Sequence[Told], counts: Callable[[datetime], bool]) -> OfficeNews:
    added, withdrawn, narrowed = [], [], []
    for seat, name, held, _answered_at in rows:
        label = seat_label(name, seat.number, seat.number)
        if seat.withdrawn_at is not None:
            if counts(seat.withdrawn_at) and not held:
                withdrawn.append(label)
        elif counts(seat.invited_at):
            added.append(label)
        elif seat.modes_changed_at is not None and counts(seat.modes_changed_at):
            narrowed.append((label, tuple(Mode(word) for word in seat.modes)))
    return OfficeNews(tuple(added), tuple(withdrawn), tuple(narrowed))


def _was_held() -> ColumnElement[bool]:
    """Taken back from somebody: that is told with the name, by itself."""
    held = (Holding.event_id == Seat.event_id, Holding.seat_id == Seat.id, Holding.ended_at == Seat.withdrawn_at)
    return exists().where(*held).correlate(Seat)


def tell_changed(event_id: UUID, office_ids: Iterable[UUID], *, now: datetime) -> None:
    """Leave a message to each of these offices that knew of its invitation before; the others read it there anyway."""
    known = or_(AccessLink.passed_on_at.is_not(None), AccessLink.opened_at.is_not(None))
    query = select(AccessLink.subject_id).where(
        AccessLink.event_id == event_id, AccessLink.purpose == LinkPurpose.OFFICE, known
    )
    told = set(db.session.scalars(query))
    for office_id in dict.fromkeys(office_ids):
        if office_id in told:
            payload = {"event_id": str(event_id), "office_id": str(office_id), "at": now.isoformat()}
            outbox.enqueue(CHANGED, payload, event_id=event_id)
