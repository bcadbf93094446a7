"""Random histories of quota pools (the bench plays 2,000 of them): no place too many, nobody overtaken."""

from flask import Flask

from bench._histories import History
from rakor.db import transaction
from rakor.registrations import offers, places
from tests import make

COUNT = 25


def play(app: Flask, seeds: range) -> list[str]:
    with app.app_context(), transaction(unaudited="test"):
        home = make.institution().id
        return [wrong for seed in seeds for wrong in History(seed).play(home)]


def test_random_histories_hold(app: Flask) -> None:
    assert play(app, range(COUNT)) == []


def test_the_judge_sees_a_queue_that_is_served_from_its_end(lite: Flask, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    honest = offers.first_waiting

    def last(event_id, pool_id):  # type: ignore[no-untyped-def]
        first = honest(event_id, pool_id)
        rows = [first] if first is None else places.db.session.scalars(
            places.select(places.Registration)
            .join(places.PoolMember, places.PoolMember.registration_id == places.Registration.id)
            .where(places.PoolMember.pool_id == pool_id, places.PoolMember.offer_expires_at.is_(None),
                   places.Registration.state == places.RegistrationState.WAITING)
            .order_by(places.Registration.queue_number.desc())
        ).all()  # fmt: skip
        return rows[0]

    monkeypatch.setattr(offers, "first_waiting", last)
    assert any("before the first" in wrong for wrong in play(lite, range(60)))
