"""The verdict a desk shows when a record is first received. It is kept with the fact and never feeds the
reducer.
"""

from uuid import UUID

from rakor.attendance.rules.facts import Fact, Presence, Ticket
from rakor.attendance.rules.words import MARKS, Direction, Kind, Verdict
from rakor.events.rules import Admission


def judge(
    fact: Fact,
    ticket: Ticket | None,
    prior: Presence,
    event_id: UUID,
    admission: Admission = Admission.OPEN,
    *,
    elsewhere: bool = False,
) -> Verdict:
    """Return what to show for ``fact`` at event ``event_id``.

    ``ticket`` is what the fact's ref finds in the whole installation; ``prior`` is the presence by the facts
    received before this one, so of two simultaneous scans exactly one reads "masuk" whatever their clocks
    say. ``elsewhere``: the ticket belongs to another desk (``owned``), so this one lets nobody in by it.
    """
    if fact.kind not in MARKS:
        return Verdict.RECORDED
    if ticket is None and fact.registration_id is None:
        return Verdict.IN if fact.kind is Kind.WALK_IN else unknown(admission, elsewhere=elsewhere)
    if ticket is not None and ticket.event_id != event_id:
        return Verdict.OTHER_EVENT
    dead = fact.kind is Kind.TICKET and ticket is not None and ticket.revoked_seq is not None
    if dead and (not fact.override or admission is Admission.STRICT):
        return Verdict.OLD_CARD if ticket is not None and ticket.replaced else Verdict.REVOKED
    if fact.kind is not Kind.TICKET and admission is Admission.STRICT:
        return Verdict.NOT_ADMITTED
    if fact.direction is Direction.OUT:
        return Verdict.OUT
    if elsewhere and not fact.override:
        return Verdict.OTHER_DESK
    return Verdict.ALREADY if prior.inside else Verdict.IN


def unknown(admission: Admission, *, elsewhere: bool = False, word: Verdict = Verdict.UNKNOWN) -> Verdict:
    """Return what to show for a code that nobody knows here; ``word`` where the event lets such people in."""
    if elsewhere:
        return Verdict.OTHER_DESK
    return Verdict.NOT_ADMITTED if admission is Admission.STRICT else word
