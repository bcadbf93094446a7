"""The person signs the attendance list on the own page: where present, on that day, as often as wished."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.db import transaction
from rakor.events.models import Event
from rakor.portal.me_base import PERSON, Page, blueprint, person_and_event
from rakor.registrations import store
from rakor.registrations.models import Registration
from rakor.registrations.rules.zones import own_zone
from rakor.signatures import store as signatures
from rakor.signatures.forms import SignatureForm
from rakor.signatures.rules import SignedVia
from rakor.signatures.store import Mark, Place
from rakor.web.access import Scope, policy
from rakor.web.forms import FORM_ROOM


def places(row: Registration, event: Event) -> list[Place]:
    """Return where the person may sign today."""
    return signatures.places_of(event.id, row.id, clock.today(event.zone))


@blueprint.get("/p/<token>/signature")
@policy("me.signature", Scope.LINK, purposes=PERSON)
def show_signature(token: str) -> Page:
    """The field to sign in, for one of the places (``?place=``), the first unsigned one else."""
    return _page(token, SignatureForm())


@blueprint.post("/p/<token>/signature")
@policy("me.sign", Scope.LINK, purposes=PERSON)
def sign(token: str) -> Page:
    """Keep the signature of one place; an earlier one stays, and the newest counts."""
    request.max_content_length = FORM_ROOM
    row, event, _office = person_and_event()
    now, form = clock.now(), SignatureForm.read()
    assert isinstance(form, SignatureForm)
    wanted = request.form.get("place", "")
    place = next((one for one in places(row, event) if str(one.checkpoint_id) == wanted), None)
    if place is None:
        return _page(token, form), 409
    mark = form.mark()
    if mark is None:
        return _page(token, form), 422
    give(event, row, [place.checkpoint_id], mark, now=now)
    flash(_("Tanda tangan Anda tersimpan."), "ok")
    return redirect(url_for("me.show", token=token), 303)


def give(event: Event, row: Registration, checkpoint_ids: list[UUID], mark: Mark, *, now: datetime) -> None:
    """Keep one signature for each of these places."""
    with transaction():
        for checkpoint_id in checkpoint_ids:
            signatures.sign(event.id, row.id, checkpoint_id, mark, SignedVia.OWN, now=now)


def _page(token: str, form: SignatureForm) -> str:
    row, event, office = person_and_event()
    found = places(row, event)
    wanted = request.values.get("place", "")
    chosen = next((one for one in found if str(one.checkpoint_id) == wanted), None)
    chosen = chosen or next((one for one in found if one.signed_at is None), None) or next(iter(found), None)
    return render_template(
        "portal/me_signature.html",
        event=event,
        name=store.display_name(row),
        zone=own_zone(row.mode, event.zone, office.zone if office else None, row.province_code),
        places=found,
        place=chosen,
        pad=form,
        token=token,
    )
