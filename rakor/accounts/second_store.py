"""The second step in the database: begun, taken, ended; each under the account's lock, so a code counts once."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from rakor import audit
from rakor.accounts import second
from rakor.accounts.models import RecoveryCode
from rakor.accounts.store import locked_user
from rakor.db import db


def begin(user_id: UUID, secret: str, step: int) -> list[str] | None:
    """Ask this account for a second step from now on; returns its recovery codes, which are shown once.

    None where it is asked for one already: the secret that its phone knows stays.
    """
    row = locked_user(user_id)
    if row.totp_secret is not None:
        return None
    row.totp_secret, row.totp_step = secret, step
    audit.record("user.second_begin", object_kind="user", object_id=user_id)
    return renew(user_id)


def renew(user_id: UUID) -> list[str]:
    """Make new recovery codes; the former ones are good for nothing."""
    codes = second.recovery_codes()
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    rows = [RecoveryCode(id=uuid4(), user_id=user_id, code_hash=second.hashed(code)) for code in codes]
    db.session.add_all(rows)
    audit.record("user.second_codes", object_kind="user", object_id=user_id)
    return codes


def take(user_id: UUID, typed: str, *, now: datetime) -> bool:
    """Take a code of the phone or one that was written down, once; False where it is neither."""
    row = locked_user(user_id)
    if row.totp_secret is None:
        return False
    step = second.step_of(row.totp_secret, typed, now=now, last=row.totp_step)
    if step is not None:
        row.totp_step = step
        audit.record("user.second_step", object_kind="user", object_id=user_id)
        return True
    unused = (RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    query = select(RecoveryCode).where(*unused, RecoveryCode.code_hash == second.hashed(typed))
    code = db.session.scalar(query)
    if code is None:
        return False
    code.used_at = now
    audit.record("user.second_recovery", object_kind="user", object_id=user_id)
    return True


def end(user_id: UUID) -> None:
    """Ask this account for its password alone again."""
    row = locked_user(user_id)
    row.totp_secret = row.totp_step = None
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    audit.record("user.second_end", object_kind="user", object_id=user_id)


def codes_left(user_id: UUID) -> int:
    """Return how many recovery codes are still good."""
    unused = (RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0
