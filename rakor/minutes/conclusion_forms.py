"""The form of a conclusion."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor.events.fields import WordSelect
from rakor.minutes.conclusion_models import TEXT_LENGTH, Conclusion
from rakor.minutes.conclusion_words import KINDS
from rakor.minutes.store.conclusions import Draft
from rakor.registrations.fields import refuse_unreadable
from rakor.web.forms import REQUIRED, Form, LinesField

PUBLIC, INTERNAL = "public", "internal"


class ConclusionForm(Form):
    """A numbered result: what it is, of which session, its words, who may read it."""

    text = LinesField(_l("Isi"), required=True, max=TEXT_LENGTH, validators=[refuse_unreadable])
    kind = WordSelect(_l("Jenis"), KINDS, default="conclusion")
    item = SelectField(_l("Dari sesi"), default="")
    readers = RadioField(_l("Untuk siapa"), [InputRequired(REQUIRED)], default=INTERNAL)

    def offer(self, items: Sequence[tuple[UUID, str]]) -> "ConclusionForm":
        """Offer the sessions that still take conclusions."""
        whole = SelectChoice("", str(_l("Seluruh kegiatan")))
        self.item.choices = [whole, *(SelectChoice(str(item_id), name) for item_id, name in items)]
        self.readers.choices = [
            SelectChoice(INTERNAL, str(_l("Internal"))), SelectChoice(PUBLIC, str(_l("Publik, setelah disetujui"))),
        ]  # fmt: skip
        return self

    def show(self, row: Conclusion) -> "ConclusionForm":
        """Fill the form with what stands there."""
        self.text.data, self.kind.data = row.text, row.kind.value
        self.item.data = str(row.agenda_item_id) if row.agenda_item_id else ""
        self.readers.data = PUBLIC if row.is_public else INTERNAL
        return self

    def draft(self) -> Draft:
        """Return what was typed; needs an accepted form."""
        item_id = UUID(self.item.data) if self.item.data else None
        return Draft(self.kind.word, self.text.data or "", item_id, self.readers.data == PUBLIC)
