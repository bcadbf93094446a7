"""The form of one agenda item: times are those of the event's zone, people are typed."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, SelectField, SelectMultipleField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from rakor.agenda import words
from rakor.agenda.models import Room
from rakor.agenda.people import people_of, written
from rakor.agenda.rules import AgendaKind, Visibility, check_times
from rakor.agenda.rules.views import ItemDraft, ItemView
from rakor.events.models import EventDay, EventRole
from rakor.web.forms import Form, LinesField, TextField

SEATS = NumberRange(1, 100_000, _l("Isi angka dari 1 sampai 100.000."))
NO_NUMBER = _l("Isi dengan angka.")


class SeatsField(IntegerField):
    """A number of places; empty means not told."""

    def __init__(self, label: Any = None, **kw: Any):
        super().__init__(label, [Optional(), SEATS], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read "1.200" and "1200" alike."""
        try:
            super().process_formdata([value.strip().replace(".", "") for value in valuelist])
        except ValueError:
            raise ValueError(str(NO_NUMBER)) from None


class ItemForm(Form):
    """One item. ``prepare`` gives it the event's days; ``draft`` turns what was typed into a value."""

    day = SelectField(_l("Hari"))
    starts = TimeField(_l("Mulai"), [Optional()])
    ends = TimeField(_l("Selesai"), [Optional()])
    kind = SelectField(_l("Jenis"), choices=[SelectChoice(kind.value, word) for kind, word in words.KINDS.items()])
    title = TextField(_l("Judul"), required=True, max=240)
    topic = TextField(_l("Topik"), max=400)
    room = TextField(_l("Ruang"), max=120)
    roles = SelectMultipleField(
        _l("Untuk peran"), choices=[], option_widget=CheckboxInput(), widget=ListWidget(), validate_choice=True
    )
    audience = TextField(_l("Untuk siapa lagi"), max=200)
    capacity = SeatsField(_l("Kapasitas"))
    speakers = LinesField(_l("Narasumber"), max=2000)
    moderators = LinesField(_l("Moderator"), max=1000)
    visibility = SelectField(
        _l("Terlihat oleh"), choices=[SelectChoice(one.value, word) for one, word in words.VISIBILITY.items()]
    )
    takes_attendance = BooleanField(_l("Catat kehadiran pada mata acara ini"))
    counts_for_jp = BooleanField(_l("Dihitung sebagai jam pelajaran (JP)"))
    in_charge = TextField(_l("Penanggung jawab (PJ)"), max=120)
    note = TextField(_l("Keterangan"), max=300)
    seen = HiddenField()

    def prepare(self, days: list[EventDay], roles: list[EventRole], zone: str, day_words: Any) -> "ItemForm":
        """Offer the event's days (``day_words`` names one) and roles, and remember the zone of the times."""
        self.roles.choices = [SelectChoice(str(role.id), role.name) for role in roles]
        self.day.choices = [SelectChoice(str(day.id), day_words(day)) for day in days]
        self._days = {str(day.id): day for day in days}
        self._zone = ZoneInfo(zone)
        return self

    def show(self, view: ItemView) -> None:
        """Fill the form with an item as it stands."""
        self.day.data, self.kind.data, self.visibility.data = str(view.day_id), view.kind.value, view.visibility.value
        self.starts.data, self.ends.data = self._clock(view.starts_at), self._clock(view.ends_at)
        self.title.data, self.topic.data, self.room.data = view.title, view.topic, view.room
        self.audience.data = view.audience
        self.takes_attendance.data, self.counts_for_jp.data = view.takes_attendance, view.counts_for_jp
        self.roles.data = [str(role.id) for role in view.roles]
        self.capacity.process_data(view.capacity)
        self.in_charge.data, self.note.data, self.seen.data = view.in_charge, view.note, stamp(view)
        self.speakers.data, self.moderators.data = written(view.speakers), written(view.moderators)

    def _clock(self, at: datetime | None) -> time | None:
        return at.astimezone(self._zone).time() if at else None

    def _at(self, clock: time | None) -> datetime | None:
        if clock is None:
            return None
        return datetime.combine(self._days[self.day.data].held_on, clock, self._zone)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then the times against each other and the day."""
        if not super().validate(extra_validators):
            return False
        problem = check_times(self._days[self.day.data].held_on, self._at(self.starts.data), self._at(self.ends.data))
        if problem:
            self.ends.errors = [words.PROBLEMS[problem]]
        return problem is None

    def draft(self) -> ItemDraft:
        """Return what was typed as a value; call it after ``accepted()``."""
        return ItemDraft(
            day_id=UUID(self.day.data),
            kind=AgendaKind(self.kind.data),
            title=self.title.data,
            topic=self.topic.data,
            starts_at=self._at(self.starts.data),
            ends_at=self._at(self.ends.data),
            room=self.room.data,
            visibility=Visibility(self.visibility.data),
            takes_attendance=self.takes_attendance.data,
            counts_for_jp=self.counts_for_jp.data,
            audience=self.audience.data,
            role_ids=tuple(UUID(role) for role in self.roles.data or ()),
            capacity=self.capacity.data,
            in_charge=self.in_charge.data,
            note=self.note.data,
            speakers=people_of(self.speakers.data),
            moderators=people_of(self.moderators.data),
        )


class PlaceForm(Form):
    """When and where one item is held: what the board changes by drag, by keyboard, or by its little form."""

    starts = TimeField(_l("Mulai"))
    ends = TimeField(_l("Selesai"))
    room = SelectField(_l("Ruang"), choices=[])
    seen = HiddenField()

    def prepare(self, rooms: list[Room]) -> "PlaceForm":
        """Offer the event's rooms, and none."""
        self.room.choices = [SelectChoice("", _l("Tanpa ruang")), *(SelectChoice(str(r.id), r.name) for r in rooms)]
        return self

    def moments(self, day: date, zone: str) -> tuple[datetime, datetime]:
        """Return what was typed as moments of a day; call it after ``accepted()``."""
        first, last = (datetime.combine(day, clock.data, ZoneInfo(zone)) for clock in (self.starts, self.ends))
        return first, last


class RoomForm(Form):
    """A room: its name and how many it holds."""

    name = TextField(_l("Nama ruang"), required=True, max=120)
    capacity = SeatsField(_l("Kursi"))


def stamp(view: ItemView) -> str:
    """Return what a form remembers of the item it was drawn from, to see that somebody else has saved since."""
    return view.updated_at.isoformat()
