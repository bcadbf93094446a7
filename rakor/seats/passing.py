"""Links with words to pass them on by WhatsApp; always in Indonesian, for whoever receives them."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from rakor.events import links
from rakor.events.models import AccessLink, Event, LinkPurpose
from rakor.events.rules import EventMode
from rakor.offices.models import OfficeContact
from rakor.registrations.rules import wa_link
from rakor.registrations.rules.phones import is_mobile
from rakor.seats.store import OfficeProgress
from rakor.web import times
from rakor.web.times import Language


@dataclass(frozen=True)
class OfficeLink:
    """An invited office with its address, the words that go with it, and where WhatsApp opens."""

    row: OfficeProgress
    url: str
    text: str
    whatsapp: str
    contact: OfficeContact | None


@dataclass(frozen=True)
class ProvinceLink:
    """A province with its offices counted, its address, the words that go with it, and where WhatsApp opens."""

    code: str
    name: str
    office_count: int
    answered_count: int
    passed_count: int
    passed_on_at: datetime | None
    opened_at: datetime | None
    url: str
    text: str
    whatsapp: str


def link_of(event: Event, row: OfficeProgress, contacts: list[OfficeContact]) -> OfficeLink:
    """Return an office's link, addressed to the first contact that can receive WhatsApp."""
    path = links.path_of(event.id, LinkPurpose.OFFICE, row.office_id, row.link_epoch or 0)
    url = current_app.config["RAKOR"].base_url + path
    contact = next((c for c in contacts if c.phone and is_mobile(c.phone)), contacts[0] if contacts else None)
    text = invitation_text(event, row.name, row.zone, url)
    if contact and contact.phone and is_mobile(contact.phone):
        whatsapp = wa_link(contact.phone, text)
    else:
        whatsapp = f"https://wa.me/?text={quote(text, safe='')}"
    return OfficeLink(row, url, text, whatsapp, contact)


def open_link(event: Event, row: OfficeProgress) -> OfficeLink:
    """Return an office's link for whoever passes it on below the centre: the words, and nobody's number."""
    return link_of(event, row, [])


def province_link(event: Event, code: str, name: str, rows: list[OfficeProgress], link: AccessLink) -> ProvinceLink:
    """Return a province's link with the words for its offices' contact."""
    path = links.path_of(event.id, LinkPurpose.PROVINCE, link.subject_id, link.epoch)
    url = current_app.config["RAKOR"].base_url + path
    text = province_text(event, name, len(rows), rows[0].zone, url)
    return ProvinceLink(
        code=code,
        name=name,
        office_count=len(rows),
        answered_count=sum(row.tally.answered > 0 for row in rows),
        passed_count=sum(row.passed_on_at is not None for row in rows),
        passed_on_at=link.passed_on_at,
        opened_at=link.opened_at,
        url=url,
        text=text,
        whatsapp=f"https://wa.me/?text={quote(text, safe='')}",
    )


def province_text(event: Event, province: str, office_count: int, zone: str, url: str) -> str:
    """Return the words with which the centre hands a province the links of its offices."""
    with force_locale("id"):
        lines = [
            _("Yth. Sekretariat di %(province)s,", province=province),
            _("%(organizer)s mengundang kantor Anda ke %(title)s.", organizer=event.organizer, title=event.title),
            _("Mohon teruskan tautan %(n)s kantor di provinsi Anda dari halaman ini:", n=office_count),
            url,
            _answer_by(event, zone, closing=True),
            _("Tanpa akun dan tanpa kata sandi. Terima kasih."),
        ]
    return "\n".join(line for line in lines if line)


def group_text(event: Event, found: list[OfficeLink]) -> str:
    """Return one message for a province's chat group: every office that has not answered, with its own link."""
    with force_locale("id"):
        dates = times.plain(times.date_range(event.starts_on, event.ends_on, Language.ID))
        head = [
            f"*{event.title}*",
            _("Waktu: %(dates)s. Tempat: %(place)s.", dates=dates, place=place_of(event)),
            _("Setiap kantor membuka tautannya sendiri dan mengisi siapa yang hadir:"),
        ]
        lines = [f"{link.row.name}\n{link.url}" for link in found]
        closing = _answer_by(event, found[0].row.zone, closing=True) if found else ""
    return "\n\n".join(part for part in ("\n".join(head), *lines, closing) if part)


def invitation_text(event: Event, office: str, zone: str, url: str) -> str:
    """Return the prepared words: event, dates with place, deadline in the office's own zone, and the link."""
    with force_locale("id"):
        dates = times.plain(times.date_range(event.starts_on, event.ends_on, Language.ID))
        lines = [
            _("Yth. %(office)s,", office=office),
            _("%(organizer)s mengundang Anda ke %(title)s.", organizer=event.organizer, title=event.title),
            _("Waktu: %(dates)s. Tempat: %(place)s.", dates=dates, place=place_of(event)),
            _answer_by(event, zone),
            url,
            _("Tanpa akun dan tanpa kata sandi. Terima kasih."),
        ]
    return "\n".join(lines)


def place_of(event: Event, spoken: str | None = None) -> str:
    """ "Hotel Contoh, Bogor, dan daring", in the language of the page or in the one asked for."""
    if spoken is not None:
        with force_locale(spoken):
            return place_of(event)
    where = ", ".join(part for part in (event.venue, event.city) if part)
    if event.mode is EventMode.ONLINE or not where:
        return str(_("daring"))
    return str(_("%(where)s dan daring", where=where)) if event.mode is EventMode.HYBRID else where


def _answer_by(event: Event, zone: str, *, closing: bool = False) -> str:
    if event.answer_by_at is None:
        return "" if closing else str(_("Mohon isi siapa yang hadir lewat tautan ini:"))
    when = times.plain(times.when(event.answer_by_at, zone, Language.ID))
    here = times.plain(times.clock_zone(event.answer_by_at, event.zone, Language.ID))
    beside = f" ({here})" if not when.endswith(here) else ""
    if closing:
        return str(_("Batas jawab: %(when)s.", when=when + beside))
    return str(_("Mohon isi siapa yang hadir sebelum %(when)s lewat tautan ini:", when=when + beside))
