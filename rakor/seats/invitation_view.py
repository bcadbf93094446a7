"""What the page "Undangan" shows: the matrix, what it would give by level and province, and whom it would change."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor.events import store as events
from rakor.events.models import Event, EventRole
from rakor.events.rules import RoleGroup
from rakor.offices import store as offices
from rakor.offices.rules import OfficeLevel
from rakor.offices.words import LEVELS, LEVELS_COUNTED
from rakor.regions.rules import reference
from rakor.registrations.entry import MODES
from rakor.registrations.rules import Mode
from rakor.seats import store
from rakor.seats.matrix import BOTH, Matrix
from rakor.seats.paged import Paged
from rakor.seats.rules import Choice, Expansion, SeatCounts, count_seats
from rakor.seats.store import SeatLine
from rakor.seats.store.exceptions import ExceptionLine, exceptions, exemptions
from rakor.seats.words import CHOICES, READY_SETS
from rakor.web.locale import number

NAMED = 30
MOST_AT_ONCE = 100  # each seat taken back ends a ticket under the event's turn: the desks must not wait for long


@dataclass(frozen=True)
class ChangeLine:
    """One role: how many seats come, go, and stay."""

    role: str
    added: int
    removed: int
    kept: int


def page(event: Event, matrix: Matrix) -> dict[str, Any]:
    """Return what the template needs beside the event."""
    rules_now, invited = store.rules_of(event.id), store.invited_offices(event)
    counts = count_seats(rules_now, invited, exemptions(event.id))
    others = Paged(exceptions(event.id))
    found = store.expansion(event)
    lines = store.seats_with_holders(event.id) if found.changes_an_invitation else []
    of_level = Counter(office.level for office in invited)
    return {
        "matrix": matrix,
        "levels": levels(event),
        "level_words": LEVELS,
        "office_counts": of_level,
        "modes": mode_choices(event),
        "asks_modes": len(MODES[event.mode]) > 1,
        "ready_sets": READY_SETS,
        "counts": counts,
        "sum_words": sum_words(counts),
        "provinces": [(_province(code), seats) for code, seats in counts.provinces],
        "expansion": found,
        "changes": _changes(event, found, lines),
        "removed": [line for line in lines if line.seat_id in set(found.removed)],
        "named": NAMED,
        "most_at_once": MOST_AT_ONCE,
        "narrowed": narrowed(found, lines),
        "orphans": [line for line in lines if line.seat_id in set(found.orphaned)],
        "exceptions": others,
        "rule_quotas": {(rule.level, rule.role_id): rule.quota for rule in rules_now},
    }


def counted(event: Event) -> SeatCounts:
    """What the stored rules and exceptions give."""
    return count_seats(store.rules_of(event.id), store.invited_offices(event), exemptions(event.id))


def orphans(event: Event) -> list[SeatLine]:
    """The seats with an answer that no rule asks for any more, in protocol order."""
    gone = set(store.expansion(event).orphaned)
    return [line for line in store.seats_with_holders(event.id) if line.seat_id in gone] if gone else []


def narrowed(found: Expansion, lines: list[SeatLine]) -> list[tuple[SeatLine, tuple[Mode, ...]]]:
    """The seats whose ways of following change, with the new ways; those whose holder has chosen another one first."""
    new = dict(found.changed)
    changed = [(line, new[line.seat_id]) for line in lines if line.seat_id in new]
    return sorted(changed, key=lambda one: one[0].mode is None or one[0].mode in one[1])


def touched(event: Event) -> list[tuple[LazyString, SeatLine]]:
    """Every seat that is there and that "Buat undangan" changes or leaves to a decision, with what happens to it."""
    found = store.expansion(event)
    said = {
        **dict.fromkeys(found.removed, _l("ditarik, belum dijawab")),
        **dict.fromkeys(found.orphaned, _l("perlu keputusan")),
        **dict.fromkeys((seat_id for seat_id, _modes in found.changed), _l("cara mengikuti berganti")),
    }
    lines = store.seats_with_holders(event.id) if said else []
    return [(said[line.seat_id], line) for line in lines if line.seat_id in said]


def roles(event: Event) -> list[EventRole]:
    """The roles that offices can be invited as, in protocol order."""
    return [role for role in events.roles(event.id) if role.group is RoleGroup.PARTICIPANT]


def levels(event: Event) -> list[OfficeLevel]:
    """The levels at which the event's institution has offices."""
    counts = offices.level_counts(event.institution_id)
    return [level for level in OfficeLevel if counts.get(level)]


def mode_choices(event: Event) -> list[tuple[str, str]]:
    """The ways of following that a seat may allow, for a drop-down."""
    each = [(str(mode), str(CHOICES[Choice(mode)])) for mode in MODES[event.mode]]
    return [(BOTH, str(_("Luring atau daring"))), *each]


def sum_words(counts: SeatCounts) -> str:
    """ "34 provinsi × 5 + 514 kabupaten/kota × 5 = 2.740 kursi"; exceptions stand apart ("+ 3 pengecualian")."""
    parts = " + ".join(
        f"{number(level.office_count)} {LEVELS_COUNTED[level.level]} × {number(level.per_office)}"
        for level in counts.levels
    )
    if counts.exempt:
        sign = "+" if counts.exempt > 0 else "−"
        parts += f" {sign} {_('%(n)s karena pengecualian', n=number(abs(counts.exempt)))}"
    return str(_("%(parts)s = %(n)s kursi", parts=parts, n=number(counts.total)))


def _changes(event: Event, found: Expansion, lines: list[SeatLine]) -> list[ChangeLine]:
    """By role, once there were seats before: the first invitation is all new and needs no such table."""
    if not lines:
        return []
    names = {role.id: role.name for role in events.roles(event.id)}
    removed = set(found.removed)
    added: Counter[str] = Counter(names[place.role_id] for place in found.added)
    gone = Counter(line.role for line in lines if line.seat_id in removed)
    kept = Counter(line.role for line in lines if line.seat_id not in removed)
    moved = [name for name in names.values() if added[name] or gone[name]]
    return [ChangeLine(name, added[name], gone[name], kept[name]) for name in moved]


def _province(code: str | None) -> str:
    return reference().province(code).short_name if code else str(_("Pusat"))


__all__ = ["ExceptionLine", "levels", "mode_choices", "page", "roles", "sum_words"]
