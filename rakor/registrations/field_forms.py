"""The form of one of the event's own questions, new or put right."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from rakor.events.fields import CHOOSE, WordSelect
from rakor.registrations import field_words
from rakor.registrations.answers import FieldWish
from rakor.registrations.field_models import FormField
from rakor.registrations.rules.fields import FieldKind
from rakor.web.forms import Form, LinesField, TextField, ValidationError

LEAST_PURPOSE = 15


class FieldForm(Form):
    """A question. Once it was answered, what was asked for and why stays: ``keep`` holds kind and purpose."""

    label = TextField(_l("Pertanyaan"), required=True, max=160)
    kind = WordSelect(_l("Jenis jawaban"), field_words.KINDS)
    options = LinesField(_l("Pilihan jawaban, satu baris satu"), max=2000)
    hint = TextField(_l("Penjelasan di bawahnya"), max=300)
    required = BooleanField(_l("Wajib dijawab"))
    purpose = WordSelect(_l("Untuk apa datanya"), field_words.PURPOSES)
    purpose_note = TextField(_l("Keperluannya dengan kata Anda"), max=300)
    shown_by = SelectField(_l("Hanya bila pertanyaan ini"), choices=[], validate_choice=False, default="")
    shown_value = TextField(_l("dijawab"), max=200)
    was: FieldKind | None = None
    answered: FormField | None = None
    depending: Sequence[FormField] = ()
    """Other questions that are asked only for an answer to this one."""

    def offer(self, earlier: Sequence[FormField]) -> "FieldForm":
        """Offer the questions on which this one may depend."""
        self.known = {str(one.id): one for one in earlier if one.kind is not FieldKind.FILE}
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
        needed = [one.shown_value for one in self.depending if one.shown_value not in self.chosen_options]
        if self.kind.data == FieldKind.CHOICE and needed:
            raise ValidationError(_("Pilihan “%(value)s” memunculkan pertanyaan lain; biarkan ada.", value=needed[0]))

    def validate_kind(self, field: WordSelect) -> None:
        if self.answered is not None and field.data != self.answered.kind:
            raise ValidationError(_("Sudah ada yang menjawab, jadi jenisnya tetap. Buat pertanyaan baru."))
        if self.was is not None and self.depending and field.data != self.was:
            raise ValidationError(_("Pertanyaan lain bergantung pada jawaban ini, jadi jenisnya tetap."))

    def validate_purpose(self, field: WordSelect) -> None:
        if self.answered is not None and field.data != self.answered.purpose:
            raise ValidationError(
                _("Yang sudah menjawab menyetujui keperluan yang tertulis saat itu. Buat pertanyaan baru.")
            )

    def validate_purpose_note(self, field: TextField) -> None:
        if self.kind.data == FieldKind.NIK and len(field.data or "") < LEAST_PURPOSE:
            raise ValidationError(
                _("NIK hanya boleh diminta dengan keperluan yang ditulis, misalnya: daftar manifes penerbangan.")
            )
        if self.answered is not None and field.data != self.answered.purpose_note:
            raise ValidationError(
                _("Yang sudah menjawab menyetujui keperluan yang tertulis saat itu. Buat pertanyaan baru.")
            )

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
            purpose_note=self.purpose_note.data or "",
        )


def of_field(row: FormField) -> FieldForm:
    """Return the form with what a question says now."""
    return FieldForm(
        label=row.label,
        kind=str(row.kind),
        options="\n".join(row.options),
        hint=row.hint,
        required=row.required,
        purpose=str(row.purpose),
        purpose_note=row.purpose_note,
        shown_by=str(row.shown_by_id or ""),
        shown_value=row.shown_value,
    )
