"""What the ledger reads before it decides: a fixed number of statements, whatever the size of the group."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import null, or_, select, union_all
from sqlalchemy.orm import Session

from rakor.attendance.models import FactRow, HeldRecord
from rakor.attendance.rules.facts import Fact, Ticket
from rakor.attendance.rules.words import Kind, Verdict
from rakor.attendance.store.receipts import Found, Placed, Stored, Who
from rakor.events.models import EventRole
from rakor.offices.models import Office
from rakor.registrations.models import Registration
from rakor.registrations.models import Ticket as TicketRow

F = FactRow
FACT = (
    *(F.scan_id, F.kind, F.wall_at, F.checkpoint_id, F.device_id, F.device_seq, F.source, F.direction),
    *(F.registration_id, F.target_id, F.ref, F.in_roster, F.mono_ms, F.segment, F.roster_seq, F.override),
    *(F.server_at, F.rtt_ms),
)
DEATH = (
    *(TicketRow.event_id, TicketRow.registration_id, TicketRow.revoked_seq, TicketRow.revoked_at),
    *(TicketRow.epoch, Registration.epoch.label("newest")),
)
PERSON = (Registration.name, Registration.front_title, Registration.back_title, Registration.post)
SHOWN = (*PERSON, Registration.institution, EventRole.name.label("role"), Office.short_name.label("office"))


def stored(session: Session, scan_ids: Iterable[UUID]) -> dict[UUID, Stored]:
    """Return what is kept under ``scan_ids``: facts, and records in quarantine where there is no fact."""
    ids = list(scan_ids)
    facts = select(F.event_id, F.scan_id, F.digest, F.shown, F.registration_id, F.checkpoint_id).where(
        F.scan_id.in_(ids)
    )
    held = select(HeldRecord.event_id, HeldRecord.scan_id, HeldRecord.digest, null(), null(), null()).where(
        HeldRecord.scan_id.in_(ids)
    )
    found: dict[UUID, Stored] = {}
    rows: Iterable[Any] = session.execute(union_all(facts, held))
    for event_id, scan_id, digest, shown, person, checkpoint in rows:
        kept = Stored(event_id, bytes(digest), shown or Verdict.HELD, shown is None, person, checkpoint)
        if shown is not None or scan_id not in found:
            found[scan_id] = kept
    return found


def tickets(session: Session, refs: Iterable[bytes]) -> dict[bytes, Found]:
    """Return the tickets of ``refs`` in the whole installation, with what a desk may show of their people."""
    query = (
        select(TicketRow.ref, *DEATH, *SHOWN)
        .join(Registration, Registration.id == TicketRow.registration_id)
        .outerjoin(EventRole, EventRole.id == Registration.role_id)
        .outerjoin(Office, Office.id == Registration.office_id)
        .where(TicketRow.ref.in_(list(refs)))
    )
    rows: Iterable[Any] = session.execute(query)
    return {bytes(row[0]): Found(_ticket(bytes(row[0]), row[1:7]), who(row)) for row in rows}


def _ticket(ref: bytes, death: Sequence[Any]) -> Ticket:
    event_id, person, revoked_seq, revoked_at, epoch, newest = death
    return Ticket(ref, event_id, person, revoked_seq, revoked_at, revoked_seq is not None and newest > epoch)


def who(row: Any) -> Who:
    """Return the three lines of a person from a row that holds ``PERSON``, institution, role and office."""
    name = f"{row.front_title} {row.name}".strip()
    return Who(
        name=f"{name}, {row.back_title}" if row.back_title else name,
        role=row.role or row.post or "",
        office=row.office or row.institution or "",
    )


def people_of_devices(session: Session, devices: Iterable[UUID | None]) -> set[UUID]:
    """Return everybody about whom ``devices`` said something: a new clock record may move their times."""
    query = select(F.registration_id).where(F.device_id.in_(list(devices)), F.registration_id.is_not(None))
    return {person for person in session.scalars(query.distinct()) if person is not None}


def ledger(session: Session, people: Iterable[UUID | None], targets: Iterable[UUID]) -> list[Placed]:
    """Return all facts about ``people``, and every ruling on ``targets``, with their desk's name and ticket."""
    wanted = or_(F.registration_id.in_(list(people)), F.target_id.in_(list(targets)))
    query = (
        select(*FACT, F.event_id, F.place, *DEATH)
        .outerjoin(TicketRow, TicketRow.ref == F.ref)
        .outerjoin(Registration, Registration.id == TicketRow.registration_id)
        .where(wanted)
    )
    return [_placed(row) for row in session.execute(query)]


def _placed(row: Sequence[Any]) -> Placed:
    fact = Fact(*row[: len(FACT)])
    event_id, place, *death = row[len(FACT) :]
    ticket = None if fact.ref is None or death[0] is None else _ticket(fact.ref, death)
    return Placed(event_id, fact, place, ticket)


def clocks(session: Session, devices: Iterable[UUID | None]) -> list[Placed]:
    """Return the clock records of ``devices``."""
    query = select(F.event_id, *FACT).where(F.device_id.in_(list(devices)), F.kind == Kind.CLOCK)
    return [Placed(row[0], Fact(*row[1:])) for row in session.execute(query)]
