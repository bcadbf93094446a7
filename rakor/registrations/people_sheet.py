"""The list of people as a table; contacts and numbers are masked, unless somebody may see them and says why."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from rakor.db import db
from rakor.events.models import Event
from rakor.events.words import COLOURS
from rakor.regions.rules import reference
from rakor.registrations.answers import Told
from rakor.registrations.field_models import FormField
from rakor.registrations.field_words import shown
from rakor.registrations.models import Registration
from rakor.registrations.roster import PersonRow
from rakor.registrations.rules import phones
from rakor.registrations.rules.fields import SEALED, SPECIAL, FieldKind
from rakor.registrations.words import MODES, SOURCES, STATES
from rakor.sheets import Cell, Column
from rakor.web import times
from rakor.web.locale import language

Numbers = tuple[str, str, str]
"""Phone, e-mail and NIP, each empty where it is not known."""


def whole_numbers(event_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Numbers]:
    """Return the numbers of these people, whole; one query."""
    columns = (Registration.id, Registration.phone, Registration.email, Registration.nip)
    query, wanted = select(*columns).where(Registration.event_id == event_id), set(ids)
    return {
        who: (phones.show(phone) if phone else "", address or "", nip or "")
        for who, phone, address, nip in db.session.execute(query)
        if who in wanted
    }


def table(
    event: Event,
    rows: Sequence[PersonRow],
    *,
    told: Mapping[UUID, Sequence[Told]],
    whole: Mapping[UUID, Numbers] | None = None,
) -> tuple[list[Column], list[list[Cell]]]:
    """Return columns and lines of a list of people.

    ``told`` are the answers to the event's own questions, a column for each; without ``whole`` numbers health data and
    numbers of identity stay out.
    """
    asked, answered = _asked(rows, told), _answered(rows, told, whole=whole is not None)
    if whole is not None:
        rows = [_unmasked(row, whole.get(row.id, ("", "", ""))) for row in rows]
    columns = [
        Column(_("No"), 6, is_count=True),
        Column(_("Nama"), 34),
        Column(_("Jabatan"), 28),
        Column(_("Instansi"), 34),
        Column(_("Provinsi"), 20),
        Column(_("Keadaan"), 16),
        Column(_("Cara mengikuti"), 14),
        Column(_("Kamar atau meja"), 20),
        Column(_("Warna kartu"), 14),
        Column(_("Asal"), 20),
        Column(_("Nomor WhatsApp"), 18),
        Column(_("Email"), 24),
        Column(_("NIP/NRP"), 21),
        Column(_("Didaftarkan"), 30),
        *(Column(field.label, 24) for field in asked),
    ]
    lines: list[list[Cell]] = [
        [number, *_cells(row, event), *(answered[row.id].get(field.id, "") for field in asked)]
        for number, row in enumerate(rows, start=1)
    ]
    return columns, lines


def _asked(rows: Sequence[PersonRow], told: Mapping[UUID, Sequence[Told]]) -> list[FormField]:
    """The questions that somebody of the list answered, in the form's order; withdrawn ones too."""
    found = {one.field.id: one.field for row in rows for one in told.get(row.id, ())}
    return sorted(found.values(), key=lambda field: (field.position, field.id))


def _answered(
    rows: Sequence[PersonRow], told: Mapping[UUID, Sequence[Told]], *, whole: bool
) -> dict[UUID, dict[UUID, str]]:
    return {
        row.id: {one.field.id: _answer(one, whole=whole) for one in told.get(row.id, ())}
        for row in rows
    }


def _answer(one: Told, *, whole: bool) -> str:
    if one.field.purpose in SPECIAL and not whole:
        return str(_("ada, disamarkan"))
    if whole and one.field.kind in SEALED:
        return one.value
    return one.value if one.field.kind is FieldKind.NUMBER else shown(one.field.kind, one.value)


def _unmasked(row: PersonRow, numbers: Numbers) -> PersonRow:
    phone, address, nip = numbers
    return replace(row, phone=phone, email=address, nip=nip)


def _cells(row: PersonRow, event: Event) -> list[str]:
    province = reference().find(row.province_code or "")
    return [
        row.name,
        row.post,
        row.office,
        province.short_name if province else "",
        str(STATES[row.state].word),
        str(MODES[row.mode]),
        row.placing,
        str(COLOURS[row.colour]) if row.colour else "",
        str(SOURCES[row.source]),
        row.phone,
        row.email,
        row.nip,
        times.plain(times.when(row.created_at, event.zone, language())),
    ]
