"""A list that was locked: its lines as they are kept, and what the ledger says otherwise since. Pure."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from rakor.documents.rules.lists import Arranged, ListCounts, ListRow, Standing
from rakor.registrations.rules import Mode

FIELDS = ("shown_name", "post", "office", "present", "present_at", "mode", "excuse", "signed")
"""What is compared between two versions; papers tell minutes, so seconds are none."""


@dataclass(frozen=True)
class Differences:
    """Who is on the list now and was not, who was and is not, and whose line says something else (with which parts)."""

    added: tuple[ListRow, ...]
    removed: tuple[ListRow, ...]
    changed: tuple[tuple[ListRow, ListRow, tuple[str, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def written(arranged: Arranged) -> str:
    """Return lines and counts as text to keep."""
    rows = [asdict(row) | {"present_at": _moment(row)} for row in arranged.rows]
    return json.dumps({"rows": rows, "counts": asdict(arranged.counts)}, ensure_ascii=False)


def _moment(row: ListRow) -> str | None:
    return row.present_at.isoformat() if row.present_at else None


def read(kept: str) -> Arranged:
    """Return what ``written`` kept."""
    told = json.loads(kept)
    return Arranged(tuple(map(_row, told["rows"])), ListCounts(**told["counts"]))


def _row(told: dict[str, Any]) -> ListRow:
    at, seat = told["present_at"], told["seat"]
    return ListRow(**told | {
        "present_at": datetime.fromisoformat(at) if at else None,
        "seat": Standing(**seat) if seat else None,
        "region": tuple(told["region"]),
        "mode": Mode(told["mode"]),
    })  # fmt: skip


def differences(before: Sequence[ListRow], after: Sequence[ListRow]) -> Differences:
    """Compare two lists of people, each in its order."""
    old, new = {row.person: row for row in before}, {row.person: row for row in after}
    pairs = [(old[row.person], row) for row in after if row.person in old]
    told = [(was, now, tuple(name for name in FIELDS if _said(was, name) != _said(now, name))) for was, now in pairs]
    return Differences(
        added=tuple(row for row in after if row.person not in old),
        removed=tuple(row for row in before if row.person not in new),
        changed=tuple(one for one in told if one[2]),
    )


def _said(row: ListRow, name: str) -> object:
    value = getattr(row, name)
    return value.replace(second=0, microsecond=0) if isinstance(value, datetime) else value
