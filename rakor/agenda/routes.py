"""The agenda day by day: add, change and remove items."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS, READERS
from rakor.agenda import rules, store, words
from rakor.agenda.forms import ItemForm
from rakor.agenda.rules import AgendaKind, ClashKind, Slot
from rakor.agenda.steps import agenda_step
from rakor.agenda.store import EVERYTHING, ItemView
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event, EventDay
from rakor.web.access import Scope, policy, principal
from rakor.web.locale import date_long
from rakor.web.nav import NavItem

blueprint = Blueprint("agenda", __name__)
NAV = (NavItem(_l("Agenda"), "calendar", "agenda.index", READERS, 30, "agenda."),)
SETUP_STEPS = (agenda_step,)


@blueprint.get("/events/<uuid:event_id>/agenda")
@policy("agenda.show", Scope.EVENT, roles=READERS)
def index(event_id: UUID) -> str:
    """The agenda day by day, with what clashes."""
    return _page(_event(event_id))


@blueprint.get("/events/<uuid:event_id>/agenda/items/new")
@policy("agenda.item.new", Scope.EVENT, roles=EDITORS)
def new(event_id: UUID) -> str:
    """An empty form for one item."""
    event = _event(event_id)
    return _form_page(event, _prepared(event))


@blueprint.post("/events/<uuid:event_id>/agenda/items")
@policy("agenda.item.add", Scope.EVENT, roles=EDITORS)
def create(event_id: UUID) -> Response | tuple[str, int]:
    """Add one item."""
    event = _event(event_id)
    form = _prepared(event)
    if not form.accepted():
        return _form_page(event, form), 422
    with transaction():
        events.locked_event(event_id)
        store.add(event_id, form.draft(), now=clock.now())
    flash(_("Mata acara ditambahkan."), "ok")
    return redirect(url_for("agenda.index", event_id=event_id), 303)


@blueprint.get("/events/<uuid:event_id>/agenda/items/<uuid:item_id>")
@policy("agenda.item.show", Scope.EVENT, roles=EDITORS)
def edit(event_id: UUID, item_id: UUID) -> str:
    """The form of an item as it stands."""
    event = _event(event_id)
    form = _prepared(event)
    form.show(_item(event_id, item_id))
    return _form_page(event, form, item_id)


@blueprint.post("/events/<uuid:event_id>/agenda/items/<uuid:item_id>")
@policy("agenda.item.change", Scope.EVENT, roles=EDITORS)
def change(event_id: UUID, item_id: UUID) -> Response | tuple[str, int]:
    """Change one item."""
    event = _event(event_id)
    _item(event_id, item_id)
    form = _prepared(event)
    if not form.accepted():
        return _form_page(event, form, item_id), 422
    with transaction():
        events.locked_event(event_id)
        if not store.change(event_id, item_id, form.draft(), now=clock.now()):
            abort(404)
    flash(_("Mata acara disimpan."), "ok")
    return redirect(url_for("agenda.index", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/agenda/items/<uuid:item_id>/removal")
@policy("agenda.item.remove", Scope.EVENT, roles=EDITORS)
def remove(event_id: UUID, item_id: UUID) -> Response:
    """Remove one item; one that has attendance stays."""
    _item(event_id, item_id)
    with transaction(unaudited="an item that is held stays as it is"):
        events.locked_event(event_id)
        held = store.is_held(event_id, item_id)
        if not held and not store.remove(event_id, item_id, now=clock.now()):
            abort(404)
    if held:
        flash(_("Kehadiran sudah dicatat pada mata acara ini, jadi tidak dapat dihapus. Ubah saja isinya."), "warn")
        return redirect(url_for("agenda.edit", event_id=event_id, item_id=item_id), 303)
    flash(_("Mata acara dihapus."), "ok")
    return redirect(url_for("agenda.index", event_id=event_id), 303)


def _event(event_id: UUID) -> Event:
    event = events.event(event_id)
    if event is None:
        abort(404)
    return event


def _item(event_id: UUID, item_id: UUID) -> ItemView:
    found = store.item(event_id, item_id)
    if found is None:
        abort(404)
    return found


def _prepared(event: Event) -> ItemForm:
    form = ItemForm.read()
    assert isinstance(form, ItemForm)
    return form.prepare(events.days(event.id), event.zone, _day_words)


def _day_words(day: EventDay) -> str:
    words_: str = _("Hari %(n)s, %(date)s", n=day.number, date=date_long(day.held_on))
    return words_


def _context(event: Event) -> dict[str, Any]:
    return {"event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None}


def _page(event: Event) -> str:
    items = store.items(event.id, EVERYTHING)
    days = [(day, [item for item in items if item.day_id == day.id]) for day in events.days(event.id)]
    may_edit = principal().may(EDITORS)
    return render_template(
        "agenda/index.html",
        days=days,
        clashes=_clash_words(items),
        kinds=words.KINDS,
        visibilities=words.VISIBILITY,
        may_edit=may_edit,
        now=clock.now(),
        **_context(event),
    )


def _form_page(event: Event, form: ItemForm, item_id: UUID | None = None) -> str:
    return render_template(
        "agenda/item.html",
        form=form,
        item_id=item_id,
        rooms=[room.name for room in store.rooms(event.id)],
        **_context(event),
    )


def _clash_words(items: list[ItemView]) -> list[str]:
    slots = [
        Slot(i.id, i.starts_at, i.ends_at, i.room_id, frozenset(p.id for p in (*i.speakers, *i.moderators)))
        for i in items
        if i.starts_at and i.ends_at and i.kind is not AgendaKind.BREAK
    ]
    known = {item.id: item for item in items}
    return [_clash(clash.kind, known[clash.first], known[clash.second]) for clash in rules.clashes(slots)]


def _clash(kind: ClashKind, one: ItemView, other: ItemView) -> str:
    if kind is ClashKind.ROOM:
        what = one.room
    else:
        mine = {p.id: p.name for p in (*one.speakers, *one.moderators)}
        what = next(name for key, name in mine.items() if key in {p.id for p in (*other.speakers, *other.moderators)})
    return f"{words.CLASHES[kind] % {'what': what}}: {one.title} · {other.title}"
