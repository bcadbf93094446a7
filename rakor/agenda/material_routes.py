"""Materials for the organisers: taken one by one or all at once, and held back from the public."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, abort, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.agenda import material_store as store
from rakor.agenda import store as agenda
from rakor.agenda.material_files import Entry, archive, attachment
from rakor.agenda.material_rules import Packed, file_name, file_names, plain
from rakor.agenda.material_store import MaterialView
from rakor.agenda.speaker_routes import TAKERS, blueprint, event_of
from rakor.agenda.store import EVERYTHING, ItemView
from rakor.db import transaction
from rakor.events.models import Event
from rakor.files import LongFile
from rakor.web.access import Scope, current_user, policy


@blueprint.post("/events/<uuid:event_id>/materials/archive")
@policy("materials.archive", Scope.EVENT, roles=TAKERS)
def take_all(event_id: UUID) -> BaseResponse:
    """The newest version of everything that was handed in, in the order of the programme, as one ZIP."""
    event, now = event_of(event_id), clock.now()
    handed = _ordered(event_id)
    if not handed:
        flash(_("Belum ada materi."), "warn")
        return redirect(url_for("speakers.index", event_id=event_id), 303)
    with transaction():
        store.take(event_id, [one.newest.id for _place, _item, _name, one in handed], by=current_user().id, now=now)
    return archive(_entries(event, handed, now), f"materi-{event.slug}.zip")


@blueprint.post("/events/<uuid:event_id>/materials/<uuid:version_id>/taking")
@policy("materials.take", Scope.EVENT, roles=TAKERS)
def take(event_id: UUID, version_id: UUID) -> Response:
    """One version as a file."""
    found = store.version(event_id, version_id)
    file = store.file_of(event_id, found[1]) if found else None
    if found is None or file is None:
        abort(404)
    with transaction():
        store.take(event_id, [version_id], by=current_user().id, now=clock.now())
    named = [one for one in _ordered(event_id) if one[3].id == found[0].id]
    packed = _packed(*named[0][:3], str(found[1].kind)) if named else Packed(0, "", "", str(found[1].kind))
    return attachment(file, file_name(packed))


@blueprint.post("/events/<uuid:event_id>/materials/<uuid:material_id>/withholding")
@policy("materials.withhold", Scope.EVENT, roles=EDITORS)
def withhold(event_id: UUID, material_id: UUID) -> BaseResponse:
    """Hold a material back from the public, or let it go again."""
    found = store.material(event_id, material_id) or abort(404)
    with transaction():
        store.withhold(event_id, material_id, at=None if found.withheld_at else clock.now())
    flash(_("Tersimpan."), "ok")
    return redirect(url_for("speakers.show", event_id=event_id, speaker_id=found.speaker_id), 303)


Line = tuple[int, ItemView | None, str, MaterialView]


def _ordered(event_id: UUID) -> list[Line]:
    """Every material with its place in the programme, its item, its person; what lost its item comes last."""
    items = agenda.programme(event_id, EVERYTHING)
    places = {item.id: (number, item) for number, item in enumerate(items, start=1)}
    names = {person.id: person.name for person in agenda.speakers(event_id)}
    lost = (len(items) + 1, None)
    found = [(*places.get(one.item_id, lost), names.get(one.speaker_id, ""), one) for one in store.materials(event_id)]
    return sorted(found, key=lambda line: (line[0], line[2]))


def _entries(event: Event, handed: list[Line], now: datetime) -> list[Entry]:
    """The files under safe names; links stand together in one text."""
    zone, files = ZoneInfo(event.zone), [(line, store.file_of(event.id, line[3].newest)) for line in handed]
    there: list[tuple[Line, LongFile]] = [(line, file) for line, file in files if file]
    names = file_names([_packed(*line[:3], str(line[3].newest.kind)) for line, _file in there])
    entries = [
        Entry(name, line[3].newest.uploaded_at.astimezone(zone), file)
        for name, (line, file) in zip(names, there, strict=True)
    ]
    links = [f"{_title(line[1])}, {line[2]}: {line[3].newest.url}" for line, _file in files if line[3].newest.url]
    return [*entries, Entry("tautan.txt", now.astimezone(zone), text="\r\n".join(links))] if links else entries


def _packed(place: int, item: ItemView | None, person: str, kind: str) -> Packed:
    return Packed(place, _title(item), person, kind)


def _title(item: ItemView | None) -> str:
    """ "Sesi 1" for a numbered session, else what the item is called."""
    if item is None:
        return str(_("Materi"))
    return f"Sesi {item.session_number}" if item.session_number else plain(item.label, 40) or item.title
