"""The form of a checkpoint that an organiser makes: registration, meal, kit."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from rakor.attendance.models import Checkpoint
from rakor.attendance.rules.words import Direction, PlaceKind
from rakor.attendance.store.made import Draft
from rakor.events.fields import WordRadio, WordSelect
from rakor.web.forms import REQUIRED, Form, TextField

KINDS: dict[PlaceKind, Any] = {
    PlaceKind.DAY: _l("Hari"),
    PlaceKind.SESSION: _l("Sesi"),
    PlaceKind.REGISTRATION: _l("Registrasi ulang"),
    PlaceKind.MEAL: _l("Makan"),
    PlaceKind.KIT: _l("Seminar kit"),
}
MADE = {kind: KINDS[kind] for kind in (PlaceKind.REGISTRATION, PlaceKind.MEAL, PlaceKind.KIT)}
BOTH = "both"
WAYS: dict[Any, Any] = {
    BOTH: _l("Masuk dan keluar"),
    Direction.IN: _l("Hanya masuk"),
    Direction.OUT: _l("Hanya keluar"),
}


class PlaceForm(Form):
    """A checkpoint; of one that the programme makes, and of one in use, only name and way can be changed."""

    kind = WordSelect(_l("Yang dicatat"), MADE, default="registration")
    day = SelectField(_l("Hari"), [InputRequired(REQUIRED)])
    name = TextField(_l("Nama"), required=True, max=120)
    way = WordRadio(_l("Arah"), WAYS, default=BOTH)

    def offer(self, days: list[tuple[UUID, str]], row: Checkpoint | None) -> "PlaceForm":
        """Offer the event's days; a checkpoint that is there keeps its kind and day."""
        self.day.choices = [(str(day_id), name) for day_id, name in days]
        if row is not None:
            del self.kind, self.day
        return self

    def show(self, row: Checkpoint) -> "PlaceForm":
        """Fill the form with a checkpoint as it stands."""
        self.name.data, self.way.data = row.name, str(row.direction or BOTH)
        return self

    @property
    def direction(self) -> Direction | None:
        """The one way it records; None: both."""
        return None if self.way.data == BOTH else Direction(self.way.data)

    def draft(self) -> Draft:
        """Return the new checkpoint as typed; call it after ``accepted()``."""
        return Draft(self.kind.word, UUID(self.day.data), str(self.name.data), self.direction)
