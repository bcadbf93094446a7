"""The organiser's answers to applicants: one or many at once, each with the reason that the person is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from rakor.db import db
from rakor.registrations import places
from rakor.registrations.models import Registration
from rakor.registrations.pool_models import Answer, Decision
from rakor.registrations.rules import Refusal, RegistrationState


@dataclass(frozen=True)
class Decided:
    """What became of a sending: how many are in, wait, were refused; and how many had been answered already."""

    registered: int = 0
    waiting: int = 0
    rejected: int = 0
    untouched: int = 0


def decide(
    event_id: UUID, ids: Sequence[UUID], answer: Answer, reason: str, *, by: UUID | None, now: datetime
) -> Decided:
    """Answer applicants in the order in which they applied; needs the event's row lock.

    Whoever was answered meanwhile is left alone; ids of other events are nobody.
    """
    query = select(Registration).where(Registration.event_id == event_id, Registration.id.in_(ids))
    rows = db.session.scalars(query.order_by(Registration.created_at, Registration.change_seq, Registration.id)).all()
    became = [decide_one(row, answer, reason, by=by, now=now) for row in rows]
    return Decided(
        registered=became.count(RegistrationState.REGISTERED),
        waiting=became.count(RegistrationState.WAITING),
        rejected=became.count(RegistrationState.REJECTED),
        untouched=sum(isinstance(verdict, Refusal) for verdict in became),
    )


def decide_one(
    row: Registration, answer: Answer, reason: str, *, by: UUID | None, now: datetime
) -> RegistrationState | Refusal:
    """Answer one applicant; returns what became of the registration. Needs the event's row lock."""
    if row.state is not RegistrationState.APPLIED:
        return Refusal.NOT_APPLIED
    act = places.approve if answer is Answer.APPROVED else places.reject
    verdict = act(row, now=now)
    if not isinstance(verdict, Refusal):
        note(row, answer, reason, by=by, now=now)
    return verdict


def note(row: Registration, answer: Answer, reason: str, *, by: UUID | None, now: datetime) -> None:
    """Keep the answer with its reason; a later answer replaces an earlier one."""
    db.session.execute(delete(Decision).where(Decision.registration_id == row.id))
    made = Decision(
        registration_id=row.id,
        event_id=row.event_id,
        answer=answer,
        reason=reason or None,
        decided_by_id=by,
        decided_at=now,
    )
    db.session.add(made)
    db.session.flush()


def reason(event_id: UUID, registration_id: UUID, answer: Answer | None = None) -> str:
    """Return the reason of the organiser's last answer, or of ``answer`` alone; empty where none was given."""
    query = select(Decision.reason).where(Decision.event_id == event_id, Decision.registration_id == registration_id)
    return db.session.scalar(query if answer is None else query.where(Decision.answer == answer)) or ""
