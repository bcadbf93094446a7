"""The lists of offices, links and provinces as workbooks: what is on the screen, with its filter.

Each is a POST, because who took a list out is written down; the filter stands in the address, as on the page.
"""

from collections.abc import Sequence
from uuid import UUID

from flask import Response
from flask_babel import gettext as _

from rakor import audit, clock
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.offices.models import OfficeContact
from rakor.offices.words import LEVELS
from rakor.regions.rules import reference
from rakor.registrations.rules.phones import show
from rakor.seats import store
from rakor.seats.letter_words import LINK_STATES
from rakor.seats.passing import OfficeLink, link_of
from rakor.seats.routes.base import blueprint, event_of
from rakor.seats.routes.office_links import link_state, wanted
from rakor.seats.routes.offices import named, search_words
from rakor.seats.routes.province_links import province_links_of
from rakor.sheets import MIME, Cell, Column, write_table
from rakor.web.access import Scope, policy
from rakor.web.locale import when


@blueprint.post("/events/<uuid:event_id>/office-links/sheets")
@policy("seats.office_links_sheet", Scope.EVENT, roles=REGISTRARS)
def office_links_sheet(event_id: UUID) -> Response:
    """The links on the screen with their words: of the province and the state that are chosen there."""
    event = event_of(event_id)
    every = store.office_progress(event_id, event.regions_as_of)
    rows = wanted(every)
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
    state = link_state()
    chosen = [str(LINK_STATES[state])] if state else []
    if len(rows) < len(every):
        chosen.append(_("%(n)s dari %(all)s kantor", n=len(rows), all=len(every)))
    lines = [_link_line(link, event.zone) for link in found]
    return _book(event, "seats.links_export", "tautan-kantor", _("Tautan kantor"), columns, lines, chosen)


@blueprint.post("/events/<uuid:event_id>/province-links/sheets")
@policy("seats.province_links_sheet", Scope.EVENT, roles=REGISTRARS)
def province_links_sheet(event_id: UUID) -> Response:
    """Every province's link with its words."""
    event = event_of(event_id)
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
         *(when(at, event.zone) if at else "" for at in (link.passed_on_at, link.opened_at)), link.url, link.text]
        for link in province_links_of(event)
    ]  # fmt: skip
    return _book(event, "seats.province_links_export", "tautan-provinsi", _("Tautan provinsi"), columns, lines)


@blueprint.post("/events/<uuid:event_id>/offices/sheets")
@policy("seats.offices_sheet", Scope.EVENT, roles=EDITORS)
def offices_sheet(event_id: UUID) -> Response:
    """The offices on the screen, as searched there, a line for each of their contacts."""
    event = event_of(event_id)
    rows = named(offices.offices(event.institution_id))
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
        [row.code, row.name, _province(row.province_code), str(LEVELS[row.level]), *_reached(contact)]
        for row in rows
        for contact in _contacts_or_none(contacts.get(row.id, []))
    ]
    chosen = [_("Cari: %(words)s", words=search_words())] if search_words() else []
    return _book(event, "seats.offices_export", "kantor", _("Kantor"), columns, lines, chosen)


def _link_line(link: OfficeLink, zone: str) -> list[Cell]:
    row, contact = link.row, link.contact
    phone = show(contact.phone) if contact and contact.phone else ""
    tally: list[Cell] = [row.tally.invited, row.tally.answered, row.tally.confirmed]
    way = [when(at, zone) if at else "" for at in (row.passed_on_at, row.opened_at)]
    name = contact.name if contact else ""
    return [row.code, _province(row.province_code), row.name, *tally, name, phone, *way, link.url, link.text]


def _contacts_or_none(found: list[OfficeContact]) -> list[OfficeContact | None]:
    """An office that nobody is known of has its line too."""
    return [*found] or [None]


def _reached(contact: OfficeContact | None) -> list[str]:
    if contact is None:
        return ["", "", "", ""]
    return [contact.name, contact.post or "", show(contact.phone) if contact.phone else "", contact.email or ""]


def _province(code: str | None) -> str:
    return reference().province(code).short_name if code else str(_("Pusat"))


def _book(
    event: Event,
    action: str,
    name: str,
    title: str,
    columns: Sequence[Column],
    lines: Sequence[Sequence[Cell]],
    chosen: Sequence[str] = (),
) -> Response:
    """Write the list down as taken out, and answer with it."""
    note = " · ".join([_("Keadaan %(when)s", when=when(clock.now(), event.zone)), *chosen])
    made = write_table(title, columns, lines, notes=[event.title, note])
    with transaction():
        audit.record(action, event_id=event.id, object_kind="event", object_id=event.id, count=len(lines))
    answer = Response(made, mimetype=MIME)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{event.slug}.xlsx"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
