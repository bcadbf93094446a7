"""Forms of what is released: a photo with its caption, a quotation with who said it."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor.agenda.rules.views import ItemView, PersonView
from rakor.events.fields import CHOOSE, WordRadio
from rakor.minutes.release_models import ReleasePhoto, ReleaseQuotation
from rakor.minutes.rules.release import PhotoBasis
from rakor.web.forms import Form, LinesField, TextField, ValidationError

BASES = {
    PhotoBasis.CONSENT: _l("Yang dikenali pada foto sudah setuju"),
    PhotoBasis.NOTICE: _l("Ada pemberitahuan di tempat bahwa acara umum ini difoto"),
}


class PhotoForm(Form):
    """What a photo shows, of which session, and why its people may be shown."""

    caption = TextField(_l("Apa yang terjadi"), required=True, max=300)
    who = TextField(_l("Siapa pada foto"), max=300)
    item = SelectField(_l("Mata acara"), choices=[], validate_choice=False, default="")
    alt = TextField(_l("Yang terlihat, untuk pembaca yang tidak melihat foto"), required=True, max=300)
    basis = WordRadio(_l("Dasar menampilkan orang"), BASES)

    def offer(self, items: list[ItemView]) -> "PhotoForm":
        """Offer the items of the published programme."""
        self.items = {str(one.id): one for one in items}
        titles = (SelectChoice(key, one.title) for key, one in self.items.items())
        self.item.choices = [SelectChoice("", _("Seluruh acara")), *titles]
        return self

    def show(self, row: ReleasePhoto) -> "PhotoForm":
        """Fill the form with a photo as it stands."""
        for name in ("caption", "who", "alt"):
            self[name].data = getattr(row, name)
        self.item.data, self.basis.data = str(row.item_id or ""), str(row.basis)
        return self

    def validate_item(self, field: SelectField) -> None:
        if field.data and field.data not in self.items:
            raise ValidationError(str(CHOOSE))

    def values(self) -> dict[str, Any]:
        """Return a photo's columns as typed."""
        found = {name: self[name].data for name in ("caption", "who", "alt")}
        return found | {"item_id": UUID(self.item.data) if self.item.data else None, "basis": self.basis.word}


class NewPhotoForm(PhotoForm):
    """A photo to hand in; it is drawn anew here."""

    photo = FileField(_l("Foto (JPEG atau PNG, paling besar 8 MB)"), render_kw={"accept": "image/jpeg,image/png"})

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        self.photo.flags.required = True


class QuotationForm(Form):
    """What somebody said; whoever speaks on the agenda, in one of their items."""

    said = SelectField(_l("Siapa, dalam mata acara apa"), [InputRequired(CHOOSE)], choices=[], validate_choice=False)
    text = LinesField(_l("Kutipan, kata demi kata"), required=True, max=800, render_kw={"rows": 3})

    def offer(self, items: list[ItemView]) -> "QuotationForm":
        """Offer everybody who takes part in the published programme, item by item."""
        self.parts: dict[str, tuple[ItemView, PersonView]] = {
            f"{item.id}/{person.id}": (item, person)
            for item in items
            for person in (*item.speakers, *item.moderators)
        }
        self.said.choices = [
            SelectChoice("", _("Pilih")),
            *(SelectChoice(key, f"{person.name} · {item.title}") for key, (item, person) in self.parts.items()),
        ]
        return self

    def show(self, row: ReleaseQuotation) -> "QuotationForm":
        """Fill the form with a quotation as it stands."""
        self.said.data, self.text.data = f"{row.item_id}/{row.speaker_id}", row.text
        return self

    def validate_said(self, field: SelectField) -> None:
        if field.data not in self.parts:
            raise ValidationError(str(CHOOSE))

    def values(self) -> dict[str, Any]:
        """Return a quotation's columns: name and post as the agenda has them now."""
        item, person = self.parts[self.said.data]
        post = ", ".join(filter(None, (person.post, person.organization)))
        return {
            "item_id": item.id, "speaker_id": person.id, "name": person.name, "post": post[:400],
            "text": self.text.data,
        }  # fmt: skip
