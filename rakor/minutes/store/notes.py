"""The minutes of sessions as they are being written: their heads and the edits of their notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from rakor import audit
from rakor.accounts.models import User
from rakor.db import db, insert_missing
from rakor.minutes.notes_models import Minutes, MinutesEdit
from rakor.minutes.rules.notes import Edit, Note, Spoken, notes, standing
from rakor.minutes.rules.standing import after_edit
from rakor.minutes.rules.words import State


class Outcome(StrEnum):
    """What became of an edit that was sent. ``TAKEN``: its id stands for another edit already."""

    STORED = "stored"
    LOCKED = "locked"
    TAKEN = "taken"


@dataclass(frozen=True)
class Progress:
    """How far the minutes of a session are: notes that stand, those in conflict, who wrote last and when."""

    minutes: Minutes
    note_count: int
    conflict_count: int
    last_by: str
    last_at: datetime | None


def approved_items(event_id: UUID) -> frozenset[UUID]:
    """Return the agenda items whose minutes are approved and locked now.

    Not those of which a new version is being written: until that is approved, what it may change is nobody's word.
    """
    mine = (Minutes.event_id == event_id, Minutes.state == State.APPROVED)
    return frozenset(db.session.scalars(select(Minutes.item_id).where(*mine)))


def minutes(event_id: UUID, item_id: UUID) -> Minutes | None:
    """Return the minutes of a session, or None where nobody has written yet."""
    query = select(Minutes).where(Minutes.event_id == event_id, Minutes.item_id == item_id)
    return db.session.scalar(query.execution_options(populate_existing=True))


def locked(event_id: UUID, item_id: UUID) -> Minutes:
    """Return the minutes of a session under their lock, begun where there are none."""
    first = {"event_id": event_id, "item_id": item_id, "number": 1, "state": State.DRAFT}
    empty = dict.fromkeys(("reason", "place", *(name for name in _names() if not name.endswith("_nip"))), "")
    db.session.execute(insert_missing(Minutes).values(**first, **empty))
    mine = select(Minutes).where(Minutes.event_id == event_id, Minutes.item_id == item_id)
    return db.session.scalars(mine.with_for_update().execution_options(populate_existing=True)).one()


def _names() -> Iterable[str]:
    return (
        "chair_name", "chair_post", "chair_rank", "chair_nip", "secretary_name", "secretary_post",
        "taker_name", "taker_post", "taker_rank", "taker_nip",
    )  # fmt: skip


def edits(event_id: UUID, item_id: UUID | None = None) -> list[tuple[UUID, Edit]]:
    """Return every edit of a session's minutes, or of all sessions, each with the session's id."""
    query = select(MinutesEdit).where(MinutesEdit.event_id == event_id)
    if item_id is not None:
        query = query.where(MinutesEdit.item_id == item_id)
    return [(row.item_id, _edit(row)) for row in db.session.scalars(query)]


def notes_of(event_id: UUID, item_id: UUID) -> tuple[Note, ...]:
    """Return the notes of a session as they stand, in their order; one query."""
    return notes(edit for _item, edit in edits(event_id, item_id))


def seen(event_id: UUID, item_id: UUID) -> str:
    """Return a word that is another one as soon as the notes or where they stand has changed; two small queries.

    It ends with the moment of the last edit (``last_seen_at``).
    """
    row = minutes(event_id, item_id)
    mine = (MinutesEdit.event_id == event_id, MinutesEdit.item_id == item_id)
    count, last = db.session.execute(select(func.count(), func.max(MinutesEdit.written_at)).where(*mine)).one()
    return f"{row.number}-{row.state}-{count}-{last.timestamp():.0f}" if row and last else "0"


def last_seen_at(seen_: str) -> datetime | None:
    """Return the moment (aware UTC, to the second) of the last edit that ``seen`` knew; None for any other word."""
    seconds = seen_.rpartition("-")[2]
    known = seen_.count("-") == 3 and seconds.isascii() and seconds.isdigit() and len(seconds) < 12
    return datetime.fromtimestamp(int(seconds), UTC) if known else None


def keep(row: Minutes, edit: Edit) -> Outcome:
    """Keep one edit; the same edit sent again is kept once. Needs ``locked``.

    An edit names only what is stored already: a parent that is not known (lost with a restored backup) is let go, so
    both texts are shown.
    """
    known = db.session.get(MinutesEdit, (row.event_id, row.item_id, edit.id))
    if known is not None:
        return Outcome.STORED if _edit(known).said == edit.said else Outcome.TAKEN
    state = after_edit(row.state)
    if state is None:
        return Outcome.LOCKED
    mine = (MinutesEdit.event_id == row.event_id, MinutesEdit.item_id == row.item_id)
    of_note = select(MinutesEdit.id).where(*mine, MinutesEdit.note_id == edit.note_id)
    parents = set(db.session.scalars(of_note)) & edit.parents
    db.session.add(MinutesEdit(
        event_id=row.event_id, item_id=row.item_id, id=edit.id, note_id=edit.note_id,
        parents=sorted(str(parent) for parent in parents), position=edit.position, kind=edit.kind,
        speaker_id=edit.speaker.id, speaker_name=edit.speaker.name, speaker_post=edit.speaker.post,
        text=edit.text, is_removed=edit.is_removed, written_by_id=edit.by_id, written_at=edit.at,
    ))  # fmt: skip
    row.state = state
    db.session.flush()
    return Outcome.STORED


def save_head(row: Minutes, values: Mapping[str, Any]) -> None:
    """Set what stands above and under the minutes; reviewed ones are a draft again. Needs ``locked``."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    row.state = State.DRAFT
    audit.record("minutes.head", event_id=row.event_id, object_kind="minutes", object_id=row.item_id, fields=changed)


def progress(event_id: UUID) -> dict[UUID, Progress]:
    """Return how far the minutes of each session are; three queries, however many there are."""
    rows = db.session.scalars(select(Minutes).where(Minutes.event_id == event_id)).all()
    of_item: dict[UUID, list[Edit]] = {}
    for item_id, edit in edits(event_id):
        of_item.setdefault(item_id, []).append(edit)
    last = {item_id: max(own, key=lambda edit: edit.at) for item_id, own in of_item.items()}
    names = writers(edit.by_id for edit in last.values())
    return {row.item_id: _progress(row, of_item.get(row.item_id, []), names) for row in rows}


def _progress(row: Minutes, own: list[Edit], names: Mapping[UUID | None, str]) -> Progress:
    stands = standing(notes(own))
    last = max(own, key=lambda edit: edit.at, default=None)
    conflicts = sum(note.in_conflict for note in stands)
    by = names.get(last.by_id, "") if last else ""
    return Progress(row, len(stands), conflicts, by, last.at if last else None)


def writers(ids: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """Return the names of the accounts that wrote; one query."""
    query = select(User.id, User.name).where(User.id.in_({one for one in ids if one}))
    return {row.id: row.name for row in db.session.execute(query)}


def _edit(row: MinutesEdit) -> Edit:
    return Edit(
        id=row.id,
        note_id=row.note_id,
        parents=frozenset(map(UUID, row.parents)),
        position=row.position,
        kind=row.kind,
        speaker=Spoken(row.speaker_id, row.speaker_name, row.speaker_post),
        text=row.text,
        is_removed=row.is_removed,
        by_id=row.written_by_id,
        at=row.written_at,
    )
