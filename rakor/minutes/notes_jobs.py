"""What the worker does for minutes: set the paper with its annexes, and throw it away when its time is over."""

import re
from dataclasses import dataclass, replace
from uuid import UUID

from rakor import clock
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.db import db, transaction
from rakor.documents.jobs import PDF, ZIP, bound, set_list
from rakor.documents.rules import Variant, most_rows
from rakor.documents.store import list_head
from rakor.events import store as events
from rakor.events.models import Event
from rakor.minutes.notes_models import MinutesPaper, MinutesVersion
from rakor.minutes.notes_paper import TEMPLATE, Picture, Sheet, minutes_content, minutes_images
from rakor.minutes.release_models import ReleasePhoto
from rakor.minutes.rules.content import Content
from rakor.minutes.store import approval, papers, release, said
from rakor.outbox import Progress, job
from rakor.regions.rules.folding import plain
from rakor.typeset import compile_pdf
from rakor.web import times
from rakor.web.times import Language

MOST_PHOTOS = 12


@dataclass(frozen=True)
class Made:
    """A file that was made, with what it is called."""

    content: bytes
    name: str
    media_type: str


@job("minutes.paper")
def make(payload: dict[str, str], progress: Progress) -> None:
    """Make the paper; one that has its file, or is gone with its event or session, needs nothing."""
    event_id, paper_id = UUID(payload["event_id"]), UUID(payload["paper_id"])
    row, event = papers.paper(event_id, paper_id), events.event(event_id)
    if row is None or event is None or row.file_id is not None or clock.now() >= row.expires_at:
        return
    item = agenda.published(event_id, row.item_id)
    if item is None:
        raise LookupError("the session of these minutes is not on the programme")
    made = made_of(sheet_of(event, item, row), progress)
    with transaction(unaudited="a paper that is gone needs no file"):
        row = papers.paper(event_id, paper_id)
        if row is not None:
            papers.fill(row, made.content, name=made.name, media_type=made.media_type, now=clock.now())
    progress(1, 1)


@job("minutes.expire")
def expire(payload: dict[str, str], _progress: Progress) -> None:
    """Throw the file of a paper away."""
    with transaction(unaudited="a paper that is gone needs no expiry"):
        row = papers.paper(UUID(payload["event_id"]), UUID(payload["paper_id"]))
        if row is not None:
            papers.expire(row)


def sheet_of(event: Event, item: ItemView, row: MinutesPaper) -> Sheet:
    """Return all that stands on a paper, and let the database go."""
    now = clock.now()
    version = approval.version(event.id, item.id, row.number) if row.number else None
    if version is not None:
        content, standing = approval.content(version), _approved(event, version)
    else:
        content, standing = said.counted(event, item, said.content(event, item), now=now), "Draf, belum disahkan"
    arranged = said.attendance(event, item)
    head = list_head(event, said.choice_of(item), counted_at=now, variant=Variant.FILLED)
    sheet = Sheet(content, replace(head, approval=None), arranged, standing, pictures=_pictures(event.id, item.id))
    db.session.rollback()
    return replace(sheet, with_list=len(arranged.rows) <= most_rows(Variant.FILLED))


def _pictures(event_id: UUID, item_id: UUID) -> list[Picture]:
    """Return the session's first photos as they are drawn for papers; one whose bytes are gone is left out."""
    rows = release.photos(event_id, item_id=item_id)[:MOST_PHOTOS]
    found = [(row, release.picture(row, preview=True)) for row in rows]
    return [
        Picture(f"photo-{number}.jpg", kept.content, _caption(row), row.alt)
        for number, (row, kept) in enumerate(found, start=1)
        if kept is not None
    ]


def _caption(row: ReleasePhoto) -> str:
    return ". ".join(filter(None, (row.caption.rstrip("."), row.who)))


def _approved(event: Event, version: MinutesVersion) -> str:
    day = times.date_long(times.local_day(version.approved_at, event.zone), Language.ID)
    at = times.clock_zone(version.approved_at, event.zone, Language.ID)
    sign = " ".join(version.fingerprint.hex()[place : place + 4] for place in range(0, 16, 4))
    return f"Versi {version.number}, disahkan {day}, {at}. Sidik {sign}"


def made_of(sheet: Sheet, progress: Progress) -> Made:
    """Set the paper; where the attendance list is too long for one file, both as a ZIP."""
    name = file_name(sheet.content)
    paper = compile_pdf(TEMPLATE, minutes_content(sheet), images=minutes_images(sheet))
    if sheet.with_list:
        return Made(paper, f"{name}.pdf", PDF)
    parts = [(f"{name}.pdf", paper), *set_list(sheet.head, sheet.arranged, progress)]
    return Made(bound(parts), f"{name}.zip", ZIP)


def file_name(content: Content) -> str:
    """Return "notula-2026-11-24-sesi-2-standar-layanan": small ASCII letters, digits and hyphens."""
    words = f"notula {content.head.held_on.isoformat()} {plain(content.head.session)[:60]}"
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
