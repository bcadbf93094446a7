"""One person on several seats, deputies, and who may speak for an office; without app or database."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.registrations.rules import Mode
from rakor.seats.rules import (
    Accepted,
    AnswerAct,
    Input,
    Refused,
    SeatAnswer,
    SeatState,
    judge_answer,
    judge_answers,
    same_names,
    stamp,
)
from rakor.seats.rules.papers import MOST_PAPER_BYTES, PaperKind, PaperProblem, judge_paper
from rakor.seats.rules.speaking import Speaker, Speaking, judge_speaking, last_digits

BOTH = (Mode.ONSITE, Mode.ONLINE)
NOW = datetime(2026, 11, 19, 6, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=1)
A, B, C, P, Q = (UUID(int=n) for n in (1, 2, 3, 101, 102))
OPEN = SeatState(BOTH)


def taken(person: UUID = P, name: str = "Bonifasius Contoh", **more: object) -> SeatState:
    state = SeatState(BOTH, SeatAnswer.CONFIRMED, name, Mode.ONLINE, "", NOW, person, incumbent="bonifasius contoh")
    return replace(state, **more)  # type: ignore[arg-type]


def judge(
    states: Mapping[UUID, SeatState], sent: dict[UUID, dict[str, str]], *, delegation: bool = True
) -> dict[UUID, Accepted | Refused]:
    inputs = {seat: Input(**({"seen": stamp(states[seat])} | said)) for seat, said in sent.items()}  # type: ignore[arg-type]
    return judge_answers(states, inputs, DEADLINE, NOW, delegation=delegation)


def act(found: Accepted | Refused) -> object:
    return found.act if isinstance(found, Accepted) else found


class TestTheSamePerson:
    def test_one_touch_puts_a_new_name_on_two_seats(self) -> None:
        found = judge({A: OPEN, B: OPEN}, {A: {"name": "Boni Contoh", "choice": "online"}, B: {"same_as": A.hex}})
        assert found[B] == Accepted(AnswerAct.JOIN, mode=Mode.ONLINE, with_seat=A)

    def test_across_sendings(self) -> None:
        found = judge({A: taken(), B: OPEN}, {B: {"same_as": A.hex, "choice": "onsite"}})
        assert (act(found[A]), act(found[B])) == (AnswerAct.NONE, AnswerAct.JOIN)

    def test_a_chain_ends_at_the_seat_with_the_name(self) -> None:
        states = {A: OPEN, B: OPEN, C: OPEN}
        sent = {
            A: {"same_as": B.hex},
            B: {"same_as": C.hex},
            C: {"name": "Boni Contoh", "choice": "online"},
        }
        found = judge(states, sent)
        assert [verdict.with_seat for verdict in found.values() if isinstance(verdict, Accepted)] == [C, C, None]

    @pytest.mark.parametrize(
        "sent",
        [
            {A: {"same_as": B.hex}, B: {"same_as": A.hex}},
            {A: {"same_as": A.hex}},
            {A: {"same_as": UUID(int=999).hex}},
            {A: {"same_as": "not a seat"}},
            {A: {"same_as": B.hex}},
            {A: {"same_as": B.hex}, B: {"choice": "decline"}},
            {A: {"same_as": B.hex}, B: {"choice": "online"}},
        ],
    )
    def test_a_ring_or_nobody_is_refused(self, sent: dict[UUID, dict[str, str]]) -> None:
        assert judge({A: OPEN, B: OPEN}, sent)[A] is Refused.SAME_AS_NOBODY

    def test_a_seat_that_does_not_allow_the_way(self) -> None:
        onsite = SeatState((Mode.ONSITE,))
        assert judge({A: taken(), B: onsite}, {B: {"same_as": A.hex}})[B] is Refused.MODE_NOT_SHARED
        shared = replace(onsite, answer=SeatAnswer.CONFIRMED, name="Bonifasius Contoh", mode=Mode.ONSITE, holder=P)
        states = {A: taken(mode=Mode.ONSITE), B: replace(shared, same_as=A)}
        change = {A: {"name": "Bonifasius Contoh", "choice": "online"}}
        assert judge(states, change)[A] is Refused.MODE_NOT_SHARED

    def test_what_stays_as_it_was_says_nothing(self) -> None:
        states = {A: taken(), B: taken(same_as=A)}
        same = {"name": "Bonifasius Contoh", "choice": "online"}
        found = judge(states, {A: same | {"same_as": ""}, B: same | {"same_as": A.hex}})
        assert [act(verdict) for verdict in found.values()] == [AnswerAct.NONE, AnswerAct.NONE]
        assert act(judge(states, {A: {"same_as": B.hex}})[A]) is AnswerAct.NONE

    def test_undone_by_saying_so_even_with_the_same_name(self) -> None:
        states = {A: taken(), B: taken(same_as=A)}
        found = judge(states, {B: {"name": "Bonifasius Contoh", "choice": "online", "same_as": ""}})
        assert act(found[B]) is AnswerAct.REPLACE

    def test_two_operators_and_the_deadline_count_here_too(self) -> None:
        states = {A: taken(), B: OPEN}
        assert judge(states, {B: {"same_as": A.hex, "seen": "old"}})[B] is Refused.CHANGED_MEANWHILE
        late = judge_answers(states, {B: Input(same_as=A.hex, seen=stamp(OPEN))}, NOW, NOW)
        assert late[B] is Refused.CLOSED

    def test_the_same_name_twice_is_only_noticed(self) -> None:
        people = [(A, "Agustina Contoh", P), (B, "AGUSTINA  contoh", Q), (C, "Agustina Contoh", P)]
        assert same_names(people) == {B: A}
        assert same_names([(A, "Agustina Contoh", P), (B, "Agustinus Contoh", Q)]) == {}


seats = st.dictionaries(st.sampled_from([A, B, C]), st.sampled_from([OPEN, taken(), taken(Q, "Agustina Contoh")]))
inputs = st.builds(
    Input,
    st.sampled_from(["", "Boni Contoh", "Bonifasius Contoh", "A"]),
    st.sampled_from(["", "online", "onsite", "decline", "?"]),
    same_as=st.sampled_from([None, "", A.hex, B.hex, C.hex, "?"]),
    who=st.sampled_from(["", "holder", "deputy", "same", "?"]),
)


@given(seats, st.dictionaries(st.sampled_from([A, B, C]), inputs), st.booleans())
def test_any_sending_is_judged_seat_by_seat_and_whom_it_joins_is_there(
    states: dict[UUID, SeatState], sent: dict[UUID, Input], delegation: bool
) -> None:
    fresh = {seat: replace(said, seen=stamp(states[seat])) for seat, said in sent.items() if seat in states}
    found = judge_answers(states, fresh, DEADLINE, NOW, delegation=delegation)
    assert found.keys() == states.keys()
    for seat, verdict in found.items():
        if isinstance(verdict, Accepted) and verdict.act is AnswerAct.JOIN:
            root = found[verdict.with_seat] if verdict.with_seat else None
            assert verdict.with_seat != seat
            assert act(root) not in (AnswerAct.JOIN, AnswerAct.DECLINE, AnswerAct.INCOMPLETE)
        if not delegation and isinstance(verdict, Accepted):
            assert not verdict.on_behalf


class TestDeputies:
    @pytest.mark.parametrize(
        ("who", "delegation", "expected"),
        [
            ("", True, (AnswerAct.REPLACE, True)),
            ("deputy", True, (AnswerAct.REPLACE, True)),
            ("holder", True, (AnswerAct.REPLACE, False)),
            ("same", True, (AnswerAct.CORRECT, False)),
            ("", False, Refused.NOT_DELEGABLE),
            ("deputy", False, Refused.NOT_DELEGABLE),
            ("holder", False, (AnswerAct.REPLACE, False)),
            ("same", False, (AnswerAct.CORRECT, False)),
        ],
    )
    def test_another_name(self, who: str, delegation: bool, expected: object) -> None:
        state = taken()
        sent = Input("Agustina Contoh", "online", seen=stamp(state), who=who)
        found = judge_answer(state, DEADLINE, NOW, sent, delegation=delegation)
        said = (found.act, found.on_behalf) if isinstance(found, Accepted) else found
        assert said == expected

    def test_a_deputy_from_the_first_day(self) -> None:
        sent = Input("Agustina Contoh", "online", seen=stamp(OPEN), who="deputy")
        found = judge_answer(OPEN, DEADLINE, NOW, sent)
        assert isinstance(found, Accepted)
        assert (found.act, found.on_behalf) == (AnswerAct.NAME, True)
        assert judge_answer(OPEN, DEADLINE, NOW, sent, delegation=False) is Refused.NOT_DELEGABLE

    def test_said_afterwards_with_the_same_name(self) -> None:
        state = taken()
        found = judge_answer(state, DEADLINE, NOW, Input(state.name, "online", seen=stamp(state), who="deputy"))
        assert isinstance(found, Accepted)
        assert (found.act, found.on_behalf) == (AnswerAct.CORRECT, True)

    def test_who_takes_a_second_seat_of_another_holder_stands_in(self) -> None:
        found = judge({A: taken(), B: replace(OPEN, incumbent="agustina contoh")}, {B: {"same_as": A.hex}})
        assert isinstance(found[B], Accepted)
        assert found[B].on_behalf  # type: ignore[union-attr]


class TestSpeaking:
    @pytest.mark.parametrize(
        ("speaker", "typed", "left", "expected"),
        [
            (None, None, True, Speaking.FREE),
            (None, b"1", True, Speaking.FREE),
            (Speaker(b"1", True), None, False, Speaking.TRUSTED),
            (Speaker(None, False), b"1", True, Speaking.NO_NUMBER),
            (Speaker(b"1", False), None, True, Speaking.ASKED),
            (Speaker(b"1", False), b"1", True, Speaking.PROVED),
            (Speaker(b"1", False), b"2", True, Speaking.WRONG),
            (Speaker(b"1", False), b"1", False, Speaking.TOO_OFTEN),
        ],
    )
    def test_every_case(self, speaker: Speaker | None, typed: bytes | None, left: bool, expected: Speaking) -> None:
        assert judge_speaking(speaker, typed, tries_left=left) is expected

    def test_the_only_hint_are_two_figures(self) -> None:
        assert last_digits("+6281234567890") == "90"


class TestPapers:
    @pytest.mark.parametrize(
        ("content", "expected"),
        [
            (b"", PaperProblem.EMPTY),
            (b"%PDF-1.7\n1 0 obj\n%%EOF\n", PaperKind.PDF),
            (b"%PDF-1.7\n/Encrypt\n%%EOF\n", PaperProblem.LOCKED),
            (b"%PDF-1.7\n/OpenAction /JavaScript\n%%EOF\n", PaperProblem.ACTIVE),
            (b"\xff\xd8\xff\xe0 a photo", PaperKind.PICTURE),
            (b"\x89PNG\r\n\x1a\n", PaperKind.PICTURE),
            (b"MZ a program", PaperProblem.UNKNOWN),
            (b"<svg onload=alert(1)>", PaperProblem.UNKNOWN),
            (b"\xff\xd8\xff" + bytes(MOST_PAPER_BYTES), PaperProblem.TOO_HEAVY),
        ],
    )
    def test_by_content(self, content: bytes, expected: object) -> None:
        assert judge_paper(content) is expected
