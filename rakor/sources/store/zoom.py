"""Zoom reports in the database: taken in, matched, questions answered."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update

from rakor import audit, files, outbox
from rakor.db import db
from rakor.events.models import Event
from rakor.imports.store.facts import known_offices
from rakor.offices.models import Office
from rakor.outbox import Job
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import RegistrationState
from rakor.registrations.store import display_name
from rakor.seats.rules.office_names import OfficeFinder
from rakor.sources.rules.words import ZoomState
from rakor.sources.rules.zoom_matching import Found, Match, Matcher, Somebody
from rakor.sources.rules.zoom_people import Attendee
from rakor.sources.rules.zoom_report import Report
from rakor.sources.zoom_models import ZoomAttendee, ZoomReport

PURPOSE = "zoom"
KEPT_FOR = timedelta(days=30)
SHOWN = 30
_HEADS = func.count(func.distinct(ZoomAttendee.registration_id))


@dataclass(frozen=True)
class Upload:
    """A report as it was sent: for which day, in which zone its times are, how many minutes count."""

    name: str
    content: bytes
    day_id: UUID
    zone: str
    least_minutes: int


def take_in(event_id: UUID, by_id: UUID, sent: Upload, *, now: datetime) -> tuple[ZoomReport, bool]:
    """Keep a report and leave it to the worker; the same file for the same day is the one that is there (False)."""
    digest = sha256(sent.content).digest()
    same = (ZoomReport.event_id == event_id, ZoomReport.day_id == sent.day_id, ZoomReport.digest == digest)
    known = db.session.scalar(select(ZoomReport).where(*same))
    if known is not None:
        return known, False
    row = ZoomReport(
        id=uuid4(), event_id=event_id, day_id=sent.day_id, requested_by_id=by_id, name=sent.name, digest=digest,
        zone=sent.zone, least_minutes=sent.least_minutes, state=ZoomState.READING, created_at=now,
        expires_at=now + KEPT_FOR,
    )  # fmt: skip
    row.file_id = files.keep(
        sent.content, event_id=event_id, purpose=PURPOSE, name=sent.name, media_type="text/csv", now=now
    )
    db.session.add(row)
    db.session.flush()
    later(row, "zoom.read")
    outbox.enqueue("zoom.expire", payload_of(row), event_id=event_id, run_at=row.expires_at)
    audit.record("zoom.upload", event_id=event_id, object_kind="zoom_report", object_id=row.id)
    return row, True


def payload_of(row: ZoomReport) -> dict[str, str]:
    """Return what a job of this report is given."""
    return {"event_id": str(row.event_id), "report_id": str(row.id)}


def later(row: ZoomReport, job: str) -> None:
    """Leave a job of this report to the worker; the page shows its progress."""
    row.job_id = outbox.enqueue(job, payload_of(row), event_id=row.event_id)


def report(event_id: UUID, report_id: UUID, *, locked: bool = False) -> ZoomReport | None:
    """Return a report of the event, or None; ``locked`` holds its row until the transaction ends."""
    query = select(ZoomReport).where(ZoomReport.event_id == event_id, ZoomReport.id == report_id)
    fresh = query.execution_options(populate_existing=True)
    return db.session.scalar(fresh.with_for_update() if locked else fresh)


def reports(event_id: UUID) -> list[ZoomReport]:
    """Return the event's reports, the latest first."""
    query = select(ZoomReport).where(ZoomReport.event_id == event_id).order_by(ZoomReport.created_at.desc())
    return list(db.session.scalars(query.limit(SHOWN)))


def job_of(row: ZoomReport) -> Job | None:
    """Return the job that works on a report, or worked on it last."""
    return db.session.scalar(select(Job).where(Job.id == row.job_id)) if row.job_id else None


def matcher(event: Event) -> Matcher:
    """Return who can be matched at an event: everybody who is in, and the offices of the institution."""
    confirmed = Registration.state == RegistrationState.CONFIRMED
    registered = and_(
        Registration.state == RegistrationState.REGISTERED, Registration.source != RegistrationSource.SEAT
    )
    query = select(Registration).where(Registration.event_id == event.id, or_(confirmed, registered))
    people = [Somebody(row.id, row.name, row.email or "", row.office_id) for row in db.session.scalars(query)]
    return Matcher(people, OfficeFinder(known_offices(event.institution_id)))


