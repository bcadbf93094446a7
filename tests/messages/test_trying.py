"""What a server answers decides: this message waits, all wait, or it is over; on both databases where it is stored."""

import socket
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from rakor import clock, mail, outbox
from rakor.db import db, transaction
from rakor.mail import NoAnswer, NotNow
from rakor.messages import delivery, store
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind
from tests.cast import Cast
from tests.messages.test_delivery import messages, person, smtp
from tests.messages.test_mail import Postbox, postbox
from tests.messages.test_rules import compose

__all__ = ["postbox", "smtp"]


def queue(cast: Cast, count: int) -> list[UUID]:
    """Leave messages to people of the event; their ids."""
    who = [person(cast, email=f"a{n}@contoh.test", search_key="agustina contoh") for n in range(count)]
    with cast.app.app_context(), transaction(unaudited="test"):
        return [store.write(cast.event_id, Kind.LINK_REMINDER, one, str(one), now=clock.now()) for one in who]


def work(app: Flask) -> int:
    count = 0
    with app.app_context():
        while outbox.run_next():
            count += 1
    return count


def rested(app: Flask) -> outbox.JobPause | None:
    with app.app_context():
        return outbox.pause(store.SEND)


def test_while_nobody_answers_everything_waits_and_one_asks(people: Cast, smtp: Postbox, moment: datetime) -> None:
    queue(people, 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mail, "_of_this_thread", _nobody)
        assert work(people.app) == 1  # one asked, the others rest with it
        pause = rested(people.app)
        assert pause is not None
        assert pause.until_at > moment
        page = people.browser("sari").get(f"/events/{people.event_id}/outbox").text
        assert "Server email tidak menjawab sejak" in page
        for hours in range(1, 72):  # three days change nothing: nothing has failed, nothing was counted
            with clock.freeze(moment + timedelta(hours=hours), everywhere=True):
                assert work(people.app) == 1
    assert {row.state for row in messages(people.app)} == {MessageState.QUEUED}
    assert {row.attempts for row in messages(people.app)} == {0}
    with clock.freeze(moment + timedelta(hours=73), everywhere=True):
        work(people.app)
    assert {row.state for row in messages(people.app)} == {MessageState.SENT}
    assert len(smtp.mails) == 5
    assert rested(people.app) is None


def _nobody(url: str) -> mail.Postman:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return mail.Postman(f"smtp://127.0.0.1:{probe.getsockname()[1]}")


def test_a_4xx_lets_one_message_wait_longer_each_time(people: Cast, smtp: Postbox, moment: datetime) -> None:
    [late, other] = queue(people, 2)
    smtp.at_recipient = "451 4.7.1 greylisted"
    with people.app.app_context():
        assert outbox.run_next()
    smtp.at_recipient = "250 OK"
    work(people.app)
    states = {row.id: row for row in messages(people.app)}
    first = next(row for row in states.values() if row.state is MessageState.QUEUED)
    assert {row.state for row in states.values()} == {MessageState.QUEUED, MessageState.SENT}
    assert first.error == "451 4.7.1 greylisted"
    assert first.next_try_at == moment + timedelta(seconds=30)
    assert first.id in (late, other)
    page = people.browser("sari").get(f"/events/{people.event_id}/outbox").text
    assert "451 4.7.1 greylisted" in page
    assert "percobaan ke-2" in page
    with clock.freeze(moment + timedelta(minutes=1), everywhere=True):
        work(people.app)
    assert {row.state for row in messages(people.app)} == {MessageState.SENT}


def test_after_three_days_of_4xx_it_has_failed_with_the_servers_words(
    people: Cast, smtp: Postbox, moment: datetime
) -> None:
    queue(people, 1)
    smtp.at_data = "452 full"
    for hours in range(0, 80, 4):
        with clock.freeze(moment + timedelta(hours=hours), everywhere=True):
            work(people.app)
    [row] = messages(people.app)
    assert (row.state, row.error) == (MessageState.FAILED, "452 full")


def test_what_failed_leaves_again_under_its_name(people: Cast, smtp: Postbox, moment: datetime) -> None:
    [one, two] = queue(people, 2)
    smtp.at_recipient = "550 no such person"
    work(people.app)
    smtp.at_recipient = "250 OK"
    sari = people.browser("sari")
    outbox_page = f"/events/{people.event_id}/outbox"
    assert "Kirim lagi" in sari.get(f"{outbox_page}/{one}").text
    for _press in range(2):
        assert sari.post(f"{outbox_page}/{one}/sendings").status_code == 303
    work(people.app)
    assert len(smtp.mails) == 1
    assert f"Message-ID: <{one}@localhost>".encode() in smtp.mails[0]
    assert "Kirim lagi 1 yang tidak terkirim" in sari.get(f"{outbox_page}?state=failed").text
    assert sari.post(f"{outbox_page}/failures", data={"q": "Agustina"}).status_code == 303
    work(people.app)
    assert {row.state for row in messages(people.app)} == {MessageState.SENT}
    assert f"Message-ID: <{two}@localhost>".encode() in smtp.mails[1]


def test_a_message_that_cannot_be_written_stands_in_nobodys_way(
    people: Cast, smtp: Postbox, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(people, 2)
    real, told = delivery.written, []

    def breaks(row: Message):  # type: ignore[no-untyped-def]
        told.append(row)
        if len(told) == 1:
            raise KeyError("broken")
        return real(row)

    monkeypatch.setattr(delivery, "written", breaks)
    work(people.app)
    assert sorted(row.state for row in messages(people.app)) == [MessageState.FAILED, MessageState.SENT]


class TestTheServer:
    def test_421_is_said_to_everybody(self, postbox: tuple[Postbox, str]) -> None:
        box, url = postbox
        box.at_recipient = "421 closing"
        with pytest.raises(NoAnswer, match="421"):
            mail.send(url, compose())

    def test_a_break_while_it_has_the_text_is_this_message_s_alone(self, postbox: tuple[Postbox, str]) -> None:
        box, url = postbox

        async def handle_DATA(server, session, envelope):  # type: ignore[no-untyped-def]
            server.transport.abort()
            return "250 OK"

        box.handle_DATA = handle_DATA  # type: ignore[method-assign]
        with pytest.raises(NotNow) as caught:
            mail.send(url, compose())
        assert caught.value.unknown

    def test_a_connection_is_kept_and_a_closed_one_opened_anew(self, postbox: tuple[Postbox, str]) -> None:
        box, url = postbox
        postman = mail.Postman(url)
        postman.hand_over(compose())
        kept = postman._server
        postman.hand_over(compose())
        assert postman._server is kept
        assert kept is not None
        kept.close()
        postman.hand_over(compose())
        assert postman._server is not kept
        assert len(box.mails) == 3


def test_the_outbox_is_searched(people: Cast, moment: datetime) -> None:
    ids = queue(people, 3)
    person(people, name="Zainab Contoh", email="z@contoh.test", search_key="zainab contoh")
    sari = people.browser("sari")
    page = f"/events/{people.event_id}/outbox"
    assert sari.get(f"{page}?q=agus").text.count(f"{page}/") >= len(ids)
    assert "Tidak ada yang cocok" in sari.get(f"{page}?q=zainab").text
    assert "Tidak ada yang cocok" in sari.get(f"{page}?kind=confirmation").text
    assert "Tidak ada yang cocok" in sari.get(f"{page}?state=sent").text
    with people.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Message)) == 3
