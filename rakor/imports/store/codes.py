"""Row codes: what our template carries so that importing it again updates instead of doubling."""

from collections.abc import Iterable
from uuid import UUID

from rakor import crypto

LENGTH = 16


def row_code(event_id: UUID, subject_id: UUID) -> str:
    """Return the code of a seat or a person in one event: opaque, worth nothing anywhere else, 80 bits."""
    return crypto.link_token(f"import-row/{event_id}", subject_id, 0)[:LENGTH]


def codes_of(event_id: UUID, subject_ids: Iterable[UUID]) -> dict[str, UUID]:
    """Return code → subject."""
    return {row_code(event_id, subject): subject for subject in subject_ids}
