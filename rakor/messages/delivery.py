"""Sending: the job that makes a mail of a message and hands it over, and what becomes of it by the server's answer.

2xx: sent. 5xx: failed, with the server's words. 4xx, or a connection that breaks while the server has the text: this
message waits, longer each time (``rules.trying``). No connection at all: all messages rest (``outbox.Unanswered``).
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

from flask import render_template
from flask_babel import force_locale
from sqlalchemy.exc import SQLAlchemyError

from rakor import clock, mail, outbox
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.mail import Outcome
from rakor.messages import store
from rakor.messages.letters import config
from rakor.messages.models import Message, MessageState
from rakor.messages.recipients import Addressed, addressed
from rakor.messages.rules import Letter, as_text, headline
from rakor.messages.rules.trying import next_try
from rakor.outbox import Progress, job
from rakor.registrations.rules import Email, parse_email

log = logging.getLogger(__name__)

NO_ADDRESS, GONE, BROKEN, GAVE_UP = "no_address", "recipient_gone", "not_written", "gave_up"
STATES = {Outcome.SENT: MessageState.SENT, Outcome.KEPT: MessageState.KEPT, Outcome.REFUSED: MessageState.FAILED}
LEASE = timedelta(seconds=3 * mail.PATIENCE_AFTER_TEXT)
"""Longer than one message can take: nobody else takes up what is still under way."""

needless: list[Callable[[Message], bool]] = []
"""Questions asked just before a message leaves; one that is answered True drops it."""


@job(store.SEND, lease=LEASE)
def send(payload: dict[str, str], progress: Progress) -> None:
    """Send one message, unless it is done with or nobody needs it any more."""
    row = store.message(UUID(payload["event_id"]), UUID(payload["message_id"]))
    if row is None or row.state is not MessageState.QUEUED:
        return
    if any(asked(row) for asked in needless):
        _settle(row, MessageState.DROPPED, "")
        return
    said = _written_or_failed(row)
    if said is None:
        return
    if said[1] is None:
        _settle(row, MessageState.KEPT, NO_ADDRESS)
    else:
        db.session.close()  # a server may take minutes: nothing is held meanwhile
        _hand_over(row, said[1])


def _hand_over(row: Message, made: EmailMessage) -> None:
    try:
        outcome, words = mail.send(config().smtp_url, made)
    except mail.NoAnswer as silence:
        raise outbox.Unanswered(str(silence)) from silence
    except mail.NotNow as answer:
        _wait(row, str(answer))
    else:
        _settle(row, STATES[outcome], words, answered=outcome is not Outcome.KEPT)


def _wait(row: Message, words: str) -> None:
    now = clock.now()
    until = next_try(row.queued_at or row.created_at, now)
    if until is None:
        _settle(row, MessageState.FAILED, words, answered=True)
        return
    with transaction(unaudited="a message is its own record"):
        store.put_off(row.id, words, until=until)
        outbox.end_pause(store.SEND)
    raise outbox.Later(until, words)


def _settle(row: Message, state: MessageState, words: str, *, answered: bool = False) -> None:
    with transaction(unaudited="a message is its own record"):
        store.settle(row.id, state, words, now=clock.now())
        if answered:
            outbox.end_pause(store.SEND)


def _written_or_failed(row: Message) -> tuple[Letter, EmailMessage | None] | None:
    """Return what the message says; one that cannot be written has failed, and does not stand in the others' way."""
    try:
        said = written(row)
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("message %s cannot be written", row.id)
        db.session.close()
        _settle(row, MessageState.FAILED, BROKEN)
        return None
    if said is None:
        _settle(row, MessageState.FAILED, GONE)
    return said


def written(row: Message) -> tuple[Letter, EmailMessage | None] | None:
    """Return a message's letter and its mail (None without a usable e-mail address); None where nobody is left."""
    event = events.event(row.event_id)
    found = addressed(event, row) if event is not None else None
    return (found.letter, _mail(row, found)) if found is not None else None


def _mail(row: Message, to: Addressed) -> EmailMessage | None:
    address = parse_email(to.address)  # anything else is no address, or an attack on the headers
    if not isinstance(address, Email):
        return None
    said = to.letter
    with force_locale(to.language):
        html = render_template("mail/letter.html", letter=said)
    return mail.compose(
        message_id=f"<{row.id}@{config().host}>",
        sender=config().mail_from,
        recipient=address.address,
        subject=headline(said.subject),
        language=to.language,
        text=as_text(said),
        html=html,
        written_at=row.created_at,
        calendar=said.calendar,
        method=said.method,
        stop_url=said.stop[1] if said.stop else "",
        paper=(said.paper.name, said.paper.content) if said.paper else None,
    )
