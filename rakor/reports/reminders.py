"""Words ready to send: to an office's contact with the office's own link, and to the group of a province's offices.

Always in Indonesian: whoever receives them reads that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.offices.models import OfficeContact
from rakor.registrations.rules.phones import is_mobile, wa_link
from rakor.reports import lines
from rakor.reports.rules import Measure
from rakor.reports.store import OfficeCount
from rakor.web import times
from rakor.web.locale import number
from rakor.web.times import Language


@dataclass(frozen=True)
class Reminder:
    """A text, and where WhatsApp opens with it."""

    text: str
    href: str


def to_offices(
    event: Event, measure: Measure, offices: Sequence[OfficeCount], contacts: Mapping[UUID, OfficeContact]
) -> dict[UUID, Reminder]:
    """Return each office's text with its own link; it opens the contact's chat where one is known."""
    addresses = _addresses(event, offices)
    with force_locale("id"):
        said = {one.id: _to_office(event, measure, one, addresses[one.id]) for one in offices}
    return {one: Reminder(text, wa_link(_mobile(contacts.get(one)), text)) for one, text in said.items()}


def to_group(event: Event, measure: Measure, province: str, offices: Sequence[OfficeCount]) -> Reminder:
    """Return the text for the chat of a province's offices: those that lack, each with its seats and its link."""
    addresses = _addresses(event, offices)
    with force_locale("id"):
        lead = {
            Measure.ABSENT: _("Yth. Bapak/Ibu di %(province)s,\nUntuk %(title)s belum semua tercatat hadir:"),
        }.get(measure, _("Yth. Bapak/Ibu di %(province)s,\nUntuk %(title)s masih ada kursi yang belum dijawab:"))
        listed = [
            _("%(n)s. %(office)s: %(part)s dari %(whole)s kursi\n%(link)s", n=place, office=one.name,
              part=number(one.count.of(measure)), whole=number(one.count.invited), link=addresses[one.id])
            for place, one in enumerate(offices, start=1)
        ]  # fmt: skip
        head = lead % {"province": province, "title": event.short_title}
        text = "\n".join((head, *listed, *_deadline(event, measure), _("Terima kasih.")))
    return Reminder(text, f"https://wa.me/?text={quote(text, safe='')}")


def _to_office(event: Event, measure: Measure, office: OfficeCount, link: str) -> str:
    names = {
        "title": event.short_title, "office": office.name, "link": link,
        "part": number(office.count.of(measure)), "whole": number(office.count.invited),
    }  # fmt: skip
    if measure is Measure.ABSENT:
        said = _("Yth. %(office)s,\n%(part)s dari %(whole)s kursi belum tercatat hadir pada %(title)s.\n"
                 "Yang mengikuti daring mencatat kehadiran lewat halaman masing-masing. "
                 "Tautan kantor: %(link)s", **names)  # fmt: skip
    else:
        said = _("Yth. %(office)s,\n%(part)s dari %(whole)s kursi untuk %(title)s belum dijawab.\n"
                 "Isi nama dan kehadiran lewat tautan kantor, tanpa kata sandi: %(link)s", **names)  # fmt: skip
    return "\n".join((said, *_deadline(event, measure), _("Terima kasih.")))


def _deadline(event: Event, measure: Measure) -> list[str]:
    if measure is Measure.ABSENT or event.answer_by_at is None:
        return []
    return [_("Batas jawab: %(when)s.", when=times.plain(times.when(event.answer_by_at, event.zone, Language.ID)))]


def _addresses(event: Event, offices: Sequence[OfficeCount]) -> dict[UUID, str]:
    epochs = lines.link_epochs(event.id, LinkPurpose.OFFICE, [office.id for office in offices])
    base = current_app.config["RAKOR"].base_url
    return {
        office.id: base + links.path_of(event.id, LinkPurpose.OFFICE, office.id, epochs.get(office.id, 0))
        for office in offices
    }


def _mobile(contact: OfficeContact | None) -> str:
    return contact.phone if contact and contact.phone and is_mobile(contact.phone) else ""
