"""Tindak lanjut for the organisers: what was asked of whom, the form with its preview, how far it is."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import READERS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.listings import offer_all
from rakor.events.models import Event
from rakor.minutes.follow_up_forms import FollowUpForm, Offered
from rakor.minutes.follow_up_listings import LISTINGS
from rakor.minutes.follow_up_models import FollowUp
from rakor.minutes.routes.follow_up_base import (
    ALL,
    WRITERS,
    Page,
    blueprint,
    context,
    counted,
    event_of,
    follow_up_of,
    tiles,
)
from rakor.minutes.rules.follow_ups import Expansion
from rakor.minutes.rules.roll_up import Measure
from rakor.minutes.store import carrying, conclusions, roll_up
from rakor.minutes.store import follow_ups as store
from rakor.offices import store as offices
from rakor.regions.rules import reference
from rakor.web.access import Scope, current_user, policy
from rakor.web.locale import number
from rakor.web.nav import NavItem

offer_all(blueprint, LISTINGS)
NAV = (NavItem(_l("Tindak lanjut"), "send", "follow_ups.show", READERS, 312, "follow_ups."),)
ONE = f"{ALL}/<uuid:follow_up_id>"


@blueprint.get(ALL)
@policy("follow_ups.show", Scope.EVENT, roles=READERS)
def show(event_id: UUID) -> Page:
    """Every follow-up with how far it is, and all of them on one map."""
    event = event_of(event_id)
    return _map_page("minutes/follow_ups.html", event, None, earlier=carrying.earlier(event, now=clock.now()))


@blueprint.get(f"{ALL}/new")
@policy("follow_ups.new", Scope.EVENT, roles=WRITERS)
def new(event_id: UUID) -> Page:
    """The empty form, begun from a conclusion where the address names one."""
    event = event_of(event_id)
    form = _form(event)
    form.conclusion.data = request.args.get("conclusion", "")
    return _form_page(event, form, None)


@blueprint.post(f"{ALL}/new")
@policy("follow_ups.add", Scope.EVENT, roles=WRITERS)
def add(event_id: UUID) -> Page:
    """Write a follow-up and give each office its row; ``step=preview`` only counts them."""
    event, form = event_of(event_id), _form(event_of(event_id), posted=True)
    if not form.accepted():
        return _form_page(event, form, None), 422
    draft = form.draft()
    if request.form.get("step") == "preview":
        return _form_page(event, form, None, store.expansion(event, draft.chosen))
    with transaction():
        row, found = store.add(event_id, draft, by=current_user().id, now=clock.now())
    roll_up.forget()
    _told(row, found)
    return redirect(url_for("follow_ups.one", event_id=event_id, follow_up_id=row.id), 303)


@blueprint.get(ONE)
@policy("follow_ups.one", Scope.EVENT, roles=READERS)
def one(event_id: UUID, follow_up_id: UUID) -> Page:
    """One follow-up: its map, its table, what may be done with it."""
    event, row = event_of(event_id), follow_up_of(event_id, follow_up_id)
    from_one = conclusions.conclusion(event_id, row.conclusion_id) if row.conclusion_id else None
    missing = store.expansion(event, store.chosen_of(row), row.id)
    return _map_page("minutes/follow_up.html", event, row, conclusion=from_one, missing=missing)


@blueprint.get(f"{ONE}/edit")
@policy("follow_ups.edit", Scope.EVENT, roles=WRITERS)
def edit(event_id: UUID, follow_up_id: UUID) -> Page:
    """The form with what stands there."""
    event, row = event_of(event_id), follow_up_of(event_id, follow_up_id)
    return _form_page(event, _form(event).show(row), row)


@blueprint.post(f"{ONE}/edit")
@policy("follow_ups.change", Scope.EVENT, roles=WRITERS)
def change(event_id: UUID, follow_up_id: UUID) -> Page:
    """Change it; rows nobody answered follow the offices it is for, answered ones stay."""
    event, row = event_of(event_id), follow_up_of(event_id, follow_up_id)
    form = _form(event, posted=True)
    if not form.accepted():
        return _form_page(event, form, row), 422
    draft = form.draft()
    if request.form.get("step") == "preview":
        return _form_page(event, form, row, store.expansion(event, draft.chosen, row.id))
    with transaction(unaudited="it was withdrawn meanwhile"):
        found = store.change(event_id, follow_up_id, draft, now=clock.now())
    roll_up.forget()
    _told(row, found)
    return redirect(url_for("follow_ups.one", event_id=event_id, follow_up_id=follow_up_id), 303)


@blueprint.post(f"{ONE}/rows")
@policy("follow_ups.spread", Scope.EVENT, roles=WRITERS)
def spread(event_id: UUID, follow_up_id: UUID) -> Page:
    """Send it out again: only offices that have no row yet get one."""
    row = follow_up_of(event_id, follow_up_id)
    with transaction(unaudited="it was withdrawn meanwhile"):
        found = store.spread(event_id, follow_up_id, now=clock.now())
    roll_up.forget()
    _told(row, found)
    return redirect(url_for("follow_ups.one", event_id=event_id, follow_up_id=follow_up_id), 303)


@blueprint.post(f"{ONE}/withdrawal")
@policy("follow_ups.withdraw", Scope.EVENT, roles=WRITERS)
def withdraw(event_id: UUID, follow_up_id: UUID) -> Page:
    """Take it back: offices see it no more."""
    with transaction(unaudited="it was withdrawn already"):
        store.withdraw(event_id, follow_up_id, now=clock.now())
    roll_up.forget()
    flash(_("Tindak lanjut ditarik. Jawaban yang sudah ada tetap tersimpan."), "ok")
    return redirect(url_for("follow_ups.show", event_id=event_id), 303)


def _told(row: FollowUp, found: Expansion | None) -> None:
    """Say what became of it."""
    if found is None:
        flash(_("Tindak lanjut ini sudah ditarik."), "warn")
        return
    if found.offices:
        flash(_("%(n)s kantor menerima tindak lanjut ini.", n=number(len(found.offices))), "ok")
    elif found.added:
        flash(_("Tindak lanjut tersimpan."), "ok")
    else:
        flash(_("Tersimpan. Tidak ada kantor baru: semua sudah menerimanya."), "info")
    if found.kept:
        kept = number(len(found.kept))
        flash(_("%(n)s kantor di luar pilihan tetap tercatat, karena sudah menjawab.", n=kept), "info")


def asked_measure() -> Measure:
    """Return what the address asks the map to show."""
    word = request.args.get("show", "")
    return Measure(word) if word in set(Measure) else Measure.DONE


def _map_page(template: str, event: Event, row: FollowUp | None, **more: object) -> str:
    found, measure = counted(event), asked_measure()
    lines = found.of(row.id if row else None)
    tallies = roll_up.by_province(lines)
    drawn = tiles(event, tallies, measure, row.id if row else None)
    centre = [line for line in lines if line.province_code is None]
    return render_template(
        template, row=row, found=found, whole=roll_up.total(lines), measure=measure, tiles=drawn, tallies=tallies,
        ordered=sorted((one for one in drawn if one.whole), key=lambda one: (one.percent or 0, one.code)),
        centre=centre, **context(event), **more,
    )  # fmt: skip


def _form(event: Event, *, posted: bool = False) -> FollowUpForm:
    kept = [(str(one.id), f"{one.number}. {one.text[:80]}") for one in conclusions.of_event(event.id)]
    offered = Offered(
        kept,
        [(one.code, one.short_name) for one in reference().provinces(event.regions_as_of)],
        [(str(one.id), one.name) for one in events.roles(event.id)],
        [(str(one.id), one.name) for one in offices.offices(event.institution_id)],
    )
    return FollowUpForm(request.form if posted else None).offer(offered, event.starts_on)


def _form_page(event: Event, form: FollowUpForm, row: FollowUp | None, preview: Expansion | None = None) -> str:
    named = {one.id: one.name for one in offices.offices(event.institution_id)} if preview else {}
    return render_template(
        "minutes/follow_up_form.html", form=form, row=row, preview=preview, named=named, **context(event)
    )
