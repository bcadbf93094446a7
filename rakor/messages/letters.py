"""The renderers: one per kind, from the rows a message names to a Letter in the recipient's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _

from rakor.config import Config
from rakor.events.models import Event
from rakor.messages.rules import Kind, Letter, one_line, unlinked
from rakor.registrations import decisions, offers, tickets
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.web import times
from rakor.web.locale import language


@dataclass(frozen=True)
class Subject:
    """What a letter is about: the event, the person, the moment the message was left (aware UTC), and its details."""

    event: Event
    registration: Registration
    written_at: datetime
    campaign_id: UUID | None = None
    detail: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The event's title on one line, as no mail program makes a link of."""
        return unlinked(self.event.title)


Renderer = Callable[[Subject], Letter]
_renderers: dict[Kind, Renderer] = {}


def renders(kind: Kind) -> Callable[[Renderer], Renderer]:
    """Declare the renderer of a kind."""

    def register(renderer: Renderer) -> Renderer:
        _renderers[kind] = renderer
        return renderer

    return register


def letter(kind: Kind, subject: Subject) -> Letter:
    """Return what a message of ``kind`` says, in the language that is spoken now (``force_locale``)."""
    return _renderers[kind](subject)


@renders(Kind.CONFIRMATION)
def _confirmation(subject: Subject) -> Letter:
    return Letter(
        subject=_("Anda terdaftar: %(title)s", title=one_line(subject.event.short_title)),
        greeting=greeting(subject),
        paragraphs=(
            _("Anda terdaftar di %(title)s.", title=subject.title),
            _("Tiket, jadwal, dan tautan bergabung ada di halaman Anda."),
            _("Halaman itu hanya untuk Anda: jangan diteruskan."),
        ),
        facts=(*facts(subject), *_ticket(subject)),
        action=(_("Buka halaman saya"), page(subject)),
        closing=closing(subject),
    )


@renders(Kind.APPLIED)
def _applied(subject: Subject) -> Letter:
    return Letter(
        subject=_("Pendaftaran diterima: %(title)s", title=one_line(subject.event.short_title)),
        greeting=greeting(subject),
        paragraphs=(
            _("Pendaftaran Anda di %(title)s sudah kami terima dan menunggu persetujuan panitia.", title=subject.title),
            _("Anda mendapat kabar begitu panitia menjawab."),
        ),
        facts=facts(subject),
        action=(_("Lihat pendaftaran saya"), page(subject)),
        closing=closing(subject),
    )


@renders(Kind.WAITING)
def _waiting(subject: Subject) -> Letter:
    return Letter(
        subject=_("Anda di daftar tunggu: %(title)s", title=one_line(subject.event.short_title)),
        greeting=greeting(subject),
        paragraphs=(
            _("Semua tempat di %(title)s sudah terisi. Anda ada di daftar tunggu.", title=subject.title),
            _("Begitu ada tempat kosong, urutan pertama mendapatkannya dan langsung dikabari."),
        ),
        facts=facts(subject),
        action=(_("Lihat urutan saya"), page(subject)),
        closing=closing(subject),
    )


@renders(Kind.PROMOTED)
def _promoted(subject: Subject) -> Letter:
    return Letter(
        subject=_("Anda mendapat tempat: %(title)s", title=one_line(subject.event.short_title)),
        greeting=greeting(subject),
        paragraphs=(
            _("Ada tempat untuk Anda di %(title)s. Anda kini terdaftar.", title=subject.title),
            _("Jika tidak jadi hadir, kabari lewat halaman Anda supaya tempatnya dapat dipakai orang lain."),
        ),
        facts=(*facts(subject), *_ticket(subject)),
        action=(_("Buka halaman saya"), page(subject)),
        closing=closing(subject),
    )


@renders(Kind.REJECTED)
def _rejected(subject: Subject) -> Letter:
    row = subject.registration
    why = decisions.reason(row.event_id, row.id)
    paragraphs = [_("Pendaftaran Anda di %(title)s tidak disetujui panitia.", title=subject.title)]
    paragraphs += [_("Alasan: %(reason)s", reason=one_line(why))] if why else []
    return Letter(
        subject=_("Jawaban atas pendaftaran: %(title)s", title=one_line(subject.event.short_title)),
        greeting=greeting(subject),
        paragraphs=(*paragraphs, _("Keliru? Hubungi panitia.")),
        facts=facts(subject),
        action=(_("Lihat pendaftaran saya"), page(subject)),
        closing=closing(subject),
    )


