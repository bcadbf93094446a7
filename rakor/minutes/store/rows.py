"""One office's part of a follow-up: its answers one after another, and its evidence. Nothing is overwritten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, select

from rakor import audit, files
from rakor.db import db
from rakor.events import store as events
from rakor.files import Kept
from rakor.minutes.follow_up_models import FollowUp, FollowUpAnswer, FollowUpEvidence, FollowUpRow
from rakor.minutes.rules.evidence import ENDINGS, Proof
from rakor.minutes.rules.follow_ups import AnswerProblem, Status, answer_problem

PURPOSE = "follow_up"
IN_ORDER = (FollowUpEvidence.added_at, FollowUpEvidence.name, FollowUpEvidence.id)


@dataclass(frozen=True)
class Said:
    """An answer on its way in. ``by`` None: the office's own; ``key`` knows the same sending again."""

    status: Status
    note: str
    proofs: Sequence[Proof] = ()
    by: UUID | None = None
    by_staff: bool = False
    key: UUID | None = None


@dataclass(frozen=True)
class Part:
    """A row with the follow-up it belongs to."""

    row: FollowUpRow
    asked: FollowUp


def part(event_id: UUID, row_id: UUID) -> Part | None:
    """Return a row of the event whose follow-up was not withdrawn, or None."""
    return next(iter(_parts(event_id, FollowUpRow.id == row_id)), None)


def of_office(event_id: UUID, office_id: UUID) -> list[Part]:
    """Return an office's rows, the next due first; one query."""
    return _parts(event_id, FollowUpRow.office_id == office_id)


def _parts(event_id: UUID, condition: ColumnElement[bool]) -> list[Part]:
    joined = and_(FollowUp.event_id == FollowUpRow.event_id, FollowUp.id == FollowUpRow.follow_up_id)
    query = select(FollowUpRow, FollowUp).join(FollowUp, joined).where(FollowUpRow.event_id == event_id)
    ordered = query.where(condition, FollowUp.withdrawn_at.is_(None)).order_by(
        FollowUp.due_on.is_(None), FollowUp.due_on, FollowUp.number
    )
    return [Part(row, asked) for row, asked in db.session.execute(ordered)]


def answers(event_id: UUID, row_ids: Collection[UUID]) -> dict[UUID, list[FollowUpAnswer]]:
    """Return what was said about rows, the newest first; one query."""
    query = select(FollowUpAnswer).where(FollowUpAnswer.event_id == event_id, FollowUpAnswer.row_id.in_(row_ids))
    found: dict[UUID, list[FollowUpAnswer]] = {row_id: [] for row_id in row_ids}
    for one in db.session.scalars(query.order_by(FollowUpAnswer.number.desc())):
        found[one.row_id].append(one)
    return found


def evidence(event_id: UUID, row_ids: Collection[UUID]) -> dict[UUID, list[FollowUpEvidence]]:
    """Return the evidence of rows in the order it came, what was taken back too; one query."""
    query = select(FollowUpEvidence).where(
        FollowUpEvidence.event_id == event_id, FollowUpEvidence.row_id.in_(row_ids)
    )
    found: dict[UUID, list[FollowUpEvidence]] = {row_id: [] for row_id in row_ids}
    for one in db.session.scalars(query.order_by(*IN_ORDER)):
        found[one.row_id].append(one)
    return found


def evidence_ever(event_id: UUID, row_id: UUID) -> int:
    """Return how many pieces of evidence a row has ever had: the next one's number."""
    return len(evidence(event_id, [row_id])[row_id])


def piece(event_id: UUID, evidence_id: UUID) -> FollowUpEvidence | None:
    """Return a piece of evidence that was not taken back, or None."""
    mine = (FollowUpEvidence.event_id == event_id, FollowUpEvidence.id == evidence_id)
    return db.session.scalar(select(FollowUpEvidence).where(*mine, FollowUpEvidence.removed_at.is_(None)))


def content(one: FollowUpEvidence) -> Kept | None:
    """Return the file of a piece of evidence; None for a link."""
    return files.read(one.event_id, one.file_id, PURPOSE) if one.file_id else None


def answer(event_id: UUID, row_id: UUID, said: Said, *, now: datetime) -> AnswerProblem | None:
    """Add an answer with its evidence to a row; returns why not. Takes the event's lock."""
    events.locked_event(event_id)
    if said.key is not None and _is_known(said.key):
        return None
    found = part(event_id, row_id)
    if found is None:
        return AnswerProblem.GONE
    row = found.row
    problem = answer_problem(said.status, said.note, row.evidence_count, len(said.proofs))
    if problem is not None:
        return problem
    row.answer_count, row.status, row.note, row.answered_at = row.answer_count + 1, said.status, said.note, now
    made = FollowUpAnswer(
        id=uuid4(), event_id=event_id, row_id=row.id, number=row.answer_count, status=said.status, note=said.note,
        by_staff=said.by_staff, by_id=said.by, answered_at=now, idempotency_key=said.key,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    for proof in said.proofs:
        _keep(row, made.id, proof, now)
    row.evidence_count += len(said.proofs)
    audit.record("follow_up.answer", event_id=event_id, object_kind="follow_up_row", object_id=row.id)
    return None


def _is_known(key: UUID) -> bool:
    query = select(FollowUpAnswer.id).where(FollowUpAnswer.idempotency_key == key)
    return db.session.scalar(query) is not None


def _keep(row: FollowUpRow, answer_id: UUID, proof: Proof, now: datetime) -> None:
    file_id = None
    if proof.kind is not None:
        file_id = files.keep(
            proof.content, event_id=row.event_id, purpose=PURPOSE, name=proof.name,
            media_type=ENDINGS[proof.kind][0], now=now,
        )  # fmt: skip
    db.session.add(FollowUpEvidence(
        id=uuid4(), event_id=row.event_id, row_id=row.id, answer_id=answer_id, name=proof.name, file_id=file_id,
        byte_count=len(proof.content), address=proof.address, added_at=now,
    ))  # fmt: skip


def take_back(event_id: UUID, evidence_id: UUID, *, now: datetime) -> bool:
    """Take a piece of evidence back: its file goes, that it was there stays. False where it is gone already."""
    events.locked_event(event_id)
    one = piece(event_id, evidence_id)
    if one is None:
        return False
    if one.file_id is not None:
        files.drop(event_id, one.file_id)
    one.file_id, one.removed_at = None, now
    row = db.session.get_one(FollowUpRow, one.row_id)
    row.evidence_count -= 1
    audit.record("follow_up.evidence_remove", event_id=event_id, object_kind="follow_up_row", object_id=row.id)
    return True


def evidence_of_event(event_id: UUID) -> dict[UUID, list[str]]:
    """Return what shows each row of an event, in words: the files' names and the links' addresses; one query."""
    query = select(FollowUpEvidence.row_id, FollowUpEvidence.name, FollowUpEvidence.address).where(
        FollowUpEvidence.event_id == event_id, FollowUpEvidence.removed_at.is_(None)
    )
    found: dict[UUID, list[str]] = {}
    for row_id, name, address in db.session.execute(query.order_by(*IN_ORDER)):
        found.setdefault(row_id, []).append(address or name)
    return found
