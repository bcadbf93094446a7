"""What was asked of the worker about certificates: a sample, an issue, a ZIP."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select

from rakor import audit, files, outbox
from rakor.db import db
from rakor.documents.certificate_models import Certificate, CertificateRun, RunKind
from rakor.documents.store import asked
from rakor.outbox import Job, JobState

PURPOSE, PRESS = "certificates", "certificates.press"


def ask(
    event_id: UUID, kind: RunKind, *, user_id: UUID, now: datetime, province_code: str | None = None,
    by_mail: bool = False,
) -> CertificateRun:  # fmt: skip
    """Ask for something, and for throwing its file away a day later."""
    row = CertificateRun(
        id=uuid4(), event_id=event_id, kind=kind, province_code=province_code, by_mail=by_mail,
        requested_by_id=user_id, requested_at=now, expires_at=now + asked.KEPT_FOR,
    )  # fmt: skip
    payload = {"event_id": str(event_id), "run_id": str(row.id)}
    row.job_id = outbox.enqueue(f"certificates.{kind}", payload, event_id=event_id)
    if kind is not RunKind.ISSUE:
        outbox.enqueue("certificates.expire", payload, event_id=event_id, run_at=row.expires_at)
    db.session.add(row)
    audit.record(f"certificate.ask_{kind}", event_id=event_id, object_kind="certificates", object_id=row.id)
    return row


def run_by_id(event_id: UUID, run_id: UUID) -> CertificateRun | None:
    """Return what was asked, as it is now, or None."""
    return asked.by_id(CertificateRun, event_id, run_id)


def runs_of(event_id: UUID, user_id: UUID, run_id: UUID | None = None) -> list[tuple[CertificateRun, Job | None]]:
    """Return what a person asked for in an event, the newest first (or the one), with its job."""
    return asked.newest(CertificateRun, event_id, CertificateRun.requested_by_id == user_id, only=run_id)


def set_of(event_id: UUID, run_id: UUID) -> tuple[int, int]:
    """Return how many certificates of an issue have their paper, and how many there are (revoked ones need none)."""
    query = select(func.count(Certificate.made_at), func.count()).where(
        Certificate.event_id == event_id, Certificate.run_id == run_id, Certificate.revoked_at.is_(None)
    )
    done, whole = db.session.execute(query).one()
    return done, whole


def left_over(event_id: UUID) -> list[CertificateRun]:
    """Return the issues of which papers lack although none is being set: their jobs were given up."""
    under_way = (Job.event_id == event_id, Job.name == PRESS, Job.state.in_((JobState.QUEUED, JobState.RUNNING)))
    lacking = select(Certificate.run_id).where(
        Certificate.event_id == event_id, Certificate.made_at.is_(None), Certificate.revoked_at.is_(None)
    )
    query = select(CertificateRun).where(
        CertificateRun.event_id == event_id, CertificateRun.id.in_(lacking), ~select(Job.id).where(*under_way).exists()
    )
    return list(db.session.scalars(query.order_by(CertificateRun.requested_at, CertificateRun.id)))


def expire(row: CertificateRun) -> None:
    """Throw the file of a run away; that it was made stays on record."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
        row.file_id = None
    audit.record("certificate.expire", event_id=row.event_id, object_kind="certificates", object_id=row.id)


def fill(row: CertificateRun, file_id: UUID, *, certificate_count: int, now: datetime) -> None:
    """Note the ZIP that was bound."""
    row.file_id, row.certificate_count, row.made_at = file_id, certificate_count, now
    audit.record(
        "certificate.bundle", event_id=row.event_id, object_kind="certificates", object_id=row.id,
        count=certificate_count,
    )  # fmt: skip
