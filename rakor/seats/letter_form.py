"""The form of the letter of invitation, and the upload of the signed one."""

from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField
from wtforms.validators import InputRequired

from rakor.events.fields import DayField, WordSelect, shown
from rakor.events.models import Event
from rakor.events.stale import Newer
from rakor.seats.letter_models import InvitationLetter
from rakor.seats.letter_words import NATURES
from rakor.seats.rules.letters import LONGEST_NUMBER
from rakor.seats.store.letters import WORDS
from rakor.web.forms import REQUIRED, Form, LinesField, TextField


class LetterForm(Form):
    """What the letter says beyond the event itself."""

    seen = HiddenField()
    """A mark of the letter as it stood when the form was drawn."""
    number = TextField(_l("Nomor surat"), max=LONGEST_NUMBER)
    signed_on = DayField(_l("Tanggal surat"))
    place = TextField(_l("Tempat surat"), max=120)
    nature = WordSelect(_l("Sifat"), NATURES)
    attachments = TextField(_l("Lampiran"), max=60)
    subject = TextField(_l("Hal"), required=True, max=240)
    addressees = LinesField(_l("Kepada Yth."), max=1000, render_kw={"rows": 3})
    basis = LinesField(_l("Dasar dan maksud"), max=2000, render_kw={"rows": 4})
    time_note = TextField(_l("Pukul"), max=120)
    dress = TextField(_l("Pakaian"), max=300)
    bring = LinesField(_l("Yang perlu dibawa"), max=1000, render_kw={"rows": 3})
    lodging = LinesField(_l("Penginapan"), max=1000, render_kw={"rows": 3})
    cc = LinesField(_l("Tembusan, satu per baris"), max=2000, render_kw={"rows": 3})
    with_list = BooleanField(_l("Daftar undangan"))
    with_agenda = BooleanField(_l("Susunan acara"))
    with_form = BooleanField(_l("Formulir konfirmasi"))

    def show(self, event: Event, row: InvitationLetter) -> "LetterForm":
        """Fill the form with the letter as it stands."""
        for name in WORDS:
            self[name].data = getattr(row, name)
        self.nature.data = str(row.nature)
        self.number.data, self.signed_on.data = event.letter_number, event.letter_on
        said = "\x00".join(shown(field) for field in self if field.name != "seen")
        self.seen.data = sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self

    def newer(self, event: Event, row: InvitationLetter) -> list[Newer]:
        """Where the stored letter differs from what was typed, if somebody saved it since the form was drawn.

        The form has then seen what stands there: sent again, it is saved.
        """
        stored = LetterForm().show(event, row)
        if not self.seen.data or self.seen.data == stored.seen.data:
            return []
        pairs = [(field, stored[field.name]) for field in self if field.name != "seen"]
        self.seen.data = stored.seen.data
        return [
            Newer(field.id, str(field.label.text), shown(there))
            for field, there in pairs
            if (field.data or "") != (there.data or "")
        ]

    def values(self) -> dict[str, Any]:
        """The letter's columns as typed; call it after ``accepted()``."""
        return {name: self[name].data for name in WORDS} | {"nature": self.nature.word}


class SignedForm(Form):
    """A file; what it is, is read from its content."""

    signed = FileField(_l("Berkas PDF"), [InputRequired(REQUIRED)], render_kw={"accept": "application/pdf"})
