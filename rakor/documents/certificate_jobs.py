"""What the worker does for certificates: draw a sample, issue and set them, throw files away.

An issue first gives everybody the number, in one transaction; then the papers are set in pieces, each a job of its own,
so that several workers share them. Whatever dies begins again: who has a certificate gets none, a paper that is set is
not set again.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask import current_app

from rakor import audit, clock, files, outbox
from rakor.db import db, transaction
from rakor.documents.certificate_letters import tell
from rakor.documents.certificate_models import Certificate, CertificateRun, RunKind
from rakor.documents.certificate_paper import TEMPLATE, certificate_sheet, shared_images
from rakor.documents.rules.certificates import (
    Award,
    AwardHead,
    Candidate,
    Outcome,
    Standing,
    Verdict,
    code_of,
    judge,
    numbered,
)  # fmt: skip
from rakor.documents.store import certificate_runs as runs
from rakor.documents.store import certificates
from rakor.documents.store.earned import earned
from rakor.events import store as events
from rakor.events.models import Event
from rakor.outbox import Progress, job
from rakor.typeset import compile_pdfs, compile_picture

PIECE = 150
"""Certificates in one job: set in some seconds, kept in one transaction."""
PPI = 96
SAMPLE_NAME = "Prof. Dr. I Gusti Ayu Made Contoh Kusumawardhani Nararya, S.Sos., M.A.P."


@job("certificates.sample")
def draw_sample(payload: dict[str, str], _progress: Progress) -> None:
    """Draw a certificate with a long name nobody has, as rules and letterhead stand now; its QR verifies as unknown."""
    found = _asked(payload)
    rules = certificates.rules(found[0].event_id) if found else None
    if found is None or rules is None or found[0].made_at is not None:
        return
    head = head_of(found[1])
    award = Award(
        SAMPLE_NAME, Standing.PARTICIPANT, 12, numbered(rules.pattern, rules.last_serial + 1, head.signed_on),
        code_of(uuid4()),
    )  # fmt: skip
    db.session.rollback()
    content, images = certificate_sheet(head, award)
    picture = compile_picture(TEMPLATE, content, images=images | shared_images(head), ppi=PPI)
    with transaction(unaudited="a sample certifies nobody"):
        row = runs.run_by_id(UUID(payload["event_id"]), UUID(payload["run_id"]))
        if row is not None and row.made_at is None:
            row.made_at = clock.now()
            row.file_id = files.keep(
                picture, event_id=row.event_id, purpose=runs.PURPOSE, name="contoh-sertifikat.png",
                media_type="image/png", now=row.made_at,
            )  # fmt: skip


@job("certificates.issue")
def issue(payload: dict[str, str], _progress: Progress) -> None:
    """Give a number to everybody who has earned a certificate and has none; the papers follow in pieces."""
    with transaction(unaudited="an issue that was made already gives nothing twice"):
        found = _asked(payload)
        if found is None or found[0].made_at is not None:
            return
        give(events.locked_event(found[1].id), found[0])


def give(event: Event, row: CertificateRun, registration_id: UUID | None = None) -> int:
    """Issue what is earned now, to everybody or to one person, and let the papers be set; returns how many.

    Needs the event's turn.
    """
    rules, now = certificates.rules(event.id), clock.now()
    found = earned(event, registration_id)
    judged = [(one, judge(one, found.whole, rules.share)) for one in found.candidates] if rules and rules.is_on else []
    ready = [pair for pair in judged if pair[1].outcome is Outcome.READY]
    count = certificates.issue(event, ready, run_id=row.id, now=now, today=clock.today(event.zone)) if ready else 0
    _let_press(row, count, now=now)
    return count


def give_anew(event: Event, row: Certificate, reason: str, *, user_id: UUID) -> UUID | None:
    """Replace a certificate by one with the name as it is now; the rest stays as issued. None: it was revoked before.

    Needs the event's turn.
    """
    now = clock.now()
    if not certificates.revoke(row, reason, user_id=user_id, now=now, replaced=True):
        return None
    run = runs.ask(event.id, RunKind.ISSUE, user_id=user_id, now=now, by_mail=True)
    one = Candidate(
        row.registration_id, row.speaker_id, certificates.name_now(row), row.standing, row.minutes, came=True,
        office=row.office, province_code=row.province_code,
    )  # fmt: skip
    pairs = [(one, Verdict(Outcome.READY, row.jp))]
    count = certificates.issue(event, pairs, run_id=run.id, now=now, today=clock.today(event.zone))
    _let_press(run, count, now=now)
    holder = row.registration_id or row.speaker_id
    fresh = certificates.in_force(event.id, holder) if holder else None
    return fresh.id if fresh else None


def press_again(event_id: UUID) -> int:
    """Let the papers be set whose jobs were given up; returns of how many issues. Needs the event's turn."""
    rows = runs.left_over(event_id)
    for row in rows:
        _enqueue_pieces(row)
        audit.record("certificate.press_again", event_id=event_id, object_kind="certificates", object_id=row.id)
    return len(rows)


def _let_press(row: CertificateRun, count: int, *, now: datetime) -> None:
    row.certificate_count, row.made_at = count, now
    _enqueue_pieces(row)


def _enqueue_pieces(row: CertificateRun) -> None:
    payload = {"event_id": str(row.event_id), "run_id": str(row.id)}
    for start in range(0, row.certificate_count or 0, PIECE):
        outbox.enqueue(runs.PRESS, payload | {"start": str(start)}, event_id=row.event_id)


@job(runs.PRESS, lease=timedelta(minutes=5))
def set_papers(payload: dict[str, str], _progress: Progress) -> None:
    """Set a piece of an issue's papers, those that are not set yet, and tell the people by mail."""
    event_id, run_id, start = UUID(payload["event_id"]), UUID(payload["run_id"]), int(payload["start"])
    event, row = events.event(event_id), runs.run_by_id(event_id, run_id)
    piece = certificates.unset(event_id, run_id, start, PIECE)
    if event is None or row is None or not piece:
        return
    head, by_mail, at = head_of(event), row.by_mail, row.made_at or clock.now()
    wanted = {one.id: certificates.award(one) for one in piece}
    db.session.rollback()
    sheets = [certificate_sheet(head, award) for award in wanted.values()]
    papers = compile_pdfs(TEMPLATE, sheets, images=shared_images(head))
    with transaction(unaudited="the certificates are on record; their papers follow"):
        kept = certificates.fill(event_id, dict(zip(wanted, papers, strict=True)), now=clock.now())
        if by_mail:
            tell(kept, since=at, place=start)


@job("certificates.expire")
def expire(payload: dict[str, str], _progress: Progress) -> None:
    """Throw the file of a sample or a ZIP away."""
    with transaction(unaudited="a file that is gone needs no expiry"):
        row = runs.run_by_id(UUID(payload["event_id"]), UUID(payload["run_id"]))
        if row is not None:
            runs.expire(row)


def head_of(event: Event) -> AwardHead:
    """Return what all certificates of the event share, as it stands now."""
    return certificates.award_head(event, current_app.config["RAKOR"].base_url, today=clock.today(event.zone))


def _asked(payload: dict[str, str]) -> tuple[CertificateRun, Event] | None:
    """Return the run that the job is about with its event, or None where it is gone or too old."""
    event_id = UUID(payload["event_id"])
    row, event = runs.run_by_id(event_id, UUID(payload["run_id"])), events.event(event_id)
    too_old = row is not None and row.kind is not RunKind.ISSUE and clock.now() >= row.expires_at
    return None if row is None or event is None or too_old else (row, event)
