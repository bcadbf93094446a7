"""The rooms of the venue: name, how many they hold, their order on the board."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.agenda.forms import RoomForm
from rakor.agenda.models import Room
from rakor.agenda.routes.page import Page, blueprint, context, event_or_404
from rakor.agenda.store import reading
from rakor.agenda.store import venue as store
from rakor.db import transaction
from rakor.events import store as events
from rakor.web.access import Scope, policy


@blueprint.get("/events/<uuid:event_id>/agenda/rooms")
@policy("agenda.rooms", Scope.EVENT, roles=EDITORS)
def show_rooms(event_id: UUID) -> str:
    """Every room with its size."""
    return _page(event_id, RoomForm(None))


@blueprint.post("/events/<uuid:event_id>/agenda/rooms")
@policy("agenda.room.add", Scope.EVENT, roles=EDITORS)
def add_room(event_id: UUID) -> Page:
    """Add a room at the end."""
    form = _form()
    if not form.accepted() or not _name_is_free(event_id, form, None):
        return _page(event_id, form), 422
    with transaction():
        events.locked_event(event_id)
        store.add(event_id, form["name"].data, form["capacity"].data)
    flash(_("Ruang %(name)s ditambahkan.", name=form["name"].data), "ok")
    return _back(event_id)


@blueprint.post("/events/<uuid:event_id>/agenda/rooms/<uuid:room_id>")
@policy("agenda.room.change", Scope.EVENT, roles=EDITORS)
def change_room(event_id: UUID, room_id: UUID) -> Page:
    """Rename a room, or say how many it holds."""
    room = _room(event_id, room_id)
    form = _form()
    if not form.accepted() or not _name_is_free(event_id, form, room_id):
        return _page(event_id, form, room), 422
    with transaction(unaudited="a room that is gone, or the same again, changes nothing"):
        events.locked_event(event_id)
        store.change(event_id, room_id, form["name"].data, form["capacity"].data, now=clock.now())
    flash(_("Ruang %(name)s disimpan.", name=form["name"].data), "ok")
    return _back(event_id)


@blueprint.post("/events/<uuid:event_id>/agenda/rooms/<uuid:room_id>/position")
@policy("agenda.room.place", Scope.EVENT, roles=EDITORS)
def place_room(event_id: UUID, room_id: UUID) -> Response:
    """Let a room change places with the one before it."""
    _room(event_id, room_id)
    with transaction(unaudited="the first room has none before it"):
        events.locked_event(event_id)
        store.put_before(event_id, room_id)
    return _back(event_id)


@blueprint.post("/events/<uuid:event_id>/agenda/rooms/<uuid:room_id>/removal")
@policy("agenda.room.remove", Scope.EVENT, roles=EDITORS)
def remove_room(event_id: UUID, room_id: UUID) -> Response:
    """Take a room off, unless something is held in it."""
    room = _room(event_id, room_id)
    with transaction(unaudited="a room in use stays"):
        events.locked_event(event_id)
        removed = store.remove(event_id, room_id)
    if removed:
        flash(_("Ruang %(name)s dihapus.", name=room.name), "ok")
    else:
        flash(_("%(name)s masih dipakai dalam agenda. Pindahkan mata acaranya dahulu.", name=room.name), "warn")
    return _back(event_id)


def _room(event_id: UUID, room_id: UUID) -> Room:
    return next((room for room in reading.rooms(event_id) if room.id == room_id), None) or abort(404)


def _form() -> RoomForm:
    return RoomForm(request.form)


def _name_is_free(event_id: UUID, form: RoomForm, own: UUID | None) -> bool:
    wanted = form["name"].data.casefold()
    taken = any(room.name.casefold() == wanted and room.id != own for room in reading.rooms(event_id))
    if taken:
        form["name"].errors = [_("Sudah ada ruang dengan nama ini.")]
    return not taken


def _back(event_id: UUID) -> Response:
    return redirect(url_for("agenda.show_rooms", event_id=event_id), 303)


def _page(event_id: UUID, form: RoomForm, room: Room | None = None) -> str:
    event = event_or_404(event_id)
    rooms = reading.rooms(event_id)
    forms = [(one, form if room and one.id == room.id else RoomForm(None, obj=one)) for one in rooms]
    return render_template(
        "agenda/rooms.html", forms=forms, form=form if room is None else RoomForm(None), broken=form, **context(event)
    )
