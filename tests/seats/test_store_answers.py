"""Answers in both databases: people, tickets, holdings, and what is refused."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.offices.models import Office
from rakor.outbox import Job
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.rules import Mode, RegistrationState
from rakor.seats import store
from rakor.seats.models import Holding, OfficeAnswer, Seat, SeatAnswer
from rakor.seats.rules import AnswerDoor, Input, Refused, stamp
from tests import make
from tests.seats.storing import NOW, invited_by_rules, lines, send


@pytest.fixture
def world(app: Flask) -> tuple[UUID, UUID]:
    return invited_by_rules(app)


def test_partial_answer_registers_people_with_tickets_and_links(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        done = send(
            event_id, asmat, (0, "Drs. Bonifasius Contoh, M.Si.", "online"), (1, "", "decline"), (2, "", "online")
        )
        assert done.receipt is not None
        assert done.receipt.seat_count == 2
        assert len(done.incomplete) == 1
        first, second, third = lines(event_id, asmat)[:3]
        assert (first.answer, first.name, first.mode) == (
            SeatAnswer.CONFIRMED, "Drs. Bonifasius Contoh, M.Si.", Mode.ONLINE,
        )  # fmt: skip
        assert second.answer is SeatAnswer.DECLINED
        assert third.answer is None
        person = db.session.scalars(select(Registration)).one()
        assert person.state is RegistrationState.CONFIRMED
        assert (person.post, person.institution) == ("Ketua", "Kantor Kabupaten Asmat")
        assert "asmat" in person.search_key
        assert db.session.scalars(select(Ticket)).one().revoked_at is None
        jobs = db.session.scalars(select(Job).where(Job.name == "registration.confirmed")).all()
        assert [job.payload["registration_id"] for job in jobs] == [str(person.id)]


def test_another_name_ends_the_old_ticket_and_keeps_the_history(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        send(event_id, asmat, (0, "Bonifasius Contoh", "onsite"))
        old = lines(event_id, asmat)[0].registration_id
        send(event_id, asmat, (0, "Agustina Contoh", "onsite"))
        line = lines(event_id, asmat)[0]
        assert (line.name, line.on_behalf) == ("Agustina Contoh", True)
        holdings = db.session.scalars(select(Holding).order_by(Holding.ended_at)).all()
        assert sorted(h.ended_at is None for h in holdings) == [False, True]
        tickets = {t.registration_id: t.revoked_at for t in db.session.scalars(select(Ticket))}
        assert old is not None
        assert tickets[old] == NOW
        assert line.registration_id is not None
        assert tickets[line.registration_id] is None
        assert db.session.get_one(Registration, old).state is RegistrationState.CANCELLED


def test_whoever_comes_back_to_the_own_seat_is_no_deputy(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        for hour, name in enumerate(("Bonifasius Contoh", "Agustina Contoh", "Drs. Bonifasius Contoh")):
            send(event_id, asmat, (0, name, "onsite"), now=NOW + timedelta(hours=hour))
        line = lines(event_id, asmat)[0]
        assert (line.name, line.on_behalf) == ("Drs. Bonifasius Contoh", False)


def test_titles_put_right_keep_the_ticket(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        send(event_id, asmat, (0, "Bonifasius Contoh", "onsite"))
        old = lines(event_id, asmat)[0].registration_id
        send(event_id, asmat, (0, "Drs. Bonifasius Contoh, M.Si.", "online"))
        line = lines(event_id, asmat)[0]
        assert line.registration_id == old
        assert (line.name, line.mode, line.on_behalf) == ("Drs. Bonifasius Contoh, M.Si.", Mode.ONLINE, False)


def test_declining_a_named_seat_ends_the_ticket(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        send(event_id, asmat, (0, "Bonifasius Contoh", "onsite"))
        send(event_id, asmat, (0, "Bonifasius Contoh", "decline"))
        assert lines(event_id, asmat)[0].registration_id is None
        assert db.session.scalars(select(Ticket)).one().revoked_at == NOW


def test_the_same_name_after_a_decline_is_one_person_with_a_new_ticket(
    app: Flask, world: tuple[UUID, UUID]
) -> None:
    event_id, asmat = world
    with app.app_context():
        said = (("Bonifasius Contoh", "onsite"), ("", "decline"), ("Drs. Bonifasius Contoh", "online"))
        for hour, (name, how) in enumerate(said):
            send(event_id, asmat, (0, name, how), now=NOW + timedelta(hours=hour))
        person = db.session.scalars(select(Registration)).one()
        assert lines(event_id, asmat)[0].registration_id == person.id
        assert (person.state, person.mode, person.cancelled_at) == (RegistrationState.CONFIRMED, Mode.ONLINE, None)
        dead, alive = db.session.scalars(select(Ticket).order_by(Ticket.epoch))
        assert (dead.revoked_at, alive.revoked_at) == (NOW + timedelta(hours=1), None)
        assert alive.epoch == person.epoch == 1


def test_a_person_on_two_seats_keeps_the_ticket_until_the_last(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        send(event_id, asmat, (0, "Bonifasius Contoh", "onsite"))
        found = lines(event_id, asmat)
        with transaction(unaudited="test"):
            seat = db.session.get_one(Seat, found[1].seat_id)
            seat.answer, seat.answered_at = SeatAnswer.CONFIRMED, NOW
            make.holding(seat, db.session.get_one(Registration, found[0].registration_id))
        assert store.numbers(event_id).heads == 1
        assert store.numbers(event_id).total.confirmed == 2
        assert found[0].registration_id is not None
        assert len(store.seats_of_registration(event_id, found[0].registration_id)) == 2
        send(event_id, asmat, (0, "Agustina Contoh", "onsite"))
        ticket = db.session.scalars(select(Ticket).where(Ticket.registration_id == found[0].registration_id)).one()
        assert ticket.revoked_at is None
        send(event_id, asmat, (1, "", "decline"))
        ticket = db.session.get_one(Ticket, ticket.ref)
        assert ticket.revoked_at is not None


def test_one_key_is_one_answer_but_other_words_are_another(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    key = uuid4()
    with app.app_context():
        seats = lines(event_id, asmat)
        sent = {seats[0].seat_id: Input("Bonifasius Contoh", "online", seen=stamp(seats[0].state))}
        more = sent | {seats[1].seat_id: Input("Agustina Contoh", "online", seen=stamp(seats[1].state))}
        receipts = []
        for words in (sent, sent, more):
            with transaction(unaudited="test"):
                office = db.session.get_one(Office, asmat)
                receipts.append(store.answer(event_id, office, words, now=NOW, key=key).receipt)
        assert receipts[0] is not None
        assert receipts[1] is not None
        assert receipts[2] is not None
        assert receipts[0].id == receipts[1].id != receipts[2].id
        assert receipts[2].seat_count == 1
        assert len(db.session.scalars(select(Registration)).all()) == 2


def test_the_later_of_two_operators_changes_nothing(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        seats = lines(event_id, asmat)
        send(event_id, asmat, (0, "Bonifasius Contoh", "online"))
        stale = {s.seat_id: Input("Agustina Contoh", "online", seen=stamp(s.state)) for s in seats[:2]}
        with transaction(unaudited="test"):
            found = store.answer(event_id, db.session.get_one(Office, asmat), stale, now=NOW)
        assert found.refused == {seats[0].seat_id: Refused.CHANGED_MEANWHILE}
        assert [line.name for line in lines(event_id, asmat)[:2]] == ["Bonifasius Contoh", ""]


def test_after_the_deadline_only_the_organiser_answers(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    late = NOW + timedelta(days=2)
    with app.app_context():
        assert send(event_id, asmat, (0, "Bonifasius Contoh", "online"), now=late).door is AnswerDoor.CLOSED
        assert lines(event_id, asmat)[0].answer is None
        assert send(event_id, asmat, (0, "Bonifasius Contoh", "online"), now=late, late=True).receipt is not None


def test_a_seat_of_another_office_is_not_answered(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        other = next(line for line in store.seats_with_holders(event_id) if line.office_id != asmat)
        with transaction(unaudited="test"):
            sent = {other.seat_id: Input("Bonifasius Contoh", "online", seen=stamp(other.state))}
            assert store.answer(event_id, db.session.get_one(Office, asmat), sent, now=NOW).receipt is None
        assert db.session.scalars(select(OfficeAnswer)).all() == []


def test_leaving_the_seats_makes_them_unanswered(app: Flask, world: tuple[UUID, UUID]) -> None:
    event_id, asmat = world
    with app.app_context():
        send(event_id, asmat, (0, "Bonifasius Contoh", "online"))
        person = lines(event_id, asmat)[0].registration_id
        assert person is not None
        with transaction():
            assert store.leave_seats(event_id, person, now=NOW) == 1
        assert lines(event_id, asmat)[0].answer is None
        assert store.seats_of_registration(event_id, person) == []
