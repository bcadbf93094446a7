"""The rundown on paper: asked for on a page, set by the worker as a PDF (PDF/A, tagged)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from rakor import audit, clock, files, outbox
from rakor.agenda import store, telling
from rakor.agenda.models import AgendaPaper
from rakor.agenda.rules.views import EVERYTHING, ItemView, PersonView
from rakor.agenda.store import versions
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.store import parts
from rakor.outbox import Progress, job
from rakor.typeset import compile_pdf
from rakor.web import times
from rakor.web.times import Language

JOB, PURPOSE, TEMPLATE, LOGO = "agenda.rundown", "rundown", "rundown.typ", "logo"
ID = Language.ID


def of_event(event_id: UUID) -> AgendaPaper | None:
    """Return the rundown that was asked for last, or None."""
    return db.session.scalar(select(AgendaPaper).where(AgendaPaper.event_id == event_id))


def ask(event_id: UUID, *, now: datetime) -> None:
    """Ask for the draft on paper; what was made before stays until the new one is ready."""
    row = of_event(event_id)
    if row is None:
        row = AgendaPaper(event_id=event_id)
        db.session.add(row)
    row.requested_at, row.made_at = now, None
    outbox.enqueue(JOB, {"event_id": str(event_id), "requested_at": now.isoformat()}, event_id=event_id)
    audit.record("agenda.rundown", event_id=event_id, object_kind="event", object_id=event_id)


@job(JOB)
def set_rundown(payload: dict[str, str], _progress: Progress) -> None:
    """Set the rundown that was asked for last; an older order, or one that is done, needs nothing."""
    event_id, asked_at = UUID(payload["event_id"]), datetime.fromisoformat(payload["requested_at"])
    event, row = events.event(event_id), of_event(event_id)
    if event is None or row is None or row.requested_at != asked_at or row.made_at is not None:
        return
    picture = parts.logo(event_id)
    content, name = rundown_content(event, made_at=asked_at), f"susunan-acara-{event.slug}.pdf"
    db.session.rollback()
    pdf = compile_pdf(TEMPLATE, content, images={LOGO: picture} if picture else {})
    with transaction(unaudited="an order that was replaced is not kept"):
        row = of_event(event_id)
        if row is None or row.requested_at != asked_at:
            return
        if row.file_id is not None:
            files.drop(event_id, row.file_id)
        now = clock.now()
        row.file_id = files.keep(
            pdf, event_id=event_id, purpose=PURPOSE, name=name, media_type="application/pdf", now=now
        )
        row.made_at = now


def rundown_content(event: Event, *, made_at: datetime) -> dict[str, object]:
    """Return the content of ``rundown.typ``: what is published, in Indonesian, the language of the paper."""
    identity, items = events.identity(event.id), store.programme(event.id, EVERYTHING)
    number = versions.number_in(versions.tag(event.id))
    named = f"versi {number} · " if number else ""
    letterhead = identity.letterhead.splitlines() or [event.organizer]
    zones = telling.zones(event)
    letters = [times.zone_letters(zone, made_at) for zone in zones]
    place = ", ".join(filter(None, (event.venue, event.city)))
    facts = [("Kegiatan", event.title), ("Tema", event.theme), ("Tempat", place)]
    return {
        "document_title": f"Susunan acara: {event.title}",
        "author": [event.organizer],
        "letterhead": {
            "lines": letterhead,
            "logo": LOGO if identity.logo_file_id else "",
            "logo_alt": f"Logo {letterhead[0]}",
        },
        "title": "SUSUNAN ACARA",
        "facts": [list(fact) for fact in facts if fact[1]],
        "head": ["No.", f"Waktu ({letters[0]})", "Acara", "Narasumber/Pengisi", "Moderator", "PJ", "Keterangan"],
        "days": [
            {
                "name": times.plain(times.date_long(day.held_on, ID)),
                "rows": [
                    item_line(number, item, zones)
                    for number, item in enumerate((one for one in items if one.held_on == day.held_on), 1)
                ],
            }
            for day in events.days(event.id)
        ],
        "empty": "Belum ada mata acara.",
        "footer": f"{event.short_title} · {named}dicetak {times.plain(times.when(made_at, event.zone, ID))}",
        "page_words": ["Halaman", "dari"],
        "mark": "Data contoh" if event.demo_world else "",
    }


def item_line(number: int, item: ItemView, zones: tuple[str, ...]) -> dict[str, object]:
    """Return one item as ``rundown.typ`` writes it, with its time in each of ``zones``."""
    spans = [times.plain(times.span(item.starts_at, item.ends_at, zone, ID)) for zone in zones]
    notes = [item.note, item.room, f"untuk {item.for_whom}" if item.for_whom else ""]
    return {
        "number": str(number),
        "time": spans[0] if item.starts_at else "menyusul",
        "others": spans[1:] if item.starts_at else [],
        "title": item.title,
        "topic": item.topic,
        "people": [_named(person) for person in item.speakers],
        "moderators": [_named(person) for person in item.moderators],
        "in_charge": item.in_charge or "-",
        "notes": [note for note in notes if note],
    }


def _named(person: PersonView) -> str:
    return ", ".join(filter(None, (person.name, person.post, person.organization)))
