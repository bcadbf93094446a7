"""The lists of people, applicants, doubles, quotas, questions and one person's history, as they leave as workbooks."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import REGISTRARS
from rakor.events import store as events
from rakor.events.listings import Listed, Listing, offer_all
from rakor.events.models import Event
from rakor.regions.rules import reference
from rakor.registrations import answers, people_sheet, pool_words, pools, roster, twins
from rakor.registrations.field_words import KINDS, PURPOSES
from rakor.registrations.roster import Filters, PersonRow
from rakor.registrations.words import ACTIONS, ACTORS, MISSING, MODES, SOURCES, STATES
from rakor.sheets import Cell, Column
from rakor.web.locale import when

blueprint = Blueprint("people_lists", __name__)
MOST_ROWS = 20_000


def _people(event: Event, whole: bool) -> Listed:
    filters = Filters.read(request.args)
    rows = roster.people(event.id, filters, offset=0, limit=MOST_ROWS)
    return _listed(event, rows, in_words(event, filters), whole)


def _applicants(event: Event, whole: bool) -> Listed:
    filters = Filters.applicants(request.args)
    rows = roster.people(event.id, filters, offset=0, limit=MOST_ROWS)
    return _listed(event, rows, in_words(event, filters), whole)


def _listed(event: Event, rows: Sequence[PersonRow], narrowed: Sequence[str], whole: bool) -> Listed:
    numbers = people_sheet.whole_numbers(event.id, [row.id for row in rows]) if whole else None
    columns, lines = people_sheet.table(event, rows, told=answers.of_people(event.id), whole=numbers)
    return Listed(columns, lines, narrowed)


def in_words(event: Event, filters: Filters) -> list[str]:
    """Return what a list of people is narrowed to, in words."""
    found = reference().find(filters.province) if filters.province else None
    roles = {role.id: role.name for role in events.roles(event.id)} if filters.role else {}
    said = [
        _("Cari: %(words)s", words=filters.words) if filters.words else "",
        str(STATES[filters.state].word) if filters.state else "",
        str(MODES[filters.mode]) if filters.mode else "",
        str(SOURCES[filters.source]) if filters.source else "",
        found.title if found else "",
        roles.get(filters.role, "") if filters.role else "",
        _("belum diisi: %(what)s", what=MISSING[filters.missing]) if filters.missing else "",
    ]
    return [part for part in said if part]


def _doubles(event: Event, _whole: bool) -> Listed:
    columns = [Column(_("Pasangan"), 10, is_count=True)]
    for heading, width in ((_("Nama"), 34), (_("Jabatan"), 28), (_("Instansi"), 34), (_("Keadaan"), 16)):
        columns += [Column(f"{heading} (1)", width), Column(f"{heading} (2)", width)]
    pairs = twins.shown(event.id, twins.pairs(event.id)[:MOST_ROWS])
    lines: list[list[Cell]] = [
        [place, *(cell for two in zip(_side(one), _side(other), strict=True) for cell in two)]
        for place, (one, other) in enumerate(pairs, start=1)
    ]
    return Listed(columns, lines)


def _side(row: PersonRow) -> list[str]:
    return [row.name, row.post, row.office, str(STATES[row.state].word)]


def _quota(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Kuota"), 40),
        Column(_("Tempat"), 10, is_count=True),
        Column(_("Terisi"), 10, is_count=True),
        Column(_("Sisa"), 10, is_count=True),
        Column(_("Menunggu"), 10, is_count=True),
    ]
    lines: list[list[Cell]] = [
        [pool_words.name_of(one.pool), one.pool.size, one.pool.used,
         None if one.pool.size is None else max(one.pool.size - one.pool.used, 0), one.waiting]
        for one in pools.standings(event.id)
    ]  # fmt: skip
    return Listed(columns, lines)


def _questions(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Pertanyaan"), 40),
        Column(_("Jenis"), 22),
        Column(_("Wajib"), 8),
        Column(_("Pilihan"), 40),
        Column(_("Dipakai untuk"), 40),
        Column(_("Dibuat"), 26),
    ]
    lines: list[list[Cell]] = [
        [one.label, str(KINDS[one.kind]), _("ya") if one.required else "", "; ".join(one.options),
         one.purpose_note or str(PURPOSES[one.purpose]), when(one.created_at, event.zone)]
        for one in answers.fields(event.id)
    ]  # fmt: skip
    return Listed(columns, lines)


def _history(event: Event, _whole: bool) -> Listed:
    """What was done to the person of the address, newest first, as their page tells it."""
    who = UUID(str((request.view_args or {})["registration_id"]))
    _row, person, _search = roster.person(event.id, who) or abort(404)
    columns = [Column(_("Kapan"), 28), Column(_("Yang dilakukan"), 50), Column(_("Oleh"), 30)]
    lines: list[list[Cell]] = [
        [when(line.at, event.zone), str(ACTIONS.get(line.action, line.action)),
         line.actor or str(ACTORS.get(line.actor_kind, line.actor_kind))]
        for line in roster.history(event.id, who)
    ]  # fmt: skip
    return Listed(columns, lines, [person.name])


PERSONAL = ("phone", "email", "nip", "answers")
SAID: Mapping[str, Mapping[Any, Any]] = {
    "state": {state: look.word for state, look in STATES.items()},
    "mode": MODES,
    "source": SOURCES,
    "missing": MISSING,
}
"""The closed words of the filters, for the log of what left."""
OF_PEOPLE = ("q", "state", "mode", "source", "province", "missing", "role")
LISTINGS = {
    "people": Listing(
        "people", "peserta", _l("Peserta"), "people.show_list", REGISTRARS, _people, OF_PEOPLE, PERSONAL, SAID
    ),
    "approvals": Listing(
        "applicants", "pendaftar", _l("Pendaftar"), "approvals.show", REGISTRARS, _applicants,
        ("q", "mode", "province", "role"), PERSONAL, SAID,
    ),
    "people/<uuid:registration_id>/history": Listing(
        "person_history", "riwayat", _l("Riwayat peserta"), "people.show", REGISTRARS, _history
    ),
    "people/doubles": Listing("doubles", "nama-ganda", _l("Nama ganda"), "twins.show", REGISTRARS, _doubles),
    "quota": Listing("quota", "kuota", _l("Kuota"), "pools.show", REGISTRARS, _quota),
    "questions": Listing("questions", "pertanyaan", _l("Pertanyaan"), "fields.show", REGISTRARS, _questions),
}  # fmt: skip
"""The lists of this room by where they leave, below the event."""

offer_all(blueprint, LISTINGS)
