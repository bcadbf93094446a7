"""Campaigns: to whom, of which nature, when; and what a due moment asks for. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum


class Audience(StrEnum):
    """Whom a campaign is written to."""

    PEOPLE = "people"
    OFFICES = "offices"


class Nature(StrEnum):
    """Who may stop it: a service message is needed to take part and always comes, a broadcast can be stopped."""

    SERVICE = "service"
    BROADCAST = "broadcast"


class Timing(StrEnum):
    """When a campaign goes out."""

    NOW = "now"
    AT = "at"
    BEFORE_DEADLINE = "before_deadline"
    BEFORE_SESSION = "before_session"


class CampaignState(StrEnum):
    """Where a campaign stands; only a draft can be changed."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    SENDING = "sending"
    SENT = "sent"
    MISSED = "missed"
    """What it reminded of was over before a worker came to it: nothing was sent."""


class Due(StrEnum):
    """What a campaign's moment asks for now."""

    WAIT = "wait"
    SEND = "send"
    MISSED = "missed"


def due_at(timing: Timing, *, send_at: datetime | None, anchor: datetime | None, lead_hours: int | None,
           asked_at: datetime) -> datetime | None:  # fmt: skip
    """Return when a campaign goes out; None where what it waits for has no time (a deadline or session without one).

    ``anchor``: the deadline or the start of the session, as it stands now. ``asked_at``: when it was scheduled.
    """
    if timing is Timing.NOW:
        return asked_at
    if timing is Timing.AT:
        return send_at
    return anchor - timedelta(hours=lead_hours or 0) if anchor else None


def due(timing: Timing, when: datetime | None, anchor: datetime | None, now: datetime) -> Due:
    """Judge the moment: a reminder of what is over already is missed, anything else that is late still goes out."""
    if when is None:
        return Due.WAIT
    if timing in (Timing.BEFORE_DEADLINE, Timing.BEFORE_SESSION) and anchor is not None and anchor <= now:
        return Due.MISSED
    return Due.SEND if when <= now else Due.WAIT
