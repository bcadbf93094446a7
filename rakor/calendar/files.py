"""A reader's calendar as a file or a feed: which entries it has, and the answer that carries them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from flask import Response, request

from rakor.agenda import speaker_store
from rakor.agenda import store as agenda
from rakor.agenda.material_rules import SpeakerAnswer
from rakor.agenda.store import ItemView
from rakor.agenda.store.versions import newest
from rakor.calendar import entries, store
from rakor.calendar.entries import Reader
from rakor.calendar.refreshing import Calendars, host, is_over
from rakor.calendar.rules import Content, Entry, calendar_file
from rakor.calendar.rules.entries import is_in
from rakor.calendar.store import KeptEntry
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.registrations.rules import RegistrationState

MIME = "text/calendar; charset=utf-8; method=PUBLISH"
GONE = (RegistrationState.DECLINED, RegistrationState.CANCELLED)


@dataclass(frozen=True)
class Shelf:
    """The calendar of one reader. ``owner`` makes the UIDs one person's own; without one they are the items' own."""

    event: Event
    reader: Reader
    programme: list[ItemView]
    owner: UUID | None = None
    gone: bool = False
    kept: Mapping[UUID, KeptEntry] = field(default_factory=dict)
    rings: int = 0

    def whole(self) -> Entry:
        """Return the entry of the event itself; its number follows the event's and the programme's versions.

        A person's own begins at 0, as the invitation will: it must not look newer than what the mail says.
        """
        version = newest(self.event.id)
        changed_at = max(self.event.updated_at, version.published_at) if version else self.event.updated_at
        number = 0 if self.owner else self.event.version - 1 + (version.number if version else 0)
        content = entries.whole(self.event, self.programme, self.reader)
        return self._entry(self.event.id, replace(content, alarms=()), number, changed_at)

    def items(self, chosen: Sequence[ItemView] | None = None) -> list[Entry]:
        """Return the entries of these items, by default of all."""
        listed = self.programme if chosen is None else chosen
        return [self._entry(item.id, self._content(item), item.sequence, item.updated_at) for item in listed]

    def _content(self, item: ItemView) -> Content:
        content = entries.one(self.event, item, self.reader)
        return entries.ringing(content, self.rings) if self.rings else content

    def _entry(self, subject: UUID, content: Content, number: int, changed_at: datetime) -> Entry:
        cancelled = self.gone or self.event.stage is Stage.CANCELLED
        known = self.kept.get(subject)
        if known is not None:
            return Entry(known.uid, content, known.changed_at, known.kept.sequence, cancelled)
        uid = store.uid_of(self.owner, subject, host()) if self.owner else f"{subject}@{host()}"
        return Entry(uid, content, changed_at, number, cancelled)


def shelf_of_public(event: Event) -> Shelf:
    """Return what anybody may have of an event."""
    reader = entries.anybody(event)
    return Shelf(event, reader, agenda.programme(event.id, reader.seen))


def shelf_of_person(
    event: Event, registration_id: UUID, *, now: datetime, for_any_role: bool = False
) -> Shelf | None:
    """Return what a registered person may have; None where nobody is registered under this id.

    ``for_any_role``: also items that are meant for other roles, which the own page shows and one may ask for.
    """
    person = store.person(event.id, registration_id)
    if person is None:
        return None
    calendars = Calendars.of(event, now=now)
    own = calendars.reader(person)
    reader = replace(own, roles=None) if for_any_role else own
    kept = store.entries(event.id, [person.id]).get(person.id, {}) if _takes_part(person) else {}
    programme = entries.seen_by(reader, calendars.programme)
    return Shelf(event, reader, programme, person.id, person.state in GONE, kept)


def _takes_part(person: store.Person) -> bool:
    return is_in(person.state, by_seat=person.by_seat)


def shelf_of_speaker(event: Event, speaker_id: UUID, *, now: datetime) -> Shelf:
    """Return the own items of somebody who speaks, as their mails said them; taken back where they declined."""
    reader = entries.speaking(event, over=is_over(event, now))
    own = [item for item in agenda.programme(event.id, reader.seen) if takes_part(item, speaker_id)]
    kept = store.entries(event.id, [speaker_id], book=store.OF_SPEAKERS).get(speaker_id, {})
    declined = speaker_store.profile(event.id, speaker_id).answer is SpeakerAnswer.DECLINED
    return Shelf(event, reader, own, speaker_id, declined, kept, rings=entries.RING_A_SPEAKER)


def takes_part(item: ItemView, speaker_id: UUID) -> bool:
    """True where somebody speaks in an item or leads it."""
    return any(who.id == speaker_id for who in (*item.speakers, *item.moderators))


def file_answer(shelf: Shelf, listed: Sequence[Entry], name: str, file_name: str, *, feed: bool = False) -> Response:
    """Answer with a calendar file, or with 304 where the reader has these very bytes."""
    answer = Response(calendar_file(name, listed, zone=shelf.event.zone, feed=feed), content_type=MIME)
    plain = re.sub(r"[^a-z0-9]+", "-", file_name.lower()).strip("-")[:60] or "agenda"
    answer.headers["Content-Disposition"] = f'attachment; filename="{plain}.ics"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
