"""Campaigns in the database: written, scheduled, and expanded into one message for each recipient."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from rakor import audit, outbox
from rakor.agenda import store as agenda
from rakor.db import db
from rakor.events.models import Event
from rakor.messages import store
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import Message, MessageState, OptOut
from rakor.messages.rules import Kind
from rakor.messages.rules.campaigns import Audience, CampaignState, Timing
from rakor.prepared import Insert

DUE = "campaign.due"
_MESSAGES, _JOBS = Insert(Message), Insert(outbox.Job)


def campaign(event_id: UUID, campaign_id: UUID) -> Campaign | None:
    """Return a campaign of the event, or None."""
    return db.session.scalar(select(Campaign).where(Campaign.event_id == event_id, Campaign.id == campaign_id))


def of_message(event_id: UUID, campaign_id: UUID | None) -> Campaign:
    """Return the campaign of a message; LookupError where it is gone."""
    found = campaign(event_id, campaign_id) if campaign_id else None
    if found is None:
        raise LookupError("a message of a campaign that is gone")
    return found


def campaigns(event_id: UUID) -> list[Campaign]:
    """Return the event's campaigns, newest first; the last two hundred."""
    query = select(Campaign).where(Campaign.event_id == event_id)
    return list(db.session.scalars(query.order_by(Campaign.created_at.desc(), Campaign.id).limit(200)))


def counts(event_id: UUID, ids: Sequence[UUID]) -> dict[UUID, dict[MessageState, int]]:
    """Return how many messages of each campaign are in each state; one query."""
    query = (
        select(Message.campaign_id, Message.state, func.count())
        .where(Message.event_id == event_id, Message.campaign_id.in_(ids), Message.kind == str(Kind.CAMPAIGN))
        .group_by(Message.campaign_id, Message.state)
    )
    found: dict[UUID, dict[MessageState, int]] = {one: {} for one in ids}
    for campaign_id, state, number in db.session.execute(query):
        if campaign_id is not None:
            found[campaign_id][MessageState(state)] = number
    return found


def write(event_id: UUID, values: dict[str, Any], *, by: UUID, now: datetime) -> Campaign:
    """Write a draft; returns it."""
    row = Campaign(
        id=uuid4(), event_id=event_id, state=CampaignState.DRAFT, turn=0, created_by=by, created_at=now,
        updated_at=now, **values,
    )  # fmt: skip
    db.session.add(row)
    audit.record("campaign.write", event_id=event_id, object_kind="campaign", object_id=row.id)
    return row


def change(event_id: UUID, campaign_id: UUID, values: dict[str, Any], *, now: datetime) -> bool:
    """Change a draft; False where it is none any more."""
    return _move(event_id, campaign_id, CampaignState.DRAFT, values | {"updated_at": now}, "campaign.change")


def schedule(row: Campaign, *, now: datetime) -> bool:
    """Hand a draft to the worker, which sends it when its moment comes; False where it is no draft any more."""
    values = {"state": CampaignState.SCHEDULED, "turn": Campaign.turn + 1, "updated_at": now, "started_at": None}
    if not _move(row.event_id, row.id, CampaignState.DRAFT, values, "campaign.schedule"):
        return False
    payload = {"event_id": str(row.event_id), "campaign_id": str(row.id), "turn": str(row.turn + 1)}
    outbox.enqueue(DUE, payload, event_id=row.event_id, unique_key=job_key(row.id, row.turn + 1))
    return True


def job_key(campaign_id: UUID, turn: int) -> str:
    """Return the unique key of the job that sends a campaign in one of its turns."""
    return f"{DUE}/{campaign_id}/{turn}"


def progress(row: Campaign) -> tuple[int, int]:
    """Return how many messages of those that are to be written are written already."""
    query = select(outbox.Job.done_count, outbox.Job.total_count)
    found = db.session.execute(query.where(outbox.Job.unique_key == job_key(row.id, row.turn))).first()
    return (found[0], found[1]) if found else (0, 0)


def take_back(event_id: UUID, campaign_id: UUID, *, now: datetime) -> bool:
    """Make what is scheduled, or was missed, a draft again; False where it has begun to go out."""
    values = {"state": CampaignState.DRAFT, "updated_at": now}
    return any(
        _move(event_id, campaign_id, state, values, "campaign.take_back")
        for state in (CampaignState.SCHEDULED, CampaignState.MISSED)
    )


def remove(event_id: UUID, row: Campaign) -> bool:
    """Remove a draft that nobody was written to; False where it is none any more."""
    if row.state is not CampaignState.DRAFT:
        return False
    db.session.delete(row)
    audit.record("campaign.remove", event_id=event_id, object_kind="campaign", object_id=row.id)
    return True


