"""The report in the database: what was typed, what was attached, and what was asked of the worker."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select

from rakor import audit, files, outbox
from rakor.db import db
from rakor.documents.store import asked
from rakor.files import Kept
from rakor.outbox import Job
from rakor.reports.activity.models import ReportAnnex, ReportRun, ReportText
from rakor.reports.activity.rules import AnnexKind, Section

PURPOSE, ANNEX = "activity_report", "report_annex"
MOST_ANNEXES = 40


def texts(event_id: UUID) -> dict[Section, ReportText]:
    """Return what was typed, by section; one query."""
    query = select(ReportText).where(ReportText.event_id == event_id)
    rows = db.session.scalars(query.execution_options(populate_existing=True))
    return {row.section: row for row in rows}


def save_text(
    event_id: UUID, section: Section, body: str, *, seen: int, by: UUID, now: datetime
) -> tuple[ReportText | None, bool]:
    """Keep what was typed for a section, under the event's lock; returns the section as it stands, and whether it was
    kept.

    ``seen`` is the version that the writer began with (0: none). Where somebody else has changed it since and says
    something else, nothing is kept. The same again changes nothing.
    """
    row = texts(event_id).get(section)
    if row is not None and row.body == body:
        return row, True
    if (row.version if row else 0) != seen:
        return row, False
    if row is None:
        row = ReportText(event_id=event_id, section=section, version=0)
        db.session.add(row)
    row.body, row.changed_at, row.changed_by_id = body, now, by
    row.version += 1
    db.session.flush()
    audit.record(
        "report.write", event_id=event_id, object_kind="report", object_id=event_id, fields=[str(section)]
    )
    return row, True


def annexes(event_id: UUID) -> list[ReportAnnex]:
    """Return what was attached, by kind and then in the order in which it came."""
    order = list(AnnexKind)
    query = select(ReportAnnex).where(ReportAnnex.event_id == event_id).order_by(ReportAnnex.added_at, ReportAnnex.id)
    return sorted(db.session.scalars(query), key=lambda row: order.index(row.kind))


def annex(event_id: UUID, annex_id: UUID) -> ReportAnnex | None:
    """Return one attached paper of the event, or None."""
    return db.session.scalar(
        select(ReportAnnex).where(ReportAnnex.event_id == event_id, ReportAnnex.id == annex_id)
    )


def annex_counts(event_id: UUID) -> dict[AnnexKind, int]:
    """Return how many papers of each kind are attached; one query."""
    query = select(ReportAnnex.kind, func.count()).where(ReportAnnex.event_id == event_id).group_by(ReportAnnex.kind)
    return {row[0]: row[1] for row in db.session.execute(query)}


def attach(
    event_id: UUID, kind: AnnexKind, title: str, content: bytes, media_type: str, *, by: UUID | None, now: datetime
) -> ReportAnnex:
    """Keep a paper with the report: a PDF as it came, a photo as we have drawn it."""
    ending = "pdf" if media_type == "application/pdf" else "jpg"
    file_id = files.keep(
        content, event_id=event_id, purpose=ANNEX, name=f"lampiran.{ending}", media_type=media_type, now=now
    )
    row = ReportAnnex(
        id=uuid4(), event_id=event_id, kind=kind, title=title, file_id=file_id, byte_count=len(content),
        added_by_id=by, added_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    audit.record("report.attach", event_id=event_id, object_kind="report_annex", object_id=row.id, fields=[str(kind)])
    return row


def annex_file(row: ReportAnnex) -> Kept | None:
    """Return the file of an attached paper."""
    return files.read(row.event_id, row.file_id, ANNEX)


def detach(row: ReportAnnex) -> None:
    """Take a paper off the report; its file is thrown away."""
    files.drop(row.event_id, row.file_id)
    db.session.delete(row)
    db.session.flush()
    audit.record("report.detach", event_id=row.event_id, object_kind="report_annex", object_id=row.id)


def ask(event_id: UUID, *, by: UUID, now: datetime) -> ReportRun:
    """Ask for the report as it would stand now, and for throwing its files away a day later."""
    row = ReportRun(
        id=uuid4(), event_id=event_id, requested_by_id=by, requested_at=now, expires_at=now + asked.KEPT_FOR
    )
    payload = {"event_id": str(event_id), "run_id": str(row.id)}
    row.job_id = outbox.enqueue("report.make", payload, event_id=event_id)
    outbox.enqueue("report.expire", payload, event_id=event_id, run_at=row.expires_at)
    db.session.add(row)
    audit.record("report.request", event_id=event_id, object_kind="report", object_id=row.id)
    return row


def run(event_id: UUID, run_id: UUID) -> ReportRun | None:
    """Return what was asked for, as it is now, or None."""
    return asked.by_id(ReportRun, event_id, run_id)


def runs_of(event_id: UUID, user_id: UUID, run_id: UUID | None = None) -> list[tuple[ReportRun, Job | None]]:
    """Return what a person asked for, the newest first (or the one), with its job."""
    return asked.newest(ReportRun, event_id, ReportRun.requested_by_id == user_id, only=run_id)


def was_made(event_id: UUID) -> bool:
    """True where the report was made at least once, by whomever."""
    query = select(ReportRun.id).where(ReportRun.event_id == event_id, ReportRun.made_at.is_not(None))
    return db.session.scalar(query.limit(1)) is not None


def fill(row: ReportRun, made: dict[str, Kept], *, unfilled: int, now: datetime) -> None:
    """Keep the files that were made: ``docx``, ``pdf``, ``annexes``; a second making replaces the first."""
    _drop(row)
    for part, file in made.items():
        file_id = files.keep(
            file.content, event_id=row.event_id, purpose=PURPOSE, name=file.name, media_type=file.media_type, now=now
        )
        setattr(row, f"{part}_id", file_id)
    row.made_at, row.unfilled = now, unfilled
    audit.record("report.make", event_id=row.event_id, object_kind="report", object_id=row.id, count=unfilled)


def expire(row: ReportRun) -> None:
    """Throw the files away; that the report was made stays on record."""
    _drop(row)
    audit.record("report.expire", event_id=row.event_id, object_kind="report", object_id=row.id)


def _drop(row: ReportRun) -> None:
    for part in ("docx_id", "pdf_id", "annexes_id"):
        file_id = getattr(row, part)
        if file_id is not None:
            files.drop(row.event_id, file_id)
            setattr(row, part, None)
