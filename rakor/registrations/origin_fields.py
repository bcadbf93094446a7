"""The questions about where somebody comes from: province, regency, institution or none, category."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor.registrations.fields import CHOOSE, WordsField
from rakor.registrations.region_choice import NONE, OTHER, Places
from rakor.registrations.rules.origins import Origin
from rakor.web.forms import Form, ValidationError

Roles = Sequence[tuple[UUID, str]]


def choices(*named: tuple[str, str]) -> list[SelectChoice]:
    """Return choices of a field from pairs of value and word."""
    return [SelectChoice(value, word) for value, word in named]


def choice(label: Any, **kwargs: Any) -> SelectField:
    """Return a field of choices that are filled in for the page, and judged by the form."""
    return SelectField(label, choices=[], validate_choice=False, default="", **kwargs)


class OriginFields(Form):
    """Mixed into a form that asks where somebody comes from. ``places`` are the choices for what was picked."""

    province = choice(_l("Provinsi"), validators=[InputRequired(CHOOSE)])
    regency = choice(_l("Kabupaten/Kota"), validators=[InputRequired(CHOOSE)])
    office = choice(_l("Kantor"))
    # asked for, but who comes alone may leave it empty: the server judges, the browser does not stop it
    institution = WordsField(_l("Instansi"), max=200, render_kw={"required": False})
    alone = BooleanField(_l("Saya mendaftar tanpa instansi (umum)"))
    category = choice(_l("Mendaftar sebagai"))

    def offer_origin(self, places: Places, categories: Callable[[], Roles]) -> None:
        """Set what can be chosen; ``categories`` are asked for only where one was chosen or is drawn."""
        self.places, self._categories = places, categories

    @cached_property
    def roles(self) -> dict[str, tuple[UUID, str]]:
        """The categories by what a form posts for them."""
        return {str(role_id): (role_id, name) for role_id, name in self._categories()}

    @property
    def role_id(self) -> UUID | None:
        """The chosen category; None for "umum", and where none is asked."""
        return self.roles[self.category.data][0] if self.category.data else None

    @property
    def comes_alone(self) -> bool:
        """True for who comes without an institution: chosen in the list, or ticked where there is none."""
        return self.office.data == NONE if self.places.asks_office else bool(self.alone.data)

    def draw_origin(self) -> None:
        """Fill the choices for the page: what is only read needs none of them."""
        places = self.places
        self.province.choices = choices(("", _("Pilih provinsi")), *places.provinces)
        first = _("Pilih kabupaten/kota") if places.regencies else _("Pilih provinsi dahulu")
        self.regency.choices = choices(("", first), *places.regencies)
        others = ((OTHER, _("Lainnya, saya ketik")), (NONE, _("Tanpa instansi (umum)")))
        self.office.choices = choices(("", _("Pilih kantor")), *places.office_choices, *others)
        self.office.flags.required, self.institution.flags.required = places.asks_office, not places.asks_office
        # without quotas for roles nothing is asked
        named = [(posted, name) for posted, (_id, name) in self.roles.items()]
        self.category.choices = choices(("", _("Peserta umum")), *named) if named else []
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
        if field.data in ("", OTHER, NONE):
            return
        office = self.places.office(field.data)
        if office is None or office.regency_code not in (None, self.regency.data):
            raise ValidationError(_("Kantor ini bukan di kabupaten/kota yang dipilih. Pilih lagi."))

    def validate_institution(self, field: WordsField) -> None:
        if self.office.data in ("", OTHER, None) and not field.data and not self.comes_alone:
            alone = "" if self.places.asks_office else _("Atau centang bahwa Anda mendaftar tanpa instansi.")
            raise ValidationError(" ".join(filter(None, (_("Tulis nama instansi Anda."), alone))))

    @property
    def origin(self) -> Origin:
        """What was said; call it after ``accepted()``."""
        office = self.places.office(self.office.data or "") if self.office.data not in (OTHER, NONE) else None
        typed = "" if self.comes_alone else self.institution.data or ""
        return Origin(
            office_id=office.uuid if office else None,
            institution=office.name if office else typed,
            province_code=self.province.data,
            regency_code=self.regency.data,
            role_id=self.role_id,
        )

    @property
    def origin_words(self) -> tuple[str, ...]:
        """The words somebody is found by too: the category's name."""
        return (self.roles[self.category.data][1],) if self.category.data else ()


class OriginForm(OriginFields):
    """Where somebody comes from, put right by that person."""
