"""The pages and calls by which a phone becomes a desk and stops being one."""

from datetime import timedelta
from uuid import UUID

from flask import abort, current_app, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import audit, clock
from rakor.accounts.rules import REGISTRARS
from rakor.attendance.store import checkpoints
from rakor.checkin import enrolment, store, wire
from rakor.checkin.answers import Farewell
from rakor.checkin.routes.front import blueprint, cookie_name, desk_device
from rakor.checkin.routes.pages import desk_form, desks_page, ends_at, give_cookie
from rakor.db import transaction
from rakor.events import store as events
from rakor.qr import qr_svg
from rakor.web import limits
from rakor.web.access import Scope, policy, principal

TRIES, TRIES_WINDOW = 20, timedelta(minutes=10)


@blueprint.post("/events/<uuid:event_id>/desks/invitations")
@policy("desk.invite", Scope.EVENT, roles=REGISTRARS)
def invite_desk(event_id: UUID) -> Response | tuple[str, int]:
    """Make a desk for another phone: its one-time code is shown next."""
    event = events.event(event_id) or abort(404)
    form = desk_form(event)
    if not form.accepted():
        return desks_page(event, form), 422
    now = clock.now()
    with transaction():
        found = checkpoints.ensure(event_id, now=now)
        place, also = form.served(found)
        end = form.end(max(ends_at(event), now + timedelta(hours=1)))
        device = enrolment.invite(event_id, str(form.name.data), place.id, now=now, expires_at=end)
        device.also = also
        device_id = device.id
    return redirect(url_for("checkin.show_invitation", event_id=event_id, device_id=device_id), 303)


@blueprint.get("/events/<uuid:event_id>/desks/<uuid:device_id>/invitation")
@policy("desk.invitation", Scope.EVENT, roles=REGISTRARS)
def show_invitation(event_id: UUID, device_id: UUID) -> str:
    """The one-time code of a desk as a QR; what it became once it is used."""
    event = events.event(event_id) or abort(404)
    device = store.device(event_id, device_id) or abort(404)
    code = enrolment.invitation(device, now=clock.now())
    # behind the "#", so that no server, proxy or log sees it before it is used
    address = f"{current_app.config['RAKOR'].base_url}{url_for('checkin.show_join')}#{code}"
    return render_template(
        "checkin/invitation.html",
        event=event,
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        device=device,
        code=code,
        address=address,
        picture=qr_svg(address, _("Kode QR sekali pakai")) if code else None,
    )


@blueprint.post("/events/<uuid:event_id>/desks/<uuid:device_id>/invitation")
@policy("desk.invitation.renew", Scope.EVENT, roles=REGISTRARS)
def renew_invitation(event_id: UUID, device_id: UUID) -> Response:
    """A new code for ten minutes: for a desk that no phone is yet, or to enrol a phone anew (its PIN is forgotten)."""
    with transaction(unaudited="a revoked desk gets no code"):
        device = store.device(event_id, device_id) or abort(404)
        if device.revoked_at is None and device.relay_id is None:
            enrolment.renew(device, now=clock.now())
            audit.record("device.renew", event_id=event_id, object_kind="device", object_id=device_id)
    return redirect(url_for("checkin.show_invitation", event_id=event_id, device_id=device_id), 303)


@blueprint.post("/events/<uuid:event_id>/desks/<uuid:device_id>/help")
@policy("desk.help", Scope.EVENT, roles=REGISTRARS)
def turn_help_desk(event_id: UUID, device_id: UUID) -> Response:
    """Make a desk a help desk, or an ordinary one again."""
    with transaction():
        device = store.device(event_id, device_id) or abort(404)
        device.is_help_desk = not device.is_help_desk
        audit.record("device.help", event_id=event_id, object_kind="device", object_id=device_id)
    return redirect(url_for("checkin.show_desks", event_id=event_id), 303)


@blueprint.get("/desk/join")
@policy("desk.join.show", Scope.PUBLIC, reason="a form for a one-time code; it says nothing about any event")
def show_join() -> str:
    """Where the one-time QR leads: one touch makes the phone a desk."""
    return render_template("checkin/join.html", refused=False, code="")


@blueprint.post("/desk/join")
@policy("desk.join", Scope.PUBLIC, reason="the one-time code is the proof; 128 bits, ten minutes, once")
def join_desk() -> Response | tuple[str, int]:
    """Make this phone the desk of a code that is open."""
    code = request.form.get("code", "")[:64]
    if not limits.allowed("desk.join", limits.client_network(), limit=TRIES, per=TRIES_WINDOW):
        abort(429)
    user = principal().user
    with transaction(unaudited="a code that opens nothing changes nothing"):
        as_relay = request.form.get("as") == "relay"
        joined = enrolment.redeem(code, user.id if user else None, now=clock.now(), as_relay=as_relay)
        if joined is not None:
            device, token = joined
            event_id, end = device.event_id, device.expires_at
    if joined is None:
        return render_template("checkin/join.html", refused=True, code=code), 422
    answer = redirect(url_for("checkin.show_desk", event_id=event_id), 303)
    give_cookie(answer, token, end)
    return answer


@blueprint.post("/scan/v1/farewell")
@policy("scan.farewell", Scope.DEVICE)
def receive_farewell() -> Response:
    """The phone has wiped what it held: a revoked one as it was told, another because its work is done."""
    device, now = desk_device(), clock.now()
    with transaction():
        enrolment.farewell(device.event_id, device.id, now=now)
    answer = jsonify(Farewell(wiped_at=wire.millis(now)).model_dump())
    answer.delete_cookie(
        cookie_name(), path="/", httponly=True, samesite="Lax", secure=current_app.config["RAKOR"].secure
    )
    return answer
