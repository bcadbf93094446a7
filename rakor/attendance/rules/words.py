"""The closed lists of attendance; one word goes from the rule to the table, the wire and the template."""

from enum import StrEnum


class Kind(StrEnum):
    """What a fact says."""

    TICKET = "ticket"  # a code was shown
    MANUAL = "manual"  # a person insists without a good code; needs a reason, to be reconciled
    WALK_IN = "walk_in"  # a guest without an invitation
    VOID = "void"  # its target does not count
    RESTORE = "restore"  # its target counts after all
    REVIEW = "review"  # a person looked at somebody's marks here and lets them stand; it changes no presence
    ACCEPT = "accept"  # a person says that a record in quarantine counts; the record enters beside it as a fact
    REJECT = "reject"  # a person says that it does not; an acceptance goes before it
    CLOCK = "clock"  # what the server's clock said when a device's clocks said this
    HANDOVER = "handover"  # another person stands at this desk from here on
    HELP = "help"  # the one who showed this code is sent to the help desk; a void of it says that the case is closed


MARKS = frozenset({Kind.TICKET, Kind.MANUAL, Kind.WALK_IN})


class Source(StrEnum):
    """By which means presence was stated (domain.md §2.7)."""

    DESK_SCAN = "desk_scan"
    SELF_SCAN = "self_scan"
    CODE_WORD = "code_word"
    LINK = "link"
    ZOOM = "zoom"
    VIEWING_GROUP = "viewing_group"
    MANUAL = "manual"
    AUTO = "auto"  # the close of the intervals left open when a session ended


FROM_AFAR = frozenset({Source.LINK, Source.ZOOM, Source.VIEWING_GROUP, Source.CODE_WORD})
"""Presence that never came through a door."""


class Direction(StrEnum):
    """Coming or going."""

    IN = "in"
    OUT = "out"


class PlaceKind(StrEnum):
    """What is taken at a checkpoint. A day's presence is taken at its registration, its own door, or a session's."""

    DAY = "day"
    REGISTRATION = "registration"
    SESSION = "session"
    MEAL = "meal"
    KIT = "kit"


HANDED_OUT = frozenset({PlaceKind.MEAL, PlaceKind.KIT})
"""Taken once by somebody who is there anyway: it says nothing about the presence on a day."""


class Status(StrEnum):
    """What the server did with a record; a quarantined one waits for a person and counts for nothing."""

    STORED = "stored"
    DUPLICATE = "duplicate"  # only an answer: the record was there already
    QUARANTINED = "quarantined"


class Hold(StrEnum):
    """Why a record waits in quarantine."""

    UNREADABLE = "unreadable"  # not the shape of a record
    CONFLICT = "conflict"  # its scan id is taken by other facts
    CHECKPOINT = "checkpoint"  # of no checkpoint of this event
    DEVICE = "device"  # the device was revoked, or its time was over
    FOREIGN = "foreign"  # it rules on a fact of another event


class Flag(StrEnum):
    """What a coordinator should see about a presence. A flag never takes presence away."""

    SUSPECT_SHARED = "suspect_shared"
    STALE = "stale"
    OVERRIDE = "override"
    REFUSED = "refused"
    ORPHAN_OUT = "orphan_out"
    AUTO = "auto"
    OLD_EPOCH = "old_epoch"
    TIME_UNCERTAIN = "time_uncertain"
    OFF_THE_DAYS = "off_the_days"  # at a moment that the event cannot have had
    MANUAL = "manual"
    WALK_IN = "walk_in"


class Verdict(StrEnum):
    """What the desk shows for a record, in the words of design.md §3."""

    IN = "in"  # MASUK
    ALREADY = "already"  # SUDAH MASUK, when and where
    OUT = "out"  # KELUAR
    CHECK = "check"  # PERIKSA IDENTITAS: the device does not know this code yet
    UNKNOWN = "unknown"  # PERIKSA IDENTITAS: the server does not know it either
    OTHER_EVENT = "other_event"  # BUKAN ACARA INI, and nothing else
    OTHER_DESK = "other_desk"  # MEJA LAIN: the ticket belongs to the desk of the number that is named
    NOT_ADMITTED = "not_admitted"  # JANGAN LANJUT: only known tickets are let in
    OLD_CARD = "old_card"  # JANGAN LANJUT: kartu lama
    REVOKED = "revoked"  # JANGAN LANJUT: tiket dicabut
    HELD = "held"  # JANGAN LANJUT: stored, but in quarantine
    RECORDED = "recorded"  # a void, a restore, a clock: nothing to show
