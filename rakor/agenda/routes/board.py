"""A day of the agenda as a board, with what to look at before it is published."""

from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from rakor import clock
from rakor.accounts.rules import EDITORS, READERS
from rakor.agenda import store, words
from rakor.agenda.forms import PlaceForm, stamp
from rakor.agenda.models import Room
from rakor.agenda.routes.page import blueprint, context, event_or_404
from rakor.agenda.rules import warnings
from rakor.agenda.rules.board import STEP, board, lounges
from rakor.agenda.rules.views import ItemView
from rakor.agenda.rules.warnings import Warning, WarningKind
from rakor.agenda.store import EVERYTHING, versions
from rakor.agenda.store.expected import coming
from rakor.events import store as events
from rakor.events.models import Event, EventDay
from rakor.web import times
from rakor.web.access import Scope, policy, principal
from rakor.web.locale import language, number
from rakor.web.times import local_day


@dataclass(frozen=True)
class Look:
    """A warning in words: its tone and icon, what it is about, and the item's form that puts it right."""

    tone: str
    mark: str
    title: str
    detail: str
    item_id: UUID | None


@blueprint.get("/events/<uuid:event_id>/agenda")
@policy("agenda.show", Scope.EVENT, roles=READERS)
def index(event_id: UUID) -> str:
    """One day on the board: rooms across, time down."""
    event = event_or_404(event_id)
    items, days, rooms = store.items(event_id, EVERYTHING), events.days(event_id), store.rooms(event_id)
    day = _chosen(days, event)
    own = [item for item in items if item.day_id == day.id]
    found = looked_at(event, items, rooms)
    kept = versions.newest(event_id)
    return render_template(
        "agenda/index.html",
        days=[(one, sum(item.day_id == one.id for item in items)) for one in days],
        day=day,
        board=board(own, [(room.id, room.name, room.capacity) for room in rooms], event.zone, lounges(items)),
        kinds=words.KINDS,
        visibilities=words.VISIBILITY,
        looks=[(_look(one, event.zone), one.on) for one in found],
        tones=_tones(found),
        newest=kept,
        pending=versions.pending(event_id) if kept else [],
        by_itself=versions.by_itself(event_id),
        may_edit=principal().may(EDITORS),
        form=PlaceForm(None).prepare(rooms),
        stamp=stamp,
        step=STEP,
        now=clock.now(),
        **context(event),
    )


def looked_at(event: Event, items: list[ItemView], rooms: list[Room]) -> list[Warning]:
    """Return what an organiser should look at in the draft."""
    sizes = {room.id: room.capacity for room in rooms}
    return warnings.warnings(items, sizes, coming(event.id, on_site_only=True), event.zone)


def _chosen(days: list[EventDay], event: Event) -> EventDay:
    """The day asked for, else today while the event runs, else its first."""
    wanted = request.args.get("day", "")
    today = local_day(clock.now(), event.zone)
    by_date = {str(day.held_on): day for day in days}
    return by_date.get(wanted) or by_date.get(str(today)) or days[0]


def _tones(found: list[Warning]) -> dict[UUID, str]:
    """Return the tone of every item that something is said about."""
    tones: dict[UUID, str] = {}
    for one in found:
        for item in one.items:
            tones[item.id] = "bad" if one.is_grave or tones.get(item.id) == "bad" else "warn"
    return tones


def _look(one: Warning, zone: str) -> Look:
    title, mark = words.WARNINGS[one.kind]
    about = one.items[-1] if one.items else None
    return Look(
        tone="bad" if one.is_grave else "warn",
        mark=mark,
        title=str(title) % {"what": one.what or _("Ruang")},
        detail=_detail(one, zone),
        item_id=about.id if about else None,
    )


def _detail(one: Warning, zone: str) -> str:
    hours = times.span(one.begins, one.ends, zone, language()) if one.begins else ""
    named = " · ".join(item.label for item in one.items)
    if one.kind is WarningKind.TOO_SMALL:
        seats = ngettext("%(n)s kursi", "%(n)s kursi", one.capacity, n=number(one.capacity))
        counted = _("%(people)s orang konfirmasi luring untuk %(seats)s", people=number(one.expected), seats=seats)
        return f"{named}: {counted}"
    if one.kind is WarningKind.NO_PRAYER:
        return str(_("%(hours)s tanpa istirahat. Tambahkan mata acara Istirahat, salat, makan.", hours=hours))
    return ", ".join(part for part in (named, hours) if part)
