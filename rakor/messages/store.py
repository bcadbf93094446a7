"""Messages in the database. A message is a row of ids; what it says is made when it is sent or looked at."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from rakor import outbox
from rakor.accounts.models import User
from rakor.agenda.models import Speaker
from rakor.db import db
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind
from rakor.offices.models import Office
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration

REGISTRATION = "registration"
OFFICE = "office"
USER = "user"
SPEAKER = "speaker"
SEND = "message.send"


def write(
    event_id: UUID,
    kind: Kind,
    recipient_id: UUID,
    unique_key: str,
    *,
    now: datetime,
    recipient_kind: str = REGISTRATION,
    detail: dict[str, str] | None = None,
    campaign_id: UUID | None = None,
    run_at: datetime | None = None,
) -> UUID:
    """Leave a message to a registration or an office, and the job that sends it; equal keys write nothing twice.

    ``run_at``: when it may leave, where many are written at once.
    """
    key = f"{kind}/{unique_key}"
    known = db.session.scalar(select(Message.id).where(Message.unique_key == key))
    if known is not None:
        return known
    row = Message(
        id=uuid4(), event_id=event_id, kind=str(kind), recipient_kind=recipient_kind, recipient_id=recipient_id,
        unique_key=key, created_at=now, detail=detail or {}, campaign_id=campaign_id,
    )
    db.session.add(row)
    payload = {"event_id": str(event_id), "message_id": str(row.id)}
    outbox.enqueue(SEND, payload, event_id=event_id, run_at=run_at, unique_key=f"{SEND}/{row.id}")
    return row.id


def message(event_id: UUID, message_id: UUID) -> Message | None:
    """Return a message of the event, or None."""
    return db.session.scalar(select(Message).where(Message.event_id == event_id, Message.id == message_id))


def settle(message_id: UUID, state: MessageState, error: str, *, now: datetime) -> None:
    """Note what became of a message."""
    sent_at = now if state is MessageState.SENT else None
    values = {"state": state, "error": error or None, "sent_at": sent_at, "next_try_at": None}
    _note(message_id, values | {"attempts": Message.attempts + 1})


def put_off(message_id: UUID, words: str, *, until: datetime) -> None:
    """Note why a server did not take a message, and when it is tried again."""
    _note(message_id, {"error": words, "next_try_at": until, "attempts": Message.attempts + 1})


def _note(message_id: UUID, values: dict[str, Any]) -> None:
    db.session.execute(update(Message).where(Message.id == message_id).values(**values))


def queue_again(row: Message, *, now: datetime) -> bool:
    """Let a message that is done with leave once more, under the Message-ID it has; False where it waits already."""
    done = Message.state != MessageState.QUEUED
    values = {"state": MessageState.QUEUED, "queued_at": now, "error": None, "next_try_at": None}
    changed = db.session.execute(
        update(Message).where(Message.id == row.id, done).values(**values).returning(Message.id)
    ).first()
    if changed is None:
        return False
    payload = {"event_id": str(row.event_id), "message_id": str(row.id)}
    outbox.enqueue(SEND, payload, event_id=row.event_id, unique_key=f"{SEND}/{row.id}/{row.attempts}")
    return True


def recipients(event_id: UUID, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the display names of registrations, offices, users and speakers, by id; four queries."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.id.in_(ids))
    people = {row.id: registrations.display_name(row) for row in db.session.scalars(query)}
    offices = db.session.execute(select(Office.id, Office.name).where(Office.id.in_(ids)))
    users = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    speakers = db.session.execute(select(Speaker.id, Speaker.name).where(Speaker.id.in_(ids)))
    return people | {row.id: row.name for row in (*offices, *users, *speakers)}
