"""All tickets of an office on paper: four on a sheet of A4, for whoever comes without a phone."""

from flask import Response, redirect, render_template, url_for

from rakor.seats import store
from rakor.seats.routes.base import blueprint
from rakor.seats.routes.device import remember
from rakor.seats.routes.speaking import OFFICE, standing_of, subject
from rakor.seats.ticket_slips import slips
from rakor.web.access import Scope, policy


@blueprint.get("/o/<token>/tickets")
@policy("seats.tickets", Scope.LINK, purposes=OFFICE)
def office_tickets(token: str) -> Response:
    """The tickets of the office's people; the page needs no network once it is open."""
    event, office = subject()
    if not standing_of(event, office).may or store.last_answer(event.id, office.id) is None:
        return remember(redirect(url_for("seats.receipt", token=token), 303))
    shown = slips(event.id, office.id)
    return remember(render_template("seats/tickets.html", event=event, office=office, token=token, slips=shown))
