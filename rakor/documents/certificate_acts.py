"""One person's certificate: what is decided, revoked, issued anew; and what the world may verify."""

from uuid import UUID

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.documents.answers import as_file
from rakor.documents.certificate_forms import RevokeForm, RulingForm
from rakor.documents.certificate_jobs import give_anew
from rakor.documents.certificate_pages import certificate_of, judged, whose
from rakor.documents.certificate_routes import BASE, blueprint
from rakor.documents.certificate_words import VALIDITIES
from rakor.documents.pages import event_of
from rakor.documents.rules.certificates import id_of
from rakor.documents.store import certificates
from rakor.events import store as events
from rakor.registrations import store as registrations
from rakor.web.access import Scope, current_user, policy, principal

PERSON = f"{BASE}/people/<uuid:registration_id>"
ONE = f"{BASE}/<uuid:certificate_id>"
Page = BaseResponse | tuple[str, int]


@blueprint.get(PERSON)
@policy("certificates.person", Scope.EVENT, roles=REGISTRARS)
def show_person(event_id: UUID, registration_id: UUID) -> Page:
    """What one person has earned, what was decided, and every certificate they ever got."""
    return _person(event_id, registration_id, RulingForm().show(certificates.ruling(event_id, registration_id)), 200)


@blueprint.post(PERSON)
@policy("certificates.rule", Scope.EVENT, roles=EDITORS)
def rule(event_id: UUID, registration_id: UUID) -> Page:
    """Decide for one person, with a reason; what is issued already stays until it is revoked."""
    form = RulingForm.read()
    assert isinstance(form, RulingForm)
    if not form.accepted():
        return _person(event_id, registration_id, form, 422)
    with transaction(unaudited="the attendance decides already"):
        events.locked_event(event_id)
        if registrations.registration(event_id, registration_id) is None:
            abort(404)
        certificates.rule(event_id, registration_id, form.ruling(), user_id=current_user().id, now=clock.now())
    flash(_("Keputusan disimpan dan tercatat bersama nama Anda."), "ok")
    return redirect(url_for("certificates.show_person", event_id=event_id, registration_id=registration_id), 303)


def _person(event_id: UUID, registration_id: UUID, form: RulingForm, status: int) -> tuple[str, int]:
    event = event_of(event_id)
    row = registrations.registration(event_id, registration_id) or abort(404)
    found, one = judged(event, registration_id)
    page = render_template(
        "documents/certificate_person.html",
        name=registrations.display_name(row),
        registration_id=registration_id,
        line=one[0] if one else None,
        whole=found.whole,
        checked_at=certificates.checked_at(event_id, registration_id, registrations.display_name(row)),
        issued=certificates.of_holder(event_id, registration_id),
        form=form,
        **whose(event),
    )
    return page, status


@blueprint.get(ONE)
@policy("certificates.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID, certificate_id: UUID) -> Page:
    """One certificate: what it says, whether it is valid, and taking it back."""
    return _one(event_id, certificate_id, RevokeForm(), 200)


def _one(event_id: UUID, certificate_id: UUID, form: RevokeForm, status: int) -> tuple[str, int]:
    event, row = event_of(event_id), certificate_of(event_id, certificate_id)
    page = render_template("documents/certificate.html", row=row, form=form, **whose(event))
    return page, status


@blueprint.get(f"{ONE}/paper")
@policy("certificates.paper", Scope.EVENT, roles=REGISTRARS)
def paper(event_id: UUID, certificate_id: UUID) -> Response:
    """The paper of a certificate in force."""
    kept = certificates.paper(certificate_of(event_id, certificate_id))
    return as_file(kept, opens=True) if kept else abort(404)


@blueprint.post(f"{ONE}/revoke")
@policy("certificates.revoke", Scope.EVENT, roles=EDITORS)
def revoke(event_id: UUID, certificate_id: UUID) -> Page:
    """Take a certificate back: its paper is gone, whoever scans it reads that it was revoked."""
    form = RevokeForm.read()
    assert isinstance(form, RevokeForm)
    if not form.accepted():
        return _one(event_id, certificate_id, form, 422)
    with transaction(unaudited="one that was revoked stays so"):
        events.locked_event(event_id)
        row = certificate_of(event_id, certificate_id)
        certificates.revoke(row, form.reason.data or "", user_id=current_user().id, now=clock.now())
    flash(_("Sertifikat dicabut. Siapa pun yang memindai QR-nya membaca bahwa ia dicabut."), "ok")
    return redirect(url_for("certificates.show", event_id=event_id, certificate_id=certificate_id), 303)


@blueprint.post(f"{ONE}/anew")
@policy("certificates.reissue", Scope.EVENT, roles=EDITORS)
def reissue(event_id: UUID, certificate_id: UUID) -> Page:
    """Issue it anew under the name as it is now; the old one becomes revoked, its number is not used again."""
    form = RevokeForm.read()
    assert isinstance(form, RevokeForm)
    if not form.accepted():
        return _one(event_id, certificate_id, form, 422)
    with transaction(unaudited="one that was revoked is not replaced"):
        event, row = events.locked_event(event_id), certificate_of(event_id, certificate_id)
        fresh = give_anew(event, row, form.reason.data or "", user_id=current_user().id)
    if fresh is None:
        flash(_("Sertifikat ini sudah dicabut; tidak ada yang diubah."), "warn")
    else:
        flash(_("Terbit ulang dengan nomor baru; yang lama dicabut. Berkasnya siap dalam beberapa detik."), "ok")
    return redirect(url_for("certificates.show", event_id=event_id, certificate_id=fresh or certificate_id), 303)


def person_panel(event_id: UUID, registration_id: UUID) -> str:
    """Return what the organiser's page of a person says of the certificate; "" where the event gives none."""
    event, row = events.event(event_id), registrations.registration(event_id, registration_id)
    if event is None or row is None or not certificates.is_on(event_id):
        return ""
    return render_template(
        "documents/_certificate_person.html",
        event=event,
        registration_id=registration_id,
        held=certificates.in_force(event_id, registration_id),
        checked_at=certificates.checked_at(event_id, registration_id, registrations.display_name(row)),
        may_open=principal().may(REGISTRARS),
    )


@blueprint.get("/cert/<code>")
@policy("certificates.verify", Scope.PUBLIC, reason="names who was certified to whoever holds the paper's random code")
def verify(code: str) -> Response:
    """Valid, revoked or unknown; with name, event, dates and JP, and nothing more."""
    validity, row, event = certificates.verified(id_of(code[:80]))
    page = render_template(
        "documents/certificate_verified.html", validity=validity, look=VALIDITIES[validity], row=row, event=event
    )
    answer = make_response(page, 200 if row else 404)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
