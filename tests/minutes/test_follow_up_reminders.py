"""Reminders at T-7 and T-1: to whom they are still due, once, in the event's zone; a moved day moves them."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from rakor import clock, outbox
from rakor.db import db, transaction
from rakor.messages.models import Message, MessageState
from rakor.minutes.rules.follow_ups import Assignee, Chosen, Status
from rakor.minutes.store import follow_ups, reminders, rows
from rakor.minutes.store.follow_ups import Draft
from rakor.minutes.store.rows import Said
from rakor.offices.models import OfficeContact
from tests import make
from tests.cast import Cast
from tests.minutes import asking
from tests.minutes.asking import NOW, TEXT

DUE = date(2026, 12, 24)
T7 = datetime(2026, 12, 17, 1, tzinfo=UTC)  # 08.00 WIB
T1 = datetime(2026, 12, 23, 1, tzinfo=UTC)


def work(people: Cast, at: datetime) -> None:
    """Let the worker do what is ready at a moment; messages to many leave within the minute."""
    for moment in (at, at + timedelta(minutes=1)):
        with people.app.app_context(), clock.freeze(moment, everywhere=True):
            while outbox.run_next():
                pass


def causes(people: Cast, office_id: UUID) -> list[tuple[str, MessageState]]:
    with people.app.app_context():
        query = select(Message).where(Message.recipient_id == office_id).order_by(Message.created_at)
        return [(row.detail["cause"], row.state) for row in db.session.scalars(query)]


def say(people: Cast, row_id: UUID, status: Status, at: datetime = NOW) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        rows.answer(people.event_id, row_id, Said(status, "Sudah"), now=at)


@pytest.fixture
def asmat(people: Cast) -> tuple[asking.Offices, UUID]:
    with clock.freeze(NOW, everywhere=True):
        made = asking.offices(people)
        with people.app.app_context(), transaction(unaudited="test"):
            make._add(OfficeContact(
                office_id=made.ids["asmat"], name="Boni Contoh", post="Operator", email="asmat@contoh.test",
            ))  # fmt: skip
        asked = asking.ask(people, due_on=DUE)
    work(people, NOW)
    return made, asked


def test_each_office_is_told_once_and_reminded_seven_days_and_one_day_before(
    people: Cast, asmat: tuple[asking.Offices, UUID]
) -> None:
    made, asked = asmat
    assert [cause for cause, _ in causes(people, made.ids["asmat"])] == ["new"]
    work(people, T7 - timedelta(minutes=5))
    assert len(causes(people, made.ids["asmat"])) == 1, "not before eight in the event's zone"
    for at in (T7, T7 + timedelta(hours=3), T1):
        work(people, at)
    assert [cause for cause, _ in causes(people, made.ids["asmat"])] == ["new", "7", "1"]
    sari = people.browser("sari")
    with people.app.app_context():
        told = select(Message).where(Message.recipient_id == made.ids["asmat"]).order_by(Message.created_at)
        row = db.session.scalars(told).all()[-1]
    shown = sari.get(f"/events/{people.event_id}/outbox/{row.id}").text
    assert ("Tenggatnya besok" in shown, TEXT in shown, f"/follow-ups/{row.detail['row_id']}" in shown) == (True,) * 3
    del asked


def test_who_has_finished_is_not_reminded_not_even_by_what_waits_already(
    people: Cast, asmat: tuple[asking.Offices, UUID]
) -> None:
    made, asked = asmat
    found = asking.rows(people.app, asked)
    say(people, found[made.ids["asmat"]].id, Status.DONE)
    say(people, found[made.ids["mappi"]].id, Status.WORKING)
    with people.app.app_context(), clock.freeze(T7, everywhere=True):
        assert outbox.run_next(), "the reminders are written"
    say(people, found[made.ids["mappi"]].id, Status.DONE, T7)
    work(people, T7 + timedelta(minutes=1))
    assert [cause for cause, _ in causes(people, made.ids["asmat"])] == ["new"]
    assert causes(people, made.ids["mappi"])[1] == ("7", MessageState.DROPPED), "it answered before that left"


def test_a_moved_day_moves_its_reminders(people: Cast, asmat: tuple[asking.Offices, UUID]) -> None:
    made, asked = asmat
    later = DUE + timedelta(days=30)
    with people.app.app_context(), clock.freeze(NOW, everywhere=True), transaction():
        draft = Draft(TEXT, later, Chosen(Assignee.REGENCIES))
        follow_ups.change(people.event_id, asked, draft, now=NOW)
    work(people, T7)
    work(people, T1)
    assert [cause for cause, _ in causes(people, made.ids["asmat"])] == ["new"], "the old day says nothing"
    work(people, T7 + timedelta(days=30))
    assert [cause for cause, _ in causes(people, made.ids["asmat"])] == ["new", "7"]


def test_a_worker_that_slept_sends_one_reminder_and_none_after_the_day(
    people: Cast, asmat: tuple[asking.Offices, UUID]
) -> None:
    made, _asked = asmat
    work(people, T1 + timedelta(hours=2))
    assert [cause for cause, _ in causes(people, made.ids["asmat"])] == ["new", "1"]
    with clock.freeze(NOW, everywhere=True):
        second = asking.ask(people, Assignee.PROVINCES, due_on=date(2026, 12, 1))
    work(people, datetime(2026, 12, 5, tzinfo=UTC))
    with people.app.app_context():
        query = select(Message).where(Message.recipient_id == made.ids["papua"])
        assert [row.detail["cause"] for row in db.session.scalars(query)] == ["new"]
    del second


def test_what_is_added_later_is_told_and_the_others_not_again(people: Cast, asmat: tuple[asking.Offices, UUID]) -> None:
    made, asked = asmat
    with people.app.app_context(), transaction(unaudited="test"):
        merauke = make.office(people.institution_id, code="9301", regency_code="9301", sort_key="939301").id
    with people.app.app_context(), clock.freeze(NOW, everywhere=True), transaction():
        follow_ups.spread(people.event_id, asked, now=NOW)
    work(people, NOW + timedelta(hours=1))
    assert [cause for cause, _ in causes(people, merauke)] == ["new"]
    assert [cause for cause, _ in causes(people, made.ids["asmat"])] == ["new"]


def test_eight_o_clock_is_that_of_the_event(people: Cast) -> None:
    with people.app.app_context():
        from rakor.events import store as events

        event = events.event(people.event_id)
        assert event is not None
        assert reminders.moment(event, DUE, 7) == T7
        event.zone = "Asia/Jayapura"
        assert reminders.moment(event, DUE, 7) == T7 - timedelta(hours=2)
        db.session.rollback()
