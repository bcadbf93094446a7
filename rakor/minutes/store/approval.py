"""Reviewing and approving the minutes of a session; what was approved stays as it was."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from rakor import audit, files
from rakor.db import db
from rakor.minutes.notes_models import Minutes, MinutesVersion
from rakor.minutes.rules import content as rules
from rakor.minutes.rules.content import Content
from rakor.minutes.rules.words import State

CONTENT = "minutes"


@dataclass(frozen=True)
class Approver:
    """Who approves, and when (aware UTC)."""

    id: UUID
    at: datetime


def review(row: Minutes, by: Approver) -> None:
    """Call minutes reviewed. Needs ``locked``, and no hindrance."""
    row.state, row.reviewed_by_id, row.reviewed_at = State.REVIEWED, by.id, by.at
    _record("minutes.review", row)


def send_back(row: Minutes) -> None:
    """Make reviewed minutes a draft again. Needs ``locked``."""
    row.state = State.DRAFT
    _record("minutes.send_back", row)


def approve(row: Minutes, content: Content, by: Approver) -> MinutesVersion:
    """Freeze minutes as their version and lock them. Needs ``locked``, and no hindrance."""
    kept = rules.written(content).encode()
    version = MinutesVersion(
        event_id=row.event_id,
        item_id=row.item_id,
        number=row.number,
        content_id=files.keep(
            kept, event_id=row.event_id, purpose=CONTENT, name="notula.json", media_type="application/json", now=by.at
        ),
        fingerprint=rules.fingerprint(content),
        note_count=len(content.lines),
        reason=row.reason,
        reviewed_by_id=row.reviewed_by_id,
        reviewed_at=row.reviewed_at,
        approved_by_id=by.id,
        approved_at=by.at,
    )
    db.session.add(version)
    row.state = State.APPROVED
    _record("minutes.approve", row)
    return version


def revise(row: Minutes, reason: str) -> None:
    """Open the next version of approved minutes; the approved one stays readable. Needs ``locked``."""
    row.number, row.state, row.reason = row.number + 1, State.DRAFT, reason
    row.reviewed_by_id, row.reviewed_at = None, None
    _record("minutes.revise", row)


def versions(event_id: UUID, item_id: UUID) -> list[MinutesVersion]:
    """Return the approved versions of a session's minutes, the newest first."""
    mine = (MinutesVersion.event_id == event_id, MinutesVersion.item_id == item_id)
    return list(db.session.scalars(select(MinutesVersion).where(*mine).order_by(MinutesVersion.number.desc())))


def version(event_id: UUID, item_id: UUID, number: int) -> MinutesVersion | None:
    """Return one approved version, or None."""
    return db.session.get(MinutesVersion, (event_id, item_id, number))


def content(version: MinutesVersion) -> Content:
    """Return what a version says; raises LookupError where its file is gone."""
    kept = files.read(version.event_id, version.content_id, CONTENT)
    if kept is None:
        raise LookupError("the content of this version is gone")
    return rules.read(kept.content.decode())


def _record(action: str, row: Minutes) -> None:
    audit.record(action, event_id=row.event_id, object_kind="minutes", object_id=row.item_id, count=row.number)
