"""Sending, against a real SMTP server on a free loopback port."""

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from rakor import mail
from rakor.mail import MailUnavailable, Outcome
from tests.messages.test_rules import compose


class Postbox:
    """Takes mail, or answers what it was told to."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.at_recipient, self.at_data = "250 OK", "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # type: ignore[no-untyped-def]
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server, session, envelope):  # type: ignore[no-untyped-def]
        if self.at_data.startswith("250"):
            self.mails.append(envelope.content)
        return self.at_data


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


def test_a_mail_arrives_with_its_fixed_identity(postbox: tuple[Postbox, str]) -> None:
    box, url = postbox
    assert mail.send(url, compose()) == (Outcome.SENT, "")
    assert mail.send(url, compose()) == (Outcome.SENT, "")
    assert all(b"Message-ID: <1@localhost>" in received for received in box.mails)
    assert b"From: rakor@localhost" in box.mails[0]


def test_without_a_server_it_is_kept() -> None:
    assert mail.send("", compose()) == (Outcome.KEPT, "")


@pytest.mark.parametrize("where", ["at_recipient", "at_data"])
def test_a_final_no_is_not_asked_again(postbox: tuple[Postbox, str], where: str) -> None:
    box, url = postbox
    setattr(box, where, "550 no such person")
    outcome, words = mail.send(url, compose())
    assert outcome is Outcome.REFUSED
    assert "550" in words


@pytest.mark.parametrize("where", ["at_recipient", "at_data"])
def test_a_passing_no_is_tried_later(postbox: tuple[Postbox, str], where: str) -> None:
    box, url = postbox
    setattr(box, where, "451 greylisted")
    with pytest.raises(MailUnavailable, match="451"):
        mail.send(url, compose())


def test_a_silent_server_is_tried_later() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(MailUnavailable):
        mail.send(f"smtp://127.0.0.1:{port}", compose())


def test_a_password_is_not_sent_in_the_clear(postbox: tuple[Postbox, str], monkeypatch: pytest.MonkeyPatch) -> None:
    _box, url = postbox
    monkeypatch.setattr(mail, "LOOPBACK", frozenset())
    with pytest.raises(MailUnavailable, match="in the clear"):
        mail.send(url.replace("//", "//orang:rahasia@"), compose())
