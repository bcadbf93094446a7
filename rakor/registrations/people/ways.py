"""How a person gets in: the ticket and the own link anew, and a number to write to."""

from uuid import UUID

from flask import abort, flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock, outbox
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.registrations import roster, tickets
from rakor.registrations.models import Registration
from rakor.registrations.people.front import ONE, Page, back_to, blueprint, event_or_404, locked
from rakor.registrations.rules import HOLDS_PLACE, phones
from rakor.web.access import Scope, policy


@blueprint.post(f"{ONE}/tickets")
@policy("people.ticket", Scope.EVENT, roles=REGISTRARS)
def reissue_ticket(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Issue a new ticket: the old QR dies at once."""
    with transaction(unaudited="who holds no place has no ticket"):
        row = locked(event_id, registration_id)
        issued = row.state in HOLDS_PLACE
        if issued:
            tickets.reissue(row, now=clock.now())
            audit.record("ticket.issue", event_id=event_id, object_kind="registration", object_id=row.id)
    flash(_("Tiket baru berlaku; QR yang lama sudah mati.") if issued else _("Orang ini belum memegang tiket."),
          "ok" if issued else "warn")
    return back_to(event_id, registration_id)


@blueprint.post(f"{ONE}/links")
@policy("people.link", Scope.EVENT, roles=REGISTRARS)
def send_link(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Send a person the own link again."""
    with transaction():
        row = locked(event_id, registration_id)
        _enqueue_link(row)
        audit.record("registration.link", event_id=event_id, object_kind="registration", object_id=row.id)
    flash(_("Tautan dikirim lagi ke email yang tercatat."), "ok")
    return back_to(event_id, registration_id)


@blueprint.post(f"{ONE}/link")
@policy("people.renew_link", Scope.EVENT, roles=REGISTRARS)
def renew_link(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Put a new link in the place of a person's own, and send it; the old address dies."""
    with transaction():
        row = locked(event_id, registration_id)
        links.make_or_renew(event_id, LinkPurpose.PERSON, row.id, now=clock.now())
        _enqueue_link(row)
        audit.record("link.renew", event_id=event_id, object_kind="registration", object_id=row.id)
    flash(_("Tautan baru berlaku dan dikirim ke email yang tercatat; yang lama sudah mati."), "ok")
    return back_to(event_id, registration_id)


def _enqueue_link(row: Registration) -> None:
    payload = {"event_id": str(row.event_id), "registration_id": str(row.id)}
    outbox.enqueue("registration.link_wanted", payload, event_id=row.event_id)


@blueprint.post(f"{ONE}/whatsapp")
@policy("people.whatsapp", Scope.EVENT, roles=REGISTRARS)
def open_whatsapp(event_id: UUID, registration_id: UUID) -> Page:
    """Show a person's whole number with a way into WhatsApp; that somebody looked is noted."""
    row, person, _search = roster.person(event_id, registration_id) or abort(404)
    event = event_or_404(event_id)
    number = row.phone or ""
    if not number:
        flash(_("Orang ini belum memberi nomor WhatsApp."), "warn")
        return back_to(event_id, registration_id)
    with transaction():
        audit.record(
            "registration.number", event_id=event_id, object_kind="registration", object_id=row.id, fields=["phone"]
        )
    return render_template(
        "registrations/person_whatsapp.html",
        event=event,
        event_title=event.short_title,
        person=person,
        number=phones.show(number),
        whatsapp=phones.wa_link(number) if phones.is_mobile(number) else "",
    )
