"""The pages of the desks: their list, making this phone one, and the desk itself."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import abort, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import DESKS, EDITORS, REGISTRARS
from rakor.attendance.store import checkpoints, made
from rakor.checkin import desk_lines, envelope, operators, posts, samples, store, walkins, wire
from rakor.checkin.answers import base64_of
from rakor.checkin.desk_lines import State
from rakor.checkin.forms import DeskForm
from rakor.checkin.relaying import standing
from rakor.checkin.routes.front import blueprint, cookie_name, desk_device
from rakor.checkin.rules import LIFE_AFTER_EVENT
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.qr import qr_svg
from rakor.web.access import Scope, current_user, policy, principal
from rakor.web.times import zone_letters

STATES = {
    State.WAITS: (_l("Menunggu ponsel"), "", "clock"),
    State.WORKS: (_l("Bekerja"), "ok", "check"),
    State.SILENT: (_l("Tidak terhubung"), "warn", "alert"),
    State.OVER: (_l("Masa pakai habis"), "", "clock"),
    State.REVOKED: (_l("Dicabut"), "bad", "cross"),
    State.WIPED: (_l("Selesai, ponsel bersih"), "", "check"),
}


@blueprint.get("/events/<uuid:event_id>/desks")
@policy("desk.list", Scope.EVENT, roles=DESKS)
def show_desks(event_id: UUID) -> str:
    """The event's desks, and the form that makes this phone one."""
    event = events.event(event_id) or abort(404)
    return desks_page(event, desk_form(event))


@blueprint.post("/events/<uuid:event_id>/desks")
@policy("desk.create", Scope.EVENT, roles=DESKS)
def create_desk(event_id: UUID) -> Response | tuple[str, int]:
    """Make this phone a desk: a device for the person logged in, and its cookie."""
    event = events.event(event_id) or abort(404)
    form = desk_form(event)
    if not form.accepted():
        return desks_page(event, form), 422
    now, expires_at = clock.now(), form.end(max(ends_at(event), clock.now() + timedelta(hours=1)))
    with transaction():
        found = checkpoints.ensure(event_id, now=now)
        place, also = form.served(found)
        name, who = form.name.data, current_user().id
        device, token = store.enrol(event_id, who, name, place.id, now=now, expires_at=expires_at)
        device.also = also
    answer = redirect(url_for("checkin.show_desk", event_id=event_id), 303)
    give_cookie(answer, token, expires_at)
    return answer


def give_cookie(answer: Response, token: str, expires_at: datetime) -> None:
    """Set a desk's cookie, which no script can read, until the device's end."""
    secure = current_app.config["RAKOR"].secure
    life = int((expires_at - clock.now()).total_seconds())
    answer.set_cookie(cookie_name(), token, max_age=life, path="/", httponly=True, samesite="Lax", secure=secure)


def ends_at(event: Event) -> datetime:
    """Return when an event's devices die: twelve hours after the end of its last day."""
    midnight = datetime.combine(event.ends_on + timedelta(days=1), datetime.min.time(), ZoneInfo(event.zone))
    return midnight.astimezone(UTC) + LIFE_AFTER_EVENT


@blueprint.post("/events/<uuid:event_id>/desks/<uuid:device_id>/revocation")
@policy("desk.revoke", Scope.EVENT, roles=REGISTRARS)
def revoke_desk(event_id: UUID, device_id: UUID) -> Response:
    """Revoke a desk: what its phone still sends waits for a person."""
    if store.device(event_id, device_id) is None:
        abort(404)
    with transaction(unaudited="revoked before: nothing changes"):
        store.revoke(event_id, device_id, now=clock.now())
    return redirect(url_for("checkin.show_desks", event_id=event_id), 303)


