"""A speaker's own certificate."""

from flask import redirect, url_for

from rakor.documents.answers import as_file
from rakor.documents.store import certificates
from rakor.portal.speaker_base import SPEAKER, Page, blueprint, whose
from rakor.web.access import Scope, policy


@blueprint.get("/s/<token>/certificate.pdf")
@policy("speaker.certificate", Scope.LINK, purposes=SPEAKER)
def show_certificate(token: str) -> Page:
    """The own certificate in force, to be saved; the own page where there is none."""
    found = whose()
    kept = certificates.paper(certificates.in_force(found.event.id, found.person.id))
    return as_file(kept, opens=False) if kept else redirect(url_for("speaker.show", token=token), 303)
