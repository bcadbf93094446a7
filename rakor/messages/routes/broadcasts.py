""" "Kabar kegiatan": a person stops the broadcasts of an event, or lets them come again. Service messages stay."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for

from rakor import clock
from rakor.db import transaction
from rakor.events.models import Event
from rakor.messages import campaigns
from rakor.messages.routes.base import Page, blueprint, event_of
from rakor.web.access import Scope, current_link, policy


@blueprint.get("/p/<token>/broadcasts")
@policy("messages.broadcasts", Scope.LINK, purposes={"person"})
def show_broadcasts(token: str) -> Page:
    """What broadcasts are, and the one button."""
    event, registration_id = _whose()
    stopped = campaigns.opted_out(event.id, registration_id)
    return render_template("messages/broadcasts.html", event=event, token=token, stopped=stopped)


@blueprint.post("/p/<token>/broadcasts")
@policy("messages.broadcasts_change", Scope.LINK, purposes={"person"})
def change_broadcasts(token: str) -> Page:
    """Stop them, or with ``again`` let them come again."""
    event, registration_id = _whose()
    with transaction(unaudited="the same wish again changes nothing"):
        if request.form.get("again"):
            campaigns.opt_in(event.id, registration_id)
        else:
            campaigns.opt_out(event.id, registration_id, now=clock.now())
    return redirect(url_for("messages.show_broadcasts", token=token), 303)


def _whose() -> tuple[Event, UUID]:
    link = current_link()
    event = event_of(link.event_id)
    if link.purpose != "person":
        abort(404)
    return event, link.subject_id
