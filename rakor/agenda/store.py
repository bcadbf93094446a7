"""The agenda in the database: read as frozen values in a constant number of queries, written item by item."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update

from rakor import audit, outbox
from rakor.agenda.models import AgendaItem, AgendaSpeaker, Room, Speaker
from rakor.agenda.rules import AgendaKind, SpeakerPart, Visibility
from rakor.db import db
from rakor.events.models import EventDay

PUBLIC = frozenset({Visibility.PUBLIC})
PARTICIPANTS = PUBLIC | {Visibility.PARTICIPANTS}
EVERYTHING = frozenset(Visibility)


@dataclass(frozen=True)
class PersonView:
    """A speaker or moderator as the agenda shows them."""

    id: UUID
    name: str
    post: str
    organization: str
    source: str


@dataclass(frozen=True)
class ItemView:
    """One agenda item with its day, room and people; times are aware UTC, both may be missing."""

    id: UUID
    day_id: UUID
    held_on: date
    kind: AgendaKind
    title: str
    topic: str
    session_number: int | None
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    room_id: UUID | None
    visibility: Visibility
    takes_attendance: bool
    counts_for_jp: bool
    audience: str
    source: str
    sequence: int
    updated_at: datetime
    speakers: tuple[PersonView, ...] = ()
    moderators: tuple[PersonView, ...] = ()


@dataclass(frozen=True)
class PersonDraft:
    """A speaker or moderator as typed."""

    name: str
    post: str = ""
    organization: str = ""


@dataclass(frozen=True)
class ItemDraft:
    """An agenda item as typed; times are aware."""

    day_id: UUID
    kind: AgendaKind
    title: str
    topic: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""
    visibility: Visibility = Visibility.PUBLIC
    takes_attendance: bool = False
    counts_for_jp: bool = False
    audience: str = ""
    speakers: tuple[PersonDraft, ...] = field(default=())
    moderators: tuple[PersonDraft, ...] = field(default=())


def items(event_id: UUID, visible: Collection[Visibility]) -> list[ItemView]:
    """Return the items of an event that a reader of ``visible`` may see, in order; two queries."""
    query = (
        select(AgendaItem, EventDay.held_on, Room.name)
        .join(EventDay, EventDay.id == AgendaItem.day_id)
        .outerjoin(Room, Room.id == AgendaItem.room_id)
        .where(AgendaItem.event_id == event_id, AgendaItem.visibility.in_(visible))
        .order_by(AgendaItem.position, func.coalesce(AgendaItem.session_number, 0), AgendaItem.title)
    )
    people = _people(event_id)
    found = [_view(item, held_on, room, people) for item, held_on, room in db.session.execute(query)]
    return sorted(found, key=_place)


def item(event_id: UUID, item_id: UUID) -> ItemView | None:
    """Return one item of the event, or None."""
    return next((found for found in items(event_id, EVERYTHING) if found.id == item_id), None)


def _place(view: ItemView) -> tuple[object, ...]:
    """By day and time; what has no time, or the same, stays in the order of the programme."""
    unknown = view.starts_at is None
    return view.held_on, unknown, view.starts_at or view.held_on


def _people(event_id: UUID) -> dict[UUID, list[tuple[SpeakerPart, PersonView]]]:
    query = (
        select(AgendaSpeaker.item_id, AgendaSpeaker.part, Speaker)
        .join(Speaker, Speaker.id == AgendaSpeaker.speaker_id)
        .where(AgendaSpeaker.event_id == event_id)
        .order_by(AgendaSpeaker.position)
    )
    found: dict[UUID, list[tuple[SpeakerPart, PersonView]]] = {}
    for item_id, part, speaker in db.session.execute(query):
        found.setdefault(item_id, []).append((part, _person(speaker)))
    return found


def _person(speaker: Speaker) -> PersonView:
    return PersonView(speaker.id, speaker.name, speaker.post, speaker.organization, speaker.source)


def _view(
    row: AgendaItem, held_on: date, room: str | None, people: dict[UUID, list[tuple[SpeakerPart, PersonView]]]
) -> ItemView:
    own = people.get(row.id, [])
    return ItemView(
        id=row.id,
        day_id=row.day_id,
        held_on=held_on,
        kind=row.kind,
        title=row.title,
        topic=row.topic,
        session_number=row.session_number,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        room=room or "",
        room_id=row.room_id,
        visibility=row.visibility,
        takes_attendance=row.takes_attendance,
        counts_for_jp=row.counts_for_jp,
        audience=row.audience,
        source=row.source,
        sequence=row.sequence,
        updated_at=row.updated_at,
        speakers=tuple(person for part, person in own if part is SpeakerPart.SPEAKER),
        moderators=tuple(person for part, person in own if part is SpeakerPart.MODERATOR),
    )


def speakers(event_id: UUID) -> list[PersonView]:
    """Return everybody who speaks or moderates at the event, in order."""
    query = select(Speaker).where(Speaker.event_id == event_id).order_by(Speaker.position, Speaker.name)
    return [_person(speaker) for speaker in db.session.scalars(query)]


def rooms(event_id: UUID) -> list[str]:
    """Return the names of the event's rooms."""
    query = select(Room.name).where(Room.event_id == event_id).order_by(Room.position, Room.name)
    return list(db.session.scalars(query))


