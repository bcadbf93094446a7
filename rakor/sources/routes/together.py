"""Following together: on the office's page the operator ticks who sits in the room, session by session."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.attendance.store import checkpoints
from rakor.attendance.store.checkpoints import Place
from rakor.db import transaction
from rakor.events import store as events
from rakor.seats import store as seats
from rakor.seats.routes.device import device_secret, remember
from rakor.seats.routes.speaking import OFFICE, standing_of, subject
from rakor.seats.rules.speaking import MAY_SPEAK
from rakor.seats.store import Voice
from rakor.signatures.store import newest
from rakor.sources.routes.front import blueprint
from rakor.sources.store import together
from rakor.web.access import Scope, policy

MOST = 60


@blueprint.get("/o/<token>/together")
@policy("presence.room", Scope.LINK, purposes=OFFICE)
def show_room(token: str) -> Response:
    """The sessions that may be ticked now, one of them (``?session=``) with the office's people."""
    return remember(_page(token))


@blueprint.post("/o/<token>/together")
@policy("presence.tick", Scope.LINK, purposes=OFFICE)
def tick_room(token: str) -> Response:
    """Record the ticked; only the phone that speaks for the office may. Sent again it changes nothing."""
    event, office = subject()
    now = clock.now()
    place = _place(together.places_now(event.id, now), request.form.get("session", ""))
    if place is None:
        flash(_("Sesi itu sudah tidak dapat dicentang. Minta panitia mencatat rekan Anda."), "warn")
        return remember(redirect(url_for("sources.show_room", token=token), 303))
    with transaction(unaudited="nobody new was ticked, or the phone may not speak"):
        events.locked_event(event.id)
        may = seats.let_speak(event.id, office.id, Voice(device_secret()), now=now).speaking in MAY_SPEAK
        row = together.checkpoint_of(checkpoints.ensure(event.id, now=now), place) if may else None
        fresh = together.tick_all(event.id, office.id, place, row.id, _ticked(), now=now) if row else 0
    if not may:
        return remember((_page(token), 403))
    if fresh:
        flash(_("%(n)s orang dicatat hadir bersama.", n=fresh), "ok")
    else:
        flash(_("Tidak ada yang baru dicatat. Centang rekan yang duduk di ruangan."), "info")
    return remember(redirect(url_for("sources.show_room", token=token, session=place.item_id), 303))


def _ticked() -> list[UUID]:
    found = []
    for word in request.form.getlist("person")[:MOST]:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return found


def _place(found: list[Place], wanted: str) -> Place | None:
    return next((one for one in found if str(one.item_id) == wanted), None)


def _page(token: str) -> str:
    event, office = subject()
    now = clock.now()
    found = together.places_now(event.id, now)
    place = _place(found, request.values.get("session", "")) or next((one for one in found if one.runs(now)), None)
    place = place or next(iter(found), None)
    row = together.checkpoint_of(checkpoints.checkpoints(event.id), place) if place else None
    return render_template(
        "sources/together.html",
        event=event,
        office=office,
        token=token,
        may=standing_of(event, office).may,
        places=found,
        place=place,
        people=together.colleagues(event.id, office.id, row.id if row else None) if place else [],
        signed={who for who, _place in newest(event.id, [row.id])} if row else set(),
    )
