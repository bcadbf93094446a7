"""The sheets that imports give: the template with its row codes, and the rows that need putting right."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from urllib.parse import quote
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.words import COLOURS
from rakor.imports.models import SheetImport
from rakor.imports.pages import UNSAVED, reasons
from rakor.imports.rules import Field
from rakor.imports.store import rows
from rakor.imports.store.codes import row_code
from rakor.imports.words import FIELDS
from rakor.offices import store as offices
from rakor.regions.rules import reference
from rakor.registrations.entry import MODES
from rakor.registrations.models import Registration
from rakor.registrations.rules import PersonName
from rakor.registrations.store import LIVING
from rakor.registrations.words import MODES as MODE_WORDS
from rakor.registrations.work_fields import EMPLOYMENTS
from rakor.seats import store as seats
from rakor.sheets import Cell, Column, Sheet, write_book, write_table
from rakor.web import times
from rakor.web.locale import language

MOST_ROWS = 20_000
TEMPLATE = (
    (Field.CODE, 20), (Field.OFFICE_CODE, 12), (Field.OFFICE, 36), (Field.ROLE, 20), (Field.NAME, 34), (Field.POST, 28),
    (Field.EMPLOYMENT, 16), (Field.RANK, 22), (Field.NIP, 22), (Field.PHONE, 18), (Field.EMAIL, 26), (Field.MODE, 14),
    (Field.PLACING, 20),
)  # fmt: skip


def template(event: Event, *, made_at: datetime) -> tuple[bytes, int]:
    """Return the workbook to fill in, and how many rows it has.

    A row for every seat, then one for everybody without a seat. Names stand there, numbers do not: an empty cell
    changes nothing when the sheet comes back.
    """
    lines = [*_seat_lines(event), *_people_lines(event)]
    modes = tuple(str(MODE_WORDS[mode]) for mode in MODES[event.mode])
    offered = {Field.MODE: modes, Field.EMPLOYMENT: tuple(str(word) for word in EMPLOYMENTS.values())}
    columns = [
        *(Column(str(FIELDS[field]), width, choices=offered.get(field, ())) for field, width in TEMPLATE),
        Column(_("Warna kartu"), 14),
    ]
    notes = (
        event.title,
        _("Isi nama pada baris kantornya. Kode baris jangan diubah: dengan kode itu, unggahan ulang memperbarui."),
        _("Sel kosong tidak menghapus apa pun. NIP dan nomor boleh kosong; tulis sebagai teks."),
        _("Kamar atau meja tampil di meja registrasi; warna kartu diatur pada perannya."),
    )
    people = Sheet(_("Isian peserta"), columns, lines, notes)
    return write_book([people, _office_sheet(event)], made_at=made_at), len(lines)


def _seat_lines(event: Event) -> Iterator[list[Cell]]:
    lines, placings, colours = seats.seats_with_holders(event.id), _placings(event.id), _colours(event.id)
    codes = {office.id: office.code for office in offices.offices(event.institution_id)}
    for line in lines:
        # whoever sits on several seats has one row for each: the first one names the person, the others the seat
        subject: UUID = line.seat_id if line.same_as or not line.registration_id else line.registration_id
        mode = str(MODE_WORDS[line.mode]) if line.mode else ""
        yield [row_code(event.id, subject), codes.get(line.office_id, ""), line.office, line.label, line.name,
               "", "", "", "", "", "", mode,
               placings.get(line.registration_id, ""), colours.get(line.role_id, "")]  # fmt: skip


def _placings(event_id: UUID) -> dict[UUID | None, str]:
    """Return where people stand (room or table), by registration; those with none are missing."""
    who = (Registration.event_id == event_id, Registration.placing != "")
    return {row[0]: row[1] for row in db.session.execute(select(Registration.id, Registration.placing).where(*who))}


def _colours(event_id: UUID) -> dict[UUID | None, str]:
    """Return the colour of every role's badge, as a word; empty where it has none."""
    return {role.id: str(COLOURS[role.colour]) if role.colour else "" for role in events.roles(event_id)}


def _people_lines(event: Event) -> Iterator[list[Cell]]:
    """Everybody without a seat."""
    seated, colours = {line.registration_id for line in seats.seats_with_holders(event.id)}, _colours(event.id)
    row = Registration
    columns = (row.id, row.front_title, row.name, row.back_title, row.post, row.institution, row.mode, row.placing,
               row.role_id)  # fmt: skip
    query = select(*columns).where(row.event_id == event.id, row.state.in_(LIVING)).order_by(row.search_key, row.id)
    for who, front, name, back, post, institution, mode, placing, role_id in db.session.execute(query.limit(MOST_ROWS)):
        if who not in seated:
            shown = PersonName(front, name, back).display()
            yield [row_code(event.id, who), "", institution, "", shown, post, "", "", "", "", "",
                   str(MODE_WORDS[mode]), placing, colours.get(role_id, "")]  # fmt: skip


def _office_sheet(event: Event) -> Sheet:
    def province(code: str | None) -> str:
        found = reference().find(code or "")
        return found.short_name if found else ""

    columns = [Column(_("Kode kantor"), 12), Column(_("Kantor"), 44), Column(_("Provinsi"), 22)]
    found = offices.offices(event.institution_id)
    return Sheet(_("Daftar kantor"), columns, [[one.code, one.name, province(one.province_code)] for one in found])


def rest(event: Event, row: SheetImport, *, made_at: datetime) -> tuple[bytes, int]:
    """Return the rows that were not saved, their cells as they were sent and as text, with the reasons; their count."""
    found = rows.rows_in(row.id, UNSAVED, limit=MOST_ROWS)
    wide = max([len(row.headings), *(len(one.cells) for one in found)], default=0)
    headings = [*row.headings, *[""] * (wide - len(row.headings))]
    columns = [Column(_("Baris"), 8), Column(_("Masalah"), 60), *(Column(heading, 22) for heading in headings)]
    lines = [[str(one.number), reasons(row, one), *one.cells, *[""] * (wide - len(one.cells))] for one in found]
    when = times.plain(times.when(made_at, event.zone, language()))
    note = _("%(n)s baris dari %(file)s yang belum tersimpan, %(when)s. Perbaiki, lalu unggah berkas ini.",
             n=len(found), file=row.name, when=when)  # fmt: skip
    return write_table(_("Perlu diperbaiki"), columns, lines, notes=(event.title, note), made_at=made_at), len(found)


def file_name(sent: str | None) -> str:
    """A file's own name without folders and controls; "tabel" where it has none."""
    bare = PurePath((sent or "").replace("\\", "/")).name
    return "".join(sign for sign in bare if sign.isprintable()).strip()[:120] or "tabel"


def disposition(name: str) -> str:
    """The header under which a browser saves a file of this name."""
    return f"attachment; filename*=UTF-8''{quote(name)}"
