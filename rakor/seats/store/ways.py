"""The way of the links in the database: passed on by whom and when, opened first when; provinces have links too."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from rakor import audit
from rakor.db import db
from rakor.events import links
from rakor.events.models import AccessLink, LinkPurpose, PassedOnBy
from rakor.seats.rules.ways import province_subject


def pass_on(
    event_id: UUID,
    office_id: UUID,
    *,
    at: datetime | None,
    by: PassedOnBy = PassedOnBy.CENTRE,
    purpose: LinkPurpose = LinkPurpose.OFFICE,
) -> bool:
    """Note when and by whom a link was passed on (None: it was not); False where there is no such link."""
    link = _link(event_id, purpose, office_id)
    if link is None:
        return False
    link.passed_on_at, link.passed_on_by = at, by if at else None
    audit.record(
        "seats.link_passed_on" if at else "seats.link_not_passed_on",
        event_id=event_id,
        object_kind=str(purpose),
        object_id=office_id,
    )
    return True


def pass_on_many(event_id: UUID, office_ids: Sequence[UUID], *, at: datetime) -> int:
    """Note that the links of these offices were passed on now by the centre; returns how many."""
    for office_id in office_ids:
        pass_on(event_id, office_id, at=at)
    return len(office_ids)


def note_opened(link_id: UUID, *, now: datetime) -> None:
    """Note the first opening of a link; later ones change nothing, and who it was is not known."""
    query = update(AccessLink).where(AccessLink.id == link_id, AccessLink.opened_at.is_(None))
    db.session.execute(query.values(opened_at=now))


def opened(link_id: UUID) -> bool:
    """Tell whether somebody has opened a link."""
    return db.session.scalar(select(AccessLink.opened_at).where(AccessLink.id == link_id)) is not None


def make_province_links(event_id: UUID, codes: Iterable[str], *, now: datetime) -> int:
    """Make the links that provinces still lack; returns how many were new."""
    return links.make_links(event_id, LinkPurpose.PROVINCE, [province_subject(code) for code in codes], now=now)


def province_links(event_id: UUID) -> dict[UUID, AccessLink]:
    """Return the links of provinces by their subject; one query."""
    mine = (AccessLink.event_id == event_id, AccessLink.purpose == LinkPurpose.PROVINCE)
    return {row.subject_id: row for row in db.session.scalars(select(AccessLink).where(*mine))}


def _link(event_id: UUID, purpose: LinkPurpose, subject_id: UUID) -> AccessLink | None:
    mine = (AccessLink.event_id == event_id, AccessLink.purpose == purpose, AccessLink.subject_id == subject_id)
    return db.session.scalar(select(AccessLink).where(*mine))
