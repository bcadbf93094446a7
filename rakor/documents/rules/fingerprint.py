"""What of a list the ledger answers for, as one number: the same rows give the same, any change another. Pure."""

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from rakor.documents.rules.lists import ListRow, Variant

Told = Callable[[ListRow], list[str]]


def _named(row: ListRow) -> list[str]:
    return [row.person, row.shown_name, row.office]


def _came(row: ListRow) -> list[str]:
    # papers tell minutes, so a second is no difference; NIP and phone stay out of what might be guessed back
    at = row.present_at.isoformat(timespec="minutes") if row.present and row.present_at else ""
    return [*_named(row), row.post, row.mode if row.present else "", str(row.present), at, row.excuse]


TOLD: Mapping[Variant, Told] = {
    Variant.BLANK: _came,
    Variant.FILLED: lambda row: [*_came(row), row.signed],
    Variant.PUBLIC: lambda row: [*_named(row), row.post, row.mode],
    Variant.RECEIPT: _named,
}


def fingerprint(rows: Iterable[ListRow], variant: Variant) -> bytes:
    """Return the SHA-256 of what these rows say on a paper of this kind, in their order."""
    told = [TOLD[variant](row) for row in rows]
    return sha256(json.dumps([variant, told], ensure_ascii=False, separators=(",", ":")).encode()).digest()
