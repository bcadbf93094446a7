"""Minutes as they are approved: one frozen value, kept as text, with a fingerprint and its differences. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from rakor.minutes.rules.words import NoteKind


@dataclass(frozen=True)
class Signer:
    """Somebody who leads, keeps or signs: empty where not told."""

    name: str = ""
    post: str = ""
    rank: str = ""
    nip: str = ""


@dataclass(frozen=True)
class Presence:
    """How many came by the ledger at ``counted_at`` (aware UTC), in seats and people without one."""

    seats: int
    seats_present: int
    loose: int
    loose_present: int
    counted_at: datetime


@dataclass(frozen=True)
class Head:
    """What stands above the minutes; times are aware UTC, ``zone`` is the event's."""

    meeting: str
    session: str
    agenda: str
    held_on: date
    zone: str
    opened_at: datetime | None
    closed_at: datetime | None
    place: str
    chair: Signer
    secretary: Signer
    taker: Signer
    presence: Presence | None = None


@dataclass(frozen=True)
class Line:
    """One note as it is printed."""

    note_id: UUID
    kind: NoteKind
    speaker: str
    post: str
    text: str


@dataclass(frozen=True)
class Conclusion:
    """A numbered conclusion of the session, with the word of its kind ("Kesimpulan")."""

    number: int
    kind: str
    text: str


@dataclass(frozen=True)
class Content:
    """The minutes of one session at one moment."""

    head: Head
    lines: tuple[Line, ...]
    conclusions: tuple[Conclusion, ...] = ()


def written(content: Content) -> str:
    """Return minutes as text to keep."""
    return json.dumps(asdict(content), ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, date):  # a datetime too
        return value.isoformat()
    return str(value)


def read(kept: str) -> Content:
    """Return what ``written`` kept."""
    told = json.loads(kept)
    head = told["head"]
    presence = head["presence"]
    return Content(
        Head(**head | {
            "held_on": date.fromisoformat(head["held_on"]),
            "opened_at": _moment(head["opened_at"]),
            "closed_at": _moment(head["closed_at"]),
            "chair": Signer(**head["chair"]),
            "secretary": Signer(**head["secretary"]),
            "taker": Signer(**head["taker"]),
            "presence": _presence(presence) if presence else None,
        }),
        tuple(Line(**one | {"note_id": UUID(one["note_id"]), "kind": NoteKind(one["kind"])}) for one in told["lines"]),
        tuple(Conclusion(**one) for one in told["conclusions"]),
    )  # fmt: skip


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None


def _presence(told: dict[str, Any]) -> Presence:
    return Presence(**told | {"counted_at": datetime.fromisoformat(told["counted_at"])})


def fingerprint(content: Content) -> bytes:
    """Return the SHA-256 of what minutes say; NIP and the time of the count stay out of it."""
    told = asdict(content)
    for signer in ("chair", "secretary", "taker"):
        del told["head"][signer]["nip"]
    if told["head"]["presence"]:
        del told["head"]["presence"]["counted_at"]
    return sha256(json.dumps(told, ensure_ascii=False, default=_plain, separators=(",", ":")).encode()).digest()


@dataclass(frozen=True)
class Differences:
    """What a version says otherwise than the one before: notes by what happened to them, and parts of the head."""

    added: tuple[Line, ...]
    removed: tuple[Line, ...]
    changed: tuple[tuple[Line, Line], ...]
    head: tuple[tuple[str, object, object], ...]
    moved: bool
    conclusions: bool

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.head or self.moved or self.conclusions)


def differences(before: Content, after: Content) -> Differences:
    """Compare two versions; a note is the same note wherever it stands."""
    old, new = {line.note_id: line for line in before.lines}, {line.note_id: line for line in after.lines}
    both = [line.note_id for line in after.lines if line.note_id in old]
    return Differences(
        added=tuple(line for line in after.lines if line.note_id not in old),
        removed=tuple(line for line in before.lines if line.note_id not in new),
        changed=tuple((old[one], new[one]) for one in both if old[one] != new[one]),
        head=_head(before.head, after.head),
        moved=[line.note_id for line in before.lines if line.note_id in new] != both,
        conclusions=before.conclusions != after.conclusions,
    )


def _head(before: Head, after: Head) -> tuple[tuple[str, object, object], ...]:
    told: Sequence[str] = [field.name for field in fields(Head) if field.name != "presence"]
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in told]
    return tuple(pair for pair in pairs if pair[1] != pair[2])
