"""A chosen file that waits for the rest of its form: kept sealed for a day, known to the sender alone.

A browser forgets a chosen file with every page; without this, one empty field would mean choosing the letter again.
"""

import hmac
from datetime import datetime, timedelta
from uuid import UUID

from rakor import crypto, files, outbox
from rakor.files import Kept

PURPOSE, EXPIRY = "pending_answer", "registration.pending_file"
KEPT_FOR = timedelta(hours=24)


def keep(event_id: UUID, field_id: UUID, content: bytes, name: str, media_type: str, *, now: datetime) -> str:
    """Keep a file in the open transaction; returns the token under which the form brings it back."""
    file_id = files.keep(
        content, event_id=event_id, purpose=PURPOSE, name=name, media_type=media_type, now=now
    )
    payload = {"event_id": str(event_id), "file_id": str(file_id)}
    outbox.enqueue(EXPIRY, payload, event_id=event_id, run_at=now + KEPT_FOR)
    return f"{file_id.hex}{_seal(event_id, field_id, file_id)}"


def held(event_id: UUID, field_id: UUID, token: str) -> Kept | None:
    """Return the file of a token for this very question; None where it is not one, or is gone."""
    file_id = _file_of(event_id, field_id, token)
    return files.read(event_id, file_id, PURPOSE) if file_id is not None else None


def drop(event_id: UUID, field_id: UUID, token: str) -> None:
    """Let a file go whose answer is kept now."""
    file_id = _file_of(event_id, field_id, token)
    if file_id is not None:
        files.drop(event_id, file_id)


def _file_of(event_id: UUID, field_id: UUID, token: str) -> UUID | None:
    try:
        file_id = UUID(token[:32])
    except ValueError:
        return None
    good = hmac.compare_digest(token[32:].encode("utf-8", "replace"), _seal(event_id, field_id, file_id).encode())
    return file_id if good else None


def _seal(event_id: UUID, field_id: UUID, file_id: UUID) -> str:
    return crypto.derive("pending", event_id.bytes, field_id.bytes, file_id.bytes)[:16].hex()
