"""The page of quotas: pools and their sizes, places moved between two, the terms of waiting and of changing."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from rakor import audit, clock
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.fields import local
from rakor.events.models import Event
from rakor.events.quota import NAME_LENGTH
from rakor.regions.rules import reference
from rakor.registrations import jobs, places, pool_sizes, pool_words, pools, roster
from rakor.registrations.pool_forms import GIVE, OFFER, PoolForm, SizeForm, TermsForm, TransferForm
from rakor.registrations.rules import PoolProblem
from rakor.web.access import Scope, policy, principal
from rakor.web.forms import clean
from rakor.web.nav import NavItem

blueprint = Blueprint("pools", __name__)
NAV = (NavItem(_l("Pendaftaran"), "user-plus", "pools.show", REGISTRARS, 130, "pools."),)
assert jobs  # the worker finds its handlers through this room

Page = str | Response | tuple[str, int]
BASE = "/events/<uuid:event_id>/quota"


def _event(event_id: UUID) -> Event:
    return events.event(event_id) or abort(404)


def _new_pool(event: Event) -> PoolForm:
    form = PoolForm.read()
    assert isinstance(form, PoolForm)
    provinces = [(one.code, one.short_name) for one in reference().provinces(event.regions_as_of)]
    return form.offer([(str(role.id), role.name) for role in events.roles(event.id)], provinces)


def _page(event_id: UUID, status: int = 200, **forms: object) -> Page:
    event, standings = _event(event_id), pools.standings(event_id)
    roles = {role.id: role.name for role in events.roles(event_id)}
    names = {one.pool.id: pool_words.name_of(one.pool, alone=len(standings) == 1) for one in standings}
    terms = TermsForm(
        waiting=GIVE if event.offer_hours is None else OFFER,
        hours=event.offer_hours,
        until=local(event.self_service_until_at, event.zone),
    )
    drawn = {"form": PoolForm().offer(*_choices(event)), "transfer": TransferForm().offer(standings, names)}
    page = render_template(
        "registrations/quota.html",
        event=event,
        event_title=event.short_title,
        standings=standings,
        names=names,
        whom={one.pool.id: pool_words.for_whom(one.pool, roles) for one in standings},
        counts=roster.state_counts(event_id),
        may_edit=principal().may(EDITORS),
        now=clock.now(),
        **({"terms": terms, "sizing": None, "problem": ""} | drawn | forms),
    )
    return page, status


def _choices(event: Event) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    roles = [(str(role.id), role.name) for role in events.roles(event.id)]
    return roles, [(one.code, one.short_name) for one in reference().provinces(event.regions_as_of)]


@blueprint.get(BASE)
@policy("quota.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> Page:
    """The pools with what is taken and who waits, and everything that can be done with them."""
    return _page(event_id)


@blueprint.post(BASE)
@policy("quota.add", Scope.EVENT, roles=EDITORS)
def add(event_id: UUID) -> Page:
    """Add a pool; those whom it is for move into it from the rest."""
    form = _new_pool(_event(event_id))
    if not form.accepted():
        return _page(event_id, 422, form=form)
    with transaction(unaudited="a pool that is refused changes nothing"):
        event = events.locked_event(event_id)
        verdict = pool_sizes.add(event_id, form.wish())
        if not isinstance(verdict, PoolProblem | UUID):
            places.fill(event, verdict.id, now=clock.now())
    if isinstance(verdict, PoolProblem):
        return _page(event_id, 422, form=form, problem=str(pool_words.PROBLEMS[verdict]))
    if isinstance(verdict, UUID):
        other = pools.one(event_id, verdict)
        name = pool_words.name_of(other) if other else ""
        said = _("Kuota ini tumpang-tindih dengan “%(name)s”: ada pendaftar yang masuk keduanya.", name=name)
        return _page(event_id, 422, form=form, problem=said)
    flash(_("Kuota “%(name)s” dibuat.", name=verdict.name), "ok")
    return _back(event_id)


def _back(event_id: UUID) -> Response:
    return redirect(url_for("pools.show", event_id=event_id), 303)


@blueprint.post(f"{BASE}/<uuid:pool_id>/size")
@policy("quota.resize", Scope.EVENT, roles=EDITORS)
def resize(event_id: UUID, pool_id: UUID) -> Page:
    """Set a pool's size; those who wait get the new places in their order."""
    pools.one(event_id, pool_id) or abort(404)
    form = SizeForm.read()
    assert isinstance(form, SizeForm)
    if not form.accepted():
        return _page(event_id, 422, sizing=(pool_id, form))
    with transaction(unaudited="a size that is refused changes nothing"):
        event = events.locked_event(event_id)
        problem = pool_sizes.resize(event_id, pool_id, form.size.data)
        served = [] if problem else places.fill(event, pool_id, now=clock.now())
    if problem:
        form.size.errors = [str(pool_words.PROBLEMS[problem])]
        return _page(event_id, 422, sizing=(pool_id, form))
    _say_served(len(served), _("Jumlah tempat disimpan."))
    return _back(event_id)


