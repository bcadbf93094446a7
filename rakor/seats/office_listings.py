"""Offices, their links and whom to reach there, as they leave as workbooks."""

from collections.abc import Sequence

from flask import request
from flask_babel import gettext as _

from rakor.events.listings import Listed
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.offices.models import Office, OfficeContact
from rakor.offices.words import LEVELS
from rakor.regions.rules import reference
from rakor.registrations.rules import email, phones
from rakor.seats import store
from rakor.seats.letter_words import LINK_STATES
from rakor.seats.passing import OfficeLink, link_of
from rakor.seats.routes.contacts import lacks
from rakor.seats.routes.office_links import link_state, wanted
from rakor.seats.routes.offices import named, search_words
from rakor.seats.routes.province_links import province_links_of
from rakor.seats.store import OfficeProgress
from rakor.sheets import Cell, Column
from rakor.web.locale import when_known

NOBODY: Sequence[OfficeContact | None] = (None,)


def office_links(event: Event, whole: bool) -> Listed:
    """The offices' links that the page's filters leave, with how far each has come."""
    rows, narrowed = chosen_offices(event)
    contacts = offices.contacts([row.office_id for row in rows])
    found = [link_of(event, row, contacts.get(row.office_id, [])) for row in rows]
    columns = [
        Column(_("Kode"), 8),
        Column(_("Provinsi"), 20),
        Column(_("Kantor"), 36),
        Column(_("Kursi"), 8, is_count=True),
        Column(_("Sudah dijawab"), 10, is_count=True),
        Column(_("Konfirmasi"), 10, is_count=True),
        Column(_("Narahubung"), 24),
        Column(_("Nomor WhatsApp"), 18),
        Column(_("Diteruskan"), 24),
        Column(_("Dibuka"), 24),
        Column(_("Tautan"), 48),
        Column(_("Teks WhatsApp"), 60),
    ]
    return Listed(columns, [_link_line(link, event.zone, whole) for link in found], narrowed)


def chosen_offices(event: Event) -> tuple[list[OfficeProgress], list[str]]:
    """The offices that the page's filters leave, and the filters in words."""
    every, state = store.office_progress(event.id, event.regions_as_of), link_state()
    rows = wanted(every)
    narrowed = [str(LINK_STATES[state])] if state else []
    if len(rows) < len(every):
        narrowed.append(_("%(n)s dari %(all)s kantor", n=len(rows), all=len(every)))
    return rows, narrowed


def _link_line(link: OfficeLink, zone: str, whole: bool) -> list[Cell]:
    row, contact = link.row, link.contact
    tally: list[Cell] = [row.tally.invited, row.tally.answered, row.tally.confirmed]
    way = [when_known(at, zone) for at in (row.passed_on_at, row.opened_at)]
    name, phone = (contact.name, _phone(contact.phone, whole)) if contact else ("", "")
    return [row.code, province_name(row.province_code), row.name, *tally, name, phone, *way, link.url, link.text]


def province_links(event: Event, _whole: bool) -> Listed:
    """The provinces' links."""
    columns = [
        Column(_("Kode"), 8),
        Column(_("Provinsi"), 28),
        Column(_("Kantor"), 8, is_count=True),
        Column(_("Kantor diteruskan"), 12, is_count=True),
        Column(_("Kantor menjawab"), 12, is_count=True),
        Column(_("Dikirim"), 24),
        Column(_("Dibuka"), 24),
        Column(_("Tautan"), 48),
        Column(_("Teks WhatsApp"), 60),
    ]
    lines: list[list[Cell]] = [
        [link.code, link.name, link.office_count, link.passed_count, link.answered_count,
         *(when_known(at, event.zone) for at in (link.passed_on_at, link.opened_at)), link.url, link.text]
        for link in province_links_of(event)
    ]  # fmt: skip
    return Listed(columns, lines)


def all_offices(event: Event, whole: bool) -> Listed:
    """The institution's offices with whom to reach there."""
    narrowed = [_("Cari: %(words)s", words=search_words())] if search_words() else []
    return _contact_lines(named(offices.offices(event.institution_id)), whole, narrowed)


def contacts(event: Event, whole: bool) -> Listed:
    """The same as the page of contacts filters them."""
    known = offices.contacts_of_institution(event.institution_id)
    rows = lacks(named(offices.offices(event.institution_id)), known)
    narrowed = [_("Belum punya narahubung")] if request.args.get("lacking") == "1" else []
    return _contact_lines(rows, whole, narrowed)


def _contact_lines(rows: Sequence[Office], whole: bool, narrowed: Sequence[str]) -> Listed:
    """Every office with a line for each of its contacts; one that nobody is known of has its line too."""
    contacts = offices.contacts([row.id for row in rows])
    columns = [
        Column(_("Kode"), 8),
        Column(_("Kantor"), 40),
        Column(_("Provinsi"), 24),
        Column(_("Tingkat"), 18),
        Column(_("Narahubung"), 28),
        Column(_("Jabatan"), 24),
        Column(_("Nomor WhatsApp"), 18),
        Column(_("Email"), 28),
    ]
    lines: list[list[Cell]] = [
        [row.code, row.name, province_name(row.province_code), str(LEVELS[row.level]), *_reached(contact, whole)]
        for row in rows
        for contact in contacts.get(row.id, NOBODY)
    ]
    return Listed(columns, lines, narrowed)


def _reached(contact: OfficeContact | None, whole: bool) -> list[str]:
    if contact is None:
        return ["", "", "", ""]
    address = contact.email or ""
    shown = address if whole or not address else email.masked(address)
    return [contact.name, contact.post or "", _phone(contact.phone, whole), shown]


def _phone(number: str | None, whole: bool) -> str:
    return "" if not number else phones.show(number) if whole else phones.masked(number)


def province_name(code: str | None) -> str:
    """Return a province's short name; the centre lies in none."""
    return reference().province(code).short_name if code else str(_("Pusat"))
