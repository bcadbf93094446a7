"""Presence session by session: the threshold, for how many it was enough, and who came another way than registered."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.signatures.store import at_desk
from rakor.sources.forms import ThresholdForm
from rakor.sources.routes.front import blueprint
from rakor.sources.routes.openings import BASE
from rakor.sources.rules.enough import Threshold
from rakor.sources.store import sessions, zoom
from rakor.web.access import Scope, policy, principal

MOST_NAMES = 30
Page = Response | tuple[str, int]


@blueprint.get(f"{BASE}/sessions")
@policy("presence.sessions", Scope.EVENT, roles=REGISTRARS)
def show_sessions(event_id: UUID) -> Page:
    """Every session with its numbers."""
    return _page(event_id, 200)


@blueprint.post(f"{BASE}/sessions")
@policy("presence.threshold", Scope.EVENT, roles=EDITORS)
def set_threshold(event_id: UUID) -> Page:
    """Set how long is long enough; no fact is touched, the numbers are counted anew."""
    form = ThresholdForm(request.form)
    if not form.accepted():
        return _page(event_id, 422, form)
    with transaction(unaudited="the same threshold again changes nothing"):
        events.locked_event(event_id)
        sessions.set_threshold(event_id, Threshold(form.minutes.data, form.share.data))
    flash(_("Batas hadir disimpan. Angka di bawah sudah dihitung ulang; tidak ada catatan yang diubah."), "ok")
    return redirect(url_for("sources.show_sessions", event_id=event_id), 303)


def _page(event_id: UUID, status: int, form: ThresholdForm | None = None) -> tuple[str, int]:
    event, limit = events.event(event_id) or abort(404), sessions.threshold(event_id)
    found = sessions.sessions(event_id)
    named = {who for one in found for who in one.online[:MOST_NAMES]}
    page = render_template(
        "sources/sessions.html",
        event=event,
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        form=form or ThresholdForm(data={"minutes": limit.minutes, "share": limit.share}),
        has_limit=limit != Threshold(),
        sessions=found,
        people=zoom.people_of(event_id, named),
        most=MOST_NAMES,
        may_edit=principal().may(EDITORS),
        at_desk=at_desk(event_id),
    )
    return page, status
