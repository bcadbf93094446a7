"""Opaque links: made for a subject of an event, shown again whenever needed, dead when the epoch is raised."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import or_, select, update

from rakor import crypto
from rakor.db import db
from rakor.events.models import AccessLink, LinkPurpose
from rakor.prepared import Insert
from rakor.web import access

_NEW = Insert(AccessLink)
LOOKED_UP_BY_ID = 100  # one person's link must not read those of all others
NOTED_EVERY = timedelta(minutes=15)
PATHS = {
    LinkPurpose.OFFICE: "o",
    LinkPurpose.PERSON: "p",
    LinkPurpose.PROVINCE: "v",
    LinkPurpose.SPEAKER: "s",
    LinkPurpose.LEADER: "l",
    LinkPurpose.CALENDAR: "c",
}


def token_of(event_id: UUID, purpose: LinkPurpose, subject_id: UUID, epoch: int = 0) -> str:
    """Return the token of a link: 26 lower-case base32 characters bound to event, purpose, subject and epoch."""
    return crypto.link_token(f"{purpose}/{event_id}", subject_id, epoch)


def path_of(event_id: UUID, purpose: LinkPurpose, subject_id: UUID, epoch: int = 0) -> str:
    """Return the path a link opens, such as ``/o/<token>``."""
    return f"/{PATHS[purpose]}/{token_of(event_id, purpose, subject_id, epoch)}"


def make_links(event_id: UUID, purpose: LinkPurpose, subject_ids: Iterable[UUID], *, now: datetime) -> int:
    """Make the links that subjects of an event still lack; returns how many were new."""
    wanted = list(dict.fromkeys(subject_ids))
    query = select(AccessLink.subject_id).where(AccessLink.event_id == event_id, AccessLink.purpose == purpose)
    if len(wanted) <= LOOKED_UP_BY_ID:
        query = query.where(AccessLink.subject_id.in_(wanted))
    known = set(db.session.scalars(query))
    return _insert(event_id, purpose, [subject for subject in wanted if subject not in known], now)


def make_first_link(
    event_id: UUID, purpose: LinkPurpose, subject_id: UUID, *, now: datetime, expires_at: datetime | None = None
) -> None:
    """Make the link of a subject that was made in this very transaction, and so has none; it may end by itself."""
    _insert(event_id, purpose, [subject_id], now, expires_at)


def _insert(
    event_id: UUID, purpose: LinkPurpose, subject_ids: list[UUID], now: datetime, expires_at: datetime | None = None
) -> int:
    rows = [
        {
            "id": uuid4(),
            "event_id": event_id,
            "purpose": purpose,
            "subject_id": subject,
            "epoch": 0,
            "lookup_hash": crypto.lookup_hash(token_of(event_id, purpose, subject)),
            "created_at": now,
            "expires_at": expires_at,
        }
        for subject in subject_ids
    ]
    if rows:
        _NEW.run(db.session.connection(), *rows)
    return len(rows)


def renew_link(
    event_id: UUID, purpose: LinkPurpose, subject_id: UUID, *, expires_at: datetime | None = None
) -> str:
    """Raise a link's epoch: the old address dies, a revoked link lives again by a new one; returns the new token."""
    query = select(AccessLink).where(
        AccessLink.event_id == event_id, AccessLink.purpose == purpose, AccessLink.subject_id == subject_id
    )
    link = db.session.scalars(query).one()
    link.epoch, link.expires_at = link.epoch + 1, expires_at
    link.revoked_at = link.opened_at = link.used_at = link.passed_on_at = link.passed_on_by = None
    token = token_of(event_id, purpose, subject_id, link.epoch)
    link.lookup_hash = crypto.lookup_hash(token)
    return token


def revoke_link(event_id: UUID, purpose: LinkPurpose, subject_id: UUID, *, now: datetime) -> bool:
    """Let a link die without a new one; False where there is none that lives."""
    living = update(AccessLink).where(
        AccessLink.event_id == event_id,
        AccessLink.purpose == purpose,
        AccessLink.subject_id == subject_id,
        AccessLink.revoked_at.is_(None),
    )
    return db.session.scalar(living.values(revoked_at=now).returning(AccessLink.id)) is not None


def resolve(token: str, *, now: datetime) -> access.Link | None:
    """Return the living link of a token, or None."""
    link = db.session.scalar(select(AccessLink).where(AccessLink.lookup_hash == crypto.lookup_hash(token)))
    if link is None or link.revoked_at is not None or (link.expires_at is not None and link.expires_at <= now):
        return None
    return access.Link(link.id, str(link.purpose), link.subject_id, link.event_id, token)


def used_lately(link_id: UUID, *, now: datetime) -> bool:
    """True where the use of a link was noted within the last quarter of an hour."""
    used_at = db.session.scalar(select(AccessLink.used_at).where(AccessLink.id == link_id))
    return used_at is not None and now - used_at < NOTED_EVERY


def note_use(link_id: UUID, *, now: datetime) -> None:
    """Note when a link was used last; by whom is not known."""
    db.session.execute(update(AccessLink).where(AccessLink.id == link_id).values(used_at=now))


def any_passed_on(event_id: UUID) -> bool:
    """True where a link of the event was passed on to somebody, or opened."""
    used = or_(AccessLink.passed_on_at.is_not(None), AccessLink.opened_at.is_not(None))
    return db.session.scalar(select(AccessLink.id).where(AccessLink.event_id == event_id, used).limit(1)) is not None


def open_token(event_id: UUID, purpose: LinkPurpose, subject_id: UUID) -> str | None:
    """Return the token of a subject's living link; None where it was never made, or is revoked."""
    link = _link(event_id, purpose, subject_id)
    return None if link is None or link.revoked_at else token_of(event_id, purpose, subject_id, link.epoch)


def make_or_renew(event_id: UUID, purpose: LinkPurpose, subject_id: UUID, *, now: datetime) -> str:
    """Make a subject's link, or a new one in its place: what was handed out before stays dead. Returns the token."""
    link = _link(event_id, purpose, subject_id)
    if link is None:
        make_first_link(event_id, purpose, subject_id, now=now)
        return token_of(event_id, purpose, subject_id)
    return renew_link(event_id, purpose, subject_id)


def _link(event_id: UUID, purpose: LinkPurpose, subject_id: UUID) -> AccessLink | None:
    query = select(AccessLink).where(
        AccessLink.event_id == event_id, AccessLink.purpose == purpose, AccessLink.subject_id == subject_id
    )
    return db.session.scalar(query)
