"""A speaker's own page: when, where, with whom; whether they come; and what they hand in."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor import clock
from rakor.agenda import material_store, speaker_store, speaker_view, upload_store
from rakor.agenda.material_rules import MOST_BYTES, SpeakerAnswer
from rakor.agenda.speaker_routes import portrait
from rakor.agenda.speaker_words import ANSWERS
from rakor.db import transaction
from rakor.documents.store import certificates
from rakor.events import store as events
from rakor.portal.speaker_base import SPEAKER, Page, Whose, blueprint, whose
from rakor.portal.speaker_view import online_room, sessions
from rakor.registrations.fields import EmailField
from rakor.registrations.rules import wa_link
from rakor.registrations.rules.phones import is_mobile
from rakor.web.access import Scope, policy
from rakor.web.forms import Form, TextField
from rakor.web.locale import language


class AnswerForm(Form):
    """Whether somebody comes; who does not says why."""

    answer = RadioField(
        _l("Apakah Anda bersedia?"),
        [InputRequired(_l("Pilih salah satu."))],
        choices=[
            SelectChoice(SpeakerAnswer.ACCEPTED.value, _l("Ya, saya bersedia")),
            SelectChoice(SpeakerAnswer.DECLINED.value, _l("Maaf, saya berhalangan")),
        ],
    )
    reason = TextField(_l("Alasan, bila berhalangan"), max=300)
    email = EmailField(_l("Email untuk undangan kalender"))

    def validate(self, extra_validators: Any = None) -> bool:
        """A refusal has a reason."""
        good = bool(super().validate(extra_validators))
        if good and self.answer.data == SpeakerAnswer.DECLINED and not self.reason.data:
            self.reason.errors = [_("Tulis alasannya, agar panitia dapat mencari pengganti.")]
            return False
        return good


@dataclass(frozen=True)
class Wrong:
    """What was wrong with something handed in, and in which form to say so."""

    item_id: UUID
    material_id: UUID | None
    text: str


@blueprint.get("/s/<token>")
@policy("speaker.show", Scope.LINK, purposes=SPEAKER)
def show(token: str) -> str:
    """Sessions, answer, materials, contact."""
    return page(whose(), token)


@blueprint.post("/s/<token>/answer")
@policy("speaker.answer", Scope.LINK, purposes=SPEAKER)
def answer(token: str) -> Page:
    """Keep whether the person comes; the organisers see it at once."""
    found, form = whose(), AnswerForm.read()
    if not form.accepted():
        return page(found, token, form=form), 422
    said = SpeakerAnswer(form.answer.data)
    with transaction(unaudited="the same answer again"):
        events.locked_event(found.event.id)
        whose_answer = (found.event.id, found.person.id)
        speaker_store.save_address(*whose_answer, form.email.address, language())
        speaker_store.save_answer(*whose_answer, said, form.reason.data or "", now=clock.now())
    flash(_("Terima kasih. Panitia sudah melihat jawaban Anda."), "ok")
    if said is SpeakerAnswer.ACCEPTED and form.email.address:
        flash(_("Undangan kalender untuk setiap sesi Anda dikirim ke %(email)s.", email=form.email.address), "info")
    return redirect(url_for("speaker.show", token=token), 303)


@blueprint.get("/s/<token>/photo/<uuid:file_id>")
@policy("speaker.photo", Scope.LINK, purposes=SPEAKER)
def show_photo(token: str, file_id: UUID) -> Response:
    """The own portrait, as everybody will see it."""
    found = whose()
    return portrait(found.event.id, found.person.id, file_id)


def page(found: Whose, token: str, *, form: Form | None = None, wrong: Wrong | None = None) -> str:
    """Return the page, with what was typed where something was wrong."""
    event, now = found.event, clock.now()
    profile = speaker_store.profile(event.id, found.person.id)
    said = {"answer": profile.answer, "reason": profile.reason, "email": profile.email}
    materials = material_store.materials(event.id, found.person.id)
    uploads = upload_store.uploads(event.id, found.person.id, now=now)
    return render_template(
        "portal/speaker.html",
        event=event,
        person=found.person,
        profile=profile,
        sessions=sessions(found, materials, uploads, now=now),
        form=form or AnswerForm(data=said),
        wrong=wrong,
        answers=ANSWERS,
        room=online_room(event, now=now),
        certificate=certificates.in_force(event.id, found.person.id),
        contact=_whatsapp(event.contact_phone),
        most_bytes=MOST_BYTES,
        size_words=speaker_view.size_words,
        kind_words=speaker_view.kind_words,
        moment=speaker_view.moment,
        page_url=current_app.config["RAKOR"].base_url + url_for("speaker.show", token=token),
        now=now,
        token=token,
    )


def _whatsapp(phone: str) -> str:
    return wa_link(phone, "") if phone and is_mobile(phone) else ""
