"""The reducer of check-in.md §6: a set of facts in, presence out. Order, batches and repeats cannot matter."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from rakor.attendance.rules.clocks import Clocks
from rakor.attendance.rules.facts import Fact, Interval, Moment, Presence, Ticket
from rakor.attendance.rules.words import MARKS, Direction, Flag, Kind, Source
from rakor.events.rules import Admission

DOUBLE_BEEP = timedelta(seconds=10)
TOO_CLOSE = timedelta(minutes=3)
NO_DEVICE = -1
Days = tuple[datetime, datetime]
ALWAYS: Days = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
Tickets = Mapping[bytes, Ticket]
Aliases = Mapping[UUID, UUID]
Key = tuple[UUID, UUID]
Scans = tuple[UUID, ...]


class _Mark(NamedTuple):
    """A fact that counts, in the order of the reducer: corrected time, then device, then its sequence."""

    at: datetime
    device: int  # the device's id; ids compare as their texts do
    device_seq: int
    scan_id: UUID
    fact: Fact
    moment: Moment


def reduce(
    facts: Iterable[Fact],
    tickets: Tickets,
    admission: Admission = Admission.OPEN,
    clocks: Clocks | None = None,
    days: Days = ALWAYS,
) -> Presence:
    """Return what ``facts`` say about one registration at one checkpoint.

    ``facts`` hold its marks, every void and restore that names one of them, and the clock records of the devices,
    unless ``clocks`` brings them; a mark outside of ``days`` is flagged. Quarantined facts are left out by the caller.
    Equal facts count once.
    """
    known = _once(list(facts))
    clocks = clocks or Clocks(known)
    made = [fact for fact in known if fact.kind in MARKS]
    ruled = _rulings(known, clocks) if len(made) < len(known) else {}
    voided = {fact.scan_id for fact in made if ruled.get(fact.scan_id) is Kind.VOID} if ruled else set()
    marks: list[_Mark] = []
    flags: set[Flag] = set()
    refused: set[UUID] = set()
    for fact in made:
        if voided and fact.scan_id in voided:
            continue
        moment = clocks.moment(fact)
        counts, raised = standing(fact, _ticket(fact, tickets), moment, admission)
        flags |= raised
        if not days[0] <= moment.at < days[1]:
            flags.add(Flag.OFF_THE_DAYS)
        if not counts and ruled.get(fact.scan_id) is not Kind.RESTORE:
            refused.add(fact.scan_id)
            continue
        device = NO_DEVICE if fact.device_id is None else fact.device_id.int
        marks.append(_Mark(moment.at, device, fact.device_seq, fact.scan_id, fact, moment))
    if refused:
        flags.add(Flag.REFUSED)
    ordered = _collapsed(sorted(marks)) if len(marks) > 1 else marks
    intervals, duplicates, orphans = _walk(ordered)
    flags |= _seen(ordered, intervals, orphans)
    return Presence(intervals, duplicates, frozenset(flags), frozenset(voided), frozenset(refused), orphans)


def _once(facts: Sequence[Fact]) -> Collection[Fact]:
    return facts if len(facts) < 2 else {fact.scan_id: fact for fact in facts}.values()


def reduce_all(
    facts: Iterable[Fact],
    tickets: Tickets,
    admission: Admission = Admission.OPEN,
    aliases: Aliases | None = None,
    days: Days = ALWAYS,
) -> dict[Key, Presence]:
    """Return the presence of every (registration, checkpoint) that ``facts`` name, merged ones under their
    alias.

    Facts that name nobody (an unknown code, a clock) are in no presence; other code lists them.
    """
    known, alias = {fact.scan_id: fact for fact in facts}.values(), aliases or {}
    shared = [fact for fact in known if fact.kind not in MARKS]
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in known:
        person = person_of(fact, tickets)
        if fact.kind in MARKS and person is not None and fact.checkpoint_id is not None:
            groups[named(person, alias), named(fact.checkpoint_id, alias)].append(fact)
    return {
        key: reduce([*marks, *_about(marks, shared)], tickets, admission, days=days) for key, marks in groups.items()
    }


def touched(new: Iterable[Fact], known: Iterable[Fact], tickets: Tickets, aliases: Aliases) -> set[Key]:
    """Return the keys whose presence may change when ``new`` joins ``known`` (which holds ``new`` already).

    A mark touches its own key; a ruling its target's; a clock record every key with a mark, or a ruling, of
    its device.
    """
    fresh = list(new)
    clocked = {fact.device_id for fact in fresh if fact.kind is Kind.CLOCK}
    ids = {fact.target_id for fact in fresh if fact.target_id is not None}
    keys = _keys((fact for fact in fresh if fact.kind in MARKS), tickets, aliases)
    if not clocked and not ids:
        return keys
    everything = list(known)
    ids |= {f.target_id for f in everything if f.device_id in clocked and f.target_id is not None}
    marks = (f for f in everything if f.kind in MARKS and (f.scan_id in ids or f.device_id in clocked))
    return keys | _keys(marks, tickets, aliases)


def _keys(marks: Iterable[Fact], tickets: Tickets, aliases: Aliases) -> set[Key]:
    """Return whose presence at which checkpoint the marks are about."""
    keys = set()
    for mark in marks:
        person = person_of(mark, tickets)
        if person is not None and mark.checkpoint_id is not None:
            keys.add((named(person, aliases), named(mark.checkpoint_id, aliases)))
    return keys


def _about(marks: list[Fact], shared: list[Fact]) -> list[Fact]:
    """Return the rulings on ``marks`` and the clock records of every device that made a mark or a ruling."""
    ids = {mark.scan_id for mark in marks}
    rulings = [fact for fact in shared if fact.kind is not Kind.CLOCK and fact.target_id in ids]
    devices = {fact.device_id for fact in (*marks, *rulings)}
    return [*rulings, *(f for f in shared if f.kind is Kind.CLOCK and f.device_id in devices)]


def person_of(fact: Fact, tickets: Tickets) -> UUID | None:
    """Return the registration a fact is about: its ticket's, or the one it names; None for an unknown code."""
    ticket = _ticket(fact, tickets)
    return ticket.registration_id if ticket else fact.registration_id


