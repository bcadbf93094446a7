"""The columns of an upload, put right by hand."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

from rakor.imports.rules import Field
from rakor.imports.words import FIELDS
from rakor.registrations.rules import Mode
from rakor.registrations.words import MODES_EXPLAINED
from rakor.web.forms import Form, ValidationError

NOWHERE = "-1"


def columns_form(headings: Sequence[str], modes: Sequence[Mode]) -> type[Form]:
    """Make the form for these headings: one choice of a column for every field that a row can have."""
    offered = [(NOWHERE, _("Tidak ada"))] + [(str(place), _shown(place, name)) for place, name in enumerate(headings)]

    class ColumnsForm(Form):
        """Which column holds what."""

        default_mode = RadioField(
            _l("Bila cara mengikuti tidak tertulis"),
            choices=[(str(mode), str(MODES_EXPLAINED[mode])) for mode in modes],
            validate_choice=False,
            default="",
        )

        def columns(self) -> dict[str, int]:
            """What was chosen, field → column."""
            chosen = {field.value: int(self[field.value].data) for field in Field}
            return {name: place for name, place in chosen.items() if place >= 0}

        def validate_name(self, field: SelectField) -> None:
            if field.data == NOWHERE:
                raise ValidationError(_("Pilih kolom yang memuat nama orang."))

    for field in Field:
        chooser = SelectField(FIELDS[field], choices=offered, default=NOWHERE, coerce=_known(dict(offered)))
        setattr(ColumnsForm, field.value, chooser)
    return ColumnsForm


def _known(offered: dict[str, str]) -> object:
    def choice(typed: object) -> str:
        return typed if isinstance(typed, str) and typed in offered else NOWHERE

    return choice


def _shown(place: int, heading: str) -> str:
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}: {heading}" if heading.strip() else letters
