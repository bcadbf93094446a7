"""The form that asks for a list."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired

from rakor.documents.rules import Choice, ListKind, PaperFormat
from rakor.events.listings import SHORTEST_REASON
from rakor.web.forms import REQUIRED, Form, TextField, ValidationError

KINDS = {
    ListKind.PARTICIPANTS: lazy_pgettext("list", "Peserta"),
    ListKind.SPEAKERS: _l("Narasumber"),
    ListKind.COMMITTEE: _l("Panitia"),
}
FORMATS = {PaperFormat.PDF: _l("PDF untuk ditandatangani"), PaperFormat.XLSX: _l("Excel")}
ALL = "all"
UNKNOWN = _l("Pilih salah satu dari daftar.")


class ListForm(Form):
    """Which list, of which day or session, of which province, as what. ``offer`` fills in the choices."""

    kind = RadioField(
        _l("Daftar hadir"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
        default=ListKind.PARTICIPANTS.value,
    )
    occasion = SelectField(_l("Hari atau sesi"), [InputRequired(REQUIRED)], validate_choice=False)
    province = SelectField(_l("Provinsi"), [InputRequired(REQUIRED)], validate_choice=False, default=ALL)
    format = RadioField(
        _l("Bentuk"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(form.value, label) for form, label in FORMATS.items()],
        default=PaperFormat.PDF.value,
    )

    reason = TextField(_l("Untuk apa Excel-nya dipakai?"), max=200)

    def validate_reason(self, field: TextField) -> None:
        """A workbook with whole numbers can be passed on and sorted: it leaves with a reason, as every such list."""
        if self.format.data == PaperFormat.XLSX.value and len(field.data or "") < SHORTEST_REASON:
            raise ValidationError(str(_l("Tulis alasannya paling sedikit 10 huruf.")))

    def offer(self, occasions: Sequence[SelectChoice], provinces: Sequence[SelectChoice], first: str) -> None:
        """Set the days with their sessions (values ``day`` or ``day/item``), the provinces, and the first choice."""
        self.occasion.choices = list(occasions)
        self.province.choices = [SelectChoice(ALL, str(_l("Semua provinsi"))), *provinces]
        known = [choice.value for choice in occasions]
        self.occasion.validators = [*self.occasion.validators, AnyOf(known, message=UNKNOWN)]
        named = [choice.value for choice in self.province.choices]
        self.province.validators = [*self.province.validators, AnyOf(named, message=UNKNOWN)]
        if self.occasion.data is None:
            self.occasion.data = first if first in known else next(iter(known), None)

    def choice(self) -> Choice:
        """Return what was chosen; the form has been accepted."""
        day, _, item = str(self.occasion.data).partition("/")
        province = None if self.province.data == ALL else str(self.province.data)
        return Choice(ListKind(self.kind.data), UUID(day), UUID(item) if item else None, province)
