"""Forms of minutes: one edit of a note, the head, why a new version is opened."""

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from rakor.agenda.rules import ItemProblem
from rakor.agenda.store import ItemView, PersonView
from rakor.agenda.words import PROBLEMS
from rakor.events.fields import WordSelect
from rakor.events.part_forms import RememberingForm
from rakor.minutes.notes_models import Minutes
from rakor.minutes.notes_words import KINDS
from rakor.minutes.rules.notes import LONGEST_TEXT, Edit, Spoken
from rakor.minutes.rules.places import LONGEST as LONGEST_PLACE
from rakor.minutes.rules.words import NoteKind
from rakor.web.forms import Form, LinesField, TextField, ValidationError

OTHER = "other"
MOST_PARENTS = 50
PLACE = re.compile(rf"[0-9a-z]{{1,{LONGEST_PLACE}}}")
SHORTEST_REASON = 10


class EditForm(Form):
    """One edit of a note, with ids made by who writes; ``prepare`` offers the people of the session."""

    kind = WordSelect(_l("Jenis"), KINDS, default=NoteKind.DISCUSSION.value)
    speaker = SelectField(_l("Pembicara"), choices=[], validate_choice=False)
    speaker_name = TextField(_l("Nama"), max=120)
    speaker_post = TextField(_l("Jabatan, instansi"), max=200)
    text = LinesField(_l("Isi"), max=LONGEST_TEXT)
    note = HiddenField()
    edit = HiddenField()
    parents = HiddenField()
    position = HiddenField()
    removed = HiddenField()

    def prepare(self, people: Iterable[PersonView]) -> "EditForm":
        """Offer nobody, the session's people, and somebody else."""
        self._people = {str(one.id): one for one in people}
        named = [SelectChoice(key, ", ".join(filter(None, (one.name, one.post)))) for key, one in self._people.items()]
        nobody, other = SelectChoice("", _l("Tanpa pembicara")), SelectChoice(OTHER, _l("Orang lain, ketik namanya"))
        self.speaker.choices = [nobody, *named, other]
        return self

    def show(self, edit: Edit, parents: Iterable[UUID]) -> "EditForm":
        """Fill the form with an edit, for the next one that follows ``parents``."""
        spoken = edit.speaker
        known = str(spoken.id) in self._people
        self.kind.data, self.text.data, self.position.data = edit.kind.value, edit.text, edit.position
        self.speaker.data = str(spoken.id) if known else OTHER if spoken.name else ""
        self.speaker_name.data, self.speaker_post.data = ("", "") if known else (spoken.name, spoken.post)
        self.note.data, self.edit.data, self.removed.data = str(edit.note_id), str(uuid4()), ""
        self.parents.data = ",".join(sorted(map(str, parents)))
        return self

    def begin(self, position: str) -> "EditForm":
        """Let the form begin a new note at a place."""
        self.note.data, self.edit.data, self.position.data = str(uuid4()), str(uuid4()), position
        self.kind.data, self.speaker.data = NoteKind.DISCUSSION.value, ""
        return self

    def validate_note(self, field: HiddenField) -> None:
        """Who writes names the note, the edit and what they saw by ids, and the place by a word."""
        try:
            self._ids = UUID(field.data or ""), UUID(self.edit.data or "")
            self._parents = frozenset(map(UUID, filter(None, (self.parents.data or "").split(",")[:MOST_PARENTS])))
        except ValueError:
            raise ValidationError(_("Butir ini tidak dikenali. Muat ulang halaman, lalu simpan lagi.")) from None
        if not PLACE.fullmatch(self.position.data or ""):
            raise ValidationError(_("Tempat butir ini tidak dikenali. Muat ulang halaman, lalu simpan lagi."))

    def read_edit(self, by_id: UUID, now: datetime) -> Edit:
        """Return the edit that was sent; call it after ``accepted()``."""
        return Edit(
            id=self._ids[1],
            note_id=self._ids[0],
            parents=self._parents,
            position=self.position.data or "",
            kind=self.kind.word,
            speaker=self._spoken(),
            text=self.text.data or "",
            is_removed=self.removed.data == "yes",
            by_id=by_id,
            at=now,
        )

    def _spoken(self) -> Spoken:
        person = self._people.get(self.speaker.data or "")
        if person is not None:
            return Spoken(person.id, person.name, whole_post(person))
        name = self.speaker_name.data or ""
        return Spoken(None, name, self.speaker_post.data or "") if name else Spoken()


