"""What a note says is a pure function of its edits, whatever their order and however often they came.

Each edit names the edits that its writer saw (its parents). What no other edit names is a head: one head is what the
note says now; several that say different things are a conflict, and all of them are shown until somebody who saw them
all writes the next edit. So nothing is overwritten that its writer had not read.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile
from uuid import UUID

from rakor.minutes.rules.words import NoteKind

LONGEST_TEXT = 8000


@dataclass(frozen=True)
class Spoken:
    """Who spoke: somebody of the agenda (``id``), or a name and an office as typed; all empty for nobody."""

    id: UUID | None = None
    name: str = ""
    post: str = ""


@dataclass(frozen=True)
class Edit:
    """One edit of one note; ``at`` is aware UTC, ``by_id`` who wrote it (None: an account that is gone)."""

    id: UUID
    note_id: UUID
    parents: frozenset[UUID]
    position: str
    kind: NoteKind
    speaker: Spoken
    text: str
    is_removed: bool
    by_id: UUID | None
    at: datetime

    @property
    def said(self) -> tuple[object, ...]:
        """What two edits are compared by: everything a reader sees but the place."""
        return (True,) if self.is_removed else (self.kind, self.speaker, self.text)


@dataclass(frozen=True)
class Note:
    """One note as it stands: ``heads`` say different things; ``parents`` is what the next edit has to name."""

    id: UUID
    heads: tuple[Edit, ...]
    parents: frozenset[UUID]

    @property
    def edit(self) -> Edit:
        """What it says; in a conflict the newest of what it says."""
        return self.heads[-1]

    @property
    def in_conflict(self) -> bool:
        """True where it says several things, and somebody has to choose."""
        return len(self.heads) > 1

    @property
    def is_removed(self) -> bool:
        """True where it was taken away and nobody says otherwise."""
        return not self.in_conflict and self.edit.is_removed


def notes(edits: Iterable[Edit]) -> tuple[Note, ...]:
    """Return the notes that ``edits`` make, in the order of the paper; removed ones too."""
    of_note: dict[UUID, dict[UUID, Edit]] = {}
    for edit in edits:
        of_note.setdefault(edit.note_id, {})[edit.id] = edit
    found = [_note(note_id, list(own.values())) for note_id, own in of_note.items()]
    return tuple(sorted(found, key=lambda note: (note.edit.position, note.id)))


def _note(note_id: UUID, edits: list[Edit]) -> Note:
    replaced = {parent for edit in edits for parent in edit.parents if parent != edit.id}
    # edits that name each other in a ring replace nothing: they came from no honest writer, and are shown all the same
    open_ends = [edit for edit in edits if edit.id not in replaced] or edits
    ordered = sorted(open_ends, key=lambda edit: (edit.at, edit.id))
    distinct: dict[tuple[object, ...], Edit] = {}
    for edit in ordered:
        distinct.pop(edit.said, None)
        distinct[edit.said] = edit
    return Note(note_id, tuple(distinct.values()), frozenset(edit.id for edit in open_ends))


def standing(found: Collection[Note]) -> tuple[Note, ...]:
    """Return the notes that are part of the minutes: not those taken away, nor those that say nothing yet."""
    return tuple(note for note in found if not note.is_removed and (note.in_conflict or note.edit.text))


def joined(note: Note) -> Edit:
    """Return the newest edit of a note in conflict with the texts of all of them, the oldest first.

    The sentences that all of them begin with are said once.
    """
    kept = [edit for edit in note.heads if not edit.is_removed] or [note.edit]
    texts = list(dict.fromkeys(edit.text for edit in kept if edit.text))
    shared = _sentences(_beginning(texts))
    rests = list(dict.fromkeys(text[len(shared) :].strip() for text in texts))
    between = "\n" if any("\n" in rest for rest in rests) or not shared else " "
    return replace(kept[-1], text=shared + between.join(filter(None, rests)))


def _beginning(texts: list[str]) -> str:
    alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*texts, strict=False))
    return "".join(letters[0] for letters in alike)


def _sentences(text: str) -> str:
    """Return a text up to the end of its last whole sentence or line."""
    ends = [found.end() for found in re.finditer(r"[.!?]\s+|\n", text)]
    return text[: ends[-1]] if ends else ""
