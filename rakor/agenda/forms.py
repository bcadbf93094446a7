"""The form of one agenda item: times are those of the event's zone, people are typed."""

from datetime import datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from rakor.agenda import words
from rakor.agenda.rules import AgendaKind, Visibility, check_times
from rakor.agenda.store import ItemDraft, ItemView, PersonDraft
from rakor.events.models import EventDay
from rakor.web.forms import Form, LinesField, TextField


class ItemForm(Form):
    """One item. ``prepare`` gives it the event's days; ``draft`` turns what was typed into a value."""

    day = SelectField(_l("Hari"))
    starts = TimeField(_l("Mulai"), [Optional()])
    ends = TimeField(_l("Selesai"), [Optional()])
    kind = SelectField(_l("Jenis"), choices=[SelectChoice(kind.value, word) for kind, word in words.KINDS.items()])
    title = TextField(_l("Judul"), required=True, max=240)
    topic = TextField(_l("Topik"), max=400)
    room = TextField(_l("Ruang"), max=120)
    audience = TextField(_l("Untuk siapa"), max=200)
    speakers = LinesField(_l("Narasumber"), max=2000)
    moderators = LinesField(_l("Moderator"), max=1000)
    visibility = SelectField(
        _l("Terlihat oleh"), choices=[SelectChoice(one.value, word) for one, word in words.VISIBILITY.items()]
    )
    takes_attendance = BooleanField(_l("Catat kehadiran pada mata acara ini"))
    counts_for_jp = BooleanField(_l("Dihitung sebagai jam pelajaran (JP)"))

    def prepare(self, days: list[EventDay], zone: str, day_words: Any) -> "ItemForm":
        """Offer the event's days (``day_words`` names one) and remember the zone of the times."""
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
        self.speakers.data = "\n".join(map(_line, view.speakers))
        self.moderators.data = "\n".join(map(_line, view.moderators))

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
            speakers=_people(self.speakers.data),
            moderators=_people(self.moderators.data),
        )


def _line(person: Any) -> str:
    return "; ".join(part for part in (person.name, person.post, person.organization) if part)


def _people(text: str) -> tuple[PersonDraft, ...]:
    """Read one person a line: "Nama; jabatan; lembaga"; commas belong to titles."""
    people = []
    for line in filter(None, text.splitlines()):
        name, post, organization = ([part.strip() for part in line.split(";", 2)] + ["", ""])[:3]
        people.append(PersonDraft(name[:120], post[:160], organization[:200]))
    return tuple(people)
