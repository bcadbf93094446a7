"""Taking up what an earlier event left open, chosen by hand."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS, READERS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.store import team
from rakor.minutes.routes.follow_up_base import ALL, Page, blueprint, context, event_of
from rakor.minutes.store import carrying
from rakor.web.access import Scope, current_user, policy


@blueprint.get(f"{ALL}/earlier")
@policy("follow_ups.earlier", Scope.EVENT, roles=EDITORS)
def earlier(event_id: UUID) -> Page:
    """What was taken up with how far it is, and the earlier events that could be."""
    event = event_of(event_id)
    return render_template(
        "minutes/follow_ups_earlier.html", earlier=carrying.earlier(event, now=clock.now()), offered=_offered(event),
        **context(event),
    )  # fmt: skip


@blueprint.post(f"{ALL}/earlier")
@policy("follow_ups.carry", Scope.EVENT, roles=EDITORS)
def carry(event_id: UUID) -> Page:
    """Put the open follow-ups of an own earlier event on the agenda."""
    event = event_of(event_id)
    named = request.form.get("source", "")
    source = next((one for one in _offered(event) if str(one.id) == named), None)
    if source is None:
        flash(_("Pilih kegiatan dari daftar."), "warn")
        return redirect(url_for("follow_ups.earlier", event_id=event_id), 303)
    with transaction(unaudited="everything was finished meanwhile"):
        item_id = carrying.carry(event_id, source.id, by=current_user().id, now=clock.now())
    if item_id is None:
        flash(_("Tidak ada lagi tindak lanjut yang terbuka di kegiatan itu."), "info")
    else:
        flash(_("Mata acara “Tindak lanjut rapat sebelumnya” ada di hari pertama. Beri waktunya di agenda."), "ok")
    return redirect(url_for("follow_ups.earlier", event_id=event_id), 303)


def _offered(event: Event) -> list[Event]:
    """The own events, earlier than this one, that left something open; own: what one may read today."""
    user = current_user()
    own = [one.event for one in team.events_of(user.id, everything=user.is_admin)]
    return [one for one in carrying.with_open_ones(event, own) if user.is_admin or _may_read(user.id, one)]


def _may_read(user_id: UUID, event: Event) -> bool:
    return bool(events.granted_roles(user_id, event.id, clock.today(event.zone)) & READERS)
