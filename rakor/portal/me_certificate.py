"""The own certificate: the name looked at, and put right, before it is issued; the paper afterwards."""

from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.db import transaction
from rakor.documents.answers import as_file
from rakor.documents.certificate_models import Certificate
from rakor.documents.store import certificates
from rakor.events import store as events
from rakor.events.models import Event
from rakor.portal.me_base import PERSON, Page, blueprint, own_row, person_and_event
from rakor.registrations import changes, roster, store
from rakor.registrations.forms import NameForm
from rakor.registrations.models import Registration
from rakor.registrations.rules import HOLDS_PLACE
from rakor.registrations.rules.spelling import same_spelling
from rakor.web.access import Scope, current_link, policy


@dataclass(frozen=True)
class OwnCertificate:
    """What the own page says of the certificate: the name as it will be, since when it is checked, what was issued."""

    name: str
    checked_at: datetime | None
    issued: Certificate | None


def own_certificate(row: Registration, event: Event) -> OwnCertificate | None:
    """Return what there is to say; None where the event gives no certificates, or the person has no place."""
    issued = certificates.in_force(event.id, row.id)
    if issued is None and (row.state not in HOLDS_PLACE or not certificates.is_on(event.id)):
        return None
    name = store.display_name(row)
    return OwnCertificate(name, certificates.checked_at(event.id, row.id, name), issued)


@blueprint.route("/p/<token>/certificate", methods=["GET", "POST"])
@policy("me.certificate", Scope.LINK, purposes=PERSON)
def check_name(token: str) -> Page:
    """How the own name will read, titles included; to be confirmed or put right until the certificate is issued."""
    row, event, _office = person_and_event()
    own = own_certificate(row, event) or abort(404)
    if own.issued is not None:
        return redirect(url_for("me.show", token=token), 303)
    form = NameForm.read() if request.method == "POST" else NameForm(name=own.name)
    assert isinstance(form, NameForm)
    if form.accepted() and _checked(form):
        flash(_("Terima kasih. Nama ini yang akan tercetak pada sertifikat Anda."), "ok")
        return redirect(url_for("me.show", token=token), 303)
    page = render_template("portal/me_certificate.html", event=event, form=form, own=own, token=token)
    return page, 422 if request.method == "POST" else 200


@blueprint.get("/p/<token>/certificate.pdf")
@policy("me.certificate_paper", Scope.LINK, purposes=PERSON)
def show_certificate(token: str) -> Page:
    """The own certificate in force; the own page where there is none (any more), which says how it stands."""
    row, event, _office = person_and_event()
    kept = certificates.paper(certificates.in_force(event.id, row.id))
    if kept is None:
        return redirect(url_for("me.show", token=token), 303)
    return as_file(kept, opens="take" not in request.args)


def _checked(form: NameForm) -> bool:
    """Write the name where it is the same person's, and that it was looked at."""
    link, now = current_link(), clock.now()
    with transaction(unaudited="the same name looked at again"):
        events.locked_event(link.event_id)
        mine = own_row(link.event_id, link.subject_id)
        same = same_spelling(mine.name, form.name.person.name)
        if same:
            found = roster.person(link.event_id, link.subject_id)
            changes.correct_name(mine, form.name.person, search=found[2] if found else (), now=now)
            certificates.note_check(link.event_id, link.subject_id, store.display_name(mine), now=now)
    if not same:
        form.name.errors = [
            _("Ini tampak seperti nama orang lain. Bila orangnya berganti, minta kantor Anda atau panitia mengganti.")
        ]
    return same
