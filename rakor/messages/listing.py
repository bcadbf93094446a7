"""The list of messages: narrowed, searched, counted, paged; each read is a constant number of queries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, or_, select, update

from rakor.agenda.models import AgendaItem, Speaker
from rakor.db import db
from rakor.messages import store
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind
from rakor.offices.models import Office
from rakor.outbox import Job
from rakor.prepared import Insert
from rakor.registrations import roster
from rakor.registrations.models import Registration
from rakor.registrations.roster import Filters
from rakor.web.forms import storable

_JOBS = Insert(Job)
AT_ONCE = 2_000


@dataclass(frozen=True)
class Narrowed:
    """What the list is narrowed to; empty values narrow nothing."""

    words: str = ""
    state: MessageState | None = None
    kind: Kind | None = None
    campaign: UUID | None = None

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Narrowed":
        """Take it from a URL; unknown words narrow nothing."""
        state, kind = args.get("state", ""), args.get("kind", "")
        try:
            campaign = UUID(args.get("campaign", ""))
        except ValueError:
            campaign = None
        return cls(
            words=storable(args.get("q"))[:100],
            state=MessageState(state) if state in set(MessageState) else None,
            kind=Kind(kind) if kind in set(Kind) else None,
            campaign=campaign,
        )

    def kept(self, **other: Any) -> dict[str, Any]:
        """Return it as the arguments of a URL, with ``other`` in place of its own."""
        own = {"q": self.words, "state": self.state, "kind": self.kind, "campaign": self.campaign} | other
        return {name: str(value) for name, value in own.items() if value}


def page(event_id: UUID, wanted: Narrowed, offset: int, limit: int) -> list[Message]:
    """Return some of the messages, newest first."""
    query = select(Message).where(*_asked(event_id, wanted), *_in_state(wanted))
    ordered = query.order_by(Message.created_at.desc(), Message.id).offset(offset).limit(limit)
    return list(db.session.scalars(ordered))


def counts(event_id: UUID, wanted: Narrowed) -> dict[MessageState, int]:
    """Return how many messages are in each state, narrowed by everything but the state."""
    query = select(Message.state, func.count()).where(*_asked(event_id, wanted)).group_by(Message.state)
    return {MessageState(state): count for state, count in db.session.execute(query)}


def any_at_all(event_id: UUID) -> bool:
    """Tell whether the event has any message."""
    return db.session.scalar(select(Message.id).where(Message.event_id == event_id).limit(1)) is not None


def subjects(event_id: UUID, rows: Sequence[Message]) -> dict[UUID, str]:
    """Return what messages are about, by their ids: their campaign's subject, or the one session they speak of."""
    campaign_ids = {row.campaign_id for row in rows if row.campaign_id is not None}
    item_ids = {UUID(row.detail["item"]) for row in rows if "item" in row.detail}
    named = _named(Campaign.id, Campaign.subject, Campaign.event_id == event_id, campaign_ids)
    named |= _named(AgendaItem.id, AgendaItem.title, AgendaItem.event_id == event_id, item_ids)
    about = {row.id: row.campaign_id or (UUID(row.detail["item"]) if "item" in row.detail else None) for row in rows}
    return {message_id: named[what] for message_id, what in about.items() if what in named}


def _named(key: Any, words: Any, of_event: ColumnElement[bool], ids: Collection[UUID]) -> dict[UUID | None, str]:
    query = select(key, words).where(of_event, key.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(query)} if ids else {}


def to_recipient(event_id: UUID, recipient_id: UUID, limit: int) -> list[Message]:
    """Return what was written to one person or office, newest first."""
    query = select(Message).where(Message.event_id == event_id, Message.recipient_id == recipient_id)
    return list(db.session.scalars(query.order_by(Message.created_at.desc(), Message.id).limit(limit)))


def queue_failed_again(event_id: UUID, wanted: Narrowed, *, now: datetime) -> int:
    """Let what failed leave once more, at most AT_ONCE of it; returns how many."""
    failed = Message.state == MessageState.FAILED
    query = select(Message.id, Message.attempts).where(*_asked(event_id, wanted), failed)
    found = db.session.execute(query.order_by(Message.created_at, Message.id).limit(AT_ONCE).with_for_update()).all()
    if not found:
        return 0
    values = {"state": MessageState.QUEUED, "queued_at": now, "error": None, "next_try_at": None}
    db.session.execute(update(Message).where(Message.id.in_([row.id for row in found])).values(**values))
    _JOBS.run(db.session.connection(), *(_job(event_id, row.id, row.attempts, now) for row in found))
    return len(found)


def _job(event_id: UUID, message_id: UUID, attempts: int, now: datetime) -> dict[str, Any]:
    payload = {"event_id": str(event_id), "message_id": str(message_id)}
    return {
        "id": uuid4(), "name": store.SEND, "payload": payload, "event_id": event_id, "created_at": now,
        "run_at": now, "unique_key": f"{store.SEND}/{message_id}/{attempts}",
    }  # fmt: skip


def _in_state(wanted: Narrowed) -> list[ColumnElement[bool]]:
    return [Message.state == wanted.state] if wanted.state is not None else []


def _asked(event_id: UUID, wanted: Narrowed) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Message.event_id == event_id]
    if wanted.kind is not None:
        found.append(Message.kind == str(wanted.kind))
    if wanted.campaign is not None:
        found.append(Message.campaign_id == wanted.campaign)
    if wanted.words:
        found.append(_to_somebody_called(event_id, wanted.words))
    return found


def _to_somebody_called(event_id: UUID, typed: str) -> ColumnElement[bool]:
    people = select(Registration.id).where(*roster.conditions(event_id, Filters(words=typed)))
    offices = select(Office.id).where(Office.name.icontains(typed, autoescape=True))
    speakers = select(Speaker.id).where(Speaker.event_id == event_id, Speaker.name.icontains(typed, autoescape=True))
    return or_(*(Message.recipient_id.in_(found) for found in (people, offices, speakers)))
