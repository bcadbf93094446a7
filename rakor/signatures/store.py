"""Signatures in the database: who may sign where, signing, and the newest of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, select

from rakor import audit
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import HANDED_OUT
from rakor.db import db
from rakor.events.models import EventDay
from rakor.signatures.models import Signature, SignatureSetting
from rakor.signatures.rules import SignedVia


@dataclass(frozen=True)
class Mark:
    """What somebody signs with: strokes as they are kept, or else the typed name."""

    strokes: str = ""
    typed: str = ""


@dataclass(frozen=True)
class Place:
    """A day or session where somebody is present and may sign; ``signed_at`` None: not yet."""

    checkpoint_id: UUID
    name: str
    signed_at: datetime | None


def places_of(event_id: UUID, registration_id: UUID, today: date) -> list[Place]:
    """Return where a person is present on the event's day ``today``, in the order of the programme."""
    query = (
        select(Checkpoint.id, Checkpoint.name)
        .join(EventDay, and_(EventDay.event_id == Checkpoint.event_id, EventDay.id == Checkpoint.day_id))
        .join(PresenceRow, PresenceRow.checkpoint_id == Checkpoint.id)
        .where(Checkpoint.event_id == event_id, EventDay.held_on == today, Checkpoint.kind.not_in(HANDED_OUT))
        .where(PresenceRow.event_id == event_id, PresenceRow.registration_id == registration_id, PresenceRow.present)
        .order_by(Checkpoint.position, Checkpoint.id)
    )
    found = db.session.execute(query).all()
    signed = newest(event_id, [row.id for row in found], [registration_id]) if found else {}
    moments = {one.checkpoint_id: one.signed_at for one in signed.values()}
    return [Place(row.id, row.name, moments.get(row.id)) for row in found]


def newest(
    event_id: UUID, checkpoint_ids: Iterable[UUID], registration_ids: Iterable[UUID] | None = None
) -> dict[tuple[UUID, UUID], Signature]:
    """Return by person and place the signature that counts, of everybody or of some; one statement."""
    query = (
        select(Signature)
        .where(Signature.event_id == event_id, Signature.checkpoint_id.in_(list(checkpoint_ids)))
        .order_by(Signature.signed_at, Signature.id)
    )
    if registration_ids is not None:
        query = query.where(Signature.registration_id.in_(list(registration_ids)))
    return {(one.registration_id, one.checkpoint_id): one for one in db.session.scalars(query)}


def of_person(event_id: UUID, registration_id: UUID) -> list[tuple[Signature, str]]:
    """Return every signature of a person with the place's name, the oldest first."""
    query = (
        select(Signature, Checkpoint.name)
        .join(Checkpoint, and_(Checkpoint.event_id == Signature.event_id, Checkpoint.id == Signature.checkpoint_id))
        .where(Signature.event_id == event_id, Signature.registration_id == registration_id)
        .order_by(Signature.signed_at, Signature.id)
    )
    return [(row, name) for row, name in db.session.execute(query)]


def sign(
    event_id: UUID, registration_id: UUID, checkpoint_id: UUID, mark: Mark, via: SignedVia, *, now: datetime
) -> None:
    """Keep a signature; those before it stay. Needs an open transaction."""
    row = Signature(
        id=uuid4(),
        event_id=event_id,
        registration_id=registration_id,
        checkpoint_id=checkpoint_id,
        via=via,
        strokes=mark.strokes or None,
        typed=None if mark.strokes else mark.typed,
        signed_at=now,
    )
    db.session.add(row)
    audit.record("signature.give", event_id=event_id, object_kind="registration", object_id=registration_id)


def at_desk(event_id: UUID) -> bool:
    """Return whether the desk may ask for signatures."""
    row = db.session.get(SignatureSetting, event_id)
    return row is not None and row.at_desk


def set_at_desk(event_id: UUID, wanted: bool) -> bool:
    """Let the desk ask for signatures, or not; False where it is so already."""
    if at_desk(event_id) == wanted:
        return False
    row = db.session.get(SignatureSetting, event_id) or SignatureSetting(event_id=event_id)
    row.at_desk = wanted
    db.session.add(row)
    audit.record("signature.at_desk", event_id=event_id, object_kind="event", object_id=event_id)
    return True
