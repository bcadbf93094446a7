"""Following together: when an office's operator may tick who sits in the room, and what a tick states. Pure."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Kind, Source

BEFORE, AFTER = timedelta(minutes=15), timedelta(hours=1)
"""How long around a session: a room gathers before it, and where a signal comes and goes the tick arrives later."""
LAST_MINUTE = timedelta(minutes=1)


def tickable(starts_at: datetime | None, ends_at: datetime | None, now: datetime) -> bool:
    """True while a session, or what has no times of its own, may be ticked."""
    if starts_at is None:
        return False
    return starts_at - BEFORE <= now < (ends_at or starts_at) + AFTER


def seen_at(ends_at: datetime | None, now: datetime) -> datetime:
    """Return since when a tick says that somebody is here: now, or the session's last minute where that is over."""
    return now if ends_at is None else min(now, ends_at - LAST_MINUTE)


def tick(registration_id: UUID, checkpoint_id: UUID, at: datetime) -> Fact:
    """Return the fact of one tick. Its id is that of the person and the place: ticked twice, by whomever, it is one."""
    return Fact(
        scan_id=uuid5(checkpoint_id, f"together{registration_id.hex}"),
        kind=Kind.TICKET,
        wall_at=at,
        checkpoint_id=checkpoint_id,
        source=Source.VIEWING_GROUP,
        registration_id=registration_id,
    )
