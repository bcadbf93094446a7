"""The lists of offices, links, contacts, seats and letters of assignment, as they leave as workbooks."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.offices.models import Office, OfficeContact
from rakor.offices.words import LEVELS
from rakor.regions.rules import reference
from rakor.registrations.rules import email, phones
from rakor.registrations.words import MODES
from rakor.seats import invitation_view, store
from rakor.seats.letter_words import LINK_STATES
from rakor.seats.passing import OfficeLink, link_of
from rakor.seats.routes.contacts import lacks
from rakor.seats.routes.office_links import link_state, wanted
from rakor.seats.routes.offices import named, search_words
from rakor.seats.routes.province_links import province_links_of
from rakor.seats.rules.ways import LinkState
from rakor.seats.store import OfficeProgress, SeatLine
from rakor.seats.store.exceptions import exceptions
from rakor.seats.words import look_of
from rakor.sheets import Cell, Column
from rakor.web.locale import when_known

NOBODY: Sequence[OfficeContact | None] = (None,)


def _links(event: Event, whole: bool) -> Listed:
    rows, narrowed = _chosen_offices(event)
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


def _chosen_offices(event: Event) -> tuple[list[OfficeProgress], list[str]]:
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
    return [row.code, _province(row.province_code), row.name, *tally, name, phone, *way, link.url, link.text]


def _province_links(event: Event, _whole: bool) -> Listed:
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


def _offices(event: Event, whole: bool) -> Listed:
    narrowed = [_("Cari: %(words)s", words=search_words())] if search_words() else []
    return _contact_lines(named(offices.offices(event.institution_id)), whole, narrowed)


def _contacts(event: Event, whole: bool) -> Listed:
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
        [row.code, row.name, _province(row.province_code), str(LEVELS[row.level]), *_reached(contact, whole)]
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


def _seats(event: Event, _whole: bool) -> Listed:
    rows, narrowed = _chosen_offices(event)
    codes = {row.office_id: row.code for row in rows}
    columns = [
        Column(_("Kode"), 8),
        Column(_("Provinsi"), 20),
        Column(_("Kantor"), 36),
        Column(_("Kursi"), 26),
        Column(_("Wajib"), 8),
        Column(_("Jawaban"), 16),
        Column(_("Nama"), 34),
        Column(_("Mewakili"), 10),
        Column(_("Cara mengikuti"), 14),
        Column(_("Alasan"), 34),
        Column(_("Dijawab"), 26),
    ]
    lines = [_seat_line(line, codes[line.office_id], event.zone) for line in _seats_of(event, codes)]
    return Listed(columns, lines, narrowed)


def _seats_of(event: Event, office_ids: Iterable[object]) -> list[SeatLine]:
    wanted_ids = set(office_ids)
    return [line for line in store.seats_with_holders(event.id) if line.office_id in wanted_ids]


def _seat_line(line: SeatLine, code: str, zone: str) -> list[Cell]:
    return [
        code,
        _province(line.province_code),
        line.office,
        line.label,
        _("ya") if line.required else "",
        str(look_of(line.answer, line.mode).word),
        line.name,
        _("ya") if line.on_behalf else "",
        str(MODES[line.mode]) if line.mode else "",
        line.reason,
        when_known(line.answered_at, zone),
    ]


def _assignments(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Kode"), 8),
        Column(_("Kantor"), 40),
        Column(_("Untuk"), 34),
        Column(_("Nomor surat tugas"), 26),
        Column(_("Tanggal surat"), 16),
        Column(_("Diterima"), 26),
    ]
    lines: list[list[Cell]] = [
        [code, office, name or _("seluruh orang kantor ini"), row.number, row.dated_on.isoformat(),
         when_known(row.uploaded_at, event.zone)]
        for row, code, office, name in store.every_assignment(event.id)
    ]  # fmt: skip
    return Listed(columns, lines)


def _exceptions(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Kantor"), 40),
        Column(_("Peran"), 26),
        Column(_("Jumlah kursi"), 10, is_count=True),
        Column(_("Cara mengikuti"), 22),
        Column(_("Wajib"), 8),
        Column(_("Alasan"), 50),
    ]
    lines: list[list[Cell]] = [
        [one.office, one.role, one.quota, _modes(one.modes), _("ya") if one.required else "", one.reason]
        for one in exceptions(event.id)
    ]
    return Listed(columns, lines)


def _preview(event: Event, _whole: bool) -> Listed:
    columns = [Column(_("Provinsi"), 30), Column(_("Kursi menurut aturan"), 14, is_count=True)]
    found = invitation_view.counted(event).provinces
    return Listed(columns, [[_province(code), seats] for code, seats in found])


def _changes(event: Event, _whole: bool) -> Listed:
    """What the next "Buat undangan" does to seats that are there, and those that wait for a decision."""
    columns = [
        Column(_("Provinsi"), 20),
        Column(_("Kantor"), 40),
        Column(_("Kursi"), 26),
        Column(_("Yang terjadi"), 34),
        Column(_("Nama"), 34),
        Column(_("Cara mengikuti"), 20),
    ]
    lines: list[list[Cell]] = [
        [_province(line.province_code), line.office, line.label, str(word), line.name,
         str(MODES[line.mode]) if line.mode else ""]
        for word, line in invitation_view.touched(event)
    ]  # fmt: skip
    return Listed(columns, lines)


def _modes(modes: Sequence[object]) -> str:
    return ", ".join(str(MODES[mode]) for mode in MODES if mode in modes)


def _province(code: str | None) -> str:
    return reference().province(code).short_name if code else str(_("Pusat"))


OF_LINKS = ("q", "province", "state", "silent")
SAID: Mapping[str, Mapping[Any, Any]] = {
    "state": LINK_STATES,
    "silent": {"1": LINK_STATES[LinkState.SILENT]},
    "lacking": {"1": _l("Belum punya narahubung")},
}
"""The closed words of the filters, for the log of what left."""
PHONE_AND_EMAIL = ("phone", "email")
LISTINGS = {
    "office-links": Listing(
        "office_links", "tautan-kantor", _l("Tautan kantor"), "seats.office_links", REGISTRARS, _links,
        OF_LINKS, ("phone",), SAID,
    ),
    "office-links/seats": Listing(
        "all_seats", "kursi-dan-jawaban", _l("Kursi dan jawaban"), "seats.office_links", REGISTRARS, _seats, OF_LINKS,
        words=SAID,
    ),
    "office-links/assignments": Listing(
        "assignments", "surat-tugas", _l("Surat tugas"), "seats.office_links", REGISTRARS, _assignments
    ),
    "province-links": Listing(
        "province_links", "tautan-provinsi", _l("Tautan provinsi"), "seats.province_links", REGISTRARS, _province_links
    ),
    "offices": Listing(
        "offices", "kantor", _l("Kantor"), "seats.offices_page", EDITORS, _offices, ("q",), PHONE_AND_EMAIL
    ),
    "contacts": Listing(
        "contacts", "narahubung", _l("Narahubung kantor"), "seats.contacts", REGISTRARS, _contacts,
        ("q", "lacking"), PHONE_AND_EMAIL, SAID,
    ),
    "rules/exceptions": Listing(
        "exceptions", "pengecualian", _l("Pengecualian undangan"), "seats.rules", EDITORS, _exceptions
    ),
    "rules/provinces": Listing(
        "preview", "kursi-per-provinsi", _l("Kursi per provinsi"), "seats.rules", EDITORS, _preview
    ),
    "rules/changes": Listing(
        "changes", "perubahan-kursi", _l("Perubahan kursi"), "seats.rules", EDITORS, _changes
    ),
}  # fmt: skip
"""The lists of this room by where they leave, below the event."""
