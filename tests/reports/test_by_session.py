"""Seats present on each day and in each session, against a plain count of the same rows; on both databases."""

from collections import defaultdict
from datetime import date
from random import Random
from uuid import UUID

import pytest

from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import FROM_AFAR, PlaceKind, Source
from rakor.db import db, transaction
from rakor.events.models import EventDay
from rakor.reports import store
from rakor.reports.by_session import WORD, session_seats
from tests import make
from tests.cast import Cast

SESSIONS, PEOPLE = WORD + 12, 15


def spread(people: Cast, chance: Random) -> tuple[dict[UUID, int], UUID]:
    """More sessions than one number tells of, a meal, people on one seat, two and none; their seats, and an office."""
    role = make.role(people.event_id)
    offices = [make.office(people.institution_id, code=f"93{n:02}", name=f"Kantor {n}") for n in range(3)]
    days = list(db.session.query(EventDay).filter_by(event_id=people.event_id).order_by(EventDay.number))
    spots = [_spot(people.event_id, day.id, n) for n, day in enumerate(days)]
    for n in range(SESSIONS):
        day = chance.choice(days)
        item = make.item(people.event_id, day.id, title=f"Sesi {n}")
        spots.append(_spot(people.event_id, day.id, n, item_id=item.id, kind=PlaceKind.SESSION))
    meal = _spot(people.event_id, days[0].id, 99, kind=PlaceKind.MEAL)
    seats, number = dict[UUID, int](), 0
    for n in range(PEOPLE):
        person = make.registration(people.event_id, name=f"Orang {n} Contoh")
        seats[person.id] = chance.choice((0, 1, 1, 2))
        for _ in range(seats[person.id]):
            number += 1
            make.holding(make.seat(people.event_id, offices[n % 3].id, role.id, number=number), person)
        left = make.seat(people.event_id, offices[n % 3].id, role.id, number=100 + n, withdrawn_at=make.AT)
        make.holding(left, person)
        for spot in chance.sample([*spots, meal], chance.randrange(SESSIONS)):
            _mark(people.event_id, person.id, spot.id, chance)
    return seats, offices[0].id


def _spot(event_id: UUID, day_id: UUID, position: int, **values: object) -> Checkpoint:
    row = {"event_id": event_id, "day_id": day_id, "name": "Tempat", "position": position, "created_at": make.AT}
    made: Checkpoint = make._add(Checkpoint(**row | values))
    return made


def _mark(event_id: UUID, registration_id: UUID, checkpoint_id: UUID, chance: Random) -> None:
    make._add(
        PresenceRow(
            event_id=event_id,
            registration_id=registration_id,
            checkpoint_id=checkpoint_id,
            present=chance.random() < 0.8,
            inside=True,
            first_in_at=make.AT,
            first_source=chance.choice((Source.DESK_SCAN, Source.ZOOM)),
            fact_count=1,
            duplicate_count=0,
            intervals=[],
            change_seq=0,
        )
    )


def plainly(people: Cast, seats: dict[UUID, int]) -> dict[date | UUID, tuple[int, int]]:
    """Count the same by going through every row."""
    days = {day.id: day.held_on for day in db.session.query(EventDay).filter_by(event_id=people.event_id)}
    ever, onsite = defaultdict[date | UUID, set[UUID]](set), defaultdict[date | UUID, set[UUID]](set)
    for spot in db.session.query(Checkpoint).filter(
        Checkpoint.event_id == people.event_id, Checkpoint.kind != PlaceKind.MEAL
    ):
        for row in db.session.query(PresenceRow).filter_by(checkpoint_id=spot.id, present=True):
            for part in (days[spot.day_id], spot.item_id):
                if part:
                    ever[part].add(row.registration_id)
                    if row.first_source not in FROM_AFAR:
                        onsite[part].add(row.registration_id)
    counted = {part: tuple(sum(seats[one] for one in some[part]) for some in (ever, onsite)) for part in ever}
    return {part: (seated, there) for part, (seated, there) in counted.items() if seated}


@pytest.mark.parametrize("seed", [1, 2])
def test_many_sessions_are_counted_as_going_through_every_row_counts(people: Cast, seed: int) -> None:
    with people.app.app_context():
        with transaction(unaudited="test"):
            seats, office = spread(people, Random(seed))
        spots = store.spots(people.event_id)
        assert len(spots) > WORD
        assert session_seats(people.event_id, spots, None) == plainly(people, seats)
        theirs = {one: (count if n % 3 == 0 else 0) for n, (one, count) in enumerate(seats.items())}
        assert session_seats(people.event_id, spots, [office]) == plainly(people, theirs)
        assert session_seats(people.event_id, [], None) == {}
