"""Forms of the report: a section's text, and a paper to attach."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FileField, IntegerField
from wtforms.validators import NumberRange, Optional

from rakor.events.fields import WordSelect
from rakor.reports.activity.rules import LONGEST_TEXT
from rakor.reports.activity.words import ANNEXES
from rakor.web.forms import Form, LinesField, TextField

ACCEPTED = "application/pdf,image/jpeg,image/png"


class SectionForm(Form):
    """What is typed for one section; ``seen`` is the version that its writer began with."""

    body = LinesField(_l("Isi bagian"), max=LONGEST_TEXT, render_kw={"rows": 5})
    seen = IntegerField(validators=[Optional(), NumberRange(min=0, max=2**31 - 1)])


class AnnexForm(Form):
    """A paper to attach; what it is, is read from its content."""

    kind = WordSelect(_l("Jenis berkas"), ANNEXES)
    title = TextField(_l("Nama berkas"), required=True, max=160)
    paper = FileField(_l("PDF atau foto, paling besar 5 MB"), render_kw={"accept": ACCEPTED})

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        self.paper.flags.required = True
