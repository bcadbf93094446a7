"""What the worker does for Zoom reports: read and match, enter presence, throw away."""

from uuid import UUID

from rakor import audit, clock, files
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.outbox import Progress, job
from rakor.sheets import Refused, read_table
from rakor.sources.rules.words import ZoomState
from rakor.sources.rules.zoom_people import attendees
from rakor.sources.rules.zoom_report import ReportProblem, read_report
from rakor.sources.store import zoom, zoom_entering

TOLD_EVERY = 500
Payload = dict[str, str]


def _ids(payload: Payload) -> tuple[UUID, UUID]:
    return UUID(payload["event_id"]), UUID(payload["report_id"])


@job("zoom.read")
def read(payload: Payload, progress: Progress) -> None:
    """Read the file in a child process, put reconnects together, and match everybody while nothing is locked."""
    row, event = zoom.report(*_ids(payload)), events.event(UUID(payload["event_id"]))
    if row is None or event is None or row.state is not ZoomState.READING:
        return
    kept = files.read(row.event_id, row.file_id, zoom.PURPOSE)
    table = read_table(kept.content) if kept else Refused.EMPTY
    found = table if isinstance(table, Refused) else read_report([cells for _number, cells in table.rows])
    matched = []
    if not isinstance(found, Refused | ReportProblem):
        people, matcher = attendees(found.stays), zoom.matcher(event)
        db.session.rollback()
        for place, one in enumerate(people):
            matched.append((one, matcher.match(one)))
            if place % TOLD_EVERY == 0:
                progress(place, len(people))
    with transaction():
        audit.record("zoom.read", event_id=UUID(payload["event_id"]), object_kind="zoom_report", count=len(matched))
        row = zoom.report(*_ids(payload), locked=True)
        if row is None or row.state is not ZoomState.READING:
            return
        if isinstance(found, Refused | ReportProblem):
            row.state, row.refusal = ZoomState.REFUSED, found.value
            zoom.drop_file(row)
        else:
            zoom.write(row, found, matched)


@job("zoom.save")
def save(payload: Payload, progress: Progress) -> None:
    """Enter the presence of the matched, step by step; begun anew it goes on where the last whole step ended."""
    event_id, report_id = _ids(payload)
    total, done = zoom.waiting_count(report_id), 0
    db.session.rollback()
    while True:
        with transaction(unaudited="nobody was left"):
            event = events.locked_event(event_id)
            row = zoom.report(event_id, report_id, locked=True)
            if row is None or row.state is not ZoomState.SAVING:
                return
            step = zoom_entering.save_step(event, row, now=clock.now())
            if step == 0:
                row.state = ZoomState.READY
        if step == 0:
            return
        done += step
        progress(done, total)


@job("zoom.expire")
def expire(payload: Payload, _progress: Progress) -> None:
    """Throw away what a report said about people."""
    with transaction(unaudited="a report that is gone needs no end"):
        row = zoom.report(*_ids(payload), locked=True)
        if row is not None:
            zoom.forget(row)
