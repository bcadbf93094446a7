"""The forms of the sources: opening online presence, a mark by hand, an absence."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor import clock
from rakor.events.fields import CountField, MomentField, WordRadio
from rakor.sources.rules.saying import sayable
from rakor.sources.words import ABSENCES
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

    def suggest(self, place: str | None, seed: bytes) -> "OpeningForm":
        """Fill an empty form: what runs now, and the word that a secret ``seed`` picks."""
        self.place.data, self.word.data = place, WORDS[int.from_bytes(seed[:8], "big") % len(WORDS)]
        return self

    def validate_word(self, field: TextField) -> None:
        if field.data and not sayable(field.data):
            raise ValidationError(_("Pakai kata dengan empat huruf atau lebih, atau kosongkan."))

    def until(self, now: datetime) -> datetime:
        """Return when the opening ends."""
        return now + timedelta(minutes=int(self.minutes.data))


class MarkForm(Form):
    """A mark by hand: where, since when, why. ``form_id`` is made with the form, so sending it twice is one mark."""

    form_id = HiddenField()
    place = SelectField(_l("Hadir di"), [InputRequired(REQUIRED)])
    at = MomentField(_l("Sejak"))
    reason = TextField(_l("Alasan"), required=True, max=200)
    zone: str = "Asia/Jakarta"

    def offer(self, choices: Sequence[tuple[str, str]], zone: str) -> "MarkForm":
        """Offer the event's places; the event's clock is ``zone``."""
        self.place.choices = [SelectChoice(*one) for one in choices]
        self.zone = zone
        self.form_id.data = self.form_id.data or str(uuid4())
        return self

    def validate_at(self, field: MomentField) -> None:
        moment = field.moment(self.zone)
        if moment is not None and moment > clock.now():
            raise ValidationError(_("Waktu itu belum tiba."))

    @property
    def own_id(self) -> UUID:
        """The form's id; a broken one is replaced, so at worst a mark stands twice and counts once."""
        try:
            return UUID(str(self.form_id.data))
        except ValueError:
            return uuid4()


class AbsenceForm(Form):
    """Excused or ill on one day; the paper may follow later."""

    day = SelectField(_l("Hari"), [InputRequired(REQUIRED)])
    kind = WordRadio(_l("Keterangan"), ABSENCES, default="excused")
    why = TextField(_l("Alasan"), required=True, max=300)
    paper = FileField(_l("Bukti (PDF atau foto)"), render_kw={"accept": "application/pdf,image/jpeg,image/png"})

    def offer(self, days: Sequence[tuple[str, str]]) -> "AbsenceForm":
        """Offer the event's days."""
        self.day.choices = [SelectChoice(*one) for one in days]
        return self


class ThresholdForm(Form):
    """How long somebody must be in a session to count; empty: any presence counts."""

    minutes = CountField(_l("Paling sedikit (menit)"), most=600)
    share = CountField(_l("Paling sedikit (persen dari lama sesi)"), most=100)
