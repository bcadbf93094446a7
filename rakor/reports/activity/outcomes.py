"""What came of the meeting, for the report: approved minutes, conclusions and recommendations, follow-ups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, case, func, select

from rakor.agenda.rules.views import ItemView
from rakor.db import db
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.follow_up_models import FollowUp, FollowUpRow
from rakor.minutes.rules.conclusions import ConclusionKind, is_approved
from rakor.minutes.rules.content import Line
from rakor.minutes.rules.follow_ups import Status
from rakor.minutes.rules.words import NoteKind
from rakor.minutes.store import approval, notes
from rakor.minutes.store import conclusions as kept
from rakor.offices.models import Office
from rakor.reports.activity.rules import Block, Grid, Heading, Missing, Points, Words
from rakor.web import times
from rakor.web.times import Language

KINDS = {
    ConclusionKind.CONCLUSION: "Kesimpulan",
    ConclusionKind.DECISION: "Keputusan",
    ConclusionKind.RECOMMENDATION: "Rekomendasi",
}
NOT_YET = "belum disahkan"
TALK = (NoteKind.DISCUSSION, NoteKind.QUESTION, NoteKind.ANSWER, NoteKind.NOTE)


@dataclass(frozen=True)
class Asked:
    """A follow-up in a line of the matrix: what, by whom, by when, how far, how much of it is shown by evidence."""

    number: int
    text: str
    who: str
    due: str
    done: int
    whole: int
    proven: int


@dataclass(frozen=True)
class Outcome:
    """Everything that came of the meeting; ``approved`` are the sessions whose minutes are."""

    conclusions: Sequence[Conclusion]
    approved: frozenset[UUID]
    minutes: Mapping[UUID, tuple[Line, ...]]
    follow_ups: Sequence[Asked]


def outcome(event_id: UUID, items: Sequence[ItemView]) -> Outcome:
    """Read what came of the meeting; the minutes of each session as they were approved last."""
    approved = notes.approved_items(event_id)
    minutes = {item.id: _lines_of(event_id, item.id) for item in items if item.id in approved}
    return Outcome(kept.of_event(event_id), approved, minutes, follow_ups(event_id))


def _lines_of(event_id: UUID, item_id: UUID) -> tuple[Line, ...]:
    newest = approval.versions(event_id, item_id)[0]
    return approval.content(newest).lines


def follow_ups(event_id: UUID) -> list[Asked]:
    """Return the matrix of follow-ups in the order of their numbers; one query."""
    done = func.coalesce(func.sum(case((FollowUpRow.status == Status.DONE, 1), else_=0)), 0)
    proven = func.coalesce(func.sum(case((FollowUpRow.evidence_count > 0, 1), else_=0)), 0)
    asked = and_(FollowUpRow.event_id == FollowUp.event_id, FollowUpRow.follow_up_id == FollowUp.id)
    query = (
        select(FollowUp, Office.short_name, func.count(FollowUpRow.id), done, proven)
        .outerjoin(FollowUpRow, asked)
        .outerjoin(Office, Office.id == FollowUp.office_id)
        .where(FollowUp.event_id == event_id, FollowUp.withdrawn_at.is_(None))
        .group_by(FollowUp.id, Office.short_name)
        .order_by(FollowUp.number)
    )
    return [
        Asked(
            row.number, row.text, row.person_name or office or f"{_number(rows)} kantor",
            times.plain(times.date_medium(row.due_on, Language.ID)) if row.due_on else "–",
            int(ready), rows, int(shown),
        )
        for row, office, rows, ready, shown in db.session.execute(query)
    ]  # fmt: skip


def discussion(found: Outcome, items: Sequence[ItemView]) -> list[Block]:
    """Return what was discussed, session by session, as far as its minutes are approved."""
    sessions = [item for item in items if item.takes_attendance]
    if not any(item.id in found.approved for item in sessions):
        return []
    blocks: list[Block] = []
    for item in sessions:
        blocks.append(Heading(item.title))
        said = [_said(line) for line in found.minutes.get(item.id, ()) if line.kind in TALK]
        blocks += said or [Missing("Notula sesi ini")]
    return blocks


def _said(line: Line) -> Words:
    who = ", ".join(filter(None, (line.speaker, line.post)))
    kind = {NoteKind.QUESTION: "Pertanyaan", NoteKind.ANSWER: "Jawaban"}.get(line.kind, "")
    head = " – ".join(filter(None, (kind, who)))
    return Words(f"{head}: {line.text}" if head else line.text)


def conclusions(found: Outcome) -> list[Block]:
    """Return conclusions and decisions, numbered as the meeting numbered them."""
    blocks: list[Block] = []
    for kind in (ConclusionKind.CONCLUSION, ConclusionKind.DECISION):
        lines = _lines(found, kind)
        if lines:
            blocks += [Heading(KINDS[kind]), *lines]
    return blocks


def recommendations(found: Outcome) -> list[Block]:
    """Return the recommendations, and how many follow-ups came of the meeting."""
    blocks = list(_lines(found, ConclusionKind.RECOMMENDATION))
    if found.follow_ups:
        done, whole = (sum(getattr(one, part) for one in found.follow_ups) for part in ("done", "whole"))
        blocks.append(
            Words(
                f"Dari rapat ini ada {_number(len(found.follow_ups))} tindak lanjut; {_number(done)} dari "
                f"{_number(whole)} bagiannya selesai. Matriksnya terlampir."
            )
        )
    return blocks


def _lines(found: Outcome, kind: ConclusionKind) -> list[Block]:
    rows = [row for row in found.conclusions if row.kind is kind]
    marks = ["" if is_approved(kept.standing(row), found.approved) else f" ({NOT_YET})" for row in rows]
    lines = tuple(f"{row.text}{mark}" for row, mark in zip(rows, marks, strict=True))
    return [Points(lines, own=tuple(row.number for row in rows))] if rows else []


def matrix(found: Outcome) -> list[Block]:
    """Return the matrix of follow-ups as a table (domain.md §2.9)."""
    if not found.follow_ups:
        return []
    head = ("No.", "Uraian", "Penanggung jawab", "Tenggat", "Status", "Bukti dukung")
    rows = tuple(
        (f"{one.number}.", one.text, one.who, one.due, _done(one), f"{_number(one.proven)} dari {_number(one.whole)}")
        for one in found.follow_ups
    )
    return [Grid(head, (2, 10, 6, 5, 5, 5), rows)]


def _done(one: Asked) -> str:
    return f"{_number(one.done)} dari {_number(one.whole)} selesai"


def _number(value: int) -> str:
    return times.number(value, Language.ID)
