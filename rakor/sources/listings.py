"""Presence per session, and a Zoom report's participants, as they leave as workbooks: names and times, no number."""

from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import REGISTRARS
from rakor.events.listings import Listed, Listing
from rakor.events.models import Event
from rakor.sheets import Cell, Column
from rakor.sources.rules.enough import Threshold
from rakor.sources.rules.zoom_matching import Found
from rakor.sources.store import sessions, zoom
from rakor.sources.words import FOUND
from rakor.sources.zoom_models import ZoomAttendee
from rakor.web.locale import when


def _sessions(event: Event, _whole: bool) -> Listed:
    columns = [
        Column(_("Sesi"), 60),
        Column(_("Mulai"), 30),
        Column(_("Selesai"), 30),
        *(Column(heading, 14, is_count=True) for heading in (_("Hadir"), _("Cukup lama"), _("Kurang"))),
        Column(_("Terdaftar luring, hadir daring"), 18, is_count=True),
    ]
    limit = sessions.threshold(event.id)
    said = [_("paling sedikit %(n)s menit", n=limit.minutes)] if limit.minutes else []
    said += [_("paling sedikit %(n)s persen dari sesi", n=limit.share)] if limit.share else []
    lines: list[list[Cell]] = [
        [one.place.name, when(one.place.starts_at, event.zone), when(one.place.ends_at, event.zone),
         one.present, one.enough, one.present - one.enough, len(one.online)]
        for one in sessions.sessions(event.id)
    ]  # fmt: skip
    return Listed(columns, lines, said if limit != Threshold() else [])


def _zoom_lines(event: Event, _whole: bool) -> Listed:
    report = zoom.report(event.id, UUID(str((request.view_args or {})["report_id"]))) or abort(404)
    asked = request.args.get("found", "")
    ways = [Found(asked)] if asked in set(Found) else list(FOUND)
    rows = [one for way in ways for one in zoom.attendees(report.id, way, limit=None)]
    people = zoom.people_of(event.id, {one.registration_id for one in rows if one.registration_id is not None})
    columns = [Column(_("Nama di Zoom"), 44), Column(_("Menit"), 8, is_count=True), Column(_("Keadaan"), 26),
               Column(_("Peserta"), 50)]  # fmt: skip
    return Listed(columns, [_line(one, people) for one in rows], [str(FOUND[ways[0]])] if len(ways) == 1 else [])


def _line(one: ZoomAttendee, people: dict[UUID, str]) -> list[Cell]:
    names = " · ".join(zoom.names_of(one)) or _("sudah dihapus")
    who = people.get(one.registration_id, "") if one.registration_id else ""
    return [names, one.minutes, str(FOUND[one.found]), who]


LISTINGS = {
    "presence/sessions": Listing(
        "presence_sessions", "hadir-per-sesi", _l("Hadir per sesi"), "sources.show_sessions", REGISTRARS, _sessions
    ),
    "zoom/<uuid:report_id>": Listing(
        "zoom_lines", "peserta-zoom", _l("Peserta di laporan Zoom"), "sources.show_report", REGISTRARS, _zoom_lines,
        ("found",), words={"found": FOUND},
    ),
}  # fmt: skip
"""The lists of this room by where they leave, below the event."""
