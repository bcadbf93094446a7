"""Signing on somebody else's screen: each colleague on the office's phone, or who stands at the desk."""

from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.attendance.store import checkpoints
from rakor.attendance.store.checkpoints import Place
from rakor.db import transaction
from rakor.events import store as events
from rakor.registrations import store as registrations
from rakor.seats import store as seats
from rakor.seats.routes.device import device_secret, remember
from rakor.seats.routes.speaking import OFFICE, standing_of, subject
from rakor.seats.rules.speaking import MAY_SPEAK
from rakor.seats.store import Voice
from rakor.signatures import store
from rakor.signatures.forms import SignatureForm
from rakor.signatures.rules import SignedVia
from rakor.sources.routes.front import blueprint
from rakor.sources.store import together
from rakor.sources.store.together import Colleague
from rakor.web.access import Scope, policy
from rakor.web.forms import FORM_ROOM

ONE = "/o/<token>/together/<uuid:registration_id>"
DESK = "/events/<uuid:event_id>/people/<uuid:registration_id>/signature"
Page = BaseResponse | tuple[str, int]


@blueprint.get(ONE)
@policy("presence.colleague", Scope.LINK, purposes=OFFICE)
def show_colleague(token: str, registration_id: UUID) -> Response:
    """The field for one colleague's signature, at the session of ``?session=``."""
    found = _colleague(registration_id)
    return remember(_colleague_page(token, found, SignatureForm()) if found else _back_to_room(token))


@blueprint.post(ONE)
@policy("presence.sign_colleague", Scope.LINK, purposes=OFFICE)
def sign_colleague(token: str, registration_id: UUID) -> Response:
    """Keep the signature of a colleague who is ticked; only the phone that speaks for the office may."""
    request.max_content_length = FORM_ROOM
    event, office = subject()
    now, form = clock.now(), SignatureForm.read()
    assert isinstance(form, SignatureForm)
    found, mark = _colleague(registration_id), form.mark()
    if found is None:
        return remember(_back_to_room(token))
    place, _one, checkpoint_id = found
    if mark is None:
        return remember((_colleague_page(token, found, form), 422))
    with transaction(unaudited="the phone may not speak"):
        events.locked_event(event.id)
        may = seats.let_speak(event.id, office.id, Voice(device_secret()), now=now).speaking in MAY_SPEAK
        if may:
            store.sign(event.id, registration_id, checkpoint_id, mark, SignedVia.ROOM, now=now)
    if not may:
        return remember((_colleague_page(token, found, form), 403))
    flash(_("Tanda tangan tersimpan. Berikan ponsel kepada rekan berikutnya."), "ok")
    return remember(redirect(url_for("sources.show_room", token=token, session=place.item_id), 303))


Found = tuple[Place, Colleague, UUID]


def _colleague(registration_id: UUID) -> Found | None:
    """Return the session, the colleague who is present at it, and its checkpoint: of ``?session=``, else of the first
    that is open; None where there is none such.
    """
    event, office = subject()
    wanted = request.values.get("session", "")
    known = checkpoints.checkpoints(event.id)
    for place in together.places_now(event.id, clock.now()):
        row = together.checkpoint_of(known, place)
        if row is None or (wanted and str(place.item_id) != wanted):
            continue
        here = [one for one in together.colleagues(event.id, office.id, row.id) if one.id == registration_id and one.at]
        if here:
            return place, here[0], row.id
    return None


def _back_to_room(token: str) -> BaseResponse:
    flash(_("Belum ada yang dapat ditandatangani: rekan itu belum dicentang, atau sesinya sudah ditutup."), "warn")
    return redirect(url_for("sources.show_room", token=token), 303)


def _colleague_page(token: str, found: Found, form: SignatureForm) -> str:
    event, office = subject()
    place, one, checkpoint_id = found
    signed = store.newest(event.id, [checkpoint_id], [one.id])
    return render_template(
        "sources/colleague.html",
        event=event,
        office=office,
        token=token,
        may=standing_of(event, office).may,
        place=place,
        one=one,
        signed_at=next((row.signed_at for row in signed.values()), None),
        pad=form,
    )


@blueprint.get(DESK)
@policy("signature.desk", Scope.EVENT, roles=REGISTRARS)
def show_at_desk(event_id: UUID, registration_id: UUID) -> Page:
    """The field for whoever stands at the desk, where the event lets the desk ask."""
    return _desk_page(event_id, registration_id, SignatureForm(), 200)


@blueprint.post(DESK)
@policy("signature.sign_at_desk", Scope.EVENT, roles=REGISTRARS)
def sign_at_desk(event_id: UUID, registration_id: UUID) -> Page:
    """Keep the signature of somebody who is present today."""
    request.max_content_length = FORM_ROOM
    form = SignatureForm.read()
    assert isinstance(form, SignatureForm)
    wanted = request.form.get("place", "")
    here = next((one for one in _desk_places(event_id, registration_id) if str(one.checkpoint_id) == wanted), None)
    if here is None:
        return _desk_page(event_id, registration_id, form, 409)
    mark = form.mark()
    if mark is None:
        return _desk_page(event_id, registration_id, form, 422)
    with transaction():
        store.sign(event_id, registration_id, here.checkpoint_id, mark, SignedVia.DESK, now=clock.now())
    flash(_("Tanda tangan tersimpan."), "ok")
    return redirect(url_for("sources.show_at_desk", event_id=event_id, registration_id=registration_id), 303)


@blueprint.post("/events/<uuid:event_id>/presence/signing")
@policy("signature.at_desk", Scope.EVENT, roles=EDITORS)
def let_desk_sign(event_id: UUID) -> Page:
    """Let the desk ask for signatures, or not."""
    wanted = request.form.get("at_desk") == "yes"
    with transaction(unaudited="it is so already"):
        store.set_at_desk(event_id, wanted)
    flash(_("Meja boleh meminta tanda tangan.") if wanted else _("Meja tidak meminta tanda tangan."), "ok")
    return redirect(url_for("sources.show_sessions", event_id=event_id), 303)


def _desk_places(event_id: UUID, registration_id: UUID) -> list[store.Place]:
    event = events.event(event_id) or abort(404)
    if not store.at_desk(event_id) or registrations.registration(event_id, registration_id) is None:
        abort(404)
    return store.places_of(event_id, registration_id, clock.today(event.zone))


def _desk_page(event_id: UUID, registration_id: UUID, form: SignatureForm, status: int) -> Page:
    event, found = events.event(event_id) or abort(404), _desk_places(event_id, registration_id)
    row = registrations.registration(event_id, registration_id) or abort(404)
    page = render_template(
        "sources/desk_signature.html",
        event=event,
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        registration_id=registration_id,
        name=registrations.display_name(row),
        places=found,
        pad=form,
    )
    return page, status
