"""The open form, and the small forms with which a registration is put right."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor.registrations.fields import CHOOSE, EmailField, NameField, PhoneField, WordsField
from rakor.registrations.region_choice import OTHER, Places
from rakor.registrations.rules import Mode
from rakor.registrations.words import MODES_EXPLAINED
from rakor.registrations.work_fields import WorkFields
from rakor.web.forms import Form, ValidationError


def _choices(*named: tuple[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, word) for value, word in named]


Roles = Sequence[tuple[UUID, str]]


def _choice(label: Any, **kwargs: Any) -> SelectField:
    return SelectField(label, choices=[], validate_choice=False, default="", **kwargs)


class RegistrationForm(WorkFields):
    """What the open form asks (domain.md §2.5). ``places`` are the choices of region and office for what was picked."""

    idempotency_key = HiddenField(default=lambda: str(uuid4()))
    name = NameField(_l("Nama lengkap dengan gelar"))
    post = WordsField(_l("Jabatan"), required=True, max=160)
    province = _choice(_l("Provinsi"), validators=[InputRequired(CHOOSE)])
    regency = _choice(_l("Kabupaten/Kota"), validators=[InputRequired(CHOOSE)])
    office = _choice(_l("Kantor"))
    institution = WordsField(_l("Instansi"), max=200)
    category = _choice(_l("Mendaftar sebagai"))
    phone = PhoneField(_l("Nomor WhatsApp"), required=True)
    email = EmailField(_l("Email"))
    mode = RadioField(_l("Cara mengikuti"), choices=[], validate_choice=False, validators=[InputRequired(CHOOSE)])
    consent = BooleanField(
        _l("Saya sudah membaca pemberitahuan privasi"),
        validators=[InputRequired(_l("Centang ini setelah membaca pemberitahuan privasi."))],
    )
    wait = HiddenField(default="")

    def offer(self, places: Places, modes: Sequence[Mode], categories: Callable[[], Roles]) -> None:
        """Set what can be chosen; with one way of following only there is nothing to choose.

        ``categories`` are the roles that quotas are made for, asked for only where one was chosen or is drawn.
        """
        self.places, self.modes, self._categories = places, tuple(modes), categories
        if len(modes) == 1:
            self.mode.data, self.mode.raw_data = str(modes[0]), [str(modes[0])]

    @cached_property
    def roles(self) -> dict[str, tuple[UUID, str]]:
        """The categories by what a form posts for them."""
        return {str(role_id): (role_id, name) for role_id, name in self._categories()}

    @property
    def role_id(self) -> UUID | None:
        """The chosen category; None for "umum", and where none is asked."""
        return self.roles[self.category.data][0] if self.category.data else None

    def draw(self) -> None:
        """Fill the choices for the page: what is only read needs none of them."""
        places = self.places
        self.province.choices = _choices(("", _("Pilih provinsi")), *places.provinces)
        first = _("Pilih kabupaten/kota") if places.regencies else _("Pilih provinsi dahulu")
        self.regency.choices = _choices(("", first), *places.regencies)
        other = (OTHER, _("Lainnya, saya ketik"))
        self.office.choices = _choices(("", _("Pilih kantor")), *places.office_choices, other)
        self.mode.choices = _choices(*((str(mode), str(MODES_EXPLAINED[mode])) for mode in self.modes))
        # one of the two is needed: where there is a list, "Lainnya" leads to typing
        self.office.flags.required, self.institution.flags.required = places.asks_office, not places.asks_office
        # without quotas for roles nothing is asked
        named = [(posted, name) for posted, (_id, name) in self.roles.items()]
        self.category.choices = _choices(("", _("Peserta umum")), *named) if named else []
        self.category.flags.required = True

    def validate_category(self, field: SelectField) -> None:
        if field.data and field.data not in self.roles:
            raise ValidationError(str(CHOOSE))

    def validate_province(self, field: SelectField) -> None:
        if field.data not in dict(self.places.provinces):
            raise ValidationError(str(CHOOSE))

    def validate_regency(self, field: SelectField) -> None:
        if field.data not in dict(self.places.regencies):
            raise ValidationError(_("Kabupaten/kota ini bukan bagian dari provinsi yang dipilih. Pilih lagi."))

    def validate_office(self, field: SelectField) -> None:
        if field.data in ("", OTHER):
            return
        office = self.places.office(field.data)
        if office is None or office.regency_code not in (None, self.regency.data):
            raise ValidationError(_("Kantor ini bukan di kabupaten/kota yang dipilih. Pilih lagi."))

    def validate_institution(self, field: WordsField) -> None:
        if self.office.data in ("", OTHER, None) and not field.data:
            raise ValidationError(_("Tulis nama instansi Anda."))

    def validate_mode(self, field: RadioField) -> None:
        if field.data not in {str(mode) for mode in self.modes}:
            raise ValidationError(str(CHOOSE))

    @property
    def key(self) -> UUID | None:
        """The sending's own key, or None where it was lost or is no UUID."""
        try:
            return UUID(self.idempotency_key.data or "")
        except ValueError:
            return None


class NameForm(Form):
    """One person's name, put right by the organiser."""

    name = NameField(_l("Nama lengkap dengan gelar"))


class ContactForm(Form):
    """Phone and e-mail, put right by the person."""

    phone = PhoneField(_l("Nomor WhatsApp"))
    email = EmailField(_l("Email"))


class LinkRequestForm(Form):
    """An e-mail address or a phone number, to have one's own link sent again."""

    contact = WordsField(_l("Email atau nomor WhatsApp"), required=True, max=254)
