"""Wanted × kept → said: nothing twice, nothing missed, numbers only rise."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from rakor.calendar.rules import Kept, Move, Movement, keep

SUBJECTS = [UUID(int=number) for number in range(4)]
hashes = st.sampled_from([b"a", b"b", b"c"])
wishes = st.dictionaries(st.sampled_from(SUBJECTS), hashes)
Known = dict[UUID, Kept]


def after(known: Known, moves: dict[UUID, Move]) -> Known:
    said = {
        subject: Kept(move.sequence, move.content_hash, move.movement is Movement.CANCELLED)
        for subject, move in moves.items()
    }
    return known | said


def test_an_entry_lives_through_its_four_movements() -> None:
    one, known = SUBJECTS[0], Known()
    said = []
    for wish in ({one: b"a"}, {one: b"a"}, {one: b"b"}, {}, {}, {one: b"b"}):
        moves = keep(wish, known)
        known = after(known, moves)
        said.append([(move.movement, move.sequence) for move in moves.values()])
    assert said == [
        [(Movement.NEW, 0)], [], [(Movement.CHANGED, 1)], [(Movement.CANCELLED, 2)], [], [(Movement.BACK, 3)]
    ]  # fmt: skip


@given(st.lists(wishes, max_size=8))
def test_numbers_only_rise_and_a_second_look_finds_nothing(history: list[dict[UUID, bytes]]) -> None:
    known: Known = {}
    for wish in history:
        moves = keep(wish, known)
        for subject, move in moves.items():
            assert move.sequence == (known[subject].sequence + 1 if subject in known else 0)
        known = after(known, moves)
        assert keep(wish, known) == {}
        assert {subject: kept.content_hash for subject, kept in known.items() if not kept.cancelled} == wish
