"""The draft, written item by item."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import RowMapping, delete, func, insert, select, update

from rakor import audit
from rakor.agenda.models import AgendaAudience, AgendaItem, AgendaSpeaker, Room, Speaker
from rakor.agenda.rules import AgendaKind, SpeakerPart
from rakor.agenda.rules.views import EVERYTHING, ItemDraft, PersonDraft
from rakor.agenda.store import versions
from rakor.agenda.store.reading import items
from rakor.db import Base, db

SESSIONS = frozenset({AgendaKind.SESSION, AgendaKind.PANEL})


def add(event_id: UUID, draft: ItemDraft, *, now: datetime) -> UUID:
    """Add an item with its room and people; returns its id."""
    versions.hold(event_id, now=now)
    row = AgendaItem(id=uuid4(), event_id=event_id, created_at=now)
    put(row, draft, now=now)
    settle(event_id, now=now)
    audit.record("agenda.add", event_id=event_id, object_kind="agenda_item", object_id=row.id)
    return row.id


def add_all(event_id: UUID, drafts: Sequence[ItemDraft], *, now: datetime) -> None:
    """Add many items at once: a copied day, a sheet."""
    versions.hold(event_id, now=now)
    for draft in drafts:
        put(AgendaItem(id=uuid4(), event_id=event_id, created_at=now), draft, now=now)
    settle(event_id, now=now)
    audit.record("agenda.add_all", event_id=event_id, object_kind="agenda_item", count=len(drafts))


def change(event_id: UUID, item_id: UUID, draft: ItemDraft, *, now: datetime) -> bool:
    """Change an item. False where it is gone."""
    row = living(event_id, item_id)
    if row is None:
        return False
    versions.hold(event_id, now=now)
    put(row, draft, now=now)
    settle(event_id, now=now)
    audit.record("agenda.change", event_id=event_id, object_kind="agenda_item", object_id=item_id)
    return True


def remove(event_id: UUID, item_id: UUID, *, now: datetime) -> bool:
    """Take an item off; False where it is gone already, or where its attendance was taken (``is_held``)."""
    row = living(event_id, item_id)
    if row is None or is_held(event_id, item_id):
        return False
    versions.hold(event_id, now=now)
    take_off(row, now=now)
    settle(event_id, now=now)
    audit.record("agenda.remove", event_id=event_id, object_kind="agenda_item", object_id=item_id)
    return True


def take_off(row: AgendaItem, *, now: datetime) -> None:
    """Let an item leave the draft: a row that a published version names stays, and one that something hangs on."""
    if versions.by_itself(row.event_id) and not any(_hanging(row.event_id, row.id)):
        db.session.execute(delete(AgendaItem).where(AgendaItem.event_id == row.event_id, AgendaItem.id == row.id))
        return
    row.removed_at = now
    _let_go(row.event_id, row.id)
    db.session.flush()


def living(event_id: UUID, item_id: UUID) -> AgendaItem | None:
    """Return the row of an item that stands in the draft, or None."""
    mine = (AgendaItem.event_id == event_id, AgendaItem.id == item_id, AgendaItem.removed_at.is_(None))
    return db.session.scalar(select(AgendaItem).where(*mine))


def is_held(event_id: UUID, item_id: UUID) -> bool:
    """True where something that may not be lost hangs on an item: its attendance, unless that counts elsewhere now."""
    return bool(held_by(event_id, item_id))


def held_by(event_id: UUID, item_id: UUID) -> frozenset[str]:
    """Return the names of the tables whose rows hold an item (``is_held``)."""
    hanging = _hanging(event_id, item_id)
    return frozenset(table for table, row in hanging if row.get("merged_into_id") is None)


def _hanging(event_id: UUID, item_id: UUID) -> Iterator[tuple[str, RowMapping]]:
    """Yield the rows that hang on an item by the tables' own RESTRICT keys: a later feature is seen, not known here."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if key.referred_table is AgendaItem.__table__ and key.ondelete == "RESTRICT":
                column = next(e.parent for e in key.elements if e.column.name == "id")
                found = db.session.execute(select(table).where(table.c.event_id == event_id, column == item_id))
                yield from ((table.name, row) for row in found.mappings())


def settle(event_id: UUID, *, now: datetime) -> None:
    """Number the sessions in order, let go of people nobody needs, and let version 1 follow while it may."""
    if versions.by_itself(event_id):
        used = select(AgendaSpeaker.speaker_id).where(AgendaSpeaker.event_id == event_id)
        db.session.execute(delete(Speaker).where(Speaker.event_id == event_id, Speaker.id.not_in(used)))
    ordered = [view for view in items(event_id, EVERYTHING) if view.kind in SESSIONS]
    for number, view in enumerate(ordered, start=1):
        if view.session_number != number:
            db.session.execute(update(AgendaItem).where(AgendaItem.id == view.id).values(session_number=number))
    versions.follow(event_id, now=now)


def room_named(event_id: UUID, name: str) -> UUID | None:
    """Return the room of that name, made where it is missing; None for no name."""
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


def put(row: AgendaItem, draft: ItemDraft, *, now: datetime) -> None:
    """Write a draft onto an item's row (new or known), with who takes part and for whom it is."""
    row.day_id, row.kind, row.title, row.topic = draft.day_id, draft.kind, draft.title, draft.topic
    row.starts_at, row.ends_at, row.room_id = draft.starts_at, draft.ends_at, room_named(row.event_id, draft.room)
    row.visibility, row.audience, row.capacity = draft.visibility, draft.audience, draft.capacity
    row.takes_attendance, row.counts_for_jp = draft.takes_attendance, draft.counts_for_jp
    row.in_charge, row.note, row.updated_at = draft.in_charge, draft.note, now
    row.removed_at = None
    db.session.add(row)
    db.session.flush()
    _gather(row, draft)


def _let_go(event_id: UUID, item_id: UUID) -> None:
    for table in (AgendaSpeaker, AgendaAudience):
        db.session.execute(delete(table).where(table.event_id == event_id, table.item_id == item_id))


def _gather(row: AgendaItem, draft: ItemDraft) -> None:
    """Write anew who takes part in an item and for whom it is."""
    _let_go(row.event_id, row.id)
    roles = [{"event_id": row.event_id, "item_id": row.id, "role_id": role_id} for role_id in set(draft.role_ids)]
    if roles:
        db.session.execute(insert(AgendaAudience), roles)
    known = {speaker.name.casefold(): speaker for speaker in _speaker_rows(row.event_id)}
    for part, people in ((SpeakerPart.SPEAKER, draft.speakers), (SpeakerPart.MODERATOR, draft.moderators)):
        for position, person in enumerate(_distinct(people)):
            who = known.get(person.name.casefold()) or _new_speaker(row.event_id, person.name, len(known))
            known[person.name.casefold()] = who
            who.name = person.name
            who.post, who.organization = person.post or who.post, person.organization or who.organization
            db.session.flush()
            link = {"event_id": row.event_id, "item_id": row.id, "speaker_id": who.id, "part": part}
            db.session.add(AgendaSpeaker(**link, position=position))
    db.session.flush()


def _distinct(people: Sequence[PersonDraft]) -> list[PersonDraft]:
    return list({person.name.casefold(): person for person in people if person.name}.values())


def _speaker_rows(event_id: UUID) -> list[Speaker]:
    return list(db.session.scalars(select(Speaker).where(Speaker.event_id == event_id)))


def _new_speaker(event_id: UUID, name: str, position: int) -> Speaker:
    row = Speaker(id=uuid4(), event_id=event_id, name=name, post="", organization="", position=position)
    db.session.add(row)
    return row
