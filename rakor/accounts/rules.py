"""Roles and what each may do; who may log in, and when a session ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    """What a grant gives in one event (security.md §6)."""

    OWNER = "owner"
    EDITOR = "editor"
    REGISTRAR = "registrar"
    DESK = "desk"
    NOTE_TAKER = "note_taker"
    LEADER = "leader"
    AUDITOR = "auditor"


GRANTERS = frozenset({Role.OWNER})
EDITORS = frozenset({Role.OWNER, Role.EDITOR})
REGISTRARS = EDITORS | {Role.REGISTRAR}
DESKS = REGISTRARS | {Role.DESK}
READERS = frozenset(Role) - {Role.DESK}
EVERYBODY = frozenset(Role)

MIN_PASSWORD, MAX_PASSWORD = 12, 200
IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
ADMIN_IDLE = timedelta(minutes=30)
ADMIN_ABSOLUTE = timedelta(hours=12)
PROOF_HOLDS = timedelta(minutes=5)


class LoginProblem(StrEnum):
    """Why a login was refused; the page says the same sentence for the first two."""

    UNKNOWN = "unknown"
    DISABLED = "disabled"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class SessionTimes:
    """When a session was made, last used and ended (aware UTC)."""

    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None


def session_alive(times: SessionTimes, now: datetime, *, admin: bool) -> bool:
    """True where the session may still be used: not ended, not idle too long, not older than the absolute limit."""
    idle, absolute = (ADMIN_IDLE, ADMIN_ABSOLUTE) if admin else (IDLE, ABSOLUTE)
    return times.ended_at is None and now - times.last_seen_at < idle and now - times.created_at < absolute
