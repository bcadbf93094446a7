"""Whom a message goes to: one writer for each kind of recipient, from a message's ids to an addressed letter."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import force_locale

from rakor.events.models import Event
from rakor.messages import store
from rakor.messages.letters import Subject, letter
from rakor.messages.models import Message
from rakor.messages.rules import Kind, Letter
from rakor.registrations import store as registrations


@dataclass(frozen=True)
class Addressed:
    """A letter with its address ("" where none is known) and its language."""

    letter: Letter
    address: str
    language: str


Writer = Callable[[Event, Message], Addressed | None]
_writers: dict[str, Writer] = {}


def writes_to(recipient_kind: str) -> Callable[[Writer], Writer]:
    """Declare who writes to a kind of recipient; None from it means that nobody is left to write to."""

    def register(writer: Writer) -> Writer:
        _writers[recipient_kind] = writer
        return writer

    return register


def addressed(event: Event, row: Message) -> Addressed | None:
    """Return what a message says and to whom; None where its recipient is gone."""
    return _writers[row.recipient_kind](event, row)


@writes_to(store.REGISTRATION)
def _to_person(event: Event, row: Message) -> Addressed | None:
    person = registrations.registration(row.event_id, row.recipient_id)
    if person is None:
        return None
    with force_locale(person.language):
        said = letter(Kind(row.kind), Subject(event, person, row.created_at, row.campaign_id, row.detail))
    return Addressed(said, person.email or "", person.language)
