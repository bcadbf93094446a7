"""Conclusions in the database: numbered under the event's lock, never overwritten by two, never lost."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, func, select

from rakor import audit
from rakor.accounts.models import User
from rakor.audit import AuditEntry
from rakor.db import db
from rakor.events import store as events
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.rules.conclusions import (
    ConclusionKind,
    ConclusionProblem,
    Direction,
    Standing,
    change_problem,
    is_approved,
    neighbour,
)


@dataclass(frozen=True)
class Draft:
    """What somebody typed of a conclusion; ``item_id`` None: of the whole event."""

    kind: ConclusionKind
    text: str
    item_id: UUID | None
    is_public: bool


def of_event(event_id: UUID, *, with_withdrawn: bool = False) -> list[Conclusion]:
    """Return the event's conclusions in the order of their numbers; one query."""
    return _found(event_id, with_withdrawn=with_withdrawn)


def of_item(event_id: UUID, item_id: UUID) -> list[Conclusion]:
    """Return a session's conclusions in the order of their numbers; one query."""
    return _found(event_id, Conclusion.agenda_item_id == item_id)


def approved(event_id: UUID, approved_items: Collection[UUID], *, public_only: bool = False) -> list[Conclusion]:
    """Return the conclusions that may be shown as the meeting's, in order; ``public_only``: to everybody.

    ``approved_items``: the sessions whose minutes are approved (``store.notes.approved_items``).
    """
    return [
        row
        for row in _found(event_id)
        if is_approved(standing(row), approved_items) and (row.is_public or not public_only)
    ]


def conclusion(event_id: UUID, conclusion_id: UUID) -> Conclusion | None:
    """Return a conclusion of the event, withdrawn or not; None where there is none."""
    mine = (Conclusion.event_id == event_id, Conclusion.id == conclusion_id)
    return db.session.scalar(select(Conclusion).where(*mine))


def _found(event_id: UUID, *conditions: ColumnElement[bool], with_withdrawn: bool = False) -> list[Conclusion]:
    query = select(Conclusion).where(Conclusion.event_id == event_id, *conditions)
    query = query if with_withdrawn else query.where(Conclusion.withdrawn_at.is_(None))
    return list(db.session.scalars(query.order_by(Conclusion.number)))


def standing(row: Conclusion) -> Standing:
    """Return what decides about a conclusion."""
    approved, withdrawn = row.approved_at is not None, row.withdrawn_at is not None
    return Standing(row.id, row.number, row.agenda_item_id, approved=approved, withdrawn=withdrawn)


def add(
    event_id: UUID, draft: Draft, approved_items: Collection[UUID] = (), *, by: UUID | None, now: datetime
) -> Conclusion | ConclusionProblem:
    """Write a conclusion under the next number of the event, under the event's lock; returns it.

    ``approved_items``: sessions whose minutes are approved; they take nothing more (LOCKED).
    """
    events.locked_event(event_id)
    if draft.item_id is not None and draft.item_id in approved_items:
        return ConclusionProblem.LOCKED
    last = db.session.scalar(select(func.max(Conclusion.number)).where(Conclusion.event_id == event_id)) or 0
    row = Conclusion(
        id=uuid4(), event_id=event_id, number=last + 1, kind=draft.kind, text=draft.text, is_public=draft.is_public,
        agenda_item_id=draft.item_id, made_by_id=by, made_at=now, changed_at=now,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _note("conclusion.add", row)
    return row


def change(
    event_id: UUID, conclusion_id: UUID, draft: Draft, approved_items: Collection[UUID], *, now: datetime
) -> ConclusionProblem | None:
    """Change a conclusion's words, kind, session or who may read it; returns why not where it may not be."""
    row = _locked(event_id, conclusion_id)
    problem = change_problem(standing(row) if row else None, approved_items)
    if row is None or problem is not None:
        return problem
    if draft.item_id is not None and draft.item_id in approved_items:
        return ConclusionProblem.LOCKED
    wanted = {"kind": draft.kind, "text": draft.text, "agenda_item_id": draft.item_id, "is_public": draft.is_public}
    fields = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in fields:
        setattr(row, name, wanted[name])
    if fields:
        row.changed_at = now
        _note("conclusion.change", row, fields)
    return None


def move(
    event_id: UUID, conclusion_id: UUID, direction: Direction, approved_items: Collection[UUID]
) -> ConclusionProblem | None:
    """Let a conclusion change numbers with the one above or below; returns why not where it may not."""
    row = _locked(event_id, conclusion_id)
    if row is None:
        return ConclusionProblem.GONE
    rows = {each.id: each for each in _found(event_id)}
    found = neighbour(standing(row), [standing(each) for each in rows.values()], direction, approved_items)
    if isinstance(found, ConclusionProblem):
        return found
    other, mine = rows[found.id], row.number
    row.number = -1  # both numbers are unique: one steps aside
    db.session.flush()
    row_number, other.number = other.number, mine
    db.session.flush()
    row.number = row_number
    _note("conclusion.move", row)
    return None


def withdraw(
    event_id: UUID, conclusion_id: UUID, approved_items: Collection[UUID], *, now: datetime
) -> ConclusionProblem | None:
    """Take a conclusion off the list; its row and its number stay. Returns why not where it may not be."""
    row = _locked(event_id, conclusion_id)
    problem = change_problem(standing(row) if row else None, approved_items)
    if row is not None and problem is None:
        row.withdrawn_at = now
        _note("conclusion.withdraw", row)
    return problem


def approve(event_id: UUID, conclusion_id: UUID, *, by: UUID | None, now: datetime) -> ConclusionProblem | None:
    """Let a conclusion without a session be the meeting's, by an owner; ``by`` None takes that back."""
    row = _locked(event_id, conclusion_id)
    if row is None or row.withdrawn_at is not None:
        return ConclusionProblem.GONE
    if row.agenda_item_id is not None:
        return ConclusionProblem.OF_SESSION
    if (row.approved_at is not None) == (by is not None):
        return None  # said again
    row.approved_by_id, row.approved_at = by, now if by else None
    _note("conclusion.approve" if by else "conclusion.unapprove", row)
    return None


def _locked(event_id: UUID, conclusion_id: UUID) -> Conclusion | None:
    events.locked_event(event_id)
    return conclusion(event_id, conclusion_id)


def _note(act: str, row: Conclusion, fields: Collection[str] = ()) -> None:
    audit.record(act, event_id=row.event_id, object_kind="conclusion", object_id=row.id, fields=tuple(fields))


@dataclass(frozen=True)
class Act:
    """One thing that was done to a conclusion (aware UTC), by whom, and which parts of it changed."""

    at: datetime
    action: str
    by: str
    fields: tuple[str, ...]


def history(event_id: UUID, conclusion_id: UUID) -> list[Act]:
    """Return what was done to a conclusion, newest first, from the event's audit chain; never what it said."""
    mine = (
        AuditEntry.chain_id == event_id, AuditEntry.object_kind == "conclusion", AuditEntry.object_id == conclusion_id,
    )  # fmt: skip
    query = select(AuditEntry, User.name).outerjoin(User, User.id == AuditEntry.actor_id).where(*mine)
    found = db.session.execute(query.order_by(AuditEntry.number.desc()))
    return [Act(one.at, one.action, name or "", _parts(one.detail.get("fields"))) for one, name in found]


def _parts(fields: object) -> tuple[str, ...]:
    return tuple(str(one) for one in fields) if isinstance(fields, list) else ()