def begin(row: Campaign, *, now: datetime) -> bool:
    """Note that a scheduled campaign goes out now; False where it was taken back."""
    values = {"state": CampaignState.SENDING, "started_at": now}
    return _move(row.event_id, row.id, CampaignState.SCHEDULED, values, "campaign.begin")


def miss(row: Campaign, *, now: datetime) -> None:
    """Note that what a scheduled campaign reminds of is over: nothing was sent."""
    values = {"state": CampaignState.MISSED, "finished_at": now}
    _move(row.event_id, row.id, CampaignState.SCHEDULED, values, "campaign.miss")


def finish(row: Campaign, *, now: datetime) -> None:
    """Note that everybody was written to."""
    values = {"state": CampaignState.SENT, "finished_at": now}
    _move(row.event_id, row.id, CampaignState.SENDING, values, "campaign.finish")


def _move(event_id: UUID, campaign_id: UUID, state: CampaignState, values: dict[str, Any], act: str) -> bool:
    moved = db.session.execute(
        update(Campaign)
        .where(Campaign.event_id == event_id, Campaign.id == campaign_id, Campaign.state == state)
        .values(**values)
        .returning(Campaign.id)
    ).first()
    if moved is not None:
        audit.record(act, event_id=event_id, object_kind="campaign", object_id=campaign_id)
    return moved is not None


def write_messages(row: Campaign, recipient_ids: Sequence[UUID], *, now: datetime, runs_at: Sequence[datetime]) -> int:
    """Leave each recipient the campaign's one message, with its job; who has it already gets none. Returns how many.

    ``runs_at``: when each may leave, so that a broadcast does not fall upon the mail server all at once.
    """
    keys = {one: f"{Kind.CAMPAIGN}/{row.id}/{one}" for one in recipient_ids}
    known = set(db.session.scalars(select(Message.unique_key).where(Message.unique_key.in_(keys.values()))))
    fresh = [one for one in recipient_ids if keys[one] not in known]
    recipient_kind = store.OFFICE if row.audience is Audience.OFFICES else store.REGISTRATION
    messages = [
        {
            "id": uuid4(), "event_id": row.event_id, "kind": str(Kind.CAMPAIGN), "recipient_kind": recipient_kind,
            "recipient_id": one, "campaign_id": row.id, "unique_key": keys[one], "created_at": now, "detail": {},
        }
        for one in fresh
    ]  # fmt: skip
    if messages:
        _MESSAGES.run(db.session.connection(), *messages)
        _JOBS.run(
            db.session.connection(),
            *(_send_job(one, now, at) for one, at in zip(messages, runs_at, strict=False)),
        )
    return len(messages)


def _send_job(one: dict[str, Any], now: datetime, at: datetime) -> dict[str, Any]:
    payload = {"event_id": str(one["event_id"]), "message_id": str(one["id"])}
    return {
        "id": uuid4(), "name": store.SEND, "payload": payload, "event_id": one["event_id"],
        "unique_key": f"{store.SEND}/{one['id']}", "created_at": now, "run_at": at,
    }  # fmt: skip


def anchor(event: Event, row: Campaign) -> datetime | None:
    """Return the deadline, or the start of the session, that a campaign goes before; as it stands now."""
    if row.timing is Timing.BEFORE_DEADLINE:
        return event.answer_by_at
    if row.timing is Timing.BEFORE_SESSION:
        found = agenda.programme(event.id, agenda.EVERYTHING)
        return next((item.starts_at for item in found if item.id == row.item_id), None)
    return None


def opt_out(event_id: UUID, registration_id: UUID, *, now: datetime) -> None:
    """Stop the event's broadcasts to a person."""
    if not opted_out(event_id, registration_id):
        db.session.add(OptOut(event_id=event_id, registration_id=registration_id, opted_out_at=now))
        audit.record("message.opt_out", event_id=event_id, object_kind="registration", object_id=registration_id)


def opt_in(event_id: UUID, registration_id: UUID) -> None:
    """Let the event's broadcasts come to a person again."""
    found = db.session.get(OptOut, (event_id, registration_id))
    if found is not None:
        db.session.delete(found)
        audit.record("message.opt_in", event_id=event_id, object_kind="registration", object_id=registration_id)


def opted_out(event_id: UUID, registration_id: UUID) -> bool:
    """Tell whether a person stopped the event's broadcasts."""
    return db.session.get(OptOut, (event_id, registration_id)) is not None
