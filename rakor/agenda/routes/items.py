"""One item: its form, saved anew, moved on the board, taken off."""

from dataclasses import replace
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.agenda import store, words
from rakor.agenda.forms import ItemForm, PlaceForm, stamp
from rakor.agenda.routes.page import Page, blueprint, context, day_or_404, day_words, event_or_404, item_or_404, to_day
from rakor.agenda.rules import check_times
from rakor.agenda.rules.views import ItemView, draft_of
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.fields import shown
from rakor.events.models import Event
from rakor.events.stale import Newer
from rakor.web.access import Scope, policy

ATTENDANCE = "checkpoint"


@blueprint.get("/events/<uuid:event_id>/agenda/items/new")
@policy("agenda.item.new", Scope.EVENT, roles=EDITORS)
def new(event_id: UUID) -> str:
    """An empty form for one item; the board says which day, time and room."""
    event = event_or_404(event_id)
    return _form_page(event, _prepared(event, ItemForm(request.args)))


@blueprint.post("/events/<uuid:event_id>/agenda/items")
@policy("agenda.item.add", Scope.EVENT, roles=EDITORS)
def create(event_id: UUID) -> Page:
    """Add one item."""
    event = event_or_404(event_id)
    form = _prepared(event)
    if not form.accepted():
        return _form_page(event, form), 422
    draft = form.draft()
    with transaction():
        events.locked_event(event_id)
        item_id = store.add(event_id, draft, now=clock.now())
    flash(_("Mata acara ditambahkan."), "ok")
    return to_day(event_id, day_or_404(event_id, draft.day_id), item_id)


@blueprint.get("/events/<uuid:event_id>/agenda/items/<uuid:item_id>")
@policy("agenda.item.show", Scope.EVENT, roles=EDITORS)
def edit(event_id: UUID, item_id: UUID) -> str:
    """The form of an item as it stands."""
    event = event_or_404(event_id)
    form = _prepared(event)
    form.show(item_or_404(event_id, item_id))
    return _form_page(event, form, item_id)


@blueprint.post("/events/<uuid:event_id>/agenda/items/<uuid:item_id>")
@policy("agenda.item.change", Scope.EVENT, roles=EDITORS)
def change(event_id: UUID, item_id: UUID) -> Page:
    """Change one item, unless somebody else saved it since the form was drawn."""
    event = event_or_404(event_id)
    item_or_404(event_id, item_id)
    form = _prepared(event)
    if not form.accepted():
        return _form_page(event, form, item_id), 422
    draft = form.draft()
    with transaction(unaudited="somebody else has saved meanwhile: nothing is changed"):
        events.locked_event(event_id)
        there = item_or_404(event_id, item_id)
        stale = form.seen.data not in ("", None, stamp(there))
        if not stale:
            store.change(event_id, item_id, draft, now=clock.now())
    if stale:
        form.seen.data = stamp(there)
        return _form_page(event, form, item_id, there), 409
    flash(_("Mata acara disimpan."), "ok")
    return to_day(event_id, day_or_404(event_id, draft.day_id), item_id)


@blueprint.post("/events/<uuid:event_id>/agenda/items/<uuid:item_id>/place")
@policy("agenda.item.move", Scope.EVENT, roles=EDITORS)
def move(event_id: UUID, item_id: UUID) -> Response:
    """Move one item on the board: another time, length or room of the same day."""
    event, there = event_or_404(event_id), item_or_404(event_id, item_id)
    day = day_or_404(event_id, there.day_id)
    form = PlaceForm.read()
    assert isinstance(form, PlaceForm)
    rooms = store.rooms(event_id)
    if not form.prepare(rooms).accepted():
        flash(_("Tidak dipindahkan: isi jam mulai, jam selesai, dan ruang yang ada."), "bad")
        return to_day(event_id, day, item_id)
    first, last = form.moments(day.held_on, event.zone)
    if problem := check_times(day.held_on, first, last):
        flash(_("Tidak dipindahkan. %(why)s", why=words.PROBLEMS[problem]), "bad")
        return to_day(event_id, day, item_id)
    room = next((room.name for room in rooms if str(room.id) == form.room.data), "")
    with transaction(unaudited="somebody else has saved meanwhile: nothing is changed"):
        events.locked_event(event_id)
        there = item_or_404(event_id, item_id)
        stale = form.seen.data not in ("", None, stamp(there))
        if not stale:
            draft = replace(draft_of(there), starts_at=first, ends_at=last, room=room)
            store.change(event_id, item_id, draft, now=clock.now())
    if stale:
        words_ = _(
            "Tidak dipindahkan: orang lain baru saja mengubah %(what)s. Lihat lagi, lalu pindahkan.", what=there.label
        )
        flash(words_, "warn")
    else:
        flash(_("%(what)s dipindahkan.", what=there.label), "ok")
    return to_day(event_id, day, item_id)


@blueprint.post("/events/<uuid:event_id>/agenda/items/<uuid:item_id>/removal")
@policy("agenda.item.remove", Scope.EVENT, roles=EDITORS)
def remove(event_id: UUID, item_id: UUID) -> Response:
    """Take one item off; one that has attendance stays until that counts at another checkpoint, which is offered."""
    there = item_or_404(event_id, item_id)
    with transaction(unaudited="an item that is held stays as it is"):
        events.locked_event(event_id)
        held = store.held_by(event_id, item_id)
        if not held and not store.remove(event_id, item_id, now=clock.now()):
            abort(404)
    if held and ATTENDANCE not in held:
        flash(_("Mata acara ini sudah punya notula atau catatan lain, jadi tidak dihapus."), "warn")
        return to_day(event_id, day_or_404(event_id, there.day_id), item_id)
    if held:
        flash(_("Mata acara ini punya tempat absen, jadi belum dihapus. Pilih tempat hitungannya, lalu hapus."), "warn")
        return redirect(url_for("checkin.show_places", event_id=event_id, item=item_id), 303)
    flash(_("Mata acara dihapus."), "ok")
    return to_day(event_id, day_or_404(event_id, there.day_id))


def _prepared(event: Event, form: ItemForm | None = None) -> ItemForm:
    found = form or ItemForm.read()
    assert isinstance(found, ItemForm)
    return found.prepare(events.days(event.id), events.roles(event.id), event.zone, day_words)


def _form_page(event: Event, form: ItemForm, item_id: UUID | None = None, newer: ItemView | None = None) -> str:
    return render_template(
        "agenda/item.html",
        form=form,
        item_id=item_id,
        newer=_newer(form, newer, event) if newer else [],
        rooms=store.rooms(event.id),
        **context(event),
    )


def _newer(form: ItemForm, there: ItemView, event: Event) -> list[Newer]:
    """Return where what is stored differs from what was typed."""
    stored = _prepared(event, ItemForm())
    stored.show(there)
    pairs = [(field, stored[field.name]) for field in form if field.name != "seen"]
    return [
        Newer(field.id, str(field.label.text), shown(kept))
        for field, kept in pairs
        if (field.data or "") != (kept.data or "")
    ]