def _say_served(count: int, said: str) -> None:
    more = " " + _("%(n)s orang dari daftar tunggu mendapat tempat atau tawaran.", n=count) if count else ""
    flash(said + more, "ok")


@blueprint.post(f"{BASE}/<uuid:pool_id>/name")
@policy("quota.rename", Scope.EVENT, roles=EDITORS)
def rename(event_id: UUID, pool_id: UUID) -> Response:
    """Set a pool's name; whom it is for stays."""
    name = clean(request.form.get("name"))[:NAME_LENGTH]
    pool = pools.one(event_id, pool_id)
    if pool is None or pool.is_rest:
        abort(404)
    if not name:
        flash(_("Nama kuota tidak boleh kosong; namanya tetap."), "bad")
        return _back(event_id)
    with transaction():
        events.locked_event(event_id)
        pool_sizes.rename(event_id, pool_id, name)
    flash(_("Nama kuota disimpan."), "ok")
    return _back(event_id)


@blueprint.post(f"{BASE}/<uuid:pool_id>/removal")
@policy("quota.remove", Scope.EVENT, roles=EDITORS)
def remove(event_id: UUID, pool_id: UUID) -> Response:
    """Remove a pool; its people and places go to the rest."""
    with transaction(unaudited="the rest cannot be removed"):
        event = events.locked_event(event_id)
        problem = pool_sizes.remove(event_id, pool_id)
        rest = pools.all_of(event_id)[-1]
        if not problem:
            places.fill(event, rest.id, now=clock.now())
    if problem:
        abort(404)
    flash(_("Kuota dihapus; orang dan tempatnya kini termasuk pendaftar lainnya."), "ok")
    return _back(event_id)


@blueprint.post(f"{BASE}/transfers")
@policy("quota.borrow", Scope.EVENT, roles=EDITORS)
def borrow(event_id: UUID) -> Page:
    """Move free places from one pool to another."""
    standings = pools.standings(event_id)
    names = {one.pool.id: pool_words.name_of(one.pool) for one in standings}
    form = TransferForm.read()
    assert isinstance(form, TransferForm)
    if not form.offer(standings, names).accepted():
        return _page(event_id, 422, transfer=form)
    giver, taker = UUID(form.giver.data), UUID(form.taker.data)
    with transaction(unaudited="a transfer that is refused changes nothing"):
        event = events.locked_event(event_id)
        problem = pool_sizes.borrow(event_id, giver, taker, form.count.data or 0)
        served = [] if problem else places.fill(event, taker, now=clock.now())
    if problem:
        form.count.errors = [str(pool_words.PROBLEMS[problem])]
        return _page(event_id, 422, transfer=form)
    moved = _("%(n)s tempat dipindahkan ke “%(name)s”.", n=form.count.data, name=names[taker])
    _say_served(len(served), moved)
    return _back(event_id)


@blueprint.post(f"{BASE}/terms")
@policy("quota.terms", Scope.EVENT, roles=EDITORS)
def save_terms(event_id: UUID) -> Page:
    """Save how a freed place is handed on, and until when people change their own registration."""
    form = TermsForm.read()
    assert isinstance(form, TermsForm)
    if not form.accepted():
        return _page(event_id, 422, terms=form)
    with transaction():
        event = events.locked_event(event_id)
        event.offer_hours = form.hours.data if form.waiting.data == OFFER else None
        event.self_service_until_at = form.until.moment(event.zone)
        fields = ["offer_hours", "self_service_until_at"]
        audit.record("event.change", event_id=event_id, object_kind="event", object_id=event_id, fields=fields)
    flash(_("Ketentuan disimpan."), "ok")
    return _back(event_id)