@blueprint.get("/desk/<uuid:event_id>")
@policy("desk.show", Scope.DEVICE)
def show_desk(event_id: UUID) -> Response:
    """The desk's screen, for the phone that carries this event's cookie."""
    device = desk_device()
    event = events.event(event_id)
    row = store.device(event_id, device.id)
    if event is None or row is None:
        abort(404)
    if device.revoked:  # the page without data: its script sends the rest, wipes the phone and says farewell
        return _shell(410)
    place = next(one for one in checkpoints.checkpoints(event_id) if one.id == row.checkpoint_id)
    shown = samples.samples(event_id, place.id) if _demo(event) else []
    page = render_template(
        "checkin/desk.html",
        event=event,
        device=row,
        checkpoint=place,
        posts=[one.model_dump() for one in posts.posts(row)],
        samples=[(one, qr_svg(one.code, _("Kode QR contoh"))) for one in shown],
        gone=False,
        team=operators.choices(event_id, clock.now()),
        enrolled=wire.millis(row.enrolled_at or row.created_at),
        seal_key=base64_of(envelope.public_key(event_id)),
        zone_word=zone_letters(event.zone, clock.now()),
        demo_notice=bool(event.demo_world),
    )
    return with_camera(page)


@blueprint.get("/desk/shell")
@policy("desk.shell", Scope.PUBLIC, reason="the desk's page without any data; the phone fills it from its own notes")
def show_shell() -> Response:
    """The desk's page with all its words and nobody's data."""
    return _shell(200)


def _shell(status: int) -> Response:
    nobody = SimpleNamespace(id="", name="", user_id="", zone="", created_at=None, is_help_desk=False)
    lists: dict[str, Any] = {"samples": [], "team": [], "posts": []}
    blank = {"enrolled": "", "zone_word": "", "seal_key": ""}
    told = {"event": None, "device": nobody, "checkpoint": nobody, "gone": status == 410}
    page = render_template("checkin/desk.html", **told, **lists, **blank)
    answer = with_camera(page)
    answer.status_code = status
    return answer


def with_camera(page: str) -> Response:
    """Return a page that may use the camera."""
    answer = make_response(page)
    answer.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return answer


def _demo(event: Event) -> bool:
    return bool(event.demo_world) and bool(current_app.config["RAKOR"].on_loopback)


def desk_form(event: Event) -> DeskForm:
    """Return the form with the event's days and sessions, and the next number.

    Chosen is what the summary counts: the session that runs, else today's day.
    """
    found = made.choices(event.id)
    form: DeskForm = DeskForm.read()
    form.offer([(str(one.id), one.name) for one in found], event.zone)
    if request.method != "POST":
        form.name.data = _("Meja %(number)s", number=len(store.devices(event.id)) + 1)
        likely = likely_place(event, found, clock.now())
        form.place.data = str(likely.id) if likely else None
    return form


def likely_place(event: Event, found: list[checkpoints.Place], now: datetime) -> checkpoints.Place | None:
    """Return where a desk most likely takes presence: the session that runs, else today's day, else the first."""
    today = clock.today(event.zone)
    likely = [one for one in found if one.runs(now)] or [one for one in found if one.held_on == today] or found
    return likely[0] if likely else None


def desks_page(event: Event, form: DeskForm) -> str:
    return render_template(
        "checkin/desks.html",
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        form=form,
        may_place=principal().may(EDITORS),
        guest_count=walkins.count(event.id),
        **_lines(event),
        upstream=standing.standing(event.id),
        set_up_here=bool(current_app.config["RAKOR"].setup_url),
    )


@blueprint.get("/events/<uuid:event_id>/desks/lines")
@policy("desk.lines", Scope.EVENT, roles=DESKS)
def show_desk_lines(event_id: UUID) -> Response:
    """The list of desks alone; 204 for ``?seen=`` while it is what the asker has."""
    found = _lines(events.event(event_id) or abort(404))
    if request.args.get("seen") == found["version"]:
        return make_response("", 204)
    return make_response(render_template("checkin/desk_lines.html", **found))


def _lines(event: Event) -> dict[str, Any]:
    """What the list of desks shows."""
    found = desk_lines.lines(event.id, clock.now())
    return {
        "event": event,
        "desks": found,
        "states": STATES,
        "version": desk_lines.version(found),
        "may_invite": principal().may(REGISTRARS),
    }
