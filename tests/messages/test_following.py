"""Everybody's calendar follows in turns that let others' jobs go first; on both databases."""

from itertools import pairwise
from uuid import UUID

import pytest

from rakor import clock, outbox
from rakor.agenda import store as agenda
from rakor.calendar import jobs
from rakor.db import transaction
from rakor.events import store as events
from tests.cast import Cast
from tests.messages.inviting import confirmed, draft, numbers, said, session

__all__ = ["session"]


def told(cast: Cast, whom: list[UUID]) -> int:
    return sum(len(said(cast, who)) > 1 for who in whom)


def test_everybody_is_told_once_a_few_in_each_turn(
    people: Cast, session: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "A_TURN", 2)
    whom = [confirmed(people, name=f"Orang {number} Contoh", email=f"o{number}@contoh.test") for number in range(5)]
    with people.app.app_context(), transaction():
        day = events.days(people.event_id)[1].id
        agenda.change(people.event_id, session, draft(day, 15), now=clock.now())
        agenda.publish(people.event_id, by=None, now=clock.now())
    counts = [0]
    with people.app.app_context():
        while outbox.run_next():
            counts.append(told(people, whom))
    steps = [after - before for before, after in pairwise(counts)]
    assert max(steps) == 2
    assert counts[-1] == 5
    assert all(numbers(said(people, who)) == [("REQUEST", 0), ("REQUEST", 1)] for who in whom)
