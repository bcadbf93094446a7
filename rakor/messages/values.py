"""What the placeholders stand for: of one person or one office, in the language that is spoken now.

Whatever a person or an office may have typed comes so that no mail program makes a link of it (``unlinked``).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import Event, LinkPurpose
from rakor.messages.letters import config, contact_of
from rakor.messages.rules import one_line, unlinked
from rakor.offices import store as offices
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode
from rakor.registrations.rules.zones import own_zone
from rakor.seats.passing import ProvinceLink, place_of
from rakor.seats.store import OfficeProgress
from rakor.web import times
from rakor.web.locale import language


@dataclass(frozen=True)
class Occasion:
    """What a text speaks of: the event and, where it was chosen, one of its sessions."""

    event: Event
    item: ItemView | None = None


def occasion(event: Event, item_id: UUID | None) -> Occasion:
    """Return the event with the chosen session as it stands in the programme now; None where that is gone."""
    found = agenda.programme(event.id, agenda.EVERYTHING) if item_id else []
    return Occasion(event, next((item for item in found if item.id == item_id), None))


def of_person(of: Occasion, row: Registration, *, link: str) -> dict[str, str]:
    """Return the values for a person; ``link``: the own page, or the public one in a trial."""
    event = of.event
    office = offices.office(event.institution_id, row.office_id) if row.office_id else None
    role = next((role.name for role in events.roles(event.id) if role.id == row.role_id), "")
    zone = own_zone(row.mode, event.zone, office.zone if office else None, row.province_code)
    return _shared(of, zone, link) | {
        "nama": unlinked(registrations.display_name(row)),
        "jabatan": unlinked(row.post or role),
        "kantor": unlinked(office.name if office else row.institution),
        "cara": str(_("luring") if row.mode is Mode.ONSITE else _("daring")),
    }


def of_office(of: Occasion, row: OfficeProgress, *, link: str) -> dict[str, str]:
    """Return the values for an invited office."""
    own = {"kantor": unlinked(row.name), "kursi_terbuka": str(row.tally.invited - row.tally.answered)}
    return _shared(of, row.zone, link) | own


def of_province(event: Event, stop: ProvinceLink, zone: str) -> dict[str, str]:
    """Return the values for a province, whose offices are reached through it."""
    return _shared(Occasion(event), zone, stop.url) | {
        "provinsi": stop.name,
        "jumlah_kantor": str(stop.office_count),
        "belum_menjawab": str(stop.office_count - stop.answered_count),
    }


def office_link(event: Event, row: OfficeProgress) -> str:
    """Return the address of an invited office's page."""
    return config().base_url + links.path_of(event.id, LinkPurpose.OFFICE, row.office_id, row.link_epoch or 0)


def _shared(of: Occasion, zone: str, link: str) -> dict[str, str]:
    event, item = of.event, of.item
    return {
        "kegiatan": unlinked(event.title),
        "tanggal": times.plain(times.date_range(event.starts_on, event.ends_on, language())),
        "tempat": one_line(place_of(event, language().value)),
        "batas_jawab": _moment(event.answer_by_at, event.zone, zone) or str(_("belum ditentukan")),
        "sesi": unlinked(item.title) if item else str(_("acara ini")),
        "waktu_sesi": _moment(item.starts_at if item else None, event.zone, zone) or str(_("waktu belum ditentukan")),
        "narahubung": contact_of(event),
        "tautan": link,
    }


def _moment(at: datetime | None, zone: str, own: str) -> str:
    """ "Selasa, 24 November, 08.00 WIB (10.00 WIT waktu Anda)"; "" without a moment."""
    if at is None:
        return ""
    said = times.plain(times.when(at, zone, language()))
    here = times.plain(times.clock_zone(at, own, language()))
    if said.endswith(here):
        return said
    return str(_("%(when)s (%(own)s waktu Anda)", when=said, own=here))


