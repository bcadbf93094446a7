"""A desk's outbox as a file: sealed on the phone to the event, entered like any batch; its ids make a repeat harmless.

A device without network and with a full battery of scans is emptied this way; nothing is taken off the phone by it.
"""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from rakor.checkin import batches, envelope, store, wire
from rakor.web.access import Device

MAX_FILE = 4 * 1024 * 1024
WHAT = "rakor/outbox/1"


@dataclass(frozen=True)
class Taken:
    """What became of a file: how many records are on the server now, and how many wait for a person."""

    stored: int
    held: int


def take(event_id: UUID, content: bytes) -> Taken | None:
    """Enter a sealed outbox by the batch function, 200 records at a time; None where it is none of this event.

    Call it outside of a transaction: each batch is one of its own, as when the phone sends it.
    """
    found = _opened(event_id, content)
    if found is None:
        return None
    device, records = found
    statuses: list[str] = []
    for start in range(0, len(records), wire.MAX_RECORDS):
        batch = wire.Batch(records=records[start : start + wire.MAX_RECORDS], changes=0)
        entered = batches.turns.submit(batches.sent(device, batch))
        statuses += [receipt.status for receipt in entered.receipts()]
    held = statuses.count("quarantined")
    return Taken(len(statuses) - held, held)


def _opened(event_id: UUID, content: bytes) -> tuple[Device, list[Any]] | None:
    """Return the device of the event that a file names, and its records."""
    text = envelope.opened(event_id, content)
    try:
        said = json.loads(text) if text is not None else None
        if not isinstance(said, dict) or said.get("what") != WHAT or not isinstance(said.get("records"), list):
            return None
        row = store.device(event_id, UUID(str(said.get("device"))))
    except (ValueError, ValidationError, RecursionError):
        return None
    if row is None:
        return None
    return Device(row.id, row.event_id, row.user_id, row.revoked_at is not None, row.name), said["records"]
