"""Online presence for the organiser: opened for a session or a day, with a word, and ended."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock, crypto
from rakor.accounts.rules import REGISTRARS
from rakor.attendance.store import checkpoints, made
from rakor.checkin.routes.pages import likely_place
from rakor.db import transaction
from rakor.events import store as events
from rakor.sources.forms import OpeningForm
from rakor.sources.routes.front import blueprint
from rakor.sources.store import openings
from rakor.web.access import Scope, current_user, policy

BASE = "/events/<uuid:event_id>/presence"
Page = Response | tuple[str, int]


@blueprint.get(BASE)
@policy("presence.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> Page:
    """What is open now with how many have said so, and the form that opens the next."""
    return _page(event_id, 200)


@blueprint.post(BASE)
@policy("presence.open", Scope.EVENT, roles=REGISTRARS)
def open_presence(event_id: UUID) -> Page:
    """Open online presence; where it is open already nothing changes."""
    form = _form(event_id)
    if not form.accepted():
        return _page(event_id, 422, form)
    now = clock.now()
    with transaction(unaudited="it is open there already: nothing changes"):
        place = made.chosen(checkpoints.ensure(event_id, now=now), str(form.place.data))
        done = openings.open_at(
            event_id, place.id, str(form.word.data or ""), by_id=current_user().id, now=now, closes_at=form.until(now)
        )
    if done:
        flash(_("Presensi daring dibuka. Tombolnya sekarang tampak di halaman setiap peserta."), "ok")
    else:
        flash(_("Presensi untuk tempat itu sedang terbuka; tidak ada yang diubah."), "warn")
    return redirect(url_for("sources.show", event_id=event_id), 303)


@blueprint.post(f"{BASE}/<uuid:opening_id>/closing")
@policy("presence.close", Scope.EVENT, roles=REGISTRARS)
def close_presence(event_id: UUID, opening_id: UUID) -> Response:
    """End an opening now."""
    if openings.opening(event_id, opening_id) is None:
        abort(404)
    with transaction(unaudited="it is over already: nothing changes"):
        openings.close(event_id, opening_id, now=clock.now())
    return redirect(url_for("sources.show", event_id=event_id), 303)


def _form(event_id: UUID) -> OpeningForm:
    form: OpeningForm = OpeningForm.read()
    return form.offer([(str(one.id), one.name) for one in checkpoints.places(event_id)])


def _page(event_id: UUID, status: int, form: OpeningForm | None = None) -> tuple[str, int]:
    event, now = events.event(event_id) or abort(404), clock.now()
    if form is None:
        seed = crypto.derive("presence/word", event_id.bytes, str(int(now.timestamp() // 60)).encode())
        likely = likely_place(event, checkpoints.places(event_id), now)
        form = _form(event_id).suggest(str(likely.id) if likely else None, seed)
    running, over = openings.open_now(event_id, now), openings.over(event_id, now)
    page = render_template(
        "sources/show.html",
        event=event,
        event_title=event.short_title,
        demo_notice=bool(event.demo_world),
        form=form,
        running=running,
        over=over,
        said={one.id: openings.said_count(event_id, one) for one in (*running, *over)},
        now=now,
    )
    return page, status
