"""The table of check-in.md §6, row by row, with answers written by hand."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from rakor.attendance.rules.facts import Fact, Presence, Ticket
from rakor.attendance.rules.reducer import reduce, reduce_all
from rakor.attendance.rules.words import Direction, Flag, Kind, Source
from rakor.events.rules import Admission
from tests.attendance.histories import CHECKPOINTS, DEVICES, EVENT, PEOPLE, START

REF = b"r" * 12
LIVE = Ticket(REF, EVENT, PEOPLE[0])
DEAD = LIVE._replace(revoked_seq=50)
DESK_1, DESK_2 = DEVICES[:2]


def scan(number: int, seconds: float, device: UUID = DESK_1, **more: Any) -> Fact:
    """A scan in a segment-less device log: its wall clock is taken as right."""
    base: dict[str, Any] = {
        "scan_id": UUID(int=number),
        "kind": Kind.TICKET,
        "wall_at": START + timedelta(seconds=seconds),
        "checkpoint_id": CHECKPOINTS[0],
        "device_id": device,
        "device_seq": number,
        "ref": REF,
        "roster_seq": 99,
    }
    return Fact(**(base | more))


def ruling(number: int, seconds: float, target: Fact, kind: Kind = Kind.VOID) -> Fact:
    at = START + timedelta(seconds=seconds)
    return Fact(UUID(int=number), kind, at, target_id=target.scan_id, device_seq=number)


def reduced(*facts: Fact, ticket: Ticket = LIVE, admission: Admission = Admission.OPEN) -> Presence:
    return reduce(facts, {ticket.ref: ticket}, admission)


def test_one_scan_is_present_since_then() -> None:
    found = reduced(scan(1, 0))
    assert (found.present, found.inside, found.first_in_at) == (True, True, START)
    assert found.flags == frozenset()


def test_two_desks_offline_the_earlier_is_in_and_the_later_a_duplicate() -> None:
    found = reduced(scan(1, 700, DESK_1), scan(2, 0, DESK_2))
    assert found.first_in_at == START
    assert found.duplicates == (UUID(int=1),)
    assert Flag.SUSPECT_SHARED not in found.flags


def test_two_desks_too_close_in_time_are_suspected() -> None:
    assert reduced(scan(1, 0, DESK_1), scan(2, 60, DESK_2)).flags == {Flag.SUSPECT_SHARED}


def test_a_double_beep_is_one_scan_and_the_eleventh_second_is_a_duplicate() -> None:
    assert reduced(scan(1, 0), scan(2, 10)).duplicates == ()
    assert reduced(scan(1, 0), scan(2, 10.001)).duplicates == (UUID(int=2),)


def test_a_beep_after_going_out_is_a_new_stay() -> None:
    found = reduced(scan(1, 0), scan(2, 4, direction=Direction.OUT), scan(3, 8))
    assert len(found.intervals) == 2
    assert found.inside


def test_revoked_while_the_device_could_not_know_is_stale_and_counts_by_policy() -> None:
    fact = scan(1, 0, roster_seq=49)
    assert reduced(fact, ticket=DEAD).flags == {Flag.STALE}
    assert reduced(fact, ticket=DEAD).present
    assert not reduced(fact, ticket=DEAD, admission=Admission.STRICT).present


def test_revoked_and_known_is_refused_unless_somebody_overrode() -> None:
    fact = scan(1, 0, roster_seq=50)
    refused = reduced(fact, ticket=DEAD)
    assert (refused.present, refused.flags, refused.refused) == (False, {Flag.REFUSED}, {fact.scan_id})
    overridden = reduced(fact._replace(override=True), ticket=DEAD)
    assert (overridden.present, overridden.flags) == (True, {Flag.OVERRIDE})


def test_a_ticket_shown_before_it_was_revoked_stays_good() -> None:
    later = DEAD._replace(revoked_at=START + timedelta(hours=1), replaced=True)
    for admission in Admission:
        found = reduced(scan(1, 0, roster_seq=10), ticket=later, admission=admission)
        assert (found.present, found.flags) == (True, frozenset())


def test_an_old_code_is_flagged() -> None:
    found = reduced(scan(1, 0, roster_seq=0, in_roster=False), ticket=DEAD._replace(replaced=True))
    assert found.flags == {Flag.OLD_EPOCH, Flag.STALE}


def test_an_out_before_the_in_waits_and_pairs_by_itself() -> None:
    out = scan(2, 60, direction=Direction.OUT)
    alone = reduced(out)
    assert (alone.present, alone.flags, alone.orphan_outs) == (False, {Flag.ORPHAN_OUT}, (out.scan_id,))
    paired = reduced(out, scan(1, 0))
    assert paired.flags == frozenset()
    assert paired.last_out_at == START + timedelta(seconds=60)


def test_an_interval_closed_by_the_end_of_the_session_is_marked() -> None:
    close = Fact(
        UUID(int=9),
        Kind.TICKET,
        START + timedelta(hours=2),
        checkpoint_id=CHECKPOINTS[0],
        registration_id=PEOPLE[0],
        source=Source.AUTO,
        direction=Direction.OUT,
    )
    found = reduced(scan(1, 0), close)
    assert found.flags == {Flag.AUTO}
    assert found.intervals[0].auto
    assert found.present


def test_a_merged_session_and_merged_people_are_one_presence() -> None:
    first = scan(1, 0)
    other = Ticket(b"o" * 12, EVENT, PEOPLE[1])
    second = scan(2, 900, ref=other.ref, checkpoint_id=CHECKPOINTS[1])
    aliases = {PEOPLE[1]: PEOPLE[0], CHECKPOINTS[1]: CHECKPOINTS[0]}
    found = reduce_all([first, second], {REF: LIVE, other.ref: other}, aliases=aliases)
    assert list(found) == [(PEOPLE[0], CHECKPOINTS[0])]
    assert found[PEOPLE[0], CHECKPOINTS[0]].duplicates == (second.scan_id,)


def test_an_unknown_code_makes_nobody_present() -> None:
    assert reduce_all([scan(1, 0, ref=b"unknown code")], {REF: LIVE}) == {}


def test_a_manual_mark_counts_but_not_under_strict_until_it_is_restored() -> None:
    mark = scan(1, 0, kind=Kind.MANUAL)
    assert reduced(mark).flags == {Flag.MANUAL}
    assert reduced(mark).present
    assert not reduced(mark, admission=Admission.STRICT).present
    assert reduced(mark, ruling(2, 9, mark, Kind.RESTORE), admission=Admission.STRICT).present


def test_a_void_wins_whatever_the_order_and_a_later_restore_wins_over_it() -> None:
    mark = scan(1, 0)
    assert not reduced(mark, ruling(2, -60, mark)).present
    assert reduced(mark, ruling(2, 60, mark)).voided == {mark.scan_id}
    assert reduced(mark, ruling(2, 60, mark), ruling(3, 61, mark, Kind.RESTORE)).present
    assert not reduced(mark, ruling(2, 60, mark), ruling(3, 59, mark, Kind.RESTORE)).present
    assert not reduced(mark, ruling(2, 60, mark), ruling(3, 60, mark, Kind.RESTORE)).present


def clock(number: int, seconds: float, mono_ms: int, rtt_ms: int, segment: UUID, skew: float = 0) -> Fact:
    server_at = START + timedelta(seconds=seconds)
    return Fact(
        UUID(int=number),
        Kind.CLOCK,
        server_at + timedelta(seconds=skew),
        device_id=DESK_1,
        device_seq=number,
        segment=segment,
        mono_ms=mono_ms,
        server_at=server_at,
        rtt_ms=rtt_ms,
    )


def test_time_is_corrected_by_the_surest_clock_record_of_the_segment() -> None:
    segment = UUID(int=0x51)
    wrong_clock = scan(1, 86_400, segment=segment, mono_ms=70_000)
    unsure = clock(2, 5, 10_000, 900, segment)
    sure = clock(3, 20, 30_000, 40, segment)
    found = reduced(wrong_clock, unsure, sure)
    assert found.first_in_at == START + timedelta(seconds=60)
    assert found.flags == frozenset()


def test_another_segment_corrects_the_skew_but_only_as_a_guess() -> None:
    met, lost = UUID(int=0x51), UUID(int=0x52)
    fact = scan(1, 3_700, segment=lost, mono_ms=5)
    found = reduced(fact, clock(2, 0, 10_000, 40, met, skew=3_600))
    assert found.first_in_at == START + timedelta(seconds=100)
    assert found.flags == {Flag.TIME_UNCERTAIN}
    assert reduced(fact).first_in_at == fact.wall_at


def test_an_uncertain_clock_accuses_nobody() -> None:
    lost = scan(1, 0, DESK_1, segment=UUID(int=0x52), mono_ms=5)
    assert reduced(lost, scan(2, 60, DESK_2)).flags == {Flag.TIME_UNCERTAIN}
