"""What a coordinator should look at, and what may be decided about it; pure.

Every decision is one more fact: nothing is changed and nothing is deleted, so it can be taken back by another.
"""

from enum import StrEnum

from rakor.attendance.rules.words import Flag, Hold


class Matter(StrEnum):
    """One kind of thing to look at, in the order of the page."""

    SHARED = "shared"  # one ticket at two desks, sooner than a person walks
    DUPLICATE = "duplicate"  # came in while inside
    STALE = "stale"  # let in by a desk that could not know that the ticket was dead
    REFUSED = "refused"  # a dead ticket was shown
    MANUAL = "manual"  # let in by hand, or by insisting
    UNCERTAIN = "uncertain"  # the time is a guess
    UNKNOWN = "unknown"  # a good code that nobody knows
    HELD = "held"  # records in quarantine


FLAGS: dict[Matter, tuple[Flag, ...]] = {
    Matter.SHARED: (Flag.SUSPECT_SHARED,),
    Matter.STALE: (Flag.STALE,),
    Matter.REFUSED: (Flag.REFUSED,),
    Matter.MANUAL: (Flag.MANUAL, Flag.OVERRIDE),
    Matter.UNCERTAIN: (Flag.TIME_UNCERTAIN, Flag.OFF_THE_DAYS, Flag.ORPHAN_OUT),
}
"""Which flags of a presence make a matter; duplicates are counted instead."""


class Decision(StrEnum):
    """What a coordinator may decide."""

    VOID = "void"  # this scan does not count
    RESTORE = "restore"  # it counts after all
    REVIEW = "review"  # looked at; it stands as it is
    RESOLVE = "resolve"  # this unknown code is that person's
    DISMISS = "dismiss"  # this unknown code is nobody's
    ACCEPT = "accept"  # these held records count
    REJECT = "reject"  # these held records do not


class Outcome(StrEnum):
    """What became of a decision."""

    DONE = "done"
    NOTHING = "nothing"  # it was decided like this before
    IMPOSSIBLE = "impossible"  # this cannot be accepted, only laid aside


ACCEPTABLE = frozenset({Hold.DEVICE, Hold.CONFLICT, Hold.CHECKPOINT})
"""Records that can be read, and whose only trouble is one that a person may overrule."""