def add(event_id: UUID, draft: ItemDraft, *, now: datetime) -> UUID:
    """Add an item with its room and people; returns its id."""
    item_id = uuid4()
    row = AgendaItem(
        id=item_id, event_id=event_id, day_id=draft.day_id, room_id=_room(event_id, draft.room), kind=draft.kind,
        title=draft.title, topic=draft.topic, starts_at=draft.starts_at, ends_at=draft.ends_at,
        visibility=draft.visibility, takes_attendance=draft.takes_attendance, counts_for_jp=draft.counts_for_jp,
        audience=draft.audience, created_at=now, updated_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _cast(event_id, item_id, draft)
    _settle(event_id)
    audit.record("agenda.add", event_id=event_id, object_kind="agenda_item", object_id=item_id)
    return item_id


def change(event_id: UUID, item_id: UUID, draft: ItemDraft, *, now: datetime) -> bool:
    """Change an item; a new time or place raises its SEQUENCE (RFC 5545 §3.8.7.4). False where it is gone."""
    row = db.session.scalar(select(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id))
    if row is None:
        return False
    before = (row.day_id, row.starts_at, row.ends_at, row.room_id)
    row.day_id, row.kind, row.title, row.topic = draft.day_id, draft.kind, draft.title, draft.topic
    row.starts_at, row.ends_at, row.room_id = draft.starts_at, draft.ends_at, _room(event_id, draft.room)
    row.visibility, row.audience = draft.visibility, draft.audience
    row.takes_attendance, row.counts_for_jp = draft.takes_attendance, draft.counts_for_jp
    if before != (row.day_id, row.starts_at, row.ends_at, row.room_id):
        row.sequence += 1
    row.updated_at = now
    db.session.flush()
    db.session.execute(
        delete(AgendaSpeaker).where(AgendaSpeaker.event_id == event_id, AgendaSpeaker.item_id == item_id)
    )
    _cast(event_id, item_id, draft)
    _settle(event_id)
    audit.record("agenda.change", event_id=event_id, object_kind="agenda_item", object_id=item_id)
    return True


def remove(event_id: UUID, item_id: UUID) -> bool:
    """Remove an item and whoever speaks nowhere else; False where it is gone already."""
    removed = db.session.scalar(
        delete(AgendaItem).where(AgendaItem.event_id == event_id, AgendaItem.id == item_id).returning(AgendaItem.id)
    )
    if removed is None:
        return False
    _settle(event_id)
    audit.record("agenda.remove", event_id=event_id, object_kind="agenda_item", object_id=item_id)
    return True


def _room(event_id: UUID, name: str) -> UUID | None:
    if not name:
        return None
    known = db.session.scalar(select(Room.id).where(Room.event_id == event_id, Room.name == name))
    if known is not None:
        return known
    position = db.session.scalar(select(func.count()).select_from(Room).where(Room.event_id == event_id)) or 0
    row = Room(id=uuid4(), event_id=event_id, name=name, position=position)
    db.session.add(row)
    db.session.flush()
    return row.id


def _cast(event_id: UUID, item_id: UUID, draft: ItemDraft) -> None:
    known = {speaker.name.casefold(): speaker for speaker in _speaker_rows(event_id)}
    for part, people in ((SpeakerPart.SPEAKER, draft.speakers), (SpeakerPart.MODERATOR, draft.moderators)):
        for position, person in enumerate(_distinct(people)):
            row = known.get(person.name.casefold()) or _new_speaker(event_id, person.name, len(known))
            known[person.name.casefold()] = row
            row.name = person.name
            row.post, row.organization = person.post or row.post, person.organization or row.organization
            db.session.flush()
            link = {"event_id": event_id, "item_id": item_id, "speaker_id": row.id, "part": part, "position": position}
            db.session.add(AgendaSpeaker(**link))
    db.session.flush()


def _distinct(people: Sequence[PersonDraft]) -> list[PersonDraft]:
    return list({person.name.casefold(): person for person in people if person.name}.values())


def _speaker_rows(event_id: UUID) -> list[Speaker]:
    return list(db.session.scalars(select(Speaker).where(Speaker.event_id == event_id)))


def _new_speaker(event_id: UUID, name: str, position: int) -> Speaker:
    row = Speaker(id=uuid4(), event_id=event_id, name=name, post="", organization="", position=position)
    db.session.add(row)
    return row


def _settle(event_id: UUID) -> None:
    """Number the sessions in order, let go of people who speak nowhere, and say that the agenda changed."""
    used = select(AgendaSpeaker.speaker_id).where(AgendaSpeaker.event_id == event_id)
    db.session.execute(delete(Speaker).where(Speaker.event_id == event_id, Speaker.id.not_in(used)))
    ordered = [view for view in items(event_id, EVERYTHING) if view.kind in SESSIONS]
    for number, view in enumerate(ordered, start=1):
        if view.session_number != number:
            db.session.execute(update(AgendaItem).where(AgendaItem.id == view.id).values(session_number=number))
    outbox.announce("agenda.published", {"event_id": str(event_id)}, event_id=event_id)


SESSIONS = frozenset({AgendaKind.SESSION, AgendaKind.PANEL})
