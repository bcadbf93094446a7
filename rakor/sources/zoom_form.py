"""The form of a Zoom report: its file, its day, the zone of its times, and how many minutes are presence."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import FileField, IntegerField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from rakor.events.fields import WordSelect
from rakor.seats.office_forms import Needed
from rakor.sources.words import ZONES
from rakor.web.forms import REQUIRED, Form

MOST_MINUTES = 600


class ReportForm(Form):
    """A report names no zone, so it is asked."""

    paper = FileField(_l("Berkas CSV atau XLSX"), [Needed()], render_kw={"accept": ".csv,.xlsx,text/csv"})
    day = SelectField(_l("Hari"), [InputRequired(REQUIRED)])
    zone = WordSelect(_l("Zona waktu laporan"), {word: ZONES[word] for word in ZONES})
    least = IntegerField(
        _l("Hadir bila paling sedikit (menit)"),
        [InputRequired(REQUIRED), NumberRange(1, MOST_MINUTES, _l("Tulis angka dari 1 sampai 600."))],
        default=15,
    )

    def offer(self, days: Sequence[tuple[str, str]]) -> "ReportForm":
        """Offer the event's days."""
        self.day.choices = [SelectChoice(*one) for one in days]
        return self
