"""Prints of badges that were asked for."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import audit, files, outbox
from rakor.db import db
from rakor.documents.models import BadgeRun
from rakor.documents.rules.badges import BadgeChoice, BadgeDesign
from rakor.documents.store import asked
from rakor.outbox import Job

PURPOSE, SAMPLE = "badges", "badges.sample"


def ask_for_badges(
    event_id: UUID,
    design: BadgeDesign,
    choice: BadgeChoice,
    *,
    user_id: UUID | None = None,
    device_id: UUID | None = None,
    whole: bool = False,
    now: datetime,
) -> BadgeRun:
    """Ask for badges: first a sample of them, or at once the ``whole``; a day later both are thrown away."""
    row = BadgeRun(
        id=uuid4(),
        event_id=event_id,
        design=design,
        **vars(choice),
        requested_by_id=user_id,
        device_id=device_id,
        requested_at=now,
        expires_at=now + asked.KEPT_FOR,
        wanted_at=now if whole else None,
    )
    row.job_id = _enqueue("badges.make" if whole else "badges.sample", row)
    outbox.enqueue("badges.expire", _payload(row), event_id=event_id, run_at=row.expires_at)
    db.session.add(row)
    audit.record("badges.request", event_id=event_id, object_kind="badges", object_id=row.id)
    return row


def want_whole(row: BadgeRun, *, now: datetime) -> None:
    """Ask for the whole print after its sample; asked twice it is made once."""
    if row.wanted_at is None:
        row.wanted_at = now
        row.job_id = _enqueue("badges.make", row)
        audit.record("badges.want", event_id=row.event_id, object_kind="badges", object_id=row.id)


def run_by_id(event_id: UUID, run_id: UUID) -> BadgeRun | None:
    """Return a print of the event as it is now, or None."""
    return asked.by_id(BadgeRun, event_id, run_id)


def runs_of(event_id: UUID, user_id: UUID, run_id: UUID | None = None) -> list[tuple[BadgeRun, Job | None]]:
    """Return what a person asked for in an event, newest first (or the one print), with its job."""
    return asked.newest(BadgeRun, event_id, BadgeRun.requested_by_id == user_id, only=run_id)


def runs_at(event_id: UUID, device_id: UUID, run_id: UUID) -> list[tuple[BadgeRun, Job | None]]:
    """Return a print that a desk asked for, with its job; nothing for another desk's."""
    return asked.newest(BadgeRun, event_id, BadgeRun.device_id == device_id, only=run_id)


def last_design(event_id: UUID) -> BadgeDesign:
    """Return the design that the event's badges were last printed in: a single one looks like the others."""
    query = select(BadgeRun.design).where(BadgeRun.event_id == event_id, BadgeRun.wanted_at.is_not(None))
    found = db.session.scalar(query.order_by(BadgeRun.wanted_at.desc()).limit(1))
    return found or BadgeDesign.LANYARD


def fill_sample(row: BadgeRun, picture: bytes | None, *, badge_count: int, now: datetime) -> None:
    """Keep the picture of the first sheet; of no badges there is none."""
    row.badge_count = badge_count
    _drop(row.event_id, row.sample_id)
    row.sample_id = None
    if picture:
        row.sample_id = files.keep(
            picture, event_id=row.event_id, purpose=SAMPLE, name="contoh-kartu.png", media_type="image/png", now=now
        )


def fill_run(row: BadgeRun, content: bytes, *, name: str, media_type: str, badge_count: int, now: datetime) -> None:
    """Keep the file of a print; a second making replaces the first."""
    _drop(row.event_id, row.file_id)
    row.file_id = files.keep(content, event_id=row.event_id, purpose=PURPOSE, name=name, media_type=media_type, now=now)
    row.made_at, row.badge_count = now, badge_count
    audit.record("badges.make", event_id=row.event_id, object_kind="badges", object_id=row.id, count=badge_count)


def expire_run(row: BadgeRun) -> None:
    """Throw the files of a print away; that it was made stays on record."""
    for file_id in (row.sample_id, row.file_id):
        _drop(row.event_id, file_id)
    row.sample_id = row.file_id = None
    audit.record("badges.expire", event_id=row.event_id, object_kind="badges", object_id=row.id)


def _enqueue(name: str, row: BadgeRun) -> UUID:
    return outbox.enqueue(name, _payload(row), event_id=row.event_id)


def _payload(row: BadgeRun) -> dict[str, str]:
    return {"event_id": str(row.event_id), "run_id": str(row.id)}


def _drop(event_id: UUID, file_id: UUID | None) -> None:
    if file_id is not None:
        files.drop(event_id, file_id)
