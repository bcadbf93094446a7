"""The form that opens online presence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from secrets import choice

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor.sources.rules.saying import sayable
from rakor.web.forms import REQUIRED, Form, TextField, ValidationError

MINUTES = ("5", "10", "15", "30", "60")
WORDS = (
    "MELAYANI", "BERSATU", "BERGERAK", "TANGGUH", "AMANAH", "TERBUKA", "BERSINERGI", "NUSANTARA", "CENDRAWASIH",
    "GARUDA", "MERDEKA", "MUSYAWARAH", "MUFAKAT", "BERDAULAT", "TERPERCAYA", "PELITA", "SAMUDRA", "BERKARYA", "TELADAN",
)  # fmt: skip


class OpeningForm(Form):
    """Where presence is taken, for how long, and the word that the MC reads aloud (none: the screen's code alone)."""

    place = SelectField(_l("Untuk"), [InputRequired(REQUIRED)])
    word = TextField(_l("Kata kunci"), max=40)
    minutes = RadioField(_l("Dibuka selama (menit)"), [InputRequired(REQUIRED)], default="10")

    def offer(self, choices: Sequence[tuple[str, str]]) -> "OpeningForm":
        """Offer the event's days and sessions."""
        self.place.choices = [SelectChoice(*one) for one in choices]
        self.minutes.choices = [SelectChoice(one, one) for one in MINUTES]
        return self

    def suggest(self, place: str | None) -> "OpeningForm":
        """Fill an empty form: what runs now, and a word."""
        self.place.data, self.word.data = place, choice(WORDS)
        return self

    def validate_word(self, field: TextField) -> None:
        if field.data and not sayable(field.data):
            raise ValidationError(_("Pakai kata dengan empat huruf atau lebih, atau kosongkan."))

    def until(self, now: datetime) -> datetime:
        """Return when the opening ends."""
        return now + timedelta(minutes=int(self.minutes.data))
