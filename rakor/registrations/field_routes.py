"""The page of the event's own questions: add, withdraw, see as the form shows them; and take the answers along."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from rakor import audit, clock
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.fields import CHOOSE, WordSelect
from rakor.registrations import answers, extra_form, field_words, store
from rakor.registrations.answers import FieldWish
from rakor.registrations.field_models import FormField
from rakor.registrations.rules.fields import FieldKind
from rakor.web.access import Scope, policy, principal
from rakor.web.forms import Form, LinesField, TextField, ValidationError

blueprint = Blueprint("fields", __name__)
Page = str | BaseResponse | tuple[str, int]
BASE = "/events/<uuid:event_id>/questions"
MOST = 30
FILE_CSP = "default-src 'none'; sandbox"


class FieldForm(Form):
    """A new question."""

    label = TextField(_l("Pertanyaan"), required=True, max=160)
    kind = WordSelect(_l("Jenis jawaban"), field_words.KINDS)
    options = LinesField(_l("Pilihan jawaban, satu baris satu"), max=2000)
    hint = TextField(_l("Penjelasan di bawahnya"), max=300)
    required = BooleanField(_l("Wajib dijawab"))
    purpose = WordSelect(_l("Untuk apa datanya"), field_words.PURPOSES)
    shown_by = SelectField(_l("Hanya bila pertanyaan ini"), choices=[], validate_choice=False, default="")
    shown_value = TextField(_l("dijawab"), max=200)

    def offer(self, known: list[FormField]) -> "FieldForm":
        """Offer the questions on which this one may depend."""
        self.known = {str(one.id): one for one in known if one.kind is not FieldKind.FILE}
        names = [SelectChoice(key, one.label) for key, one in self.known.items()]
        self.shown_by.choices = [SelectChoice("", _("Selalu ditanyakan")), *names]
        return self

    @property
    def chosen_options(self) -> tuple[str, ...]:
        """The typed options, each once."""
        return tuple(dict.fromkeys(filter(None, (self.options.data or "").split("\n"))))

    def validate_options(self, field: LinesField) -> None:
        if self.kind.data == FieldKind.CHOICE and len(self.chosen_options) < 2:
            raise ValidationError(_("Tulis paling sedikit dua pilihan, satu baris satu."))

    def validate_shown_by(self, field: SelectField) -> None:
        if field.data and field.data not in self.known:
            raise ValidationError(str(CHOOSE))

    def validate_shown_value(self, field: TextField) -> None:
        by = self.known.get(self.shown_by.data or "")
        if by is None or by.kind is FieldKind.CONSENT:
            return
        if not field.data:
            raise ValidationError(_("Tulis jawaban yang memunculkan pertanyaan ini."))
        if by.kind is FieldKind.CHOICE and field.data not in by.options:
            raise ValidationError(_("Pilihan ini tidak ada pada pertanyaan itu: %(all)s.", all=", ".join(by.options)))

    def wish(self) -> FieldWish:
        """Return the question; call it after ``accepted()``."""
        by = self.known.get(self.shown_by.data or "")
        value = "" if by is None else "yes" if by.kind is FieldKind.CONSENT else self.shown_value.data or ""
        return FieldWish(
            kind=self.kind.word,
            label=self.label.data or "",
            hint=self.hint.data or "",
            required=bool(self.required.data),
            options=self.chosen_options if self.kind.word is FieldKind.CHOICE else (),
            shown_by_id=by.id if by else None,
            shown_value=value,
            purpose=self.purpose.word,
        )


@blueprint.get(BASE)
@policy("fields.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> Page:
    """The questions as people see them, and the form of a new one."""
    known = answers.fields(event_id)
    return _page(event_id, known, FieldForm().offer(known))


@blueprint.post(BASE)
@policy("fields.add", Scope.EVENT, roles=EDITORS)
def add(event_id: UUID) -> Page:
    """Add a question at the end."""
    known, form = answers.fields(event_id), FieldForm.read()
    assert isinstance(form, FieldForm)
    if not form.offer(known).accepted() or len(known) >= MOST:
        if len(known) >= MOST:
            form.label.errors = [_("Paling banyak %(n)s pertanyaan.", n=MOST)]
        return _page(event_id, known, form, 422)
    with transaction():
        events.locked_event(event_id)
        answers.add(event_id, form.wish(), now=clock.now())
    flash(_("Pertanyaan ditambahkan ke formulir."), "ok")
    return redirect(url_for("fields.show", event_id=event_id), 303)


@blueprint.post(f"{BASE}/<uuid:field_id>/withdrawal")
@policy("fields.withdraw", Scope.EVENT, roles=EDITORS)
def withdraw(event_id: UUID, field_id: UUID) -> Page:
    """Ask a question no more; what was answered stays."""
    with transaction(unaudited="a question that is gone stays gone"):
        events.locked_event(event_id)
        gone = answers.withdraw(event_id, field_id, now=clock.now())
    if not gone:
        abort(404)
    flash(_("Pertanyaan tidak ditanyakan lagi. Jawaban yang sudah ada tetap tersimpan."), "ok")
    return redirect(url_for("fields.show", event_id=event_id), 303)


@blueprint.get("/events/<uuid:event_id>/people/<uuid:registration_id>/answers/<uuid:field_id>")
@policy("fields.file", Scope.EVENT, roles=REGISTRARS)
def download(event_id: UUID, registration_id: UUID, field_id: UUID) -> Response:
    """The file of an answer, as a download that no browser opens as a page; every look is noted."""
    kept = answers.file_of(event_id, registration_id, field_id)
    if kept is None or store.registration(event_id, registration_id) is None:
        abort(404)
    with transaction():
        audit.record(
            "registration.file", event_id=event_id, object_kind="registration", object_id=registration_id
        )
    ending = kept.media_type.rsplit("/", 1)[1]
    headers = {"Content-Disposition": f"attachment; filename=lampiran.{ending}", "Content-Security-Policy": FILE_CSP}
    return Response(kept.content, mimetype=kept.media_type, headers=headers)


def _page(event_id: UUID, known: list[FormField], form: FieldForm, status: int = 200) -> tuple[str, int]:
    event = events.event(event_id) or abort(404)
    page = render_template(
        "registrations/fields.html",
        event=event,
        event_title=event.short_title,
        form=form,
        known=known,
        labels={one.id: one.label for one in known},
        kinds=field_words.KINDS,
        purposes=field_words.PURPOSES,
        extra=extra_form.read(known, {}),
        may_edit=principal().may(EDITORS),
    )
    return page, status
