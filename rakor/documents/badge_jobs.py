"""What the worker does for badges: a sample, the whole print in parts, and throwing it away."""

from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile

from rakor import clock
from rakor.db import db, transaction
from rakor.documents.badge_paper import NO_PHOTOS, TEMPLATE, Photos, badge_content, badge_images
from rakor.documents.models import BadgeRun
from rakor.documents.rules.badges import CARDS, BadgeChoice, BadgeDesign, BadgeHead, Face
from rakor.documents.store import badge_photos, badge_runs, badges
from rakor.events import store as events
from rakor.outbox import Progress, job
from rakor.typeset import compile_pdf, compile_picture

PART = 1000
"""Cards in one file: a part of this size is set in 200 MB, and divides by the cards of every sheet."""
PDF, ZIP = "application/pdf", "application/zip"
PPI = 130
CHOSEN = ("role_id", "province_code", "office_id", "with_online", "only_new", "registration_id")


@job("badges.sample")
def make_sample(payload: dict[str, str], _progress: Progress) -> None:
    """Draw the first sheet of a print and count it; its QRs open no door."""
    row = _asked(payload)
    if row is None or row.badge_count is not None:
        return
    head, found = _read(row)
    design, first = row.design, found[: CARDS[row.design].on_sheet]
    photos = _photos(row.event_id, first)
    picture = _sample(head, design, first, photos)
    with transaction(unaudited="a sample of a print is no print"):
        row = _asked(payload)
        if row is not None:
            badge_runs.fill_sample(row, picture, badge_count=len(found), now=clock.now())


@job("badges.make")
def make_badges(payload: dict[str, str], progress: Progress) -> None:
    """Make the file of a print, part by part, and note on each badge that it was printed."""
    row = _asked(payload)
    if row is None or row.made_at is not None:
        return
    with transaction(unaudited="a number on a card says nothing of a person"):
        row = _asked(payload)
        if row is None:
            return
        head, found = _read(row)
        event_id, design, numbered = row.event_id, row.design, badges.give_numbers(row.event_id, found)
    content, media_type = bound(head, design, numbered, progress, photos_of=partial(_photos, event_id))
    with transaction():
        row = _asked(payload)
        if row is None:
            return
        name, now = file_name(design, numbered, media_type), clock.now()
        badge_runs.fill_run(row, content, name=name, media_type=media_type, badge_count=len(numbered), now=now)
        badges.note_printed(row.event_id, numbered, now=now)


@job("badges.expire")
def expire_badges(payload: dict[str, str], _progress: Progress) -> None:
    """Throw the files of a print away."""
    with transaction(unaudited="a print that is gone needs no expiry"):
        row = badge_runs.run_by_id(UUID(payload["event_id"]), UUID(payload["run_id"]))
        if row is not None:
            badge_runs.expire_run(row)


def bound(
    head: BadgeHead, design: BadgeDesign, faces: Sequence[Face], progress: Progress,
    *, photos_of: Callable[[Sequence[Face]], Photos] = lambda _faces: NO_PHOTOS,
) -> tuple[bytes, str]:  # fmt: skip
    """Return the badges as one PDF, or above PART cards as a ZIP of PDFs in their order, and which of both it is.

    ``photos_of`` reads the portraits of one part, so that no more of them are in memory.
    """
    parts = []
    for start in range(0, max(len(faces), 1), PART):
        some = faces[start : start + PART]
        photos = photos_of(some)
        images = badge_images(head, some, photos=photos, sample=False)
        parts.append(compile_pdf(TEMPLATE, badge_content(head, design, some, photos=photos), images=images))
        progress(start + len(some), len(faces))
    if len(parts) == 1:
        return parts[0], PDF
    together = BytesIO()
    with ZipFile(together, "w", ZIP_STORED) as book:
        for number, part in enumerate(parts):
            first = number * PART + 1
            book.writestr(f"kartu-{first:05}-{min(first + PART - 1, len(faces)):05}.pdf", part)
    return together.getvalue(), ZIP


def file_name(design: BadgeDesign, faces: Sequence[Face], media_type: str) -> str:
    """Return "kartu-lanyard-2740.zip"; the card of one person by its number: "kartu-nomor-17.pdf"."""
    words = f"nomor-{faces[0].number}" if len(faces) == 1 else f"{design}-{len(faces)}"
    return f"kartu-{words}.{'pdf' if media_type == PDF else 'zip'}"


def _asked(payload: dict[str, str]) -> BadgeRun | None:
    """Return the print that the job is about, or None where it is gone or over."""
    row = badge_runs.run_by_id(UUID(payload["event_id"]), UUID(payload["run_id"]))
    return row if row is not None and clock.now() < row.expires_at else None


def _read(row: BadgeRun) -> tuple[BadgeHead, list[Face]]:
    event = events.event(row.event_id)
    assert event is not None
    choice = BadgeChoice(**{name: getattr(row, name) for name in CHOSEN})
    return badges.badge_head(event), badges.faces(event, choice)


def _photos(event_id: UUID, faces: Sequence[Face]) -> Photos:
    """Read portraits, and let go of the database: setting a part takes seconds."""
    found = badge_photos.pictures(event_id, faces)
    db.session.rollback()
    return found


def _sample(head: BadgeHead, design: BadgeDesign, faces: Sequence[Face], photos: Photos) -> bytes | None:
    if not faces:
        return None
    images = badge_images(head, faces, photos=photos, sample=True)
    content = badge_content(head, design, faces, photos=photos, sample=True)
    return compile_picture(TEMPLATE, content, images=images, ppi=PPI)
