"""Kartu peserta: choose a design and whom, look at a sample, print; one badge from a person's page or a desk."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock, files
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.checkin import help_lane, operators
from rakor.checkin import store as desks
from rakor.checkin.routes.front import desk_device
from rakor.checkin.routes.people import asked_ref, asking
from rakor.checkin.rules import device_alive
from rakor.db import transaction
from rakor.documents import badge_jobs
from rakor.documents.answers import as_file
from rakor.documents.badge_jobs import PDF
from rakor.documents.badge_pages import badge_form, badges_page, own_run, shown, state_of
from rakor.documents.badge_pages import person_panel as person_panel
from rakor.documents.models import BadgeRun
from rakor.documents.pages import event_of
from rakor.documents.rules.badges import BadgeChoice, BadgeDesign, RunState
from rakor.documents.store import badge_photos, badge_runs
from rakor.events import store as events
from rakor.registrations import store as registrations
from rakor.registrations.rules import HOLDS_PLACE
from rakor.web.access import Scope, current_user, policy
from rakor.web.fragments import changed_part
from rakor.web.nav import NavItem

blueprint = Blueprint("badges", __name__)
NAV = (NavItem(_l("Kartu peserta"), "ticket", "badges.index", REGISTRARS, 220, "badges."),)
BASE = "/events/<uuid:event_id>/badges"
ONE = f"{BASE}/<uuid:run_id>"
READ = "who took badges, which are tickets, is on record"
assert badge_jobs  # the worker finds the handlers through this room


@blueprint.get(BASE)
@policy("badges.index", Scope.EVENT, roles=REGISTRARS)
def index(event_id: UUID) -> str:
    """The form, and the prints this person asked for."""
    event = event_of(event_id)
    return badges_page(event, badge_form(event))


@blueprint.post(BASE)
@policy("badges.create", Scope.EVENT, roles=REGISTRARS)
def create(event_id: UUID) -> BaseResponse | tuple[str, int]:
    """Ask for badges; the worker draws a sample first."""
    event = event_of(event_id)
    form = badge_form(event)
    if not form.accepted():
        return badges_page(event, form), 422
    with transaction():
        row = badge_runs.ask_for_badges(
            event_id, BadgeDesign(form.design.data), form.choice(), user_id=current_user().id, now=clock.now()
        )
    return redirect(url_for("badges.show", event_id=event_id, run_id=row.id), 303)


@blueprint.post(f"{BASE}/photos")
@policy("badges.ask_photo", Scope.EVENT, roles=EDITORS)
def ask_photo(event_id: UUID) -> BaseResponse:
    """Ask people for a photo on their own page and print it, or ask no more."""
    with_photo = bool(request.form.get("with_photo"))
    with transaction(unaudited="asked as it was before: nothing changes"):
        badge_photos.ask(events.locked_event(event_id).id, with_photo)
    flash(_("Peserta kini dapat memberi foto di halamannya.") if with_photo else _("Foto tidak diminta lagi."), "ok")
    return redirect(url_for("badges.index", event_id=event_id), 303)


@blueprint.post(f"{BASE}/people/<uuid:registration_id>")
@policy("badges.print_one", Scope.EVENT, roles=REGISTRARS)
def print_one(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Print one person's badge again, in the design of the others."""
    row = registrations.registration(event_id, registration_id)
    if row is None or row.state not in HOLDS_PLACE:
        abort(404)
    with transaction():
        run = badge_runs.ask_for_badges(
            event_id, badge_runs.last_design(event_id), _only(registration_id),
            user_id=current_user().id, whole=True, now=clock.now(),
        )  # fmt: skip
    return redirect(url_for("badges.show", event_id=event_id, run_id=run.id), 303)


