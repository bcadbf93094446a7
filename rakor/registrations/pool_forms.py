"""Forms of the page of quotas: a pool, its size, places moved between two, and the terms of waiting and changing."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from rakor.events.fields import CHOOSE, CountField, MomentField
from rakor.events.quota import NAME_LENGTH
from rakor.registrations.pool_sizes import PoolWish
from rakor.registrations.pools import Standing
from rakor.registrations.rules import Mode
from rakor.registrations.words import MODES
from rakor.web.forms import REQUIRED, Form, TextField, ValidationError

ANY = ""
GIVE, OFFER = "give", "offer"
LONGEST_OFFER = 240


class SizeForm(Form):
    """The places of one pool."""

    size = CountField(_l("Jumlah tempat"), least=0)


class PoolForm(Form):
    """A new pool: for whom, and how many places."""

    name = TextField(_l("Nama kuota"), required=True, max=NAME_LENGTH)
    role = SelectField(_l("Kategori"), choices=[], validate_choice=False, default=ANY)
    mode = SelectField(_l("Cara mengikuti"), choices=[], validate_choice=False, default=ANY)
    provinces = SelectMultipleField(
        _l("Provinsi"), choices=[], validate_choice=False, option_widget=CheckboxInput(), widget=ListWidget()
    )
    size = CountField(_l("Jumlah tempat"), least=0)

    def offer(self, roles: list[tuple[str, str]], provinces: list[tuple[str, str]]) -> "PoolForm":
        """Offer the event's roles and the provinces of its day."""
        self.role.choices = [SelectChoice(ANY, _("Semua kategori")), *(SelectChoice(*one) for one in roles)]
        modes = [SelectChoice(str(mode), str(MODES[mode])) for mode in Mode]
        self.mode.choices = [SelectChoice(ANY, _("Luring dan daring")), *modes]
        self.provinces.choices = [SelectChoice(*one) for one in provinces]
        return self

    def validate_role(self, field: SelectField) -> None:
        _among(field)

    def validate_mode(self, field: SelectField) -> None:
        _among(field)

    def validate_provinces(self, field: SelectMultipleField) -> None:
        if set(field.data or ()) - {choice.value for choice in field.choices}:
            raise ValidationError(str(CHOOSE))

    def wish(self) -> PoolWish:
        """Return what was asked for; call it after ``accepted()``."""
        role = UUID(self.role.data) if self.role.data else None
        mode = Mode(self.mode.data) if self.mode.data else None
        return PoolWish(self.name.data or "", role, mode, tuple(self.provinces.data or ()), self.size.data)


def _among(field: SelectField) -> None:
    if field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(str(CHOOSE))


class TransferForm(Form):
    """Free places that move from one pool to another."""

    giver = SelectField(_l("Dari"), choices=[], validate_choice=False, validators=[InputRequired(CHOOSE)])
    taker = SelectField(_l("Ke"), choices=[], validate_choice=False, validators=[InputRequired(CHOOSE)])
    count = CountField(_l("Berapa tempat"))

    def offer(self, standings: list[Standing], names: dict[UUID, str]) -> "TransferForm":
        """Offer the pools that have a limit."""
        choices = [SelectChoice(str(one.pool.id), names[one.pool.id]) for one in standings if one.pool.size is not None]
        self.giver.choices, self.taker.choices = choices, choices
        if not self.taker.raw_data and len(choices) > 1:
            self.taker.data = choices[1].value
        self.count.flags.required = self.giver.flags.required = self.taker.flags.required = True
        return self

    def validate_giver(self, field: SelectField) -> None:
        _among(field)

    def validate_taker(self, field: SelectField) -> None:
        _among(field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; an empty count stops its own checks, so it is asked for here."""
        good = bool(super().validate(extra_validators))
        if good and self.count.data is None:
            self.count.errors = [str(REQUIRED)]
        return good and self.count.data is not None


class TermsForm(Form):
    """What happens with a freed place, and until when people change their own registration."""

    waiting = RadioField(
        _l("Tempat yang kosong lagi"),
        choices=[
            SelectChoice(GIVE, _l("Langsung diberikan kepada urutan pertama")),
            SelectChoice(OFFER, _l("Ditawarkan dahulu, diambil sebelum batas waktu")),
        ],
        validate_choice=False,
    )
    hours = CountField(_l("Tawaran berlaku berapa jam"), most=LONGEST_OFFER)
    until = MomentField(_l("Peserta dapat mengubah sendiri sampai"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting.flags.required = True

    def validate_waiting(self, field: RadioField) -> None:
        if field.data not in (GIVE, OFFER):
            raise ValidationError(str(CHOOSE))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields; an offer needs its hours."""
        good = bool(super().validate(extra_validators))
        if good and self.waiting.data == OFFER and self.hours.data is None:
            self.hours.errors = [_("Tulis berapa jam tawaran berlaku, misalnya 24.")]
            return False
        return good
