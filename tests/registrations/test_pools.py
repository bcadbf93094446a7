"""Quota pools and offers: disjoint, never over their size, and the waiting list keeps its order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from rakor import clock, outbox
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.quota import QuotaPool
from rakor.registrations import jobs, offers, places, pool_sizes
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.pool_sizes import PoolWish
from rakor.registrations.rules import (
    Claim,
    Mode,
    OfferState,
    PersonName,
    PoolProblem,
    PoolShape,
    Refusal,
    RegistrationState,
    Silence,
    check_borrow,
    check_shape,
    offer_ends,
    offer_state,
    pool_for,
    silence,
)
from rakor.registrations.rules.pools import overlap, takes
from rakor.registrations.store import Draft
from tests.cast import Cast
from tests.conftest import MOMENT
from tests.registrations import quota

ROLES = [uuid4(), uuid4()]
PROVINCES = ["33", "93", "94"]
S = RegistrationState
SHAPES = st.builds(
    PoolShape,
    id=st.uuids(),
    role_id=st.sampled_from([None, *ROLES]),
    mode=st.sampled_from([None, *Mode]),
    provinces=st.frozensets(st.sampled_from(PROVINCES), max_size=2),
)
CLAIMS = st.builds(
    Claim,
    role_id=st.sampled_from([None, *ROLES]),
    mode=st.sampled_from(list(Mode)),
    province_code=st.sampled_from([None, *PROVINCES, "11"]),
)


@given(wanted=st.lists(SHAPES, max_size=6), claim=CLAIMS)
def test_every_registration_falls_into_exactly_one_accepted_pool(wanted: list[PoolShape], claim: Claim) -> None:
    accepted = [PoolShape(uuid4(), is_rest=True)]
    for shape in wanted:
        if check_shape(shape, accepted) is None:
            accepted.append(shape)
    fitting = [shape for shape in accepted if takes(shape, claim)]
    assert len(fitting) <= 1
    assert pool_for(accepted, claim) == (fitting or accepted)[0].id


@given(one=SHAPES, other=SHAPES, claim=CLAIMS)
def test_what_two_pools_take_overlaps(one: PoolShape, other: PoolShape, claim: Claim) -> None:
    if takes(one, claim) and takes(other, claim):
        assert overlap(one, other)
        assert overlap(other, one)


def test_a_pool_for_everybody_is_the_rest() -> None:
    assert check_shape(PoolShape(uuid4()), ()) is PoolProblem.EVERYBODY


@pytest.mark.parametrize(
    ("size", "used", "to_size", "count", "problem"),
    [
        (10, 4, 0, 6, None),
        (10, 4, 0, 7, PoolProblem.NOT_ENOUGH_FREE),
        (None, 4, 5, 1, PoolProblem.NO_LIMIT),
        (10, 4, None, 1, PoolProblem.NO_LIMIT),
    ],
)
def test_borrowing(size: int | None, used: int, to_size: int | None, count: int, problem: PoolProblem | None) -> None:
    assert check_borrow(size, used, to_size, count) is problem


def test_an_offer_has_its_time() -> None:
    end = MOMENT + timedelta(hours=5)
    assert offer_ends(MOMENT, 2, end) == MOMENT + timedelta(hours=2)
    assert offer_ends(MOMENT, 24, end) == end
    assert offer_ends(MOMENT, 24, MOMENT - timedelta(hours=1)) == MOMENT
    assert offer_state(None, MOMENT) is OfferState.NONE
    assert offer_state(end, end - timedelta(seconds=1)) is OfferState.OPEN
    assert offer_state(end, end) is OfferState.OVER
    assert [silence(n) for n in (0, 1)] == [Silence.END_OF_QUEUE, Silence.ENDED]


# ---- in the database ------------------------------------------------------------------------------------------------


def draft(name: str, mode: Mode = Mode.ONLINE, province: str = "33", role_id: UUID | None = None) -> Draft:
    person = PersonName.parse(f"{name} Contoh")
    return Draft(person, mode, S.APPLIED, RegistrationSource.OPEN, province_code=province, role_id=role_id)


def admit(event_id: UUID, *drafts: Draft) -> list[UUID]:
    event = events.locked_event(event_id)
    rows = [places.admit(event, one, may_wait=True, now=MOMENT) for one in drafts]
    return [row.id for row in rows if row is not None]


def states() -> dict[str, RegistrationState]:
    return {row.name.split()[0]: row.state for row in db.session.scalars(select(Registration))}


def sizes() -> dict[str, tuple[int | None, int]]:
    rows = db.session.scalars(select(QuotaPool).execution_options(populate_existing=True))
    return {row.name: (row.size, row.used) for row in rows}


def row_of(registration_id: UUID) -> Registration:
    return db.session.scalars(select(Registration).where(Registration.id == registration_id)).one()


def papua(size: int | None) -> PoolWish:
    return PoolWish("Papua", None, None, ("93", "94"), size)


def test_a_new_pool_takes_its_people_over_and_a_removed_one_gives_them_back(app: Flask, people: Cast) -> None:
    with app.app_context(), transaction(unaudited="test"):
        quota.set_size(people.event_id, 5)
        admit(people.event_id, draft("Ana", province="93"), draft("Budi"), draft("Citra", province="94"))
        assert pool_sizes.add(people.event_id, papua(1)) is PoolProblem.BELOW_USED
        made = pool_sizes.add(people.event_id, papua(2))
        assert isinstance(made, QuotaPool)
        assert sizes() == {"": (5, 1), "Papua": (2, 2)}
        again = pool_sizes.add(people.event_id, PoolWish("Asmat", None, Mode.ONLINE, ("93",), 2))
        assert again == made.id
        admit(people.event_id, draft("Dewi", province="93"), draft("Eka"))
        assert states()["Dewi"] is S.WAITING
        assert states()["Eka"] is S.REGISTERED
        assert pool_sizes.remove(people.event_id, made.id) is None
        assert sizes() == {"": (7, 4)}


def test_a_pool_is_never_smaller_than_what_is_taken(app: Flask, people: Cast) -> None:
    with app.app_context(), transaction(unaudited="test"):
        rest = quota.set_size(people.event_id, 3)
        admit(people.event_id, draft("Ana"), draft("Budi"))
        assert pool_sizes.resize(people.event_id, rest.id, 1) is PoolProblem.BELOW_USED
        assert pool_sizes.resize(people.event_id, rest.id, 2) is None
        made = pool_sizes.add(people.event_id, papua(4))
        assert isinstance(made, QuotaPool)
        assert pool_sizes.borrow(people.event_id, rest.id, made.id, 1) is PoolProblem.NOT_ENOUGH_FREE
        assert pool_sizes.borrow(people.event_id, made.id, rest.id, 3) is None
        assert sizes() == {"": (5, 2), "Papua": (1, 0)}


def test_more_places_go_to_those_who_wait_in_their_order(app: Flask, people: Cast) -> None:
    with app.app_context(), transaction(unaudited="test"):
        rest = quota.set_size(people.event_id, 1)
        admit(people.event_id, *(draft(name) for name in ("Ana", "Budi", "Citra", "Dewi")))
        pool_sizes.resize(people.event_id, rest.id, 3)
        places.fill(events.locked_event(people.event_id), rest.id, now=MOMENT)
        assert states() == {"Ana": S.REGISTERED, "Budi": S.REGISTERED, "Citra": S.REGISTERED, "Dewi": S.WAITING}
        assert quota.used(people.event_id) == 3


def test_a_mode_in_another_pool_moves_the_place_or_keeps_the_old_one(app: Flask, people: Cast) -> None:
    with app.app_context(), transaction(unaudited="test"):
        quota.set_size(people.event_id, 1)
        ana, budi = admit(people.event_id, draft("Ana"), draft("Budi"))
        made = pool_sizes.add(people.event_id, PoolWish("Luring", None, Mode.ONSITE, (), 0))
        assert isinstance(made, QuotaPool)
        assert places.change_mode(row_of(ana), Mode.ONSITE, now=MOMENT) is None
        assert row_of(ana).mode is Mode.ONLINE
        pool_sizes.resize(people.event_id, made.id, 1)
        assert places.change_mode(row_of(ana), Mode.ONSITE, now=MOMENT) is True
        assert sizes() == {"": (1, 1), "Luring": (1, 1)}
        assert row_of(budi).state is S.REGISTERED  # the place that Ana left


def offering(app: Flask, people: Cast) -> list[UUID]:
    with app.app_context(), transaction(unaudited="test"):
        quota.set_size(people.event_id, 1)
        event = events.locked_event(people.event_id)
        event.offer_hours = 24
        event.ends_on = event.ends_on + timedelta(days=30)
        ids = admit(people.event_id, *(draft(name) for name in ("Ana", "Budi", "Citra")))
        places.cancel(row_of(ids[0]), now=MOMENT)
        return ids


def test_a_freed_place_is_kept_for_the_first_until_it_is_taken(app: Flask, people: Cast) -> None:
    _ana, budi, citra = offering(app, people)
    with app.app_context(), transaction(unaudited="test"):
        assert offers.open_until(people.event_id, budi, now=MOMENT) == MOMENT + timedelta(hours=24)
        assert offers.open_until(people.event_id, citra, now=MOMENT) is None
        assert quota.used(people.event_id) == 1
        assert offers.accept(row_of(citra), now=MOMENT) is Refusal.OFFER_OVER
        assert offers.accept(row_of(budi), now=MOMENT + timedelta(hours=25)) is Refusal.OFFER_OVER
        assert offers.accept(row_of(budi), now=MOMENT) is S.REGISTERED
        assert offers.accept(row_of(budi), now=MOMENT) is Refusal.ALREADY
        assert quota.used(people.event_id) == 1


def test_silence_passes_the_place_on_and_the_second_silence_ends(app: Flask, people: Cast) -> None:
    assert jobs
    _ana, budi, citra = offering(app, people)
    at = MOMENT
    with app.app_context():
        for turn in (budi, citra, budi, citra):
            with clock.freeze(at, everywhere=True):
                assert offers.open_until(people.event_id, turn, now=at) is not None
            at += timedelta(hours=24, minutes=1)
            with clock.freeze(at, everywhere=True):
                while outbox.run_next():
                    pass
            db.session.remove()
        assert states() == {"Ana": S.CANCELLED, "Budi": S.CANCELLED, "Citra": S.CANCELLED}
        assert quota.used(people.event_id) == 0


def test_who_lets_an_offer_go_frees_the_place_for_the_next(app: Flask, people: Cast) -> None:
    _ana, budi, citra = offering(app, people)
    with app.app_context(), transaction(unaudited="test"):
        places.cancel(row_of(budi), now=MOMENT)
        assert offers.open_until(people.event_id, citra, now=MOMENT) is not None
        assert quota.used(people.event_id) == 1


def test_sari_makes_resizes_and_removes_pools_on_the_page(people: Cast, moment: datetime) -> None:
    sari, base = people.browser("sari"), f"/events/{people.event_id}/quota"
    assert "Semua pendaftar" in sari.get(base).text
    typed = {"name": "Papua", "provinces": ["93", "94"], "size": "10", "role": "", "mode": ""}
    assert sari.post(base, data=typed).status_code == 303
    page = sari.get(base).text
    assert "0 dari 10 tempat terisi" in page
    overlapping = sari.post(base, data=typed | {"name": "Asmat saja", "provinces": ["93"]})
    assert overlapping.status_code == 422
    assert "tumpang-tindih dengan “Papua”" in overlapping.text
    assert 'value="Asmat saja"' in overlapping.text
    assert sari.post(base, data={"name": "Semua", "role": "", "mode": ""}).status_code == 422
    with people.app.app_context():
        pool = db.session.scalars(select(QuotaPool).where(QuotaPool.name == "Papua")).one()
    assert sari.post(f"{base}/{pool.id}/size", data={"size": "banyak"}).status_code == 422
    assert sari.post(f"{base}/{pool.id}/size", data={"size": "12"}).status_code == 303
    assert "0 dari 12 tempat terisi" in sari.get(base).text
    terms = {"waiting": "offer", "hours": "24", "until": "2026-11-20T17:00"}
    assert sari.post(f"{base}/terms", data=terms).status_code == 303
    assert sari.post(f"{base}/terms", data=terms | {"hours": ""}).status_code == 422
    assert sari.post(f"{base}/{pool.id}/removal").status_code == 303
    with people.app.app_context():
        event = events.event(people.event_id)
        assert event is not None
        assert (event.offer_hours, event.self_service_until_at) == (24, datetime(2026, 11, 20, 10, 0, tzinfo=UTC))
        assert len(db.session.scalars(select(QuotaPool)).all()) == 1
