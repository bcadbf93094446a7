"""The form that makes this phone a desk."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from rakor import clock
from rakor.attendance.models import Checkpoint
from rakor.attendance.store import made
from rakor.events.fields import MomentField
from rakor.web.forms import REQUIRED, Form, TextField, ValidationError


class DeskForm(Form):
    """A desk's name, and where it takes presence; the choices are the event's days and sessions."""

    name = TextField(_l("Nama meja"), required=True, max=60)
    place = SelectField(_l("Mencatat kehadiran untuk"), [InputRequired(REQUIRED)])
    also = SelectMultipleField(
        _l("Juga melayani"), [Optional()], option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    until = MomentField(_l("Berlaku sampai"))
    zone: str = "Asia/Jakarta"

    def offer(self, choices: Sequence[tuple[str, str]], zone: str) -> None:
        """Offer the places of the event, whose clock is ``zone``."""
        self.place.choices = self.also.choices = list(choices)
        self.zone = zone

    def validate_until(self, field: MomentField) -> None:
        moment = field.moment(self.zone)
        if moment is not None and moment <= clock.now():
            raise ValidationError(_("Waktu itu sudah lewat."))

    def end(self, latest: datetime) -> datetime:
        """Return when the desk ends: as typed, but never after ``latest``."""
        return min(self.until.moment(self.zone) or latest, latest)

    def served(self, rows: Sequence[Checkpoint]) -> tuple[Checkpoint, list[str]]:
        """Return the desk's checkpoint, and the ids of the others that it serves."""
        first = made.chosen(rows, str(self.place.data))
        others = [made.chosen(rows, one) for one in self.also.data or ()]
        return first, [str(one.id) for one in others if one.id != first.id]