@blueprint.get(ONE)
@policy("badges.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID, run_id: UUID) -> str:
    """One print: its sample, being made, ready, over, or failed."""
    return render_template("documents/badge_run.html", **shown(event_of(event_id), *own_run(event_id, run_id)))


@blueprint.get(f"{ONE}/progress")
@policy("badges.progress", Scope.EVENT, roles=REGISTRARS)
def progress(event_id: UUID, run_id: UUID) -> Response | str:
    """The changing part of the page; 204 where ``?seen=`` names what the page shows already."""
    return changed_part("documents/_badge_run.html", shown(event_of(event_id), *own_run(event_id, run_id)))


@blueprint.post(f"{ONE}/whole")
@policy("badges.want", Scope.EVENT, roles=REGISTRARS)
def want(event_id: UUID, run_id: UUID) -> BaseResponse:
    """Print what the sample showed."""
    row, _job = own_run(event_id, run_id)
    if row.badge_count:
        with transaction(unaudited="asked twice it is made once"):
            badge_runs.want_whole(badge_runs.run_by_id(event_id, run_id) or abort(404), now=clock.now())
    return redirect(url_for("badges.show", event_id=event_id, run_id=run_id), 303)


@blueprint.get(f"{ONE}/sample")
@policy("badges.sample", Scope.EVENT, roles=REGISTRARS)
def sample(event_id: UUID, run_id: UUID) -> Response:
    """The picture of the first sheet; its QRs open no door."""
    row, _job = own_run(event_id, run_id)
    kept = files.read(event_id, row.sample_id, badge_runs.SAMPLE)
    return as_file(kept, opens=True) if kept else abort(404)


@blueprint.get(f"{ONE}/file")
@policy("badges.file", Scope.EVENT, roles=REGISTRARS, reauth=True, writes_on_get=READ)
def file(event_id: UUID, run_id: UUID) -> Response:
    """The badges: one PDF opens in the browser, ``?take=1`` and many parts are saved."""
    return _taken(own_run(event_id, run_id)[0])


@blueprint.post("/scan/badges")
@policy("badges.desk_print", Scope.DEVICE)
def desk_print() -> tuple[Response, int]:
    """Print the badge of ``?ref=`` again at a desk. Only where who stands here is a registrar."""
    device, ref = asking("badge"), asked_ref()
    if not operators.may(device, REGISTRARS, clock.now()):
        abort(403)
    person = help_lane.holder(device.event_id, ref)
    if person is None or person.code is None:
        abort(404)
    event_id, device_id = device.event_id, device.id
    with transaction():
        run = badge_runs.ask_for_badges(
            event_id, badge_runs.last_design(event_id), _only(person.registration_id),
            device_id=device_id, whole=True, now=clock.now(),
        )  # fmt: skip
    return jsonify(progress=url_for("badges.desk_progress", run_id=run.id)), 201


@blueprint.get("/scan/badges/<uuid:run_id>")
@policy("badges.desk_progress", Scope.DEVICE)
def desk_progress(run_id: UUID) -> Response:
    """Where the print that this desk asked for stands: ``file`` is its address once it is ready."""
    row, state = _of_desk(run_id)
    ready = url_for("badges.desk_file", run_id=row.id) if state is RunState.READY else None
    return jsonify(state=state, file=ready)


@blueprint.get("/scan/badges/<uuid:run_id>/file")
@policy("badges.desk_file", Scope.DEVICE, writes_on_get=READ)
def desk_file(run_id: UUID) -> Response:
    """The badge that this desk asked for."""
    return _taken(_of_desk(run_id)[0])


def _of_desk(run_id: UUID) -> tuple[BadgeRun, RunState]:
    device = desk_device()
    row = desks.device(device.event_id, device.id)
    if row is None or not device_alive(clock.now(), row.expires_at, row.revoked_at):
        abort(403)
    found = badge_runs.runs_at(row.event_id, row.id, run_id)
    return (found[0][0], state_of(*found[0])) if found else abort(404)


def _only(registration_id: UUID) -> BadgeChoice:
    return BadgeChoice(registration_id=registration_id, only_new=False, with_online=True)


def _taken(row: BadgeRun) -> Response:
    event_id, run_id = row.event_id, row.id
    kept = files.read(event_id, row.file_id, badge_runs.PURPOSE) or abort(404)
    with transaction():
        audit.record("badges.read", event_id=event_id, object_kind="badges", object_id=run_id, fields=["qr"])
    return as_file(kept, opens=kept.media_type == PDF and "take" not in request.args)
