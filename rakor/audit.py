"""Who did what, in the same transaction, chained by hash.

Entries hold ids and field names, never values, so that erasure stays possible. There is one chain per event and one
for the installation; each entry's hash covers the one before it, so an edit, a deletion or a reordering is seen.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4

from sqlalchemy import JSON, BigInteger, String, UniqueConstraint, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from rakor import clock
from rakor.db import Base, db, insert_missing
from rakor.prepared import Insert, Prepared

INSTALLATION = UUID(int=0)
GENESIS = b"\0" * 32


class AuditChain(Base):
    """The head of one chain: the event's, or the installation's under the nil UUID."""

    __tablename__ = "audit_chain"
    chain_id: Mapped[UUID] = mapped_column(primary_key=True)
    length: Mapped[int] = mapped_column(BigInteger, default=0)
    head: Mapped[bytes] = mapped_column(default=GENESIS)


class AuditEntry(Base):
    """One act: who, what, on which object, which fields; never a value."""

    __tablename__ = "audit_entry"
    __table_args__ = (UniqueConstraint("chain_id", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    chain_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_id: Mapped[UUID | None]
    action: Mapped[str] = mapped_column(String(64))
    object_kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[UUID | None]
    detail: Mapped[dict[str, object]] = mapped_column(JSON)
    previous: Mapped[bytes]
    hash: Mapped[bytes]


_HEAD = Prepared(
    select(AuditChain.length, AuditChain.head)
    .where(AuditChain.chain_id == bindparam("chain"))
    .with_for_update()
)
_MOVE_HEAD = Prepared(
    update(AuditChain)
    .where(AuditChain.chain_id == bindparam("chain"))
    .values(length=bindparam("new_length"), head=bindparam("new_head"))
)
_ENTRIES = Insert(AuditEntry)


@dataclass(frozen=True)
class Actor:
    """Who acts: a user, a link's holder, a device, the system, or anybody."""

    kind: str
    id: UUID | None = None


@dataclass(frozen=True)
class Entry:
    """An act waiting for its transaction to commit."""

    chain_id: UUID
    action: str
    object_kind: str
    object_id: UUID | None
    detail: dict[str, object] = field(default_factory=dict)


SYSTEM = Actor("system")
_actor: ContextVar[Actor] = ContextVar("rakor_actor", default=SYSTEM)


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Make ``actor`` the author of the entries recorded inside."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


def set_actor(actor: Actor) -> None:
    """Name the author for the rest of this request."""
    _actor.set(actor)


def record(
    action: str,
    *,
    event_id: UUID | None = None,
    object_kind: str = "",
    object_id: UUID | None = None,
    fields: Sequence[str] = (),
    count: int | None = None,
    reason: str = "",
    narrowing: Mapping[str, str] | None = None,
) -> None:
    """Note an act; it is written with the transaction that is open, or not at all.

    ``reason`` is what somebody typed to be let do it (a whole export); it names no person. ``narrowing`` is the
    filter of a list that left, by closed words.
    """
    detail: dict[str, object] = {}
    if fields:
        detail["fields"] = list(fields)
    if count is not None:
        detail["count"] = count
    if reason:
        detail["reason"] = reason
    if narrowing:
        detail["narrowing"] = dict(narrowing)
    entry = Entry(event_id or INSTALLATION, action, object_kind, object_id, detail)
    db.session().info.setdefault("audit", []).append(entry)


def write_pending(session: Session) -> None:
    """Write the waiting entries before the commit; an act without an entry and without a reason is refused."""
    entries: list[Entry] = session.info.get("audit", [])
    if not entries:
        if not session.info.get("unaudited"):
            raise RuntimeError("a transaction needs an audit entry, or a reason why it has none")
        return
    actor, at = _actor.get(), clock.now()
    for chain_id in dict.fromkeys(entry.chain_id for entry in entries):
        _append(session, chain_id, [e for e in entries if e.chain_id == chain_id], actor, at)


def _append(session: Session, chain_id: UUID, entries: list[Entry], actor: Actor, at: datetime) -> None:
    number, head = _locked_head(session, chain_id)
    rows = []
    for entry in entries:
        number += 1
        row = {
            "id": uuid4(),
            "chain_id": chain_id,
            "number": number,
            "at": at,
            "actor_kind": actor.kind,
            "actor_id": actor.id,
            "action": entry.action,
            "object_kind": entry.object_kind,
            "object_id": entry.object_id,
            "detail": entry.detail,
            "previous": head,
        }
        head = row["hash"] = entry_hash(row)
        rows.append(row)
    _ENTRIES.run(session.connection(), *rows)
    _MOVE_HEAD.run_many(session.connection(), [{"chain": chain_id, "new_length": number, "new_head": head}])


def _locked_head(session: Session, chain_id: UUID) -> tuple[int, bytes]:
    found = _HEAD.rows(session.connection(), chain=chain_id)
    if not found:  # two first writers may meet here: the second waits for the first, then reads its head
        session.execute(insert_missing(AuditChain).values(chain_id=chain_id, length=0, head=GENESIS))
        found = _HEAD.rows(session.connection(), chain=chain_id)
    length, head = found[0]
    return length, bytes(head)


def entry_hash(row: dict[str, object]) -> bytes:
    """Return the hash of an entry's content and of the hash before it."""
    at = row["at"]
    assert isinstance(at, datetime)
    content = [
        str(row["chain_id"]),
        row["number"],
        at.isoformat(),
        row["actor_kind"],
        str(row["actor_id"]),
        row["action"],
        row["object_kind"],
        str(row["object_id"]),
        row["detail"],
    ]
    previous = row["previous"]
    assert isinstance(previous, bytes)
    return sha256(previous + json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).digest()


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not hold."""

    chain_id: UUID
    number: int
    reason: str


def verify(session: Session, chain_id: UUID) -> Break | None:
    """Walk a chain from its first entry; return the first break, or None when it holds."""
    head, expected = GENESIS, 0
    query = select(AuditEntry).where(AuditEntry.chain_id == chain_id).order_by(AuditEntry.number)
    for entry in session.scalars(query):
        expected += 1
        if entry.number != expected:
            return Break(chain_id, expected, "missing")
        row = {column.name: getattr(entry, column.name) for column in AuditEntry.__table__.columns}
        row["previous"] = bytes(entry.previous)
        if bytes(entry.previous) != head or entry_hash(row) != bytes(entry.hash):
            return Break(chain_id, expected, "changed")
        head = bytes(entry.hash)
    chain = session.get(AuditChain, chain_id)
    if chain is not None and (chain.length != expected or bytes(chain.head) != head):
        return Break(chain_id, expected, "cut")
    return None
