"""When a follow-up reminds: a job for each lead, in the event's zone. A moved day leaves the old jobs nothing to do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rakor import outbox
from rakor.events.models import Event
from rakor.minutes.follow_up_models import FollowUp
from rakor.minutes.rules.follow_ups import LEADS

SENT, DUE = "follow_up.sent", "follow_up.due"
AT = time(8)
"""When reminders leave, by the event's clock."""


def announce(row: FollowUp) -> None:
    """Let the offices that were not told of a follow-up yet be told, at once."""
    outbox.enqueue(SENT, {"event_id": str(row.event_id), "follow_up_id": str(row.id)}, event_id=row.event_id)


def schedule(event: Event, row: FollowUp, *, now: datetime) -> None:
    """Enqueue the reminders of a follow-up's day that are still ahead; said again it enqueues nothing."""
    if row.due_on is None:
        return
    for lead in LEADS:
        at = moment(event, row.due_on, lead)
        if at > now:
            outbox.enqueue(
                DUE, payload(row, row.due_on, lead), event_id=event.id, run_at=at,
                unique_key=f"{DUE}/{row.id}/{row.due_on}/{lead}",
            )  # fmt: skip


def moment(event: Event, due_on: date, lead: int) -> datetime:
    """Return when a reminder leaves (aware UTC): at eight by the event's clock, ``lead`` days before the due day."""
    return datetime.combine(due_on - timedelta(days=lead), AT, ZoneInfo(event.zone)).astimezone(UTC)


def payload(row: FollowUp, due_on: date, lead: int) -> dict[str, str]:
    """Return what a reminder's job knows: for which day it was meant, so that a moved one finds nothing to do."""
    return {
        "event_id": str(row.event_id), "follow_up_id": str(row.id), "due_on": due_on.isoformat(),
        "lead": str(lead),
    }  # fmt: skip