@renders(Kind.OFFERED)
def _offered(subject: Subject) -> Letter:
    row, event = subject.registration, subject.event
    until = offers.open_until(row.event_id, row.id, now=subject.written_at)
    kept = _("Ada tempat untuk Anda di %(title)s.", title=subject.title)
    if until is not None:
        when = times.plain(times.when(until, event.zone, language()))
        kept = _("Ada tempat untuk Anda di %(title)s, disimpan sampai %(when)s.", title=subject.title, when=when)
    return Letter(
        subject=_("Ada tempat untuk Anda: %(title)s", title=one_line(event.short_title)),
        greeting=greeting(subject),
        paragraphs=(
            kept,
            _("Buka halaman Anda, lalu pilih “Ambil tempat” atau “Lepas”."),
            _("Tanpa jawaban, tempat ini ditawarkan kepada urutan berikutnya."),
        ),
        facts=facts(subject),
        action=(_("Jawab tawaran"), page(subject)),
        closing=closing(subject),
    )


@renders(Kind.LAPSED)
def _lapsed(subject: Subject) -> Letter:
    waits = subject.registration.state is RegistrationState.WAITING
    now_what = _("Anda pindah ke akhir daftar tunggu.") if waits else _("Pendaftaran Anda berakhir.")
    return Letter(
        subject=_("Tawaran tempat lewat waktu: %(title)s", title=one_line(subject.event.short_title)),
        greeting=greeting(subject),
        paragraphs=(_("Tawaran tempat di %(title)s tidak dijawab sampai batasnya.", title=subject.title), now_what),
        facts=facts(subject),
        action=(_("Lihat pendaftaran saya"), page(subject)),
        closing=closing(subject),
    )


@renders(Kind.LINK_REMINDER)
def _link_reminder(subject: Subject) -> Letter:
    return Letter(
        subject=_("Tautan Anda: %(title)s", title=one_line(subject.event.short_title)),
        greeting=greeting(subject),
        paragraphs=(
            _("Ini tautan ke halaman Anda di %(title)s.", title=subject.title),
            _("Bukan Anda yang meminta? Abaikan pesan ini; tidak ada yang berubah."),
        ),
        facts=facts(subject),
        action=(_("Buka halaman saya"), page(subject)),
        closing=closing(subject),
    )


def greeting(subject: Subject) -> str:
    """Return the first line of a letter to a person."""
    return str(_("Yth. %(name)s,", name=unlinked(registrations.display_name(subject.registration))))


def facts(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Return days, way of following and, on site, the place."""
    event, spoken = subject.event, language()
    days = times.plain(times.date_range(event.starts_on, event.ends_on, spoken))
    onsite = subject.registration.mode is Mode.ONSITE
    place = ", ".join(filter(None, (one_line(event.venue), one_line(event.city))))
    rows = [(_("Tanggal"), days), (_("Kehadiran"), _("Luring (datang ke tempat)") if onsite else _("Daring (Zoom)"))]
    if onsite and place:
        rows.append((_("Tempat"), place))
    return tuple(rows)


def _ticket(subject: Subject) -> tuple[tuple[str, str], ...]:
    row = subject.registration
    code = tickets.code_of(row.event_id, row.id, row.epoch)
    return ((_("Kode tiket"), "-".join(code[start : start + 5] for start in range(0, len(code), 5))),)


def closing(subject: Subject) -> tuple[str, ...]:
    """Return the last lines: who writes, and whom to ask."""
    return signed(subject.event)


def signed(event: Event) -> tuple[str, ...]:
    """Return the last lines of any letter about an event: who writes, and whom to ask."""
    contact = contact_of(event)
    lines = [one_line(event.organizer)]
    return tuple(lines + ([_("Bantuan: %(contact)s", contact=contact)] if contact else []))


def contact_of(event: Event) -> str:
    """Return whom to ask: name, phone and address on one line, as far as they are known."""
    return ", ".join(filter(None, map(one_line, (event.contact_name, event.contact_phone, event.contact_email))))


def page(subject: Subject) -> str:
    """Return the address of the person's own page."""
    row = subject.registration
    return f"{config().base_url}{registrations.person_path(row.event_id, row.id)}"


def config() -> Config:
    """Return the settings of this installation."""
    found: Config = current_app.config["RAKOR"]
    return found
