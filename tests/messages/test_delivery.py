"""From a job to a mail or to the outbox page, on both databases."""

import dataclasses
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from rakor import outbox
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.messages import store
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind
from rakor.registrations import store as registrations
from rakor.registrations import tickets
from rakor.registrations.rules import RegistrationState
from tests import make
from tests.cast import Cast
from tests.counting import statements
from tests.messages.test_mail import Postbox, postbox

__all__ = ["postbox"]


def person(cast: Cast, **values: object) -> UUID:
    """A registration that can be written to; returns its id."""
    with cast.app.app_context(), transaction(unaudited="test"):
        row = make.registration(cast.event_id, **({"email": "agustina@contoh.test"} | values))
        row.email_index = registrations.email_index(row.email)
        links.make_links(cast.event_id, LinkPurpose.PERSON, [row.id], now=make.AT)
        return UUID(str(row.id))


def tell(app: Flask, job: str, **ids: object) -> None:
    """Leave a job and let a worker run everything that waits."""
    with app.app_context():
        with transaction(unaudited="test"):
            outbox.enqueue(job, {name: str(value) for name, value in ids.items()})
        while outbox.run_next():
            pass


def messages(app: Flask) -> list[Message]:
    """Every message but the invitations to calendars, which tests/messages/test_invitations.py looks at."""
    with app.app_context():
        others = select(Message).where(Message.kind != Kind.CALENDAR)
        return list(db.session.scalars(others.order_by(Message.created_at, Message.id)))


@pytest.fixture
def smtp(app: Flask, postbox: tuple[Postbox, str]):  # type: ignore[no-untyped-def]
    """The app with an SMTP server."""
    before = app.config["RAKOR"]
    app.config["RAKOR"] = dataclasses.replace(before, smtp_url=postbox[1])
    yield postbox[0]
    app.config["RAKOR"] = before


def test_without_smtp_the_message_is_kept_and_shown(people: Cast, moment: datetime) -> None:
    who = person(people)
    tell(people.app, "registration.received", event_id=people.event_id, registration_id=who)
    [kept] = messages(people.app)
    assert kept.state is MessageState.KEPT
    sari = people.browser("sari")
    page = sari.get(f"/events/{people.event_id}/outbox").text
    assert "Agustina Contoh, S.E." in page
    assert "Disimpan di sini" in page
    shown = sari.get(f"/events/{people.event_id}/outbox/{kept.id}").text
    with people.app.app_context():
        link = registrations.person_path(people.event_id, who)
        code = tickets.code_of(people.event_id, who, 0)
    assert f"http://localhost{link}" in shown
    assert code[:5] in shown


def test_the_same_job_twice_leaves_one_message(people: Cast, moment: datetime) -> None:
    who = person(people)
    for _turn in range(2):
        tell(people.app, "registration.confirmed", event_id=people.event_id, registration_id=who)
    assert len(messages(people.app)) == 1


def test_a_mail_goes_out_with_all_its_parts(people: Cast, smtp: Postbox, moment: datetime) -> None:
    who = person(people, name="<b>Agus</b> https://jahat.test", language="en")
    tell(people.app, "registration.received", event_id=people.event_id, registration_id=who)
    [row] = messages(people.app)
    assert row.state is MessageState.SENT
    [mail] = [mail for mail in smtp.mails if b"text/calendar" not in mail]
    received = message_from_bytes(mail, policy=default)
    assert received["Message-ID"] == f"<{row.id}@localhost>"
    assert received["To"] == "agustina@contoh.test"
    assert "You are registered" in received["Subject"]
    assert "jahat" not in received["Subject"]
    html = received.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "&lt;b&gt;Agus" in html
    assert "https://jahat.test" not in html
    assert list(received.iter_attachments()) == []


def test_a_greylisted_mail_is_sent_later_and_once(people: Cast, smtp: Postbox, moment: datetime) -> None:
    smtp.at_data = "451 later"
    who = person(people)
    tell(people.app, "registration.received", event_id=people.event_id, registration_id=who)
    assert messages(people.app)[0].state is MessageState.QUEUED
    smtp.at_data = "250 OK"
    with people.app.app_context():
        with transaction(unaudited="test") as session:
            session.execute(outbox.Job.__table__.update().values(run_at=moment))
        while outbox.run_next():
            pass
    assert messages(people.app)[0].state is MessageState.SENT
    assert len([mail for mail in smtp.mails if b"text/calendar" not in mail]) == 1


