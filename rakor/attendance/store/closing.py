"""The end of a session: who is still inside goes out by a fact of the server, marked ``auto``.

Its id is made of the stay, so a repeat changes nothing.
"""

from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select

from rakor import audit
from rakor.attendance.models import PresenceRow
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Direction, Kind, Source
from rakor.attendance.store.own import enter_own
from rakor.db import db


def close(event_id: UUID, checkpoint_id: UUID, ends_at: datetime, *, now: datetime) -> int:
    """Let everybody out who came before ``ends_at`` and is still inside; return how many that are."""
    mine = (PresenceRow.event_id == event_id, PresenceRow.checkpoint_id == checkpoint_id, PresenceRow.inside)
    rows = db.session.execute(select(PresenceRow.registration_id, PresenceRow.intervals).where(*mine))
    facts = [
        Fact(
            scan_id=uuid5(checkpoint_id, f"{person} {stays[-1]['start_at']} {int(ends_at.timestamp())}"),
            kind=Kind.TICKET,
            wall_at=ends_at,
            checkpoint_id=checkpoint_id,
            source=Source.AUTO,
            direction=Direction.OUT,
            registration_id=person,
        )
        for person, stays in rows
        if datetime.fromisoformat(str(stays[-1]["start_at"])) < ends_at
    ]
    if facts:
        enter_own(event_id, facts, "sesi selesai", now=now)
        audit.record(
            "attendance.close", event_id=event_id, object_kind="checkpoint", object_id=checkpoint_id, count=len(facts)
        )
    return len(facts)
