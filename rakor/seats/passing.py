"""The office's link with words to pass it on by WhatsApp; always in Indonesian, for whoever receives it."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from rakor.events import links
from rakor.events.models import Event, LinkPurpose
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


def place_of(event: Event) -> str:
    """ "Hotel Contoh, Bogor, dan daring"."""
    where = ", ".join(part for part in (event.venue, event.city) if part)
    if event.mode is EventMode.ONLINE or not where:
        return str(_("daring"))
    return str(_("%(where)s dan daring", where=where)) if event.mode is EventMode.HYBRID else where


def _answer_by(event: Event, zone: str) -> str:
    if event.answer_by_at is None:
        return str(_("Mohon isi siapa yang hadir lewat tautan ini:"))
    when = times.plain(times.when(event.answer_by_at, zone, Language.ID))
    here = times.plain(times.clock_zone(event.answer_by_at, event.zone, Language.ID))
    beside = f" ({here})" if not when.endswith(here) else ""
    return str(_("Mohon isi siapa yang hadir sebelum %(when)s lewat tautan ini:", when=when + beside))
