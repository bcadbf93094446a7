"""What the ledger reads before it decides: a fixed number of statements, whatever the size of the group.

Everything is prepared: at the door, making a statement anew costs more than running it. What can be known to be
needed from the records alone is asked at once (``ask``), so that a distant database is waited for only once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import null, or_, select, true, union_all

from rakor.attendance.models import FactRow, HeldRecord
from rakor.attendance.rules.facts import Fact, Ticket
from rakor.attendance.rules.words import Kind, Verdict
from rakor.attendance.store.receipts import Arrival, Found, Placed, Stored, Who
from rakor.db import table_of
from rakor.driver_values import one_of
from rakor.events.models import EventRole
from rakor.events.rules import BadgeColour
from rakor.lean import Connected
from rakor.offices.models import Office
from rakor.prepared import Prepared, Question
from rakor.registrations.models import Registration
from rakor.registrations.models import Ticket as TicketRow

F = table_of(FactRow).c
T = table_of(TicketRow).c
P = table_of(Registration).c
H = table_of(HeldRecord).c
ROLE, OFFICE = table_of(EventRole).c, table_of(Office).c

FACT = (
    *(F.scan_id, F.kind, F.wall_at, F.checkpoint_id, F.device_id, F.device_seq, F.source, F.direction),
    *(F.registration_id, F.target_id, F.ref, F.in_roster, F.mono_ms, F.segment, F.roster_seq, F.override),
    *(F.server_at, F.rtt_ms),
)
DEATH = (T.event_id, T.registration_id, T.revoked_seq, T.revoked_at, T.epoch, P.epoch.label("newest"))
SHOWN = (
    *(P.name, P.front_title, P.back_title, P.post, P.institution),
    *(ROLE.name.label("role"), OFFICE.short_name.label("office"), P.placing, ROLE.colour),
)


_STORED = Prepared(
    union_all(
        select(F.event_id, F.scan_id, F.digest, F.shown, F.registration_id, F.checkpoint_id).where(
            one_of(F.scan_id, "ids")
        ),
        select(H.event_id, H.scan_id, H.digest, null(), null(), null()).where(
            one_of(H.scan_id, "ids"), H.accepted.is_not(true())
        ),
    )
)
_TICKETS = Prepared(
    select(T.ref, *DEATH, *SHOWN)
    .join(P.id.table, P.id == T.registration_id)
    .outerjoin(ROLE.id.table, ROLE.id == P.role_id)
    .outerjoin(OFFICE.id.table, OFFICE.id == P.office_id)
    .where(one_of(T.ref, "refs"))
)
_PEOPLE = Prepared(
    select(F.registration_id).where(one_of(F.device_id, "devices"), F.registration_id.is_not(None)).distinct()
)
_LEDGER = Prepared(
    select(*FACT, F.event_id, F.place, *DEATH)
    .outerjoin(T.ref.table, T.ref == F.ref)
    .outerjoin(P.id.table, P.id == T.registration_id)
    .where(or_(one_of(F.registration_id, "people"), one_of(F.target_id, "targets")))
)
_CLOCKS = Prepared(select(F.event_id, *FACT).where(one_of(F.device_id, "devices"), F.kind == Kind.CLOCK))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a group's records alone tell to ask, on its way: what is kept of them, their tickets, and their desks."""

    stored: Question
    tickets: Question
    clocks: Question
    people: Question | None


def ask(connection: Connected, arrivals: Sequence[Arrival]) -> Asked:
    """Ask for all that is needed to sort ``arrivals``, and to judge them but for the past of their people."""
    facts = [arrival.fact for arrival in arrivals if arrival.fact is not None]
    targets = [fact.target_id for fact in facts if fact.target_id is not None]
    clocked = {fact.device_id for fact in facts if fact.kind is Kind.CLOCK}
    return Asked(
        _STORED.ask(connection, ids=[arrival.scan_id for arrival in arrivals] + targets),
        _TICKETS.ask(connection, refs=[fact.ref for fact in facts if fact.ref is not None]),
        _CLOCKS.ask(connection, devices={fact.device_id for fact in facts} - {None}),
        _PEOPLE.ask(connection, devices=clocked) if clocked else None,
    )


def stored(asked: Asked) -> dict[UUID, Stored]:
    """Return what is kept under the records' ids: facts, and records in quarantine where there is no fact."""
    found: dict[UUID, Stored] = {}
    for event_id, scan_id, digest, shown, person, checkpoint in asked.stored.rows():
        kept = Stored(event_id, bytes(digest), shown or Verdict.HELD, shown is None, person, checkpoint)
        if shown is not None or scan_id not in found:
            found[scan_id] = kept
    return found


def tickets(asked: Asked) -> dict[bytes, Found]:
    """Return the records' tickets in the whole installation, with what a desk may show of their people."""
    rows = asked.tickets.rows()
    return {bytes(row[0]): Found(_ticket(bytes(row[0]), row[1:7]), row[7:]) for row in rows}


def _ticket(ref: bytes, death: Sequence[Any]) -> Ticket:
    event_id, person, revoked_seq, revoked_at, epoch, newest = death
    return Ticket(ref, event_id, person, revoked_seq, revoked_at, revoked_seq is not None and newest > epoch)


def who(
    name: str,
    front: str,
    back: str,
    post: str,
    institution: str,
    role: str | None,
    office: str | None,
    placing: str,
    colour: BadgeColour | None,
) -> Who:
    """Return the lines of a person from the columns of ``SHOWN``."""
    whole = f"{front} {name}" if front else name
    return Who(f"{whole}, {back}" if back else whole, role or post, office or institution, placing, colour or "")


def people(asked: Asked) -> set[UUID]:
    """Return everybody about whom a device with a clock record said something: it may move their times."""
    return {row[0] for row in asked.people.rows()} if asked.people else set()


def ledger(connection: Connected, people: Iterable[UUID | None], targets: Iterable[UUID]) -> list[Placed]:
    """Return all facts about ``people``, and every ruling on ``targets``, with their desk's name and ticket."""
    return [_placed(row) for row in _LEDGER.rows(connection, people=people, targets=targets)]


def _placed(row: Sequence[Any]) -> Placed:
    fact = Fact(*row[: len(FACT)])
    event_id, place, *death = row[len(FACT) :]
    ticket = None if fact.ref is None or death[0] is None else _ticket(fact.ref, death)
    return Placed(event_id, fact, place, ticket)


def clocks(connection: Connected, devices: Iterable[UUID | None]) -> list[Placed]:
    """Return the clock records of ``devices``."""
    return _clocks(_CLOCKS.ask(connection, devices=devices)) if devices else []


def asked_clocks(asked: Asked) -> list[Placed]:
    """Return the clock records of the records' own devices."""
    return _clocks(asked.clocks)


def _clocks(question: Question) -> list[Placed]:
    return [Placed(row[0], Fact(*row[1:])) for row in question.rows()]
