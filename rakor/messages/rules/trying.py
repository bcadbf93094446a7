"""When a message that a server did not take is tried again. Pure."""

from datetime import datetime, timedelta

SHORTEST, LONGEST = timedelta(seconds=30), timedelta(hours=1)
SHARE = 8
GIVE_UP = timedelta(days=3)


def next_try(since: datetime, now: datetime) -> datetime | None:
    """Return when to try again after a 4xx answer; None where it has been tried for long enough.

    The pause is an eighth of the time it has waited, so it grows by itself, and after an hour of refusals the message
    leaves within eight minutes of the server's recovery.
    """
    waited = now - since
    if waited >= GIVE_UP:
        return None
    return now + max(SHORTEST, min(waited / SHARE, LONGEST))
