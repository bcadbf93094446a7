"""Mode daftar: everybody's names on one device, for a search without network (check-in.md §4).

They are sealed under a passphrase that a supervisor types into the phone. It is made here, not thought up: 80 bits that
nobody guesses, another for every device and every time the mode is turned on, and stored nowhere.
"""

import json
import os
import zlib
from collections import defaultdict
from datetime import datetime
from hashlib import pbkdf2_hmac
from itertools import count
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import bindparam, select

from rakor import audit, crypto
from rakor.attendance.store.load import SHOWN, who
from rakor.checkin.models import Device
from rakor.db import db, table_of
from rakor.events.models import EventRole
from rakor.lean import lent
from rakor.offices.models import Office
from rakor.prepared import Prepared
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.rules.titles import FRONT_ALONE

LETTERS, GROUP = 16, 4
ROUNDS = 200_000
NONCE_BYTES = 12

T, R = table_of(Ticket).c, table_of(Registration).c
ROLE, OFFICE = table_of(EventRole), table_of(Office)
_LISTED = Prepared(
    select(T.ref, R.search_key, *SHOWN)
    .join(R.id.table, R.id == T.registration_id)
    .outerjoin(ROLE, ROLE.c.id == R.role_id)
    .outerjoin(OFFICE, OFFICE.c.id == R.office_id)
    .where(T.event_id == bindparam("event"), T.revoked_seq.is_(None))
    .order_by(T.ref)
)


def turn(device: Device, *, on: bool, now: datetime) -> None:
    """Let a device keep the names from now on, under a new passphrase, or let it forget them at its next contact."""
    device.names_since_at = now if on else None
    action = "device.names.on" if on else "device.names.off"
    audit.record(action, event_id=device.event_id, object_kind="device", object_id=device.id)


def passphrase(device: Device) -> str | None:
    """Return what opens the names on this device, in groups of four letters and digits; None where the mode is off."""
    if device.names_since_at is None:
        return None
    letters = crypto.link_token("names", device.id, int(device.names_since_at.timestamp()))[:LETTERS]
    return "-".join(letters[start : start + GROUP] for start in range(0, LETTERS, GROUP))


def key_of(passphrase: str, device_id: UUID) -> bytes:
    """Return the 32 bytes of the key, as ``static/js/checkin/names.js`` makes it."""
    return pbkdf2_hmac("sha256", passphrase.replace("-", "").encode(), device_id.bytes, ROUNDS)


def sealed(device: Device) -> bytes | None:
    """Return nonce ‖ AES-256-GCM of the event's names, in zlib's form, for this device; None where the mode is off."""
    opening = passphrase(device)
    if opening is None:
        return None
    nonce = os.urandom(NONCE_BYTES)
    text = json.dumps(listed(device.event_id), ensure_ascii=False, separators=(",", ":"))
    return nonce + AESGCM(key_of(opening, device.id)).encrypt(nonce, zlib.compress(text.encode(), 6), None)


def listed(event_id: UUID) -> dict[str, list[object]]:
    """Return everybody with a ticket in force: ``people`` as [ref, name, role, office, search words].

    Role and office are places in ``words``; ``titles`` need not be found when they are typed. No number of anybody.
    """
    with lent(db.engine) as lean:
        rows = _LISTED.rows(lean, event=event_id)
    places = defaultdict[str, int](count().__next__)
    people: list[object] = []
    for ref, key, *shown in rows:
        found = who(*shown)
        people.append([bytes(ref).hex(), found.name, places[found.role], places[found.office], key])
    return {"people": people, "words": list(places), "titles": list(FRONT_ALONE)}