def write(row: ZoomReport, read: Report, found: Iterable[tuple[Attendee, Match]]) -> None:
    """Keep the participants of a report with whose they are, and throw the file away."""
    zone = ZoneInfo(row.zone)
    rows = []
    for number, (one, match) in enumerate(found):
        spans = [[at.replace(tzinfo=zone).astimezone(UTC).isoformat() for at in span] for span in one.spans]
        rows.append(
            {
                "report_id": row.id, "number": number, "event_id": row.event_id, "minutes": one.minutes,
                "said": json.dumps({"names": one.names, "spans": spans}, ensure_ascii=False),
                "found": match.found, "registration_id": match.person_id, "office_id": match.office_id,
                "choices": [str(who) for who in match.choices], "saved": False,
            }
        )
    db.session.execute(delete(ZoomAttendee).where(ZoomAttendee.report_id == row.id))
    if rows:
        db.session.execute(insert(ZoomAttendee), rows)
    row.host_lines, row.waiting_lines = read.host_lines, read.waiting_lines
    row.state = ZoomState.READY
    drop_file(row)


def drop_file(row: ZoomReport) -> None:
    """Throw the report's file away."""
    if row.file_id is not None:
        files.drop(row.event_id, row.file_id)
        row.file_id = None


def forget(row: ZoomReport) -> None:
    """Throw away what the report said about people; whom it was matched with stays, as the ledger does."""
    drop_file(row)
    mine = ZoomAttendee.report_id == row.id
    db.session.execute(update(ZoomAttendee).where(mine).values(said=None, choices=[]))
    audit.record("zoom.expire", event_id=row.event_id, object_kind="zoom_report", object_id=row.id)


def remove(row: ZoomReport) -> None:
    """Throw a report away that saved nothing."""
    drop_file(row)
    db.session.execute(delete(ZoomAttendee).where(ZoomAttendee.report_id == row.id))
    db.session.delete(row)
    audit.record("zoom.remove", event_id=row.event_id, object_kind="zoom_report", object_id=row.id)


def counts(report_id: UUID) -> dict[Found, int]:
    """Return how many participants stand in each way of being found."""
    query = select(ZoomAttendee.found, func.count()).where(ZoomAttendee.report_id == report_id)
    return {row[0]: row[1] for row in db.session.execute(query.group_by(ZoomAttendee.found))}


def saved_count(report_id: UUID) -> int:
    """Return of how many people the presence is entered."""
    return db.session.scalar(select(_HEADS).where(ZoomAttendee.report_id == report_id, ZoomAttendee.saved)) or 0


def waiting_count(report_id: UUID) -> int:
    """Return how many people are matched and not entered yet."""
    return db.session.scalar(select(_HEADS).where(*still_waiting(report_id))) or 0


def matched_count(report_id: UUID) -> int:
    """Return how many people are matched; two devices of one are one."""
    return db.session.scalar(select(_HEADS).where(ZoomAttendee.report_id == report_id)) or 0


def still_waiting(report_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """Return what picks the matched participants whose presence is not entered yet."""
    mine = (ZoomAttendee.report_id == report_id, ZoomAttendee.registration_id.is_not(None))
    return (*mine, ZoomAttendee.saved.is_(False))


def attendees(report_id: UUID, found: Found, limit: int | None = SHOWN) -> list[ZoomAttendee]:
    """Return participants found in one way, the longest in the meeting first; all of them without a ``limit``."""
    query = select(ZoomAttendee).where(ZoomAttendee.report_id == report_id, ZoomAttendee.found == found)
    ordered = query.order_by(ZoomAttendee.minutes.desc(), ZoomAttendee.number).limit(limit)
    return list(db.session.scalars(ordered))


def names_of(row: ZoomAttendee) -> list[str]:
    """Return the names a participant showed; none once they were thrown away."""
    return list(json.loads(row.said)["names"]) if row.said else []


def people_of(event_id: UUID, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return people by id as a question names them: name and office."""
    query = (
        select(Registration, Office.short_name)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(Registration.event_id == event_id, Registration.id.in_(list(ids)))
    )
    return {
        row.id: f"{display_name(row)} · {office or row.institution}".removesuffix(" · ")
        for row, office in db.session.execute(query)
    }


def answer(row: ZoomReport, number: int, choice: str) -> bool:
    """Say whose a participant is (one of the choices), or that it is nobody's; False for any other answer."""
    mine = (ZoomAttendee.report_id == row.id, ZoomAttendee.number == number, ZoomAttendee.found == Found.QUESTION)
    one = db.session.scalar(select(ZoomAttendee).where(*mine))
    if one is None or (choice != "none" and choice not in one.choices):
        return False
    one.found = Found.NOBODY if choice == "none" else Found.CHOSEN
    one.registration_id = None if choice == "none" else UUID(choice)
    audit.record("zoom.answer", event_id=row.event_id, object_kind="zoom_report", object_id=row.id)
    return True
