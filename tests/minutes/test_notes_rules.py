"""Notes are a pure function of their edits: in any order, however often, and nothing is overwritten unread."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.minutes.rules import places
from rakor.minutes.rules.content import (
    Conclusion,
    Content,
    Head,
    Line,
    Presence,
    Signer,
    differences,
    fingerprint,
    read,
    written,
)  # fmt: skip
from rakor.minutes.rules.notes import Edit, Note, Spoken, joined, notes, standing
from rakor.minutes.rules.standing import Hindrance, Signing, after_edit, approving, reviewing
from rakor.minutes.rules.words import NoteKind, State

AT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)


def edit(number: int, note: int = 1, parents: Sequence[int] = (), text: str = "", **values: object) -> Edit:
    whole = Edit(
        UUID(int=number), UUID(int=note), frozenset(UUID(int=one) for one in parents), "i", NoteKind.DISCUSSION,
        Spoken(), text or f"Kalimat {number}.", False, UUID(int=9), AT + timedelta(seconds=number),
    )  # fmt: skip
    return replace(whole, **values)  # type: ignore[arg-type]


def test_an_edit_that_saw_the_last_one_is_what_the_note_says() -> None:
    [note] = notes([edit(1), edit(2, parents=[1])])
    assert not note.in_conflict
    assert note.edit.text == "Kalimat 2."
    assert note.parents == {UUID(int=2)}


def test_two_that_saw_the_same_are_both_kept_until_somebody_who_saw_both_writes() -> None:
    told = [edit(1), edit(2, parents=[1]), edit(3, parents=[1])]
    [note] = notes(told)
    assert note.in_conflict
    assert [head.text for head in note.heads] == ["Kalimat 2.", "Kalimat 3."]
    assert joined(note).text == "Kalimat 2.\nKalimat 3."
    [settled] = notes([*told, edit(4, parents=[2, 3])])
    assert [head.text for head in settled.heads] == ["Kalimat 4."]
    # one who saw only one of them settles nothing
    [still] = notes([*told, edit(5, parents=[3])])
    assert {head.text for head in still.heads} == {"Kalimat 2.", "Kalimat 5."}


@given(st.lists(st.lists(st.sampled_from(["Satu.", "Dua!", "Tiga.\n", "Empat"]), min_size=1), min_size=2, max_size=4))
def test_what_is_joined_holds_every_sentence_of_all(texts: list[list[str]]) -> None:
    told = [edit(number, text=" ".join(words)) for number, words in enumerate(texts, start=1)]
    [note] = notes(told)
    whole = joined(note).text.split()
    assert all(word in whole for words in texts for one in words for word in one.split())


def test_what_all_begin_with_is_said_once() -> None:
    [note] = notes([edit(1, text="Awal. Sama. Satu."), edit(2, text="Awal. Sama. Dua tiga.")])
    assert joined(note).text == "Awal. Sama. Satu. Dua tiga."


def test_who_wrote_the_same_is_no_conflict_but_both_are_named_by_the_next() -> None:
    [note] = notes([edit(1), edit(2, parents=[1], text="Sama."), edit(3, parents=[1], text="Sama.", position="z")])
    assert not note.in_conflict
    assert note.parents == {UUID(int=2), UUID(int=3)}
    assert note.edit.position == "z"


def test_a_removal_meets_a_change_as_a_conflict() -> None:
    told = [edit(1), edit(2, parents=[1], is_removed=True), edit(3, parents=[1])]
    [note] = notes(told)
    assert note.in_conflict
    assert not note.is_removed
    assert joined(note).text == "Kalimat 3."
    [gone] = notes([*told, edit(4, parents=[2, 3], is_removed=True)])
    assert gone.is_removed
    assert standing([gone]) == ()


def test_edits_in_a_ring_do_not_make_a_note_vanish() -> None:
    [note] = notes([edit(1, parents=[2]), edit(2, parents=[1])])
    assert {head.text for head in note.heads} == {"Kalimat 1.", "Kalimat 2."}


@dataclass
class Writer:
    """Somebody with an own copy: what they have seen, and what waits to be sent."""

    seen: dict[UUID, Edit] = field(default_factory=dict)
    waiting: list[Edit] = field(default_factory=list)

    def stands(self, note_id: UUID) -> Note | None:
        return next((note for note in notes(self.seen.values()) if note.id == note_id), None)


WRITERS, NOTES = 4, 3
ACTS = st.sampled_from(["write", "write", "sync", "cut", "again"])
STEP = st.tuples(st.integers(0, WRITERS - 1), ACTS, st.integers(1, NOTES))


@given(st.lists(STEP, max_size=60), st.randoms(use_true_random=False))
def test_four_writers_with_a_cut_network_lose_no_sentence(steps: list[tuple[int, str, int]], random: Random) -> None:
    """Each adds a sentence to what they see. In the end every sentence stands in what the notes say, or beside it."""
    server: dict[UUID, Edit] = {}
    writers, said, number = [Writer() for _ in range(WRITERS)], [], 0
    for who, act, note in steps:
        writer = writers[who]
        if act == "write":
            number += 1
            there = writer.stands(UUID(int=note))
            before = joined(there).text if there and there.in_conflict else there.edit.text if there else ""
            said.append(f"<{number}>")
            fresh = edit(number, note, text=before + said[-1])
            fresh = replace(fresh, parents=there.parents if there else frozenset())
            writer.seen[fresh.id] = fresh
            writer.waiting.append(fresh)
        elif act == "again" and writer.waiting:  # sent, but the answer was lost: it will be sent once more
            server.setdefault(writer.waiting[0].id, writer.waiting[0])
        elif act == "sync":
            for one in writer.waiting:
                server.setdefault(one.id, one)
            writer.waiting, writer.seen = [], {**writer.seen, **server}
    for writer in writers:
        for one in writer.waiting:
            server.setdefault(one.id, one)
    edits = list(server.values())
    random.shuffle(edits)
    stands = notes([*edits, *edits[: len(edits) // 2]])
    assert stands == notes(server.values()), "order and repetition change nothing"
    whole = " ".join(head.text for note in stands for head in note.heads)
    assert [one for one in said if one not in whole] == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 2**40)), max_size=80))
def test_a_place_is_always_between_its_neighbours(inserts: list[tuple[int, int]]) -> None:
    words: list[str] = []
    for at, drawn in inserts:
        at = min(at, len(words))
        before, after = (words[at - 1] if at else ""), (words[at] if at < len(words) else "")
        word = places.between(before, after, lambda below, drawn=drawn: drawn % below)  # type: ignore[misc]
        assert before < word
        assert not after or word < after
        words.insert(at, word)
    assert words == sorted(words)


def test_places_stay_short_where_people_write_on_and_never_clash_with_themselves() -> None:
    draw = Random(1).randrange
    words = [""]
    for _ in range(500):
        words.append(places.between(words[-1], "", draw))
    assert max(map(len, words)) <= places.SHORTEST
    last = places.between(words[-1], "", draw)
    inside = [words[-1]]
    for _ in range(300):
        inside.append(places.between(inside[-1], last, draw))
    assert max(map(len, inside)) <= 2 * places.SHORTEST
    assert places.between("abc", "abc", draw) > "abc"
    assert len(places.between("z" * places.LONGEST, "", draw)) == places.LONGEST


def test_what_stands_in_the_way() -> None:
    good, conflict = notes([edit(1)]), notes([edit(1), edit(2)])
    assert reviewing(State.DRAFT, ()) is Hindrance.EMPTY
    assert reviewing(State.DRAFT, conflict) is Hindrance.CONFLICT
    assert reviewing(State.APPROVED, good) is Hindrance.LOCKED
    assert reviewing(State.DRAFT, good) is None
    named, reviewed = Signing("Pimpinan", "Notulis"), State.REVIEWED
    assert approving(reviewed, good, named, read="a", now="a") is None
    assert approving(reviewed, good, named, read="a", now="b") is Hindrance.CHANGED
    assert approving(State.DRAFT, good, named, read="a", now="a") is Hindrance.NOT_REVIEWED
    assert approving(reviewed, good, Signing("Pimpinan", ""), read="a", now="a") is Hindrance.NOBODY_SIGNS
    assert after_edit(State.APPROVED) is None
    assert after_edit(State.REVIEWED) is State.DRAFT


def content() -> Content:
    head = Head(
        "Rakornas", "Sesi 2", "Standar", date(2026, 11, 24), "Asia/Jakarta", AT, None, "Bogor",
        Signer("Pimpinan Contoh", "Ketua", "Pembina, IV/a", "198609262015051001"), Signer(), Signer("Notulis Contoh"),
        Presence(10, 4, 2, 1, AT),
    )  # fmt: skip
    lines = [Line(UUID(int=one), NoteKind.QUESTION, "Penanya", "Asmat", f"Kalimat {one}.") for one in (1, 2, 3)]
    return Content(head, tuple(lines), (Conclusion(1, "Keputusan", "Setuju."),))


def test_what_is_kept_is_read_back_and_every_difference_is_named() -> None:
    first = content()
    assert read(written(first)) == first
    assert not differences(first, first)
    one, two, three = first.lines
    told = replace(two, text="Lain.")
    added = replace(three, note_id=UUID(int=4))
    found = differences(first, replace(first, head=replace(first.head, place="Bandung"), lines=(told, one, added)))
    assert found.added == (added,)
    assert found.removed == (three,)
    assert found.changed == ((two, told),)
    assert found.head == (("place", "Bogor", "Bandung"),)
    assert found.moved
    assert not found.conclusions


def test_the_fingerprint_is_of_what_is_said() -> None:
    first = content()
    head = first.head
    assert head.presence is not None
    later = replace(head, presence=replace(head.presence, counted_at=AT + timedelta(hours=1)))
    assert fingerprint(replace(first, head=later)) == fingerprint(first)
    without = replace(head, chair=replace(head.chair, nip=""))
    assert fingerprint(replace(first, head=without)) == fingerprint(first), "a number nobody can guess back from it"
    assert fingerprint(replace(first, lines=first.lines[:2])) != fingerprint(first)
    more = replace(head, presence=replace(head.presence, seats_present=5))
    assert fingerprint(replace(first, head=more)) != fingerprint(first)


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_words(state: State) -> None:
    from rakor.minutes.notes_words import HINDRANCES, KINDS, STATES

    assert STATES[state][0]
    assert set(HINDRANCES) == set(Hindrance)
    assert set(KINDS) == set(NoteKind)
