"""The form that asks for a list."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired

from rakor.documents.rules import Choice, ListKind, PaperFormat, Variant
from rakor.documents.store import Wish
from rakor.events.listings import SHORTEST_REASON
from rakor.web.forms import REQUIRED, Form, TextField, ValidationError

KINDS = {
    ListKind.PARTICIPANTS: lazy_pgettext("list", "Peserta"),
    ListKind.SPEAKERS: _l("Narasumber"),
    ListKind.COMMITTEE: _l("Panitia"),
}
FORMATS = {PaperFormat.PDF: _l("PDF"), PaperFormat.XLSX: _l("Excel")}
VARIANTS = {
    Variant.BLANK: _l("Untuk tanda tangan basah"),
    Variant.FILLED: _l("Dengan tanda tangan dan jam"),
    Variant.PUBLIC: _l("Publik, tanpa NIP, HP, dan tanda tangan"),
    Variant.RECEIPT: _l("Tanda terima, uraiannya kosong"),
}
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
    variant = SelectField(
        _l("Keperluan"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(variant.value, label) for variant, label in VARIANTS.items()],
        default=Variant.BLANK.value,
    )
    occasion = SelectField(_l("Hari atau sesi"), [InputRequired(REQUIRED)], validate_choice=False)
    province = SelectField(_l("Provinsi"), [InputRequired(REQUIRED)], validate_choice=False, default=ALL)
    office = SelectField(_l("Kantor"), validate_choice=False, default=ALL)
    format = RadioField(
        _l("Bentuk"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(form.value, label) for form, label in FORMATS.items()],
        default=PaperFormat.PDF.value,
    )

    whole = BooleanField(_l("Excel dengan NIP dan nomor HP utuh"))
    reason = TextField(_l("Untuk apa Excel-nya dipakai?"), max=200)

    def validate_reason(self, field: TextField) -> None:
        """A workbook with whole numbers can be passed on and sorted: it leaves with a reason, as every such list."""
        if self.is_whole and len(field.data or "") < SHORTEST_REASON:
            raise ValidationError(str(_l("Tulis alasannya paling sedikit 10 huruf.")))

    @property
    def is_whole(self) -> bool:
        """True where a workbook is asked for with whole numbers."""
        return bool(self.whole.data) and self.format.data == PaperFormat.XLSX.value

    def offer(
        self, occasions: Sequence[SelectChoice], provinces: Sequence[SelectChoice], offices: Sequence[SelectChoice],
        first: str,
    ) -> None:  # fmt: skip
        """Set the days with their sessions (values ``day`` or ``day/item``), the places, and the first choice."""
        self.occasion.choices = list(occasions)
        self.province.choices = [SelectChoice(ALL, str(_l("Semua provinsi"))), *provinces]
        known = [choice.value for choice in occasions]
        self.occasion.validators = [*self.occasion.validators, AnyOf(known, message=UNKNOWN)]
        self.office.choices = [SelectChoice(ALL, str(_l("Semua kantor"))), *offices]
        self.office.data = self.office.data or ALL
        for field in (self.province, self.office):
            named = [choice.value for choice in field.choices]
            field.validators = [*field.validators, AnyOf(named, message=UNKNOWN)]
        if self.occasion.data is None:
            self.occasion.data = first if first in known else next(iter(known), None)

    def wish(self) -> Wish:
        """Return what was asked for; the form has been accepted."""
        variant, form = Variant(self.variant.data), PaperFormat(self.format.data)
        return Wish(self.choice(), form, variant, whole=self.is_whole)

    def choice(self) -> Choice:
        """Return what was chosen; the form has been accepted."""
        day, _, item = str(self.occasion.data).partition("/")
        province = None if self.province.data == ALL else str(self.province.data)
        office = None if self.office.data == ALL else UUID(str(self.office.data))
        return Choice(ListKind(self.kind.data), UUID(day), UUID(item) if item else None, province, office)
