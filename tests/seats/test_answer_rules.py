"""What an office may answer for a seat, and until when; without app or database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from rakor.events.rules import Phase
from rakor.registrations.rules import Mode
from rakor.seats.rules import (
    Accepted,
    AnswerAct,
    AnswerDoor,
    Input,
    Refused,
    SeatAnswer,
    SeatState,
    answer_door,
    judge_answer,
    stamp,
)

BOTH = (Mode.ONSITE, Mode.ONLINE)
NOW = datetime(2026, 11, 19, 6, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=1)
OPEN = SeatState(BOTH)
TAKEN = SeatState(BOTH, SeatAnswer.CONFIRMED, "Drs. Bonifasius Contoh, M.Si.", Mode.ONLINE, "", NOW)
REFUSED = SeatState(BOTH, SeatAnswer.DECLINED, reason="sakit", answered_at=NOW)


def judge(state: SeatState, **sent: object) -> Accepted | Refused:
    given = {"seen": stamp(state)} | sent
    return judge_answer(state, DEADLINE, NOW, Input(**given))  # type: ignore[arg-type]


class TestJudge:
    def test_name_and_mode_are_enough(self) -> None:
        found = judge(OPEN, name="  Yosepina   Contoh, S.Kom. ", choice="online")
        assert isinstance(found, Accepted)
        assert (found.act, found.mode) == (AnswerAct.NAME, Mode.ONLINE)
        assert found.name is not None
        assert found.name.display() == "Yosepina Contoh, S.Kom."

    @pytest.mark.parametrize("name", ["Sukarno", "O'Brien, S.T., M.Eng.", "محمد", "ꦱꦸꦏꦂꦤꦺꦴ", "Aa", "x" * 120])
    def test_names_of_any_script_and_length(self, name: str) -> None:
        assert isinstance(judge(OPEN, name=name, choice="onsite"), Accepted)

    @pytest.mark.parametrize(
        ("sent", "reason"),
        [
            ({"name": "A", "choice": "online"}, Refused.NAME_TOO_SHORT),
            ({"name": "A" * 200, "choice": "online"}, Refused.NAME_TOO_LONG),
            ({"name": "1234", "choice": "online"}, Refused.NAME_NO_LETTER),
            ({"name": "Bo\x00ni", "choice": "online"}, Refused.NAME_CONTROL_CHARACTER),
            ({"name": "Boni\ud800", "choice": "online"}, Refused.NAME_CONTROL_CHARACTER),
            ({"name": "Boni Contoh", "choice": ""}, Refused.CHOICE_MISSING),
            ({"name": "Boni Contoh", "choice": "zoom"}, Refused.NOT_ALLOWED),
            ({"choice": "decline", "reason": "x" * 301}, Refused.REASON_TOO_LONG),
            ({"choice": "decline", "reason": "sa\x00kit"}, Refused.REASON_CONTROL_CHARACTER),
        ],
    )
    def test_what_is_refused(self, sent: dict[str, str], reason: Refused) -> None:
        assert judge(OPEN, **sent) is reason

    def test_a_mode_the_seat_does_not_allow(self) -> None:
        only_online = SeatState((Mode.ONLINE,))
        assert judge(only_online, name="Boni Contoh", choice="onsite") is Refused.NOT_ALLOWED

    @pytest.mark.parametrize(
        ("state", "sent", "act"),
        [
            (OPEN, {}, AnswerAct.NONE),
            (OPEN, {"choice": "online"}, AnswerAct.INCOMPLETE),
            (OPEN, {"choice": "decline"}, AnswerAct.DECLINE),
            (OPEN, {"choice": "decline", "name": "Boni Contoh"}, AnswerAct.DECLINE),
            (TAKEN, {"name": TAKEN.name, "choice": "online"}, AnswerAct.NONE),
            (TAKEN, {"name": TAKEN.name, "choice": "onsite"}, AnswerAct.CHANGE_MODE),
            (TAKEN, {"name": "Bonifasius Contoh, M.A.", "choice": "online"}, AnswerAct.CORRECT),
            (TAKEN, {"name": "Bonifacius Contoh", "choice": "online", "who": "same"}, AnswerAct.CORRECT),
            (TAKEN, {"name": "Bonifacius Contoh", "choice": "online"}, AnswerAct.REPLACE),
            (TAKEN, {"name": "Agustina Contoh", "choice": "online"}, AnswerAct.REPLACE),
            (TAKEN, {"name": TAKEN.name, "choice": "decline"}, AnswerAct.DECLINE),
            (REFUSED, {"choice": "decline", "reason": "sakit"}, AnswerAct.NONE),
            (REFUSED, {"choice": "decline", "reason": "dinas"}, AnswerAct.DECLINE),
            (REFUSED, {"name": "Agustina Contoh", "choice": "online"}, AnswerAct.NAME),
        ],
    )
    def test_what_an_answer_does(self, state: SeatState, sent: dict[str, object], act: AnswerAct) -> None:
        found = judge(state, **sent)
        assert isinstance(found, Accepted)
        assert found.act is act

    def test_a_mode_that_is_no_longer_offered_may_stay_but_not_be_chosen(self) -> None:
        narrowed = replace(TAKEN, modes=(Mode.ONSITE,))
        found = judge(narrowed, name=TAKEN.name, choice="online")
        assert isinstance(found, Accepted)
        assert found.act is AnswerAct.NONE
        assert judge(SeatState((Mode.ONSITE,)), name="Boni Contoh", choice="online") is Refused.NOT_ALLOWED

    def test_a_cleared_name_is_not_an_answer(self) -> None:
        assert judge(TAKEN, name=" ", choice="online") is Refused.NAME_MISSING

    def test_the_deadline_itself_is_too_late(self) -> None:
        sent = Input("Boni Contoh", "online", seen=stamp(OPEN))
        assert judge_answer(OPEN, NOW, NOW, sent) is Refused.CLOSED
        assert isinstance(judge_answer(OPEN, NOW + timedelta(microseconds=1), NOW, sent), Accepted)

    def test_a_repeat_after_the_deadline_is_still_a_success(self) -> None:
        sent = Input(TAKEN.name, "online", seen=stamp(OPEN))
        assert judge_answer(TAKEN, NOW, NOW, sent) == Accepted(AnswerAct.NONE, mode=Mode.ONLINE, name=_name())

    def test_of_two_operators_the_later_is_told(self) -> None:
        assert judge(TAKEN, name="Agustina Contoh", choice="online", seen=stamp(OPEN)) is Refused.CHANGED_MEANWHILE

    def test_every_seen_difference_makes_another_stamp(self) -> None:
        others = [
            OPEN,
            REFUSED,
            replace(TAKEN, name="Boni Contoh"),
            replace(TAKEN, mode=Mode.ONSITE),
            replace(TAKEN, answered_at=DEADLINE),
            replace(TAKEN, modes=(Mode.ONLINE,)),
        ]
        assert len({stamp(state) for state in (TAKEN, *others)}) == 7


def _name():  # type: ignore[no-untyped-def]
    found = judge(TAKEN, name=TAKEN.name, choice="online")
    assert isinstance(found, Accepted)
    return found.name


@pytest.mark.parametrize(
    ("phase", "deadline", "today", "door"),
    [
        (Phase.DRAFT, None, date(2026, 11, 19), AnswerDoor.NOT_YET),
        (Phase.CANCELLED, None, date(2026, 11, 19), AnswerDoor.CANCELLED),
        (Phase.COMING, DEADLINE, date(2026, 11, 19), AnswerDoor.OPEN),
        (Phase.COMING, NOW, date(2026, 11, 19), AnswerDoor.CLOSED),
        (Phase.RUNNING, None, date(2026, 11, 25), AnswerDoor.OPEN),
        (Phase.OVER, None, date(2026, 11, 26), AnswerDoor.CLOSED),
    ],
)
def test_when_an_office_can_answer(phase: Phase, deadline: datetime | None, today: date, door: AnswerDoor) -> None:
    assert answer_door(phase, deadline, NOW, date(2026, 11, 25), today) is door
