"""One's own events as cards, and the first form of a new one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid5

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from rakor import audit, clock
from rakor.accounts import store as accounts
from rakor.accounts import words as account_words
from rakor.accounts.rules import EDITORS, READERS, Role
from rakor.db import transaction
from rakor.events import store, words
from rakor.events.forms import NEW, OPEN, StartForm
from rakor.events.listings import Listed
from rakor.events.models import Event
from rakor.events.routes.page import Page, blueprint
from rakor.events.rules import EventKind, EventMode, Stage, phase
from rakor.events.store import setting_up, team
from rakor.sheets import Cell, Column
from rakor.sheets.saving import workbook
from rakor.web import times
from rakor.web.access import Scope, User, current_user, policy
from rakor.web.times import Language

GRANT_OUTLIVES = timedelta(days=30)


@blueprint.get("/events")
@policy("event.list", Scope.USER)
def index() -> Page:
    """The events one works on, as cards."""
    return render_template("events/index.html", cards=_cards(current_user()), name=current_user().name)


@blueprint.post("/events/sheets")
@policy("event.list_sheet", Scope.USER)
def take_list() -> Response:
    """The events one works on as a workbook, as the cards show them."""
    cards, now = _cards(current_user()), clock.now()
    with force_locale(Language.ID.value):
        said = _("Keadaan %(when)s", when=times.plain(times.when(now, times.HOME, Language.ID)))
        notes, found = [said, _("%(n)s baris", n=len(cards))], _listed(cards)
        answer = workbook(_("Kegiatan saya"), found.columns, found.rows, notes=notes, name="kegiatan")
    with transaction():
        audit.record("list.export", object_kind="events", count=len(cards))
    return answer


def _cards(user: User) -> list[dict[str, Any]]:
    found = team.events_of(user.id, everything=user.is_admin)
    return [card for own in found if (card := _card(own, admin=user.is_admin))]


def _listed(cards: Sequence[dict[str, Any]]) -> Listed:
    columns = [
        Column(_("Kegiatan"), 60),
        Column(_("Penyelenggara"), 40),
        Column(_("Mulai"), 12),
        Column(_("Selesai"), 12),
        Column(_("Tempat"), 24),
        Column(_("Cara mengikuti"), 18),
        Column(_("Keadaan"), 22),
        Column(_("Hak Anda"), 34),
    ]
    lines: list[list[Cell]] = [
        [event.title, event.organizer, event.starts_on.isoformat(), event.ends_on.isoformat(), event.city,
         str(card["mode"]), str(card["phase"].word), ", ".join(map(str, card["roles"]))]
        for card in cards for event in [card["event"]]
    ]  # fmt: skip
    return Listed(columns, lines)


def _card(own: team.OwnEvent, *, admin: bool) -> dict[str, Any] | None:
    event = own.event
    today = clock.today(event.zone)
    roles = frozenset(Role) if admin else frozenset(role for role, ends_on in own.grants if ends_on >= today)
    if not roles:
        return None
    return {
        "event": event,
        "phase": words.PHASES[phase(event.stage, event.starts_on, event.ends_on, today)],
        "mode": words.MODES[event.mode],
        "roles": [account_words.ROLES[role] for role in Role if role in roles and not admin],
        "href": _first_page(event, roles),
        "may_edit": bool(roles & EDITORS),
        "may_read": bool(roles & READERS),
    }


def _first_page(event: Event, roles: frozenset[Role]) -> str:
    if roles & EDITORS and event.stage is Stage.DRAFT:
        return url_for("events.show_setup", event_id=event.id)
    return f"/events/{event.id}" if roles & READERS else f"/desk/{event.id}"


@blueprint.get("/events/new")
@policy("event.new", Scope.USER)
def new() -> Page:
    """The first form of an event."""
    form = StartForm.read()
    assert isinstance(form, StartForm)
    return render_template("events/new.html", form=_offer(form), NEW=NEW)


def _offer(form: StartForm) -> StartForm:
    user = current_user()
    today = clock.today(times.HOME)
    return form.offer(team.institutions_of(user.id, everything=user.is_admin, today=today))


@blueprint.post("/events")
@policy("event.create", Scope.USER)
def create() -> Page:
    """Make the event as a draft; a second sending of the same form leads to the same event."""
    form = StartForm.read()
    assert isinstance(form, StartForm)
    if not _offer(form).accepted():
        return render_template("events/new.html", form=form, NEW=NEW), 422
    user_id = current_user().id
    event_id = uuid5(user_id, form.key.hex)
    with transaction(unaudited="a second sending changes nothing"):
        accounts.locked_user(user_id)  # one person's sendings one after the other
        if store.event(event_id) is None:
            values = _values(form)
            until = values["ends_on"] + GRANT_OUTLIVES
            setting_up.create(event_id, values, owner_id=user_id, owned_until=until, now=clock.now())
    flash(_("Kegiatan tersimpan sebagai rancangan. Belum ada yang melihatnya selain Anda."), "ok")
    return redirect(url_for("events.show_setup", event_id=event_id), 303)


def _values(form: StartForm) -> dict[str, Any]:
    chosen = form.known.get(form["institution"].data)
    institution = chosen or setting_up.institution(form["institution_name"].data, now=clock.now())
    kind: EventKind = form["kind"].word
    mode: EventMode = form["mode"].word
    title: str = form["title"].data
    starts_on = form["starts_on"].data
    return {
        "kind": kind,
        "title": title,
        "short_title": title if len(title) <= 120 else title[:117].rsplit(" ", 1)[0] + "…",
        "institution_id": institution.id,
        "organizer": institution.name,
        "starts_on": starts_on,
        "ends_on": form["ends_on"].data or starts_on,
        "regions_as_of": starts_on,
        "zone": form["zone"].data,
        "mode": mode,
        "venue": form["venue"].data if mode is not EventMode.ONLINE else "",
        "city": form["city"].data if mode is not EventMode.ONLINE else "",
        "open_registration": form["entry"].data == OPEN,
        "capacity": form["capacity"].data,
    }
