"""Offices from a pattern, a line of text that names every office of a level; and units typed one by one."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from rakor.offices.rules import LONGEST_SHORT_NAME, OfficeLevel, Pattern
from rakor.offices.words import LEVELS
from rakor.web.forms import REQUIRED, Form, LinesField, TextField, ValidationError

PATTERN_LEVELS = (OfficeLevel.REGENCY, OfficeLevel.PROVINCE, OfficeLevel.NATIONAL)


class PatternForm(Form):
    """The level and the names of the offices to be made."""

    level = RadioField(
        _l("Tingkat"),
        choices=[(str(level), LEVELS[level]) for level in PATTERN_LEVELS],
        default=str(OfficeLevel.REGENCY),
        validate_choice=False,
        validators=[InputRequired(REQUIRED)],
    )
    name = TextField(_l("Pola nama"), required=True, max=200)
    short_name = TextField(_l("Pola nama pendek"), max=120)

    def pattern(self) -> Pattern:
        """What was typed; an unknown level is read as that of the regencies."""
        levels = {str(level): level for level in PATTERN_LEVELS}
        level = levels.get(self.level.data or "", OfficeLevel.REGENCY)
        return Pattern(level, self.name.data or "", self.short_name.data or "")


class UnitsForm(Form):
    """Offices beside the map: faculties of a university, agencies of one city; one name a line."""

    names = LinesField(_l("Nama unit, satu per baris"), required=True, max=20_000, render_kw={"rows": 6})

    def validate_names(self, field: LinesField) -> None:
        """Refuse names that an office cannot bear."""
        for name in self.lines:
            if not 2 <= len(name) <= LONGEST_SHORT_NAME:
                raise ValidationError(_("Nama unit 2 sampai 120 huruf: %(name)s", name=name[:60]))

    @property
    def lines(self) -> list[str]:
        """The names that were typed, each once."""
        return list(dict.fromkeys(line for line in (self.names.data or "").split("\n") if line))