def named(thing: UUID, aliases: Aliases) -> UUID:
    """Follow merges to the last name of ``thing``; a circle of merges goes by its smallest member."""
    if not aliases:
        return thing
    path = [thing]
    while (following := aliases.get(path[-1])) is not None:
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]


def standing(fact: Fact, ticket: Ticket | None, moment: Moment, admission: Admission) -> tuple[bool, set[Flag]]:
    """Return whether a mark counts by itself, and its flags.

    A dead ticket that was surely shown while it lived is simply good. Otherwise ``roster_seq < revoked_seq``
    means the device could not know (stale); a device that could know let in by a named override or not at
    all.
    """
    flags = {Flag.TIME_UNCERTAIN} if moment.uncertain else set()
    if fact.kind is not Kind.TICKET:
        flags.add(Flag.MANUAL if fact.kind is Kind.MANUAL else Flag.WALK_IN)
        return admission is not Admission.STRICT, flags
    if ticket is None or ticket.revoked_seq is None or _shown_before(ticket, moment):
        return True, flags
    if ticket.replaced:
        flags.add(Flag.OLD_EPOCH)
    if fact.roster_seq < ticket.revoked_seq:
        return admission is not Admission.STRICT, flags | {Flag.STALE}
    if fact.override:
        return admission is not Admission.STRICT, flags | {Flag.OVERRIDE}
    return False, flags


def _shown_before(ticket: Ticket, moment: Moment) -> bool:
    return ticket.revoked_at is not None and not moment.uncertain and moment.at < ticket.revoked_at


def _ticket(fact: Fact, tickets: Tickets) -> Ticket | None:
    return tickets.get(fact.ref) if fact.ref is not None else None


def _rulings(known: Iterable[Fact], clocks: Clocks) -> dict[UUID, Kind]:
    """Return the last word on every scan that was voided or restored; at one moment a void wins."""
    last: dict[UUID, tuple[datetime, bool, str, int]] = {}
    for fact in known:
        if fact.kind not in (Kind.VOID, Kind.RESTORE) or fact.target_id is None:
            continue
        word = (clocks.moment(fact).at, fact.kind is Kind.VOID, str(fact.device_id or ""), fact.device_seq)
        last[fact.target_id] = max(last.get(fact.target_id, word), word)
    return {target: Kind.VOID if word[1] else Kind.RESTORE for target, word in last.items()}


def _collapsed(marks: list[_Mark]) -> list[_Mark]:
    """Drop double beeps: what a device says again, in the same direction, within ten seconds of what was
    kept.
    """
    kept: list[_Mark] = []
    last: dict[int, _Mark] = {}
    for mark in marks:
        before = last.get(mark.device)
        same_way = before is not None and before.fact.direction is mark.fact.direction
        if before is not None and same_way and mark.at - before.at <= DOUBLE_BEEP:
            continue
        last[mark.device] = mark
        kept.append(mark)
    return kept


def _walk(marks: list[_Mark]) -> tuple[tuple[Interval, ...], Scans, Scans]:
    """Pair comings and goings in order; return the stays, the duplicates, and the outs that nobody came in for."""
    intervals: list[Interval] = []
    duplicates: list[UUID] = []
    orphans: list[UUID] = []
    for mark in marks:
        inside = bool(intervals) and intervals[-1].end_at is None
        if mark.fact.direction is Direction.IN and inside:
            duplicates.append(mark.scan_id)
        elif mark.fact.direction is Direction.IN:
            intervals.append(Interval(mark.at, mark.scan_id, mark.fact.device_id))
        elif inside:
            auto = mark.fact.source is Source.AUTO
            intervals[-1] = intervals[-1]._replace(end_at=mark.at, auto=auto)
        elif mark.fact.source is Source.AUTO:
            continue  # everybody had gone before the session's end
        elif intervals and intervals[-1].auto:
            intervals[-1] = intervals[-1]._replace(end_at=mark.at, auto=False)  # who was seen going knows better
        else:
            orphans.append(mark.scan_id)
    return tuple(intervals), tuple(duplicates), tuple(orphans)


def _seen(marks: list[_Mark], intervals: tuple[Interval, ...], orphans: Scans) -> set[Flag]:
    flags = {Flag.ORPHAN_OUT} if orphans else set()
    if any(interval.auto for interval in intervals):
        flags.add(Flag.AUTO)
    if len(marks) > 1 and any(_shared(left, right) for left, right in pairwise(marks)):
        flags.add(Flag.SUSPECT_SHARED)
    return flags


def _shared(left: _Mark, right: _Mark) -> bool:
    """True where two desks saw one ticket sooner than a person walks; an uncertain clock accuses nobody."""
    both_came = left.fact.direction is Direction.IN and right.fact.direction is Direction.IN
    certain = not (left.moment.uncertain or right.moment.uncertain)
    return both_came and certain and left.device != right.device and right.at - left.at <= TOO_CLOSE
