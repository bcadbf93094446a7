"""The first password of a person whom somebody else gave an account."""

from collections.abc import Collection
from datetime import datetime
from secrets import token_urlsafe
from uuid import UUID, uuid4

from sqlalchemy import select, update

from rakor import audit
from rakor.accounts.models import PasswordLink, User
from rakor.accounts.rules import PASSWORD_LINK_HOLDS
from rakor.accounts.store import create_user, hashed
from rakor.db import db


def invite_user(email: str, name: str, *, made_by: UUID, now: datetime) -> tuple[User, str]:
    """Add a person who still has to choose a password; returns the account and the link's code, shown once."""
    user = create_user(email, name, token_urlsafe(32), now=now)
    db.session.flush()
    return user, make_password_link(user.id, made_by=made_by, now=now)


def make_password_link(user_id: UUID, *, made_by: UUID, now: datetime) -> str:
    """Make a new link for a first password and let older ones die; returns its code."""
    waiting = (PasswordLink.user_id == user_id, PasswordLink.used_at.is_(None))
    db.session.execute(update(PasswordLink).where(*waiting).values(expires_at=now))
    code = token_urlsafe(32)
    row = PasswordLink(
        id=uuid4(),
        user_id=user_id,
        made_by_id=made_by,
        token_hash=hashed(code),
        created_at=now,
        expires_at=now + PASSWORD_LINK_HOLDS,
    )
    db.session.add(row)
    audit.record("user.password_link", object_kind="user", object_id=user_id)
    return code


def waiting_for_password(user_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Return those who never chose a password, with who invited them: only that person may make the link anew."""
    query = select(PasswordLink).where(PasswordLink.user_id.in_(user_ids)).order_by(PasswordLink.created_at)
    rows = list(db.session.scalars(query))
    done = {row.user_id for row in rows if row.used_at is not None}
    return {row.user_id: row.made_by_id for row in rows if row.user_id not in done}


def password_link(code: str, *, now: datetime) -> PasswordLink | None:
    """Return the living link of a code, under its lock, or None where it is unknown, used or too old."""
    query = select(PasswordLink).where(PasswordLink.token_hash == hashed(code)).with_for_update()
    row = db.session.scalar(query.execution_options(populate_existing=True))
    return row if row is not None and row.used_at is None and row.expires_at > now else None
