"""The form of an exception: which office, which role, how many seats, by which modes, and why."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor.events.models import EventRole
from rakor.registrations.fields import WordsField
from rakor.registrations.rules import Mode
from rakor.seats.matrix import BOTH, allowed_modes, whole
from rakor.seats.rules import MAX_QUOTA, Exemption
from rakor.seats.rules.office_names import OfficeFinder
from rakor.web.forms import REQUIRED, Form, TextField, ValidationError


class ExceptionForm(Form):
    """One office is invited otherwise than its level."""

    office = WordsField(_l("Kantor"), required=True, max=200)
    role = SelectField(_l("Peran"), [InputRequired(REQUIRED)], choices=[], validate_choice=False)
    quota = TextField(_l("Jumlah kursi"), required=True, max=10)
    modes = SelectField(_l("Cara mengikuti"), choices=[], validate_choice=False, default=BOTH)
    must = BooleanField(_l("Wajib diisi, atau ditulis alasannya"))
    reason = WordsField(_l("Alasan"), required=True, max=300)

    def offer(self, roles: Sequence[EventRole], modes: Sequence[tuple[str, str]]) -> "ExceptionForm":
        """Fill in what can be chosen."""
        self.role.choices = [SelectChoice(role.id.hex, role.name) for role in roles]
        self.modes.choices = [SelectChoice(word, label) for word, label in modes]
        return self

    def validate_quota(self, field: TextField) -> None:
        count = whole(field.data or "")
        if count is None or count > MAX_QUOTA:
            raise ValidationError(_("Tulis angka 0 sampai %(most)s.", most=MAX_QUOTA))

    def judged(self, finder: OfficeFinder, roles: Sequence[EventRole], allowed: Sequence[Mode]) -> Exemption | None:
        """Return the exception a valid form asks for; None (with the errors in place) where something is unclear."""
        role_id = next((role.id for role in roles if role.id.hex == self.role.data), None)
        if role_id is None:
            self.role.errors = [_("Pilih salah satu.")]
        office_id = self._office(finder)
        quota = whole(self.quota.data or "")
        if role_id is None or office_id is None or quota is None:
            return None
        modes = allowed_modes(self.modes.data or BOTH, allowed)
        return Exemption(office_id, role_id, quota, modes, bool(self.must.data))

    def _office(self, finder: OfficeFinder) -> UUID | None:
        found = finder.find(self.office.data or "")
        if found.office is not None:
            return found.office.id
        if found.choices:
            names = "; ".join(office.name for office in found.choices)
            self.office.errors = [_("Ada beberapa. Tulis salah satu: %(names)s", names=names)]
        else:
            self.office.errors = [_("Kantor ini tidak ada. Tulis nama lengkap atau kodenya.")]
        return None
