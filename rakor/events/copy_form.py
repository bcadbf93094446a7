"""The form of a copy: what the new event is called, when it begins, what comes along."""

from uuid import UUID, uuid4

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from rakor.events.cloning import Part
from rakor.events.fields import DayField
from rakor.events.models import Event
from rakor.web.forms import Form, TextField

PARTS: dict[Part, LazyString] = {
    Part.IDENTITY: _l("Identitas: kop, logo, warna, kanal tanpa tautannya"),
    Part.AGENDA: _l("Agenda: ruang dan mata acara tanpa orang"),
    Part.RULES: _l("Aturan: undangan per kantor, kuota, tenggat"),
    Part.TEXTS: _l("Teks: tema, isi surat undangan, pertanyaan formulir"),
    Part.PREPARATION: _l("Persiapan: langkah tambahan dan tanggalnya, tanpa penanggung jawab"),
    Part.FOLLOW_UPS: _l("Tindak lanjut yang belum selesai, sebagai mata acara pembuka"),
}


class CopyForm(Form):
    """A new event from an older one."""

    idempotency_key = HiddenField(default=lambda: str(uuid4()))
    title = TextField(_l("Nama kegiatan"), required=True, max=240)
    starts_on = DayField(_l("Hari pertama"), required=True)
    parts = SelectMultipleField(
        _l("Yang ikut disalin"),
        choices=[SelectChoice(part.value, word) for part, word in PARTS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(),
    )

    def start(self, event: Event) -> "CopyForm":
        """Begin with the event's own name and everything ticked."""
        self.title.data, self.parts.data = event.title, [part.value for part in Part]
        return self

    @property
    def chosen(self) -> frozenset[Part]:
        """What was ticked."""
        return frozenset(Part(word) for word in self.parts.data or ())

    @property
    def key(self) -> UUID:
        """The sending's own key; a lost one is made anew."""
        try:
            return UUID(self.idempotency_key.data or "")
        except ValueError:
            return uuid4()
