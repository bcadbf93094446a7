"""The job of a campaign: it waits for its moment as that stands now, then leaves each recipient one message.

Restart-safe: a worker that dies begins again at the first recipient, and whoever has the message gets no second one
(``Message.unique_key``). Constant memory: recipients come in pieces, in the order of their ids.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from rakor import clock
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.messages import audience, campaigns, delivery
from rakor.messages.campaign_models import Campaign
from rakor.messages.letters import config
from rakor.messages.models import Message
from rakor.messages.rules import Kind
from rakor.messages.rules.campaigns import Audience, CampaignState, Due, Timing, due, due_at
from rakor.outbox import Later, Progress, job

PIECE = 200
LOOK_AGAIN = timedelta(minutes=5)
"""A deadline or a session may be moved meanwhile: a waiting campaign looks again so often."""


@job(campaigns.DUE)
def send_when_due(payload: dict[str, str], progress: Progress) -> None:
    """Send a campaign when its moment has come; one that was taken back meanwhile is left alone."""
    event_id, campaign_id = UUID(payload["event_id"]), UUID(payload["campaign_id"])
    event, row = events.event(event_id), campaigns.campaign(event_id, campaign_id)
    if event is None or row is None or str(row.turn) != payload["turn"]:
        return
    if row.state is CampaignState.SENDING or (row.state is CampaignState.SCHEDULED and _begins(event, row)):
        _write_all(event, row, progress)
        with transaction(unaudited="a campaign that is finished already"):
            campaigns.finish(row, now=clock.now())


def moment(event: Event, row: Campaign) -> datetime | None:
    """Return when a campaign goes out, as its deadline or session stands now; None where that has no time."""
    anchor = campaigns.anchor(event, row)
    return due_at(
        row.timing, send_at=row.send_at, anchor=anchor, lead_hours=row.lead_hours, asked_at=row.updated_at
    )


def _begins(event: Event, row: Campaign) -> bool:
    now, when, anchor = clock.now(), moment(event, row), campaigns.anchor(event, row)
    called_off = event.stage is Stage.CANCELLED and row.timing in (Timing.BEFORE_DEADLINE, Timing.BEFORE_SESSION)
    asked = Due.MISSED if called_off else due(row.timing, when, anchor, now)
    if asked is Due.WAIT:
        raise Later(min(when or now + LOOK_AGAIN, now + LOOK_AGAIN))
    with transaction(unaudited="a campaign that was taken back meanwhile"):
        if asked is Due.SEND:
            return campaigns.begin(row, now=now)
        campaigns.miss(row, now=now)
    return False


def _write_all(event: Event, row: Campaign, progress: Progress) -> None:
    """Write to everybody whom the campaign reaches now, piece by piece, each piece in a transaction of its own."""
    whole, passed = audience.count(event, row.audience, row.filters, row.nature), 0
    start = clock.now()
    for piece in _pieces(event, row):
        now = clock.now()
        runs_at = [start + pace() * (passed + n) for n in range(len(piece))]
        with transaction(unaudited="a message is its own record"):
            campaigns.write_messages(row, piece, now=now, runs_at=runs_at)
        db.session.expunge_all()
        passed += len(piece)
        progress(passed, max(whole, passed))


def _pieces(event: Event, row: Campaign) -> Iterator[Sequence[UUID]]:
    if row.audience is Audience.OFFICES:
        found = [one.office_id for one in audience.offices(event, row.filters)]
        yield from (found[start : start + PIECE] for start in range(0, len(found), PIECE))
        return
    last: UUID | None = None
    while piece := audience.people_after(row, last, PIECE):
        yield piece
        last = piece[-1]


def pace() -> timedelta:
    """Return how long after one another messages to many may leave."""
    return timedelta(minutes=1) / max(config().mail_per_minute, 1)


def needs_no_more(row: Message) -> bool:
    """True for a campaign's message whose recipient has acted since it was written, or stopped such mail."""
    if row.campaign_id is None or row.kind != Kind.CAMPAIGN or row.queued_at is not None:
        return False  # what an organiser sends again by hand is wanted
    event, campaign = events.event(row.event_id), campaigns.campaign(row.event_id, row.campaign_id)
    return event is None or campaign is None or not audience.still_reaches(event, campaign, row.recipient_id)


delivery.needless.append(needs_no_more)
