"""Links for leaders: one number without a login, until the day that was chosen."""

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events.models import Event
from rakor.events.part_forms import LeaderForm
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.events.store import leaders
from rakor.web.access import Scope, policy

OUTLIVES = timedelta(days=31)  # a review a month later still opens it (story L3)
LONGEST = timedelta(days=366)


@blueprint.get("/events/<uuid:event_id>/leaders")
@policy("event.leaders", Scope.EVENT, roles=EDITORS)
def show_leaders(event_id: UUID) -> Page:
    """Every leader with the link to pass on, and a form for one more."""
    return _page(event_id, _offered(event_or_404(event_id)))


@blueprint.post("/events/<uuid:event_id>/leaders")
@policy("leader.add", Scope.EVENT, roles=EDITORS)
def add_leader(event_id: UUID) -> Page:
    """Add a leader and make the link."""
    event = event_or_404(event_id)
    form = LeaderForm.read()
    assert isinstance(form, LeaderForm)
    form.first = clock.today(event.zone)
    form.last = form.first + LONGEST
    if not form.accepted():
        return _page(event_id, form, 422)
    ends_at = _end_of(event, form.until.data)
    with transaction():
        leaders.add(event_id, form["name"].data, form.post.data, expires_at=ends_at, now=clock.now())
    flash(_("Tautan pimpinan dibuat. Salin dan kirim lewat jalur pribadi."), "ok")
    return redirect(url_for("events.show_leaders", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/leaders/<uuid:leader_id>/link")
@policy("leader.link", Scope.EVENT, roles=EDITORS)
def renew_leader_link(event_id: UUID, leader_id: UUID) -> Response:
    """Make a new link in the place of the old one."""
    event = _known(event_id, leader_id)
    with transaction():
        leaders.renew(event_id, leader_id, expires_at=_kept_end(event, leader_id) or _end_of(event))
    flash(_("Tautan baru dibuat; yang lama tidak berlaku lagi."), "ok")
    return redirect(url_for("events.show_leaders", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/leaders/<uuid:leader_id>/link/revocation")
@policy("leader.link_end", Scope.EVENT, roles=EDITORS)
def end_leader_link(event_id: UUID, leader_id: UUID) -> Response:
    """Let a leader's link die at once."""
    _known(event_id, leader_id)
    with transaction():
        leaders.end(event_id, leader_id, now=clock.now())
    flash(_("Tautan dimatikan."), "ok")
    return redirect(url_for("events.show_leaders", event_id=event_id), 303)


def _known(event_id: UUID, leader_id: UUID) -> Event:
    if not leaders.known(event_id, leader_id):
        abort(404)
    return event_or_404(event_id)


def _offered(event: Event) -> LeaderForm:
    """The form with the day until which a link usually works."""
    form = LeaderForm()
    form.until.data = (_end_of(event) - timedelta(seconds=1)).astimezone(ZoneInfo(event.zone)).date()
    return form


def _kept_end(event: Event, leader_id: UUID) -> datetime | None:
    """Return until when the link that is renewed would work; None where that is over."""
    ends = {one.id: one.expires_at for one in leaders.leaders(event.id)}
    ends_at = ends.get(leader_id)
    return ends_at if ends_at and ends_at > clock.now() else None


def _end_of(event: Event, until: date | None = None) -> datetime:
    """Return when a leader's link ends: with the chosen day, else 31 days after the event; in a day at the soonest."""
    first = until + timedelta(days=1) if until else event.ends_on + OUTLIVES
    midnight = datetime.combine(first, time(), ZoneInfo(event.zone))
    return midnight if until else max(midnight, clock.now() + timedelta(days=1))


def _page(event_id: UUID, form: LeaderForm, status: int = 200) -> tuple[str, int]:
    page = render_template(
        "events/leaders.html",
        form=form,
        leaders=leaders.leaders(event_id),
        now=clock.now(),
        base_url=current_app.config["RAKOR"].base_url,
        **context(event_or_404(event_id)),
    )
    return page, status