def whole_post(person: PersonView) -> str:
    """Return "Kepala Biro Humas, Kementerian Contoh" of somebody on the programme."""
    return ", ".join(filter(None, (person.post, person.organization)))


class HeadForm(RememberingForm):
    """What stands above and under the minutes; what is left empty is taken from the agenda."""

    opened = TimeField(_l("Dibuka pukul"), [Optional()])
    closed = TimeField(_l("Ditutup pukul"), [Optional()])
    place = TextField(_l("Tempat"), max=200)
    chair_name = TextField(_l("Nama pimpinan"), max=120)
    chair_post = TextField(_l("Jabatan pimpinan"), max=160)
    chair_rank = TextField(_l("Pangkat/golongan pimpinan"), max=80)
    chair_nip = TextField(_l("NIP pimpinan"), max=30)
    secretary_name = TextField(_l("Nama sekretaris"), max=120)
    secretary_post = TextField(_l("Jabatan sekretaris"), max=160)
    taker_name = TextField(_l("Nama notulis"), max=120)
    taker_post = TextField(_l("Jabatan notulis"), max=160)
    taker_rank = TextField(_l("Pangkat/golongan notulis"), max=80)
    taker_nip = TextField(_l("NIP notulis"), max=30)

    TEXTS = (
        "place", "chair_name", "chair_post", "chair_rank", "chair_nip", "secretary_name", "secretary_post",
        "taker_name", "taker_post", "taker_rank", "taker_nip",
    )  # fmt: skip

    def prepare(self, item: ItemView, zone: str) -> "HeadForm":
        """Remember the day and the zone of the times."""
        self._item, self._zone = item, ZoneInfo(zone)
        return self

    def show(self, row: Minutes | None) -> "HeadForm":
        """Fill the form with the head as it stands."""
        for name in self.TEXTS:
            self[name].data = (getattr(row, name) or "") if row else ""
        if row is not None:
            self.opened.data, self.closed.data = self._clock(row.opened_at), self._clock(row.closed_at)
        return self

    def _clock(self, at: datetime | None) -> time | None:
        return at.astimezone(self._zone).time() if at else None

    def _at(self, clock: time | None) -> datetime | None:
        return datetime.combine(self._item.held_on, clock, self._zone) if clock else None

    def validate_closed(self, field: TimeField) -> None:
        if field.data and self.opened.data and field.data <= self.opened.data:
            raise ValidationError(str(PROBLEMS[ItemProblem.ENDS_BEFORE_START]))

    def validate_chair_nip(self, field: TextField) -> None:
        _check_nip(field)

    def validate_taker_nip(self, field: TextField) -> None:
        _check_nip(field)

    def values(self) -> dict[str, Any]:
        """Return the columns of the head as typed; call it after ``accepted()``."""
        texts: dict[str, Any] = {name: self[name].data or "" for name in self.TEXTS}
        nips = {name: _digits(self[name].data) or None for name in ("chair_nip", "taker_nip")}
        return texts | nips | {"opened_at": self._at(self.opened.data), "closed_at": self._at(self.closed.data)}


class ReasonForm(Form):
    """Why a new version of approved minutes is opened."""

    reason = TextField(_l("Apa yang perlu diubah"), required=True, max=200)

    def validate_reason(self, field: TextField) -> None:
        if len(field.data or "") < SHORTEST_REASON:
            raise ValidationError(_("Tulis alasannya paling sedikit 10 huruf."))


def _digits(typed: str | None) -> str:
    return re.sub(r"[\s.\-']", "", typed or "")


def _check_nip(field: TextField) -> None:
    digits = _digits(field.data)
    if digits and not re.fullmatch(r"[0-9]{18}", digits):
        raise ValidationError(_("NIP terdiri dari 18 angka. Pejabat tanpa NIP: kosongkan."))
