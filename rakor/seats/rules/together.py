"""All seats of one sending judged together: one person may sit on several of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from rakor.registrations.rules import PersonName, fold
from rakor.seats.rules.answers import (
    Accepted,
    AnswerAct,
    Choice,
    Input,
    Refused,
    SeatAnswer,
    SeatState,
    judge_answer,
    stands_in,
    too_late,
)

Verdict = Accepted | Refused
STAYS = (AnswerAct.NONE, AnswerAct.CORRECT, AnswerAct.CHANGE_MODE)
NAMES = (AnswerAct.NAME, AnswerAct.REPLACE)


def judge_answers(
    states: Mapping[UUID, SeatState],
    sent: Mapping[UUID, Input],
    deadline: datetime | None,
    now: datetime,
    *,
    delegation: bool = True,
) -> dict[UUID, Verdict]:
    """Judge a sending seat by seat, then the seats that take the person of another one, then what these share.

    ``states`` are the living seats of one office in protocol order; a seat that ``sent`` lacks says nothing.
    """
    inputs = {seat: sent.get(seat, Input()) for seat in states}
    joins = {seat: _pointed_at(inputs[seat]) for seat in states if _joins(states[seat], inputs[seat])}
    judged: dict[UUID, Verdict] = {
        seat: judge_answer(state, deadline, now, inputs[seat], delegation=delegation)
        for seat, state in states.items()
        if seat not in joins
    }
    for seat in joins:
        judged[seat] = _join(seat, _root(seat, joins), states, judged, inputs[seat], delegation=delegation)
        if isinstance(judged[seat], Accepted) and judged[seat] != Accepted(AnswerAct.NONE):
            judged[seat] = too_late(states[seat], deadline, now, inputs[seat]) or judged[seat]
    return {seat: _one_way(seat, states, judged) for seat in states}


def same_names(seated: Sequence[tuple[UUID, str, UUID]]) -> dict[UUID, UUID]:
    """Find people who stand twice: seat → the earlier seat whose other person bears the same name, titles ignored.

    ``seated`` are seat, name without titles and registration, in protocol order. A suggestion: nobody is merged.
    """
    first: dict[str, tuple[UUID, UUID]] = {}
    found = {}
    for seat, name, person in seated:
        earlier_seat, earlier = first.setdefault(fold(name), (seat, person))
        if earlier != person:
            found[seat] = earlier_seat
    return found


def _joins(state: SeatState, sent: Input) -> bool:
    if not sent.same_as or sent.choice == Choice.DECLINE:
        return False
    return state.same_as is None or sent.same_as != state.same_as.hex


def _pointed_at(sent: Input) -> UUID | None:
    try:
        return UUID(hex=sent.same_as or "")
    except ValueError:
        return None


def _root(seat: UUID, joins: Mapping[UUID, UUID | None]) -> UUID | None:
    """Follow "the same as" to the seat that has a person of its own; None for a ring or a seat that is none."""
    passed = {seat}
    found = joins[seat]
    while found in joins:
        if found in passed or found is None:
            return None
        passed.add(found)
        found = joins[found]
    return found


def _join(
    seat: UUID,
    root: UUID | None,
    states: Mapping[UUID, SeatState],
    judged: Mapping[UUID, Verdict],
    sent: Input,
    *,
    delegation: bool,
) -> Verdict:
    state, other = states[seat], states.get(root) if root else None
    verdict = judged.get(root) if root else None
    if root is None or other is None or verdict is None:
        return Refused.SAME_AS_NOBODY
    if isinstance(verdict, Refused):
        return Accepted(AnswerAct.INCOMPLETE)  # the other seat says what is wrong
    stays = verdict.act in STAYS and other.answer is SeatAnswer.CONFIRMED
    if not stays and verdict.act not in NAMES:
        return Refused.SAME_AS_NOBODY
    if stays and other.holder is not None and other.holder == state.holder:
        return Accepted(AnswerAct.NONE)
    mode = verdict.mode if verdict.mode is not None else other.mode
    if mode not in state.modes:
        return Refused.MODE_NOT_SHARED
    person = verdict.name or PersonName.parse(other.name)
    deputy = stands_in(state, fold(person.name), sent.who)
    if deputy and not delegation:
        return Refused.NOT_DELEGABLE
    return Accepted(AnswerAct.JOIN, mode=mode, on_behalf=deputy, with_seat=root)


def _one_way(seat: UUID, states: Mapping[UUID, SeatState], judged: Mapping[UUID, Verdict]) -> Verdict:
    """A person's new way of following must be open on every seat the person keeps."""
    verdict, state = judged[seat], states[seat]
    if isinstance(verdict, Refused) or verdict.act not in (AnswerAct.CORRECT, AnswerAct.CHANGE_MODE):
        return verdict
    if verdict.mode is state.mode or state.holder is None:
        return verdict
    for other, found in judged.items():
        keeps = isinstance(found, Accepted) and found.act in STAYS and states[other].holder == state.holder
        if keeps and verdict.mode not in states[other].modes:
            return Refused.MODE_NOT_SHARED
    return verdict
