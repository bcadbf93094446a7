"""Offices from a pattern: a line of text that names every office of a level."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from rakor.offices.rules import OfficeLevel, Pattern
from rakor.offices.words import LEVELS
from rakor.web.forms import REQUIRED, Form, TextField

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
