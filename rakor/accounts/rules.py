"""Roles and what each may do; who may log in, when a session ends, and which passwords are refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise


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
TOUCH_AFTER = timedelta(minutes=5)
PASSWORD_LINK_HOLDS = timedelta(days=7)


class LoginProblem(StrEnum):
    """Why a login was refused; the page says the same sentence for the first two."""

    UNKNOWN = "unknown"
    DISABLED = "disabled"
    TOO_MANY = "too_many"


class PasswordProblem(StrEnum):
    """Why a new password is refused. There are no composition rules, only what makes guessing easy."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    UNSTORABLE = "unstorable"


# what the lists of leaked passwords hold again and again, cut to its letters
COMMON_PARTS = ("password", "katasandi", "qwerty", "asdfgh", "admin", "rahasia", "indonesia", "rakor", "bismillah")


def password_problem(password: str, *own_words: str) -> PasswordProblem | None:
    """Return why ``password`` cannot be taken, or None. ``own_words`` (e-mail, name) alone are too easy to guess."""
    try:
        password.encode()
    except UnicodeEncodeError:
        return PasswordProblem.UNSTORABLE
    if len(password) < MIN_PASSWORD:
        return PasswordProblem.TOO_SHORT
    if len(password) > MAX_PASSWORD:
        return PasswordProblem.TOO_LONG
    return PasswordProblem.COMMON if _easy(password.casefold(), own_words) else None


def _easy(folded: str, own_words: tuple[str, ...]) -> bool:
    if len(set(folded)) < 5 or _runs_on(folded):
        return True
    rest = folded
    for part in (*COMMON_PARTS, *(word.casefold() for word in own_words if len(word) > 3)):
        rest = rest.replace(part, "")
    return rest != folded and len(set(rest)) < 5


def _runs_on(folded: str) -> bool:
    """True for "123456789012" and "abcdefghijkl": every character follows the one before it."""
    steps = {ord(after) - ord(before) for before, after in pairwise(folded)}
    return steps <= {1, -9} or steps <= {-1, 9}


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


BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Return "Chrome, Android" for a User-Agent header; empty where nothing in it is known."""
    names = [next((name for mark, name in known if mark in user_agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in names if name)
