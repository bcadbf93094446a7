"""The forms of follow-ups: what is asked of whom by when, and what an office says about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField, SelectField
from wtforms.fields.choices import SelectChoice

from rakor.events.fields import DayField, SecureUrlField, WordRadio, WordSelect
from rakor.minutes.follow_up_models import ADDRESS_LENGTH, ASKED_LENGTH, NOTE_LENGTH, FollowUp
from rakor.minutes.follow_up_words import ASSIGNEES, SAID
from rakor.minutes.rules.follow_ups import Assignee, Chosen, Status
from rakor.minutes.store.follow_ups import Draft
from rakor.registrations.fields import WordsField, refuse_unreadable
from rakor.seats.office_forms import SpeakerForm
from rakor.web.forms import Form, LinesField, ValidationError

Choices = Sequence[tuple[str, str]]
LACKING = _l("Pilih dahulu.")


@dataclass(frozen=True)
class Offered:
    """What a follow-up's form offers: conclusions, provinces, roles and offices, each by its value and its name."""

    conclusions: Choices
    provinces: Choices
    roles: Choices
    offices: Choices


class FollowUpForm(Form):
    """What is asked, of whom, by when; and from which conclusion it follows."""

    text = LinesField(_l("Yang harus dikerjakan"), required=True, max=ASKED_LENGTH, validators=[refuse_unreadable])
    due_on = DayField(_l("Tenggat"))
    conclusion = SelectField(_l("Dari butir"), default="")
    assignee = WordSelect(_l("Penanggung jawab"), ASSIGNEES, default="regencies")
    province = SelectField(_l("Provinsi"), default="", validate_choice=False)
    role = SelectField(_l("Peran"), default="", validate_choice=False)
    office = SelectField(_l("Kantor"), default="", validate_choice=False)
    person = WordsField(_l("Nama orang"), max=120)
    first_day: date = date.min

    def offer(self, offered: Offered, first_day: date) -> "FollowUpForm":
        """Offer what the event has; nothing is due before its ``first_day``."""
        self.first_day = first_day
        for field, choices in (
            (self.conclusion, offered.conclusions), (self.province, offered.provinces), (self.role, offered.roles),
            (self.office, offered.offices),
        ):  # fmt: skip
            field.choices = [SelectChoice("", "–"), *(SelectChoice(*one) for one in choices)]
        return self

    def show(self, row: FollowUp) -> "FollowUpForm":
        """Fill the form with what stands there."""
        self.text.data, self.due_on.data, self.assignee.data = row.text, row.due_on, row.assignee.value
        self.conclusion.data, self.role.data = str(row.conclusion_id or ""), str(row.role_id or "")
        self.office.data, self.province.data = str(row.office_id or ""), row.province_code or ""
        self.person.data = row.person_name or ""
        return self

    def validate_due_on(self, field: DayField) -> None:
        if field.data and field.data < self.first_day:
            raise ValidationError(_("Tenggat ini sebelum kegiatan mulai. Periksa tahunnya."))

    def validate_province(self, field: SelectField) -> None:
        self._needed(field, {Assignee.PROVINCE, Assignee.PROVINCE_REGENCIES})

    def validate_role(self, field: SelectField) -> None:
        self._needed(field, {Assignee.ROLE})

    def validate_office(self, field: SelectField) -> None:
        self._needed(field, {Assignee.OFFICE})

    def validate_person(self, field: WordsField) -> None:
        if self.assignee.data == Assignee.PERSON and not field.data:
            raise ValidationError(_("Tulis namanya."))

    def _needed(self, field: SelectField, by: set[Assignee]) -> None:
        known = {choice.value for choice in field.choices}
        if self.assignee.data in by and (not field.data or field.data not in known):
            raise ValidationError(str(LACKING))

    def draft(self) -> Draft:
        """Return what was typed, without what the chosen assignee does not need; needs an accepted form."""
        asked: Assignee = self.assignee.word
        in_province = asked in (Assignee.PROVINCE, Assignee.PROVINCE_REGENCIES)
        named = asked in (Assignee.OFFICE, Assignee.PERSON)
        chosen = Chosen(
            asked,
            office_id=self._id(self.office) if named else None,
            province_code=self.province.data if in_province else None,
            role_id=self._id(self.role) if asked is Assignee.ROLE else None,
        )
        person = self.person.data or "" if asked is Assignee.PERSON else ""
        return Draft(self.text.data or "", self.due_on.data, chosen, person, self._id(self.conclusion))

    @staticmethod
    def _id(field: SelectField) -> UUID | None:
        known = {choice.value for choice in field.choices}
        return UUID(field.data) if field.data and field.data in known else None


class AnswerForm(Form):
    """How far a row is, with what shows it."""

    idempotency_key = HiddenField(default=lambda: str(uuid4()))
    status = WordRadio(_l("Keadaan"), SAID)
    note = LinesField(_l("Catatan"), max=NOTE_LENGTH, validators=[refuse_unreadable])
    files = MultipleFileField(
        _l("Bukti: PDF atau foto"), render_kw={"accept": "application/pdf,image/jpeg,image/png"}
    )
    address = SecureUrlField(_l("Bukti: tautan"), max=ADDRESS_LENGTH)

    def start(self, status: Status) -> "AnswerForm":
        """Begin with how far the row is; a row that was never answered begins with nothing chosen."""
        self.status.data = status.value if status is not Status.OPEN else None
        return self

    @property
    def key(self) -> UUID | None:
        """The sending's own key."""
        try:
            return UUID(self.idempotency_key.data or "")
        except ValueError:
            return None


class OfficeAnswerForm(AnswerForm, SpeakerForm):
    """The same on an office's phone, with who speaks."""
