"""People who log in, and their sessions. Participants have no account."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from rakor.db import Base, Encrypted, key, personal


class User(Base):
    """A person with a login: organisers, desk staff, leaders, administrators."""

    __tablename__ = "user_account"
    __table_args__ = (UniqueConstraint("email"),)
    id: Mapped[UUID] = key()
    email: Mapped[str] = mapped_column(
        String(254), info=personal("log in and be told of changes", "until the account is closed")
    )
    name: Mapped[str] = mapped_column(String(120), info=personal("show who did what", "until the account is closed"))
    password_hash: Mapped[str] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(Encrypted)
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    is_admin: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)


class LoginSession(Base):
    """One login on one browser; only the hash of its token is kept, and ending it ends it at once."""

    __tablename__ = "login_session"
    __table_args__ = (UniqueConstraint("token_hash"),)
    id: Mapped[UUID] = key()
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes]
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    proved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(120), default="")


class PasswordLink(Base):
    """A link with which a person chooses a first password; shown once to who made it, used once, dead after a week."""

    __tablename__ = "password_link"
    __table_args__ = (UniqueConstraint("token_hash"),)
    id: Mapped[UUID] = key()
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    made_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("user_account.id", ondelete="SET NULL"))
    token_hash: Mapped[bytes]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that stands in for the phone's, once; only its hash is kept."""

    __tablename__ = "recovery_code"
    id: Mapped[UUID] = key()
    user_id: Mapped[UUID] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[bytes]
    used_at: Mapped[datetime | None]
