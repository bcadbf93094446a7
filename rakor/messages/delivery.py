"""Sending: the jobs that leave messages, and the one that makes a mail of a message and hands it over."""

from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

from flask import render_template
from flask_babel import force_locale

from rakor import clock, mail
from rakor.db import transaction
from rakor.events import store as events
from rakor.mail import Outcome
from rakor.messages import store
from rakor.messages.letters import Subject, config, letter
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind, Letter, as_text, one_line
from rakor.messages.to_offices import to_office
from rakor.outbox import Progress, job
from rakor.registrations import offers
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState

NO_ADDRESS = "no_address"
STATES = {Outcome.SENT: MessageState.SENT, Outcome.KEPT: MessageState.KEPT, Outcome.REFUSED: MessageState.FAILED}
TOLD = {
    RegistrationState.APPLIED: Kind.APPLIED,
    RegistrationState.WAITING: Kind.WAITING,
    RegistrationState.REGISTERED: Kind.CONFIRMATION,
    RegistrationState.CONFIRMED: Kind.CONFIRMATION,
    RegistrationState.REJECTED: Kind.REJECTED,
}


def _named(payload: dict[str, str]) -> Registration | None:
    return registrations.registration(UUID(payload["event_id"]), UUID(payload["registration_id"]))


@job("registration.received")
@job("registration.confirmed")
def tell_state(payload: dict[str, str], progress: Progress) -> None:
    """Tell a person where the registration stands now, once per state and ticket."""
    with transaction(unaudited="a message is its own record"):
        row = _named(payload)
        if row is not None and row.state in TOLD:
            store.write(row.event_id, TOLD[row.state], row.id, f"{row.id}/{row.epoch}", now=clock.now())


@job("registration.answered")
def tell_answer(payload: dict[str, str], progress: Progress) -> None:
    """Tell an applicant, or one who waited, what the answer is."""
    with transaction(unaudited="a message is its own record"):
        row = _named(payload)
        if row is None or row.state not in TOLD:
            return
        got_place = TOLD[row.state] is Kind.CONFIRMATION
        kind = Kind.PROMOTED if got_place else TOLD[row.state]
        store.write(row.event_id, kind, row.id, f"{row.id}/{row.version}", now=clock.now())


@job("registration.offered")
def tell_offer(payload: dict[str, str], progress: Progress) -> None:
    """Tell somebody who waits that a place is kept, and until when; nothing where the offer is over already."""
    with transaction(unaudited="a message is its own record"):
        row = _named(payload)
        if row is not None and offers.open_until(row.event_id, row.id, now=clock.now()) is not None:
            store.write(row.event_id, Kind.OFFERED, row.id, f"{row.id}/{row.version}", now=clock.now())


@job("registration.offer_lapsed")
def tell_lapse(payload: dict[str, str], progress: Progress) -> None:
    """Tell somebody that an offer went by unanswered, and where that leaves the registration."""
    with transaction(unaudited="a message is its own record"):
        row = _named(payload)
        if row is not None:
            store.write(row.event_id, Kind.LAPSED, row.id, f"{row.id}/{row.version}", now=clock.now())


@job("registration.link_wanted")
def remind(payload: dict[str, str], progress: Progress) -> None:
    """Send a person the own link again."""
    with transaction(unaudited="a message is its own record"):
        row = _named(payload)
        if row is not None:
            _remind(row, clock.now())


@job("registration.link_request")
def answer_request(payload: dict[str, str], progress: Progress) -> None:
    """Send the links of everybody who is reached by an address; nothing where nobody is, and nobody is told."""
    with transaction(unaudited="a message is its own record"):
        for row in registrations.reached_by(UUID(payload["event_id"]), [bytes.fromhex(payload["index"])]):
            _remind(row, clock.now())


def _remind(row: Registration, now: datetime) -> None:
    """At most one reminder in ten minutes: a job that runs twice, or an impatient finger, sends one."""
    store.write(row.event_id, Kind.LINK_REMINDER, row.id, f"{row.id}/{int(now.timestamp()) // 600}", now=now)


@job(store.SEND)
def send(payload: dict[str, str], progress: Progress) -> None:
    """Send one message; a failure that may pass raises, so the outbox tries again with growing pauses."""
    row = store.message(UUID(payload["event_id"]), UUID(payload["message_id"]))
    if row is None or row.state is not MessageState.QUEUED:
        return
    said = written(row)
    if said is None:
        _settle(row, MessageState.FAILED, "recipient_gone")
    elif said[1] is None:
        _settle(row, MessageState.KEPT, NO_ADDRESS)
    else:
        outcome, words = mail.send(config().smtp_url, said[1])
        _settle(row, STATES[outcome], words)


def _settle(row: Message, state: MessageState, words: str) -> None:
    with transaction(unaudited="a message is its own record"):
        store.settle(row.id, state, words, now=clock.now())


def written(row: Message) -> tuple[Letter, EmailMessage | None] | None:
    """Return a message's letter and its mail (None without a usable e-mail address); None where nobody is left."""
    event = events.event(row.event_id)
    if event is None:
        return None
    if row.recipient_kind == store.OFFICE:
        with force_locale("id"):
            found = to_office(event, row)
            return (found.letter, _mail(row, found.letter, found.address, "id")) if found else None
    person = registrations.registration(row.event_id, row.recipient_id)
    if person is None:
        return None
    with force_locale(person.language):
        said = letter(Kind(row.kind), Subject(event, person, row.created_at))
        return said, _mail(row, said, person.email or "", person.language)


def _mail(row: Message, said: Letter, address: str, language: str) -> EmailMessage | None:
    if not address or one_line(address) != address:  # a line break is no address, it is an attack
        return None
    html = render_template("mail/letter.html", letter=said)
    return mail.compose(
        message_id=f"<{row.id}@{config().host}>",
        sender=config().mail_from,
        recipient=address,
        subject=one_line(said.subject),
        language=language,
        text=as_text(said),
        html=html,
        written_at=row.created_at,
        calendar=said.calendar,
    )
