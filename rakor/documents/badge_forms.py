"""The form that asks for badges."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired

from rakor.documents.forms import ALL, UNKNOWN
from rakor.documents.rules.badges import BadgeChoice, BadgeDesign
from rakor.web.forms import REQUIRED, Form

DESIGNS = {
    BadgeDesign.LANYARD: _l("Gantungan 9 × 13 cm"),
    BadgeDesign.A6: _l("A6"),
    BadgeDesign.FOUR: _l("4 tiap lembar A4"),
    BadgeDesign.EIGHT: _l("8 tiap lembar A4"),
}


class BadgeForm(Form):
    """Which design, and for whom. ``offer`` fills in the choices."""

    design = RadioField(
        _l("Ukuran"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(design.value, label) for design, label in DESIGNS.items()],
    )
    role = SelectField(_l("Peran"), [InputRequired(REQUIRED)], validate_choice=False, default=ALL)
    province = SelectField(_l("Provinsi"), [InputRequired(REQUIRED)], validate_choice=False, default=ALL)
    office = SelectField(_l("Kantor"), [InputRequired(REQUIRED)], validate_choice=False, default=ALL)
    only_new = BooleanField(_l("Hanya yang belum punya kartu, atau yang isi kartunya berubah"), default=True)
    with_online = BooleanField(_l("Juga yang mengikuti daring"))

    def offer(
        self, roles: Sequence[SelectChoice], provinces: Sequence[SelectChoice], offices: Sequence[SelectChoice],
        design: BadgeDesign,
    ) -> None:  # fmt: skip
        """Set the event's roles, provinces and offices, and the design that is chosen at first."""
        offered = (
            (self.role, _l("Semua peran"), roles),
            (self.province, _l("Semua provinsi"), provinces),
            (self.office, _l("Semua kantor"), offices),
        )
        for field, everything, choices in offered:
            field.choices = [SelectChoice(ALL, str(everything)), *choices]
            field.validators = [*field.validators, AnyOf([one.value for one in field.choices], message=UNKNOWN)]
        if self.design.data is None:
            self.design.data = design.value

    def choice(self) -> BadgeChoice:
        """Return what was chosen; the form has been accepted."""
        fields = (self.role, self.province, self.office)
        role, province, office = (None if field.data == ALL else str(field.data) for field in fields)
        return BadgeChoice(
            role_id=UUID(role) if role else None,
            province_code=province,
            office_id=UUID(office) if office else None,
            with_online=bool(self.with_online.data),
            only_new=bool(self.only_new.data),
        )
