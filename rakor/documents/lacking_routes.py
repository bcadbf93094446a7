"""Who has not uploaded a letter of assignment, by office, with the words that remind of it."""

from uuid import UUID

from flask import Blueprint, current_app, render_template
from flask_babel import gettext as _

from rakor.accounts.rules import REGISTRARS
from rakor.documents.listings import LACKING
from rakor.documents.pages import event_of
from rakor.documents.store.lacking import Lacking, lacking_letters
from rakor.events import links
from rakor.events.listings import offer
from rakor.events.models import Event, LinkPurpose
from rakor.web.access import Scope, policy

blueprint = Blueprint("lacking", __name__)
BASE = "/events/<uuid:event_id>/documents/lacking-letters"
offer(blueprint, BASE, LACKING)


@blueprint.get(BASE)
@policy("lacking.letters", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> str:
    """Every office that still owes a letter of assignment, with whom it lacks and a reminder to copy."""
    event, found = event_of(event_id), lacking_letters(event_id)
    return render_template(
        "documents/lacking.html",
        event=event,
        event_title=event.short_title,
        demo_notice=event.demo_world is not None,
        offices=[(one, _reminder(event, one)) for one in found],
        people_count=sum(len(one.people) for one in found),
    )


def _reminder(event: Event, one: Lacking) -> str:
    token = links.token_of(event.id, LinkPurpose.OFFICE, one.office_id, one.link_epoch)
    address = f"{current_app.config['RAKOR'].base_url}/o/{token}/assignments"
    words: str = _(
        "Yth. %(office)s, kami belum menerima surat tugas untuk %(n)s orang pada %(event)s. Mohon unggah lewat tautan "
        "kantor: %(link)s",
        office=one.office,
        n=len(one.people),
        event=event.short_title,
        link=address,
    )
    return words
