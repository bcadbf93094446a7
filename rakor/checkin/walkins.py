"""Guests without an invitation: what a desk wrote down waits for the organiser, and counts for nothing before.

A walk-in is a fact of nobody, with the four lines sealed to the event. Approval makes a registration with a ticket,
gives the fact its person and restores it by a fact of its own; a refusal is a void. Nothing is deleted.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid5

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from rakor import audit
from rakor.attendance.models import Checkpoint, FactRow
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Kind, Source
from rakor.attendance.store import Arrival, checkpoints, receive
from rakor.checkin import envelope
from rakor.db import db
from rakor.events import store as events
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, PersonName, RegistrationState, check_name, clean_text

SHOWN = 200
LINES = 4


@dataclass(frozen=True)
class WalkIn:
    """A guest who waits: who, from where, as what, why; empty lines where the seal does not open."""

    scan_id: UUID
    at: datetime
    place: str
    checkpoint: str
    lines: tuple[str, ...]

    @property
    def readable(self) -> bool:
        """True where a name can be read."""
        return bool(self.lines)


def waiting(event_id: UUID) -> list[WalkIn]:
    """Return the guests who wait for a decision, earliest first."""
    query = (
        _undecided(event_id)
        .add_columns(Checkpoint.name)
        .outerjoin(Checkpoint, Checkpoint.id == FactRow.checkpoint_id)
        .order_by(FactRow.received_at, FactRow.scan_id)
        .limit(SHOWN)
    )
    return [
        WalkIn(row.scan_id, row.wall_at, row.place, where or "", _lines(row))
        for row, where in db.session.execute(query).all()
    ]


def _undecided(event_id: UUID) -> Select[FactRow]:
    ruling = aliased(FactRow)
    ruled = select(ruling.scan_id).where(
        ruling.event_id == event_id, ruling.target_id == FactRow.scan_id, ruling.kind == Kind.VOID
    )
    mine = (FactRow.event_id == event_id, FactRow.kind == Kind.WALK_IN, FactRow.registration_id.is_(None))
    return select(FactRow).where(*mine, ~ruled.exists())


def _lines(row: FactRow) -> tuple[str, ...]:
    found = envelope.opened_list(row.event_id, bytes(row.sealed_name)) if row.sealed_name else None
    if not found or check_name(found[0]) is not None:
        return ()
    cleaned = [clean_text(line)[:120] for line in found[:LINES]]
    return tuple(cleaned + [""] * (LINES - len(cleaned)))


def approve(event_id: UUID, scan_id: UUID, *, operator_id: UUID, now: datetime) -> Registration | None:
    """Let a guest in: a registration with a ticket, present since the desk wrote the name down.

    None where nobody of that id waits, or the name cannot be read. Needs an open transaction; takes the event's turn.
    """
    event = events.locked_event(event_id)
    row = db.session.scalar(_undecided(event_id).where(FactRow.scan_id == scan_id))
    lines = _lines(row) if row is not None else ()
    if row is None or not lines:
        return None
    name, institution, post, _why = lines
    draft = registrations.Draft(
        PersonName("", clean_text(name), ""),
        Mode.ONSITE,
        RegistrationState.REGISTERED,
        RegistrationSource.WALK_IN,
        post=post,
        institution=institution,
        idempotency_key=uuid5(scan_id, "walk-in"),
    )
    person = registrations.create(event_id, draft, now=now)
    db.session.flush()
    row.registration_id = person.id
    fact = Fact(uuid5(scan_id, "approved"), Kind.RESTORE, now, source=Source.MANUAL, target_id=scan_id)
    digest = sha256(f"{fact.scan_id} {person.id}".encode()).digest()[:16]
    arrival = Arrival(event_id, fact.scan_id, 0, digest, "", fact, reason="disetujui", operator_id=operator_id)
    db.session.flush()
    db.session.refresh(event)
    change_seq = {event_id: event.change_seq}
    connection = db.session.connection()
    receive(connection, [arrival], change_seq, {event_id: checkpoints.house(connection, event_id)}, now=now)
    event.change_seq = change_seq[event_id]
    audit.record("walk_in.approve", event_id=event_id, object_kind="registration", object_id=person.id)
    return person


def waits(event_id: UUID, scan_id: UUID) -> bool:
    """True where this guest of the event waits for a decision."""
    return db.session.scalar(_undecided(event_id).where(FactRow.scan_id == scan_id)) is not None


def count(event_id: UUID) -> int:
    """Return how many guests wait."""
    return db.session.scalar(select(func.count()).select_from(_undecided(event_id).subquery())) or 0
