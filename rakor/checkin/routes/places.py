"""The checkpoints of an event: what the programme makes, what an organiser adds, and what became of a session."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.attendance.models import Checkpoint
from rakor.attendance.store import checkpoints, made, merging
from rakor.checkin.place_form import KINDS, PlaceForm
from rakor.checkin.routes.front import blueprint
from rakor.db import transaction
from rakor.events import store as events
from rakor.web.access import Scope, policy

BASE = "/events/<uuid:event_id>/checkpoints"
Page = Response | tuple[str, int]


@blueprint.get(BASE)
@policy("checkpoint.list", Scope.EVENT, roles=EDITORS)
def show_places(event_id: UUID) -> Page:
    """Where presence is taken, day by day, and a form for one more, or for the one of ``?item=``: it shall go."""
    wanted = request.args.get("item", "")
    row = next((one for one in checkpoints.checkpoints(event_id) if str(one.item_id) == wanted), None)
    return _page(event_id, row, 200)


@blueprint.post(BASE)
@policy("checkpoint.make", Scope.EVENT, roles=EDITORS)
def make_place(event_id: UUID) -> Page:
    """Add a checkpoint of a day."""
    form = _form(event_id, None)
    if not form.accepted():
        return _page(event_id, None, 422, form)
    with transaction():
        events.locked_event(event_id)
        checkpoints.ensure(event_id, now=clock.now())
        made.make(event_id, form.draft(), now=clock.now())
    return _saved(event_id)


@blueprint.get(f"{BASE}/<uuid:checkpoint_id>")
@policy("checkpoint.show", Scope.EVENT, roles=EDITORS)
def show_place(event_id: UUID, checkpoint_id: UUID) -> Page:
    """The form of one checkpoint, and what it can be merged into."""
    return _page(event_id, checkpoints.checkpoint(event_id, checkpoint_id) or abort(404), 200)


@blueprint.post(f"{BASE}/<uuid:checkpoint_id>")
@policy("checkpoint.change", Scope.EVENT, roles=EDITORS)
def change_place(event_id: UUID, checkpoint_id: UUID) -> Page:
    """Give a checkpoint another name or way."""
    row = checkpoints.checkpoint(event_id, checkpoint_id) or abort(404)
    form = _form(event_id, row)
    if not form.accepted():
        return _page(event_id, row, 422, form)
    with transaction():
        found = checkpoints.checkpoint(event_id, checkpoint_id)
        assert found is not None
        made.change(found, str(form.name.data), form.direction)
    return _saved(event_id)


@blueprint.post(f"{BASE}/<uuid:checkpoint_id>/merge")
@policy("checkpoint.merge", Scope.EVENT, roles=EDITORS)
def merge_place(event_id: UUID, checkpoint_id: UUID) -> Response:
    """Let what was recorded here count at another checkpoint; without one, count it here again."""
    if checkpoints.checkpoint(event_id, checkpoint_id) is None:
        abort(404)
    said = request.form.get("into", "")
    try:
        into = UUID(said) if said else None
    except ValueError:
        abort(400)
    with transaction(unaudited="a merge that cannot be changes nothing"):
        done = (
            merging.merge(event_id, checkpoint_id, into, now=clock.now())
            if into
            else merging.part(event_id, checkpoint_id)
        )
    if done:
        flash(_("Kehadiran sudah dihitung ulang. Tidak ada pindaian yang diubah."), "ok")
    else:
        flash(_("Tidak bisa digabung begitu; tidak ada yang berubah."), "warn")
    return redirect(url_for("checkin.show_places", event_id=event_id), 303)


def _form(event_id: UUID, row: Checkpoint | None) -> PlaceForm:
    form: PlaceForm = PlaceForm.read()
    return form.offer(_days(event_id), row)


def _days(event_id: UUID) -> list[tuple[UUID, str]]:
    return [(place.day_id, place.name) for place in checkpoints.places(event_id) if place.item_id is None]


def _saved(event_id: UUID) -> Response:
    flash(_("Tempat absen disimpan."), "ok")
    return redirect(url_for("checkin.show_places", event_id=event_id), 303)


def _page(event_id: UUID, row: Checkpoint | None, status: int, form: PlaceForm | None = None) -> tuple[str, int]:
    event = events.event(event_id) or abort(404)
    if form is None:
        form = PlaceForm().offer(_days(event_id), row)
        if row is not None:
            form.show(row)
    found = checkpoints.checkpoints(event_id)
    page = render_template(
        "checkin/places.html",
        event=event,
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        places=found,
        names={one.id: one.name for one in found},
        row=row,
        form=form,
        kinds=KINDS,
        days=_days(event_id),
    )
    return page, status
