"""Reminders: only who has not acted, when the deadline says, and never of what is over; on both databases."""

from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import update

from rakor import clock, outbox
from rakor.db import db, transaction
from rakor.events.models import Event
from rakor.messages import campaigns, sending
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import MessageState
from rakor.messages.rules.campaigns import CampaignState
from rakor.registrations.models import Registration
from rakor.seats.models import Seat
from rakor.seats.rules import SeatAnswer
from tests.cast import Cast
from tests.messages.campaigning import draft, letters, send, state_of, work
from tests.messages.test_delivery import person, smtp
from tests.messages.test_mail import Postbox, postbox
from tests.seats.conftest import Invited, before_deadline, invited

__all__ = ["before_deadline", "invited", "postbox", "smtp"]


def test_who_acted_meanwhile_is_not_reminded(people: Cast, smtp: Postbox, moment: datetime) -> None:
    who = [person(people, name=f"{name} Contoh", email=f"{name}@contoh.test", nip=None) for name in ("ani", "budi")]
    with people.app.app_context(), transaction(unaudited="test") as session:
        session.execute(update(Registration).values(phone_index=None))
    sari = people.browser("sari")
    send(sari, draft(sari, people.event_id, missing="phone"))
    with people.app.app_context():
        assert outbox.run_next()  # the campaign is written out, nothing has left
        with transaction(unaudited="test") as session:  # and before it leaves one of them acts
            session.execute(update(Registration).where(Registration.id == who[0]).values(phone_index=b"x" * 16))
    work(people.app)
    states = {row.recipient_id: row.state for row in letters(people.app)}
    assert states == {who[0]: MessageState.DROPPED, who[1]: MessageState.SENT}
    assert len(smtp.mails) == 1


def test_a_reminder_moves_with_the_deadline(invited: Invited) -> None:
    app, sari = invited.people.app, invited.people.browser("sari")
    path = draft(sari, invited.event_id, audience="offices", way="silent", timing="before_deadline", lead_hours="24",
                 subject="Mohon jawaban", body="Yth. {kantor}, sebelum {batas_jawab}.")  # fmt: skip
    assert "3 kantor cocok sekarang" in sari.get(path).text
    send(sari, path)
    work(app)
    assert letters(app) == []
    with app.app_context(), transaction(unaudited="test") as session:
        session.execute(update(Event).values(answer_by_at=clock.now() + timedelta(hours=2)))
        session.execute(
            update(Seat).where(Seat.office_id == invited.offices["mappi"]).values(answer=SeatAnswer.DECLINED)
        )
    with clock.freeze(clock.now() + sending.LOOK_AGAIN + timedelta(minutes=1), everywhere=True):
        work(app)
    reached = {row.recipient_id for row in letters(app)}
    assert reached == {invited.offices["papua"], invited.offices["asmat"]}  # who has not answered, asked now
    shown = sari.get(f"/events/{invited.event_id}/outbox/{letters(app)[0].id}").text
    assert "WIB" in shown
    assert "/o/" in shown


def test_a_reminder_of_what_is_over_is_not_sent(invited: Invited) -> None:
    app, sari = invited.people.app, invited.people.browser("sari")
    path = draft(sari, invited.event_id, audience="offices", timing="before_deadline", lead_hours="1",
                 subject="Mohon jawaban", body="Yth. {kantor}")  # fmt: skip
    send(sari, path)
    with clock.freeze(clock.now() + timedelta(days=3), everywhere=True):
        work(app)
        assert "Terlewat, tidak dikirim" in invited.people.browser("sari").get(path).text
    assert letters(app) == []


def test_a_session_that_is_gone_lets_the_reminder_wait(people: Cast, moment: datetime) -> None:
    person(people)
    with people.app.app_context(), transaction(unaudited="test"):
        row = Campaign(
            event_id=people.event_id, audience="people", nature="service", filters={}, subject="x", body="y",
            timing="before_session", lead_hours=1, item_id=uuid4(), created_at=moment, updated_at=moment,
            state=CampaignState.DRAFT, turn=0,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        assert campaigns.schedule(row, now=moment)
    work(people.app)
    assert letters(people.app) == []
    assert state_of(people.app) is CampaignState.SCHEDULED