def test_a_refused_mail_says_so(people: Cast, smtp: Postbox, moment: datetime) -> None:
    smtp.at_recipient = "550 mailbox gone"
    who = person(people)
    tell(people.app, "registration.received", event_id=people.event_id, registration_id=who)
    [row] = messages(people.app)
    assert row.state is MessageState.FAILED
    page = people.browser("sari").get(f"/events/{people.event_id}/outbox/{row.id}").text
    assert "mailbox gone" in page


@pytest.mark.parametrize(
    ("state", "job", "kind"),
    [
        (RegistrationState.APPLIED, "registration.received", Kind.APPLIED),
        (RegistrationState.WAITING, "registration.received", Kind.WAITING),
        (RegistrationState.REGISTERED, "registration.received", Kind.CONFIRMATION),
        (RegistrationState.REGISTERED, "registration.answered", Kind.PROMOTED),
        (RegistrationState.WAITING, "registration.answered", Kind.WAITING),
        (RegistrationState.CANCELLED, "registration.link_wanted", Kind.LINK_REMINDER),
    ],
)
def test_each_state_has_its_message(
    people: Cast, moment: datetime, state: RegistrationState, job: str, kind: Kind
) -> None:
    who = person(people, state=state)
    tell(people.app, job, event_id=people.event_id, registration_id=who)
    assert [row.kind for row in messages(people.app)] == [kind]
    page = people.browser("sari").get(f"/events/{people.event_id}/outbox/{messages(people.app)[0].id}")
    assert page.status_code == 200


def test_a_request_reaches_only_those_who_are_registered(people: Cast, moment: datetime) -> None:
    person(people)
    with people.app.app_context():
        known = registrations.email_index("agustina@contoh.test")
        unknown = registrations.email_index("orang@contoh.test")
    assert known is not None
    assert unknown is not None
    tell(people.app, "registration.link_request", event_id=people.event_id, index=unknown.hex())
    assert messages(people.app) == []
    for _turn in range(3):
        tell(people.app, "registration.link_request", event_id=people.event_id, index=known.hex())
    assert [row.kind for row in messages(people.app)] == [Kind.LINK_REMINDER]


def test_somebody_without_an_address_is_told_another_way(people: Cast, moment: datetime) -> None:
    who = person(people, email=None)
    tell(people.app, "registration.received", event_id=people.event_id, registration_id=who)
    [row] = messages(people.app)
    assert row.state is MessageState.KEPT
    assert "WhatsApp" in people.browser("sari").get(f"/events/{people.event_id}/outbox/{row.id}").text


def test_the_outbox_is_for_those_who_register_people(people: Cast, moment: datetime) -> None:
    for name, status in (("sari", 200), ("rina", 403), ("lena", 403), ("joko", 404)):
        assert people.browser(name).get(f"/events/{people.event_id}/outbox").status_code == status


def test_a_message_of_another_event_is_not_here(people: Cast, moment: datetime) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        other = make.event(people.institution_id)
        stranger = make.registration(other.id)
        links.make_links(other.id, LinkPurpose.PERSON, [stranger.id], now=make.AT)
        foreign = store.write(other.id, Kind.CONFIRMATION, stranger.id, "x", now=make.AT)
    sari = people.browser("sari")
    for path in ("", "/calendar.ics"):
        assert sari.get(f"/events/{people.event_id}/outbox/{foreign}{path}").status_code == 404


def test_the_list_costs_the_same_for_one_and_for_three(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    costs = []
    for _turn in range(2):
        for _more in range(1 if not costs else 2):
            tell(people.app, "registration.received", event_id=people.event_id, registration_id=person(people))
        costs.append(len(statements(people.app, lambda: sari.get(f"/events/{people.event_id}/outbox"))))
    with people.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Message)) == 2 * 3  # each with an invitation
    assert costs[0] == costs[1]
