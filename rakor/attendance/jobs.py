"""What the worker does for attendance: it closes the stays of a session that has ended."""

from uuid import UUID

from rakor import clock
from rakor.attendance.store import closing, endings
from rakor.db import transaction
from rakor.outbox import Progress, job


@job(endings.JOB)
def close_session(payload: dict[str, str], progress: Progress) -> None:
    """Close the stays of a session at the end that the programme gives now; one that moved is waited for."""
    event_id, checkpoint_id, number = UUID(payload["event_id"]), UUID(payload["checkpoint_id"]), int(payload["pass"])
    now = clock.now()
    with transaction(unaudited="nobody was inside, or the session's end has moved"):
        ends_at = endings.end_of(event_id, checkpoint_id)
        if ends_at is None:
            return
        if ends_at > now:
            endings.plan(event_id, checkpoint_id, ends_at)
            return
        closing.close(event_id, checkpoint_id, ends_at, now=now)
        if number + 1 < len(endings.PASSES):
            endings.plan(event_id, checkpoint_id, ends_at, number + 1)
