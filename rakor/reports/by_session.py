"""How many seats were present on each day and in each session: one query, whatever the number of sessions."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, case, func, literal, select

from rakor.attendance.models import PresenceRow
from rakor.attendance.rules.words import FROM_AFAR
from rakor.db import db
from rakor.reports.rules import Spot
from rakor.reports.store import living, present_at, running_holding
from rakor.seats.models import Holding, Seat

WORD = 60
"""How many checkpoints one number tells of: both databases count in signed 64 bits."""


def session_seats(
    event_id: UUID, spots: Sequence[Spot], office_ids: Collection[UUID] | None
) -> dict[date | UUID, tuple[int, int]]:
    """Return the seats present on each day and in each session, and how many of them at the place; one query.

    ``office_ids`` are the offices whose seats count; None: all. The checkpoints where somebody was travel as bits of
    numbers, and seats with the same ones together: grouped by day and by session, each person would be sorted twice.
    """
    words = [spots[start : start + WORD] for start in range(0, len(spots), WORD)]
    if not words:
        return {}
    there = (
        select(
            PresenceRow.registration_id,
            *(_bits(word).label(f"ever_{number}") for number, word in enumerate(words)),
            *(_bits(word, onsite=True).label(f"onsite_{number}") for number, word in enumerate(words)),
        )
        .where(present_at(event_id, [spot.id for spot in spots]))
        .group_by(PresenceRow.registration_id)
        .cte("there")
    )
    ever, onsite = ([there.c[f"{name}_{number}"] for number in range(len(words))] for name in ("ever", "onsite"))
    query = (
        select(func.count(), *ever, *onsite)
        .select_from(Seat)
        .join(Holding, running_holding())
        .join(there, there.c.registration_id == Holding.registration_id)
        .where(*living(event_id))
        .group_by(*ever, *onsite)
    )
    if office_ids is not None:
        query = query.where(Seat.office_id.in_(office_ids))
    found: dict[date | UUID, tuple[int, int]] = {}
    for seats, *numbers in db.session.execute(query):
        of_ever, of_onsite = (_parts(words, some) for some in (numbers[: len(words)], numbers[len(words) :]))
        for part in of_ever:
            counted, at_place = found.get(part, (0, 0))
            found[part] = counted + seats, at_place + (seats if part in of_onsite else 0)
    return found


def _bits(word: Sequence[Spot], *, onsite: bool = False) -> ColumnElement[int]:
    """The sum of a bit for each checkpoint of somebody's presence; of those at the place itself alone."""
    bit = case(
        {spot.id: literal(1 << place, BigInteger) for place, spot in enumerate(word)},
        value=PresenceRow.checkpoint_id,
        else_=literal(0, BigInteger),
    )
    return func.sum(case((PresenceRow.first_source.in_(FROM_AFAR), 0), else_=bit) if onsite else bit)


def _parts(words: Sequence[Sequence[Spot]], numbers: Sequence[int]) -> set[date | UUID]:
    """The days and sessions whose checkpoints' bits are set."""
    of_word = zip(words, numbers, strict=True)
    spots = [spot for word, number in of_word for place, spot in enumerate(word) if int(number) >> place & 1]
    return {spot.held_on for spot in spots} | {spot.item_id for spot in spots if spot.item_id}
