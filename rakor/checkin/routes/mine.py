"""One touch for a small event: the phone at hand becomes a desk, with a name and a place that suggest themselves."""

from datetime import timedelta
from uuid import UUID

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import DESKS
from rakor.attendance.store import checkpoints, made
from rakor.checkin import store
from rakor.checkin.routes.front import blueprint, cookie_name
from rakor.checkin.routes.pages import ends_at, give_cookie, likely_place
from rakor.checkin.rules import device_alive
from rakor.db import transaction
from rakor.events import store as events
from rakor.web.access import Scope, current_user, policy


@blueprint.post("/events/<uuid:event_id>/desks/mine")
@policy("desk.mine", Scope.EVENT, roles=DESKS)
def scan_from_here(event_id: UUID) -> Response:
    """Open this phone's desk; where it is none, make it one for what runs now, else for today."""
    event = events.event(event_id) or abort(404)
    answer = redirect(url_for("checkin.show_desk", event_id=event_id), 303)
    now = clock.now()
    if _is_desk(event_id):
        return answer
    place = likely_place(event, checkpoints.places(event_id), now) or abort(409)
    expires_at = max(ends_at(event), now + timedelta(hours=1))
    with transaction():
        found = checkpoints.ensure(event_id, now=now)
        checkpoint = made.chosen(found, str(place.id))
        name = _("Ponsel %(name)s", name=current_user().name)[:60]
        _device, token = store.enrol(
            event_id, current_user().id, name, checkpoint.id, now=now, expires_at=expires_at
        )
    give_cookie(answer, token, expires_at)
    return answer


def _is_desk(event_id: UUID) -> bool:
    """True where the phone that asks carries the cookie of a living desk of this event."""
    known = store.by_token(request.cookies.get(cookie_name(), ""))
    row = store.device(event_id, known.id) if known is not None else None
    return row is not None and device_alive(clock.now(), row.expires_at, row.revoked_at)
