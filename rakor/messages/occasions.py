"""The jobs that leave messages about a registration: where it stands, what was answered, its link again."""

from datetime import datetime
from uuid import UUID

from rakor import clock
from rakor.db import transaction
from rakor.messages import store
from rakor.messages.rules import Kind
from rakor.outbox import Progress, job
from rakor.registrations import offers
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState

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
