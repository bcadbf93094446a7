"""Invitations to people's calendars: one message for each change of an entry, rebuilt from what was kept of it.

A message keeps its entry's UID, SEQUENCE, moment and the hash of what it said, so that sending it again gives the same
bytes, also when the entry has changed since. Who has no address gets none: the files and the feed are on the own page.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from rakor import clock
from rakor.calendar import store as calendars
from rakor.calendar.rules import Attendee, Movement
from rakor.db import db, transaction
from rakor.events.rules import Stage
from rakor.messages import changelog, store
from rakor.messages.invited import as_file, details
from rakor.messages.letters import Subject, closing, facts, greeting, page, renders
from rakor.messages.models import Message
from rakor.messages.rules import Kind, Letter, one_line
from rakor.outbox import Progress, job
from rakor.registrations import store as registrations

RECORD = "a message is its own record"
WHY = frozenset({"movement", "because", "version"})


@job("calendar.changed")
def tell_change(payload: dict[str, str], progress: Progress) -> None:
    """Leave a message to each person whose entry changed and who can be reached."""
    event_id, ids = UUID(payload["event_id"]), list(map(UUID, payload["people"].split()))
    why = {name: value for name, value in payload.items() if name in WHY}
    with transaction(unaudited=RECORD):
        _leave(event_id, calendars.addresses(event_id, ids), why)


@job("registration.changed")
def tell_new_address(payload: dict[str, str], progress: Progress) -> None:
    """Leave the present invitation to an address that never got one: it was given, or put right, later."""
    event_id, who = UUID(payload["event_id"]), UUID(payload["registration_id"])
    with transaction(unaudited=RECORD):
        known = [key for key in _keys(event_id, who) if key]
        reached = calendars.addresses(event_id, [who])
        untold = {one: by for one, by in reached.items() if not any(key.endswith(by) for key in known)}
        _leave(event_id, untold, {"movement": str(Movement.NEW)})


def _keys(event_id: UUID, who: UUID) -> Sequence[str | None]:
    mine = (Message.event_id == event_id, Message.recipient_id == who, Message.kind == Kind.CALENDAR)
    return db.session.scalars(select(Message.unique_key).where(*mine)).all()


def _leave(event_id: UUID, reached: Mapping[UUID, str], why: Mapping[str, str]) -> None:
    """Leave messages about entries as they stand; the same state to the same address is written once."""
    found = calendars.entries(event_id, list(reached), subject_id=event_id)
    for who, address in reached.items():
        entry = found.get(who, {}).get(event_id)
        if entry is None or entry.kept.cancelled != (why["movement"] == Movement.CANCELLED):
            continue  # it changed again meanwhile: that is said by a job of its own
        key = f"{who}/{entry.kept.sequence}/{address}"
        store.write(event_id, Kind.CALENDAR, who, key, now=clock.now(), detail=details(entry, why))


@renders(Kind.CALENDAR)
def _invitation(subject: Subject) -> Letter:
    movement = Movement(subject.detail["movement"])
    say = {Movement.CANCELLED: _taken_back, Movement.CHANGED: _changed}.get(movement, _invited)
    title, paragraphs = say(subject)
    row = subject.registration
    invited = Attendee(registrations.display_name(row), row.email or "")
    return Letter(
        subject=title,
        greeting=greeting(subject),
        paragraphs=paragraphs,
        facts=() if movement is Movement.CANCELLED else facts(subject),
        action=(_("Buka halaman saya"), page(subject)),
        closing=closing(subject),
        calendar=as_file(subject.event, subject.detail, invited),
        method="CANCEL" if movement is Movement.CANCELLED else "REQUEST",
    )


def _invited(subject: Subject) -> tuple[str, tuple[str, ...]]:
    return _("Undangan kalender: %(title)s", title=one_line(subject.event.short_title)), (
        _("Email ini memasukkan %(title)s ke kalender Anda, lengkap dengan agenda dan pengingat.", title=subject.title),
        _("Bila jadwal berubah, entri di kalender Anda ikut diperbarui. Tidak perlu menjawab undangan ini."),
    )


def _changed(subject: Subject) -> tuple[str, tuple[str, ...]]:
    news = changelog.for_person(subject.event, subject.registration, _version(subject))
    title = one_line(subject.event.short_title)
    return _("Jadwal berubah: %(title)s", title=title), (
        *(news or [_("Ada perubahan pada %(title)s.", title=subject.title)]),
        _("Entri di kalender Anda diperbarui dengan email ini."),
    )


def _taken_back(subject: Subject) -> tuple[str, tuple[str, ...]]:
    title = one_line(subject.event.short_title)
    off = _("Entri %(title)s dikeluarkan dari kalender Anda.", title=subject.title)
    if subject.detail.get("because") == "event" and subject.event.stage is Stage.CANCELLED:
        return _("Dibatalkan: %(title)s", title=title), (
            _("Panitia membatalkan %(title)s.", title=subject.title), off,
        )  # fmt: skip
    return _("Keikutsertaan berakhir: %(title)s", title=title), (
        _("Anda tidak lagi terdaftar di %(title)s; tiket Anda tidak berlaku.", title=subject.title), off,
        _("Keliru? Hubungi panitia."),
    )  # fmt: skip


def _version(subject: Subject) -> int | None:
    number = subject.detail.get("version", "")
    return int(number) if number else None
