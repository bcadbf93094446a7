"""The open form, and the small forms with which a registration is put right."""

from collections.abc import Callable, Sequence
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField
from wtforms.validators import InputRequired

from rakor.registrations.fields import CHOOSE, EmailField, NameField, PhoneField, WordsField
from rakor.registrations.origin_fields import OriginFields, Roles, choices
from rakor.registrations.region_choice import Places
from rakor.registrations.rules import Mode
from rakor.registrations.words import MODES_EXPLAINED
from rakor.registrations.work_fields import WorkFields
from rakor.web.forms import Form, ValidationError


class RegistrationForm(OriginFields, WorkFields):
    """What the open form asks (domain.md §2.5)."""

    idempotency_key = HiddenField(default=lambda: str(uuid4()))
    name = NameField(_l("Nama lengkap dengan gelar"))
    post = WordsField(_l("Jabatan"), required=True, max=160)
    phone = PhoneField(_l("Nomor WhatsApp"), required=True)
    email = EmailField(_l("Email"))
    mode = RadioField(_l("Cara mengikuti"), choices=[], validate_choice=False, validators=[InputRequired(CHOOSE)])
    consent = BooleanField(
        _l("Saya sudah membaca pemberitahuan privasi"),
        validators=[InputRequired(_l("Centang ini setelah membaca pemberitahuan privasi."))],
    )
    wait = HiddenField(default="")

    def offer(self, places: Places, modes: Sequence[Mode], categories: Callable[[], Roles]) -> None:
        """Set what can be chosen; with one way of following only there is nothing to choose."""
        self.offer_origin(places, categories)
        self.modes = tuple(modes)
        if len(modes) == 1:
            self.mode.data, self.mode.raw_data = str(modes[0]), [str(modes[0])]

    def draw(self) -> None:
        """Fill the choices for the page: what is only read needs none of them."""
        self.draw_origin()
        self.mode.choices = choices(*((str(mode), str(MODES_EXPLAINED[mode])) for mode in self.modes))

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
