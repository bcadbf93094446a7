"""An office's answer: all seats of one sending are judged first, then all are written, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID, uuid4, uuid5

from sqlalchemy import select

from rakor import audit
from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import phase
from rakor.offices.models import Office
from rakor.seats.models import OfficeAnswer
from rakor.seats.rules import (
    Accepted,
    AnswerAct,
    AnswerDoor,
    Input,
    Refused,
    answer_door,
    judge_answers,
)
from rakor.seats.store.reads import SeatLine, seats_with_holders
from rakor.seats.store.seating import Sitting, incumbents
from rakor.seats.store.speakers import Standing, Voice, let_speak
from rakor.web.times import local_day

SILENT = (AnswerAct.NONE, AnswerAct.INCOMPLETE)


@dataclass(frozen=True)
class Answered:
    """What became of a sending: its receipt, or why each seat was refused; neither where it said nothing new."""

    door: AnswerDoor = AnswerDoor.OPEN
    receipt: OfficeAnswer | None = None
    refused: Mapping[UUID, Refused] = field(default_factory=dict)
    incomplete: tuple[UUID, ...] = ()
    repeats: bool = False
    """Everything that was sent is so already: a second operator with the same names."""
    required_open: tuple[UUID, ...] = ()
    """Seats that are "wajib" and would stay without an answer: nothing is written before that was asked once."""
    standing: Standing | None = None
    """Why the phone may not change anything; None where it may, or for the organiser."""


def door_of(event: Event, *, now: datetime) -> AnswerDoor:
    """Return whether the event's offices can answer at ``now``."""
    today = local_day(now, event.zone)
    current = phase(event.stage, event.starts_on, event.ends_on, today)
    return answer_door(current, event.answer_by_at, now, event.ends_on, today)


def last_answer(event_id: UUID, office_id: UUID) -> OfficeAnswer | None:
    """Return the newest receipt of an office, or None."""
    query = select(OfficeAnswer).where(OfficeAnswer.event_id == event_id, OfficeAnswer.office_id == office_id)
    return db.session.scalar(query.order_by(OfficeAnswer.answered_at.desc(), OfficeAnswer.id).limit(1))


def answer(
    event_id: UUID,
    office: Office,
    sent: Mapping[UUID, Input],
    *,
    now: datetime,
    key: UUID | None = None,
    late: bool = False,
    language: str = "id",
    voice: Voice | None = None,
    knows_open: bool = False,
) -> Answered:
    """Take an office's answer for its seats. Needs an open transaction; takes the event's row lock first.

    A sending with the same ``key`` and the same words is answered by the receipt of the first. ``late`` lets the
    organiser answer for an office after the deadline; whoever comes by the office's link has a ``voice``, and is
    asked first about seats that are "wajib" and stay open, unless ``knows_open``.
    """
    event = events.locked_event(event_id)
    own_key = bound_key(key, sent) if key else None
    earlier = own_key and db.session.scalar(select(OfficeAnswer).where(OfficeAnswer.idempotency_key == own_key))
    if earlier:
        return Answered(receipt=earlier)
    door = door_of(event, now=now)
    if late and door is not AnswerDoor.CANCELLED:
        door = AnswerDoor.OPEN
    if door is not AnswerDoor.OPEN:
        return Answered(door)
    lines = seats_with_holders(event_id, [office.id])
    found = judged(event, lines, sent, None if late else event.answer_by_at, now=now, deputies=late)
    refused = {line.seat_id: verdict for line, verdict in found.items() if isinstance(verdict, Refused)}
    accepted = {line: verdict for line, verdict in found.items() if isinstance(verdict, Accepted)}
    incomplete = tuple(line.seat_id for line, v in accepted.items() if v.act is AnswerAct.INCOMPLETE)
    spoken = {line: verdict for line, verdict in accepted.items() if verdict.act not in SILENT}
    if refused or not spoken:
        silent = not (refused or incomplete) and any(line.answer for line in lines)
        return Answered(door, None, refused, incomplete, repeats=silent)
    left = [line.seat_id for line in lines if line.required and not line.answer and line not in spoken]
    if voice and left and not knows_open:
        return Answered(door, incomplete=incomplete, required_open=tuple(left))
    standing = let_speak(event_id, office.id, voice, now=now) if voice else None
    if standing is not None and not standing.may:
        return Answered(door, incomplete=incomplete, standing=standing)
    Sitting(event_id, office, now, language).write(spoken)
    return Answered(door, _receipt(event_id, office.id, len(spoken), own_key, now), incomplete=incomplete)


def judged(
    event: Event,
    lines: Sequence[SeatLine],
    sent: Mapping[UUID, Input],
    deadline: datetime | None,
    *,
    now: datetime,
    deputies: bool = False,
) -> dict[SeatLine, Accepted | Refused]:
    """Judge a sending for these seats; ``deputies`` are taken from the organiser whatever the event says."""
    before = incumbents(event.id, [line.seat_id for line in lines])
    states = {
        line.seat_id: replace(
            line.state, incumbent=before.get(line.seat_id, ""), required=line.required and not deputies
        )
        for line in lines
    }
    found = judge_answers(states, sent, deadline, now, delegation=deputies or event.delegation_allowed)
    return {line: found[line.seat_id] for line in lines}


def bound_key(key: UUID, sent: Mapping[UUID, Input]) -> UUID:
    """The sending's key bound to its words: the back button with other words is another answer."""
    said = sorted(sent.items())
    words = ["\x00".join((str(s), i.name, i.choice, i.reason, i.seen, i.who, i.same_as or "")) for s, i in said]
    return uuid5(key, sha256("\x01".join(words).encode("utf-8", "surrogatepass")).hexdigest())


def _receipt(event_id: UUID, office_id: UUID, count: int, key: UUID | None, now: datetime) -> OfficeAnswer:
    row = OfficeAnswer(
        id=uuid4(), event_id=event_id, office_id=office_id, answered_at=now, seat_count=count, idempotency_key=key
    )
    db.session.add(row)
    audit.record("seats.answer", event_id=event_id, object_kind="office", object_id=office_id, count=count)
    return row
