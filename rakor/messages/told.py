"""Whether anybody was told of an event: from then on its agenda changes by publishing alone."""

from uuid import UUID

from sqlalchemy import select

from rakor.db import db
from rakor.messages import store
from rakor.messages.models import Message


def any_written(event_id: UUID) -> bool:
    """True where somebody was written to about the event, whatever became of the message.

    A trial goes to the organiser who wrote it: that tells nobody.
    """
    told = (Message.event_id == event_id, Message.recipient_kind != store.USER)
    return db.session.scalar(select(Message.id).where(*told).limit(1)) is not None
