"""Leaders of an event and the links behind which each reads one number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import and_, select

from rakor import audit
from rakor.db import db
from rakor.events import links
from rakor.events.models import AccessLink, Leader, LinkPurpose


@dataclass(frozen=True)
class LeaderView:
    """A leader with the path of the living link (None where it was ended); times are aware UTC."""

    id: UUID
    name: str
    post: str
    path: str | None
    expires_at: datetime | None
    used_at: datetime | None


def leaders(event_id: UUID) -> Sequence[LeaderView]:
    """Return an event's leaders in the order in which they were added."""
    own = and_(AccessLink.event_id == event_id, AccessLink.purpose == LinkPurpose.LEADER)
    query = (
        select(Leader, AccessLink)
        .join(AccessLink, and_(own, AccessLink.subject_id == Leader.id))
        .where(Leader.event_id == event_id)
        .order_by(Leader.created_at, Leader.id)
    )
    return [_view(leader, link) for leader, link in db.session.execute(query)]


def _view(leader: Leader, link: AccessLink) -> LeaderView:
    living = link.revoked_at is None
    path = links.path_of(leader.event_id, LinkPurpose.LEADER, leader.id, link.epoch) if living else None
    return LeaderView(leader.id, leader.name, leader.post, path, link.expires_at, link.used_at)


def add(event_id: UUID, name: str, post: str, *, expires_at: datetime, now: datetime) -> UUID:
    """Add a leader with a link that ends at ``expires_at``; returns the leader's id."""
    row = Leader(id=uuid4(), event_id=event_id, name=name, post=post, created_at=now)
    db.session.add(row)
    db.session.flush()
    links.make_first_link(event_id, LinkPurpose.LEADER, row.id, now=now, expires_at=expires_at)
    audit.record("leader.add", event_id=event_id, object_kind="leader", object_id=row.id, fields=["name", "post"])
    return row.id


def known(event_id: UUID, leader_id: UUID) -> bool:
    """True for a leader of this event."""
    query = select(Leader.id).where(Leader.event_id == event_id, Leader.id == leader_id)
    return db.session.scalar(query) is not None


def renew(event_id: UUID, leader_id: UUID, *, expires_at: datetime) -> None:
    """Put a new link in the place of a leader's: the old address dies."""
    links.renew_link(event_id, LinkPurpose.LEADER, leader_id, expires_at=expires_at)
    audit.record("leader.link", event_id=event_id, object_kind="leader", object_id=leader_id)


def end(event_id: UUID, leader_id: UUID, *, now: datetime) -> None:
    """Let a leader's link die; one that is dead already stays so."""
    links.revoke_link(event_id, LinkPurpose.LEADER, leader_id, now=now)
    audit.record("leader.link_end", event_id=event_id, object_kind="leader", object_id=leader_id)
