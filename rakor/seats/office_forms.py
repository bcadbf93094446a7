"""What an office sends beside its seats: who answers, and its letters of assignment."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField

from rakor.events.fields import DayField
from rakor.registrations.fields import PhoneField, WordsField
from rakor.seats.rules.letters import LONGEST_NUMBER
from rakor.web.forms import Form


class SpeakerForm(Form):
    """The number of whoever answers; on another phone the number of whoever answered first."""

    phone = PhoneField(_l("Nomor WhatsApp Anda"))
    operator = WordsField(_l("Nama Anda"), max=120)

    def asked(self) -> "SpeakerForm":
        """The same form on another phone: it asks for the number that answered first."""
        self.phone.label.text = _("Nomor WhatsApp yang pertama menjawab")
        self.phone.flags.required = True
        return self


class Needed:
    """Marks a file's field as one that must be filled in; the route reads the file and judges its content."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: Any, field: Any) -> None:
        return None


class AssignmentForm(Form):
    """A letter of assignment; what the file is, is read from its content."""

    number = WordsField(_l("Nomor surat tugas"), required=True, max=LONGEST_NUMBER)
    dated_on = DayField(_l("Tanggal surat"), required=True)
    person = WordsField(_l("Untuk"), max=40)
    paper = FileField(
        _l("PDF atau foto"), [Needed()], render_kw={"accept": "application/pdf,image/jpeg,image/png"}
    )
