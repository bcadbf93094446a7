"""Accounts and their sessions, in the database."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID, uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, select, update

from rakor import audit
from rakor.accounts.models import LoginSession, User
from rakor.accounts.rules import PROOF_HOLDS, SessionTimes, session_alive
from rakor.db import db
from rakor.prepared import Prepared
from rakor.web import access

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
NOBODY = HASHER.hash("nobody has this password")
_S = LoginSession
# built once: every page of somebody logged in asks it
_WHO_ASKS = Prepared(
    select(_S.id, _S.user_id, _S.created_at, _S.last_seen_at, _S.ended_at, _S.proved_at, User.name, User.is_admin)
    .join(User, User.id == _S.user_id)
    .where(_S.token_hash == bindparam("token_hash"), User.disabled_at.is_(None))
)


def hashed(token: str) -> bytes:
    """Return what is stored of a session token."""
    return sha256(b"rakor/session/" + token.encode("utf-8", "surrogatepass")).digest()


def create_user(
    email: str, name: str, password: str, *, now: datetime, is_admin: bool = False, is_demo: bool = False
) -> User:
    """Add a person with a login, e-mail in lower case; one used already breaks ``uq_user_account_email``."""
    user = User(
        id=uuid4(),
        email=email.strip().lower(),
        name=name,
        password_hash=HASHER.hash(password),
        is_admin=is_admin,
        is_demo=is_demo,
        created_at=now,
    )
    db.session.add(user)
    audit.record("user.create", object_kind="user", object_id=user.id)
    return user


def user(user_id: UUID) -> User | None:
    """Return the account, or None."""
    return db.session.get(User, user_id)


def locked_user(user_id: UUID) -> User:
    """Return the account's row under its lock: one person's acts one after the other."""
    query = select(User).where(User.id == user_id).with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(query).one()


def user_by_email(email: str) -> User | None:
    """Return the account of an e-mail, or None."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def password_fits(user: User | None, password: str) -> bool:
    """Check a password; an unknown account costs the same time as a known one."""
    try:
        fits = HASHER.verify(user.password_hash if user else NOBODY, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False
    return fits and user is not None


def everybody() -> list[User]:
    """Return every account, administrators first, then by name."""
    rows = db.session.scalars(select(User).order_by(User.is_admin.desc(), User.name, User.email))
    return list(rows)


def close(user_id: UUID, *, now: datetime) -> None:
    """Close an account: every session ends at once, and nobody logs in until it is opened again."""
    row = locked_user(user_id)
    row.disabled_at = row.disabled_at or now
    end_sessions_of(user_id, now=now)
    audit.record("user.close", object_kind="user", object_id=user_id)


def reopen(user_id: UUID) -> None:
    """Open a closed account again; its password and roles are what they were."""
    locked_user(user_id).disabled_at = None
    audit.record("user.reopen", object_kind="user", object_id=user_id)


def set_password(user_id: UUID, password: str) -> None:
    """Give an account a new password."""
    row = locked_user(user_id)
    row.password_hash = HASHER.hash(password)
    audit.record("user.password", object_kind="user", object_id=user_id)


# ---- sessions -----------------------------------------------------------------------------------------------------


def start_session(user_id: UUID, *, now: datetime, browser: str = "") -> str:
    """Start a session for a user and return its token, which is shown to the browser once."""
    token = token_urlsafe(32)
    row = LoginSession(
        id=uuid4(),
        user_id=user_id,
        token_hash=hashed(token),
        created_at=now,
        last_seen_at=now,
        proved_at=now,
        browser=browser[:120],
    )
    db.session.add(row)
    audit.record("session.start", object_kind="user", object_id=user_id)
    return token


def session_user(token: str, *, now: datetime) -> access.User | None:
    """Return the person behind a session token while session and account live, else None."""
    found = _WHO_ASKS.rows(db.session.connection(), token_hash=hashed(token))
    if not found:
        return None
    session_id, user_id, created_at, last_seen_at, ended_at, proved_at, name, is_admin = found[0]
    if not session_alive(SessionTimes(created_at, last_seen_at, ended_at), now, admin=is_admin):
        return None
    proved = proved_at is not None and now - proved_at < PROOF_HOLDS
    return access.User(user_id, name, is_admin, session_id, proved, last_seen_at)


def sessions_of(user: User, *, now: datetime) -> list[LoginSession]:
    """Return a person's living sessions, the newest use first."""
    query = select(LoginSession).where(LoginSession.user_id == user.id, LoginSession.ended_at.is_(None))
    rows = db.session.scalars(query.order_by(LoginSession.last_seen_at.desc(), LoginSession.id))
    return [row for row in rows if session_alive(_times(row), now, admin=user.is_admin)]


def _times(row: LoginSession) -> SessionTimes:
    return SessionTimes(row.created_at, row.last_seen_at, row.ended_at)


def touch_session(session_id: UUID, *, now: datetime) -> None:
    """Note that a session was used."""
    db.session.execute(update(LoginSession).where(LoginSession.id == session_id).values(last_seen_at=now))


def prove_session(session_id: UUID, *, now: datetime) -> None:
    """Note that the person behind a session has just shown the password again."""
    running = (LoginSession.id == session_id, LoginSession.ended_at.is_(None))
    db.session.execute(update(LoginSession).where(*running).values(proved_at=now, last_seen_at=now))
    audit.record("session.prove", object_kind="session", object_id=session_id)


def own_session(user_id: UUID, session_id: UUID) -> LoginSession | None:
    """Return a person's own session, or None."""
    query = select(LoginSession).where(LoginSession.id == session_id, LoginSession.user_id == user_id)
    return db.session.scalar(query)


def end_session(session_id: UUID, *, now: datetime) -> None:
    """End one session at once."""
    running = (LoginSession.id == session_id, LoginSession.ended_at.is_(None))
    db.session.execute(update(LoginSession).where(*running).values(ended_at=now))
    audit.record("session.end", object_kind="session", object_id=session_id)


def end_sessions_of(user_id: UUID, *, now: datetime, except_id: UUID | None = None) -> None:
    """End every session of a user but one: password changed, account disabled."""
    running = update(LoginSession).where(LoginSession.user_id == user_id, LoginSession.ended_at.is_(None))
    if except_id is not None:
        running = running.where(LoginSession.id != except_id)
    db.session.execute(running.values(ended_at=now))
    audit.record("session.end_all", object_kind="user", object_id=user_id)
