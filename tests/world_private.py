"""What few may read: each kind of private word stands once on the own side, under a mark of its own, with its readers.

Written from domain.md §2.10 and §2.11, not from the routes. A mark in an answer to anybody else, in whatever format, is
a column that left with its row.
"""

import re
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from rakor.accounts.rules import Role
from rakor.db import db
from rakor.events.models import EventIdentity, LinkPurpose
from rakor.minutes.follow_up_models import FollowUp
from rakor.minutes.rules.follow_ups import Assignee
from rakor.offices.models import Office, OfficeContact
from rakor.registrations.field_models import FormAnswer
from rakor.registrations.models import Registration
from rakor.registrations.pool_models import Answer, Decision
from rakor.seats.models import Seat
from rakor.seats.office_models import OfficeSpeaker
from tests import make

KEEPERS = frozenset({Role.OWNER, Role.EDITOR, Role.REGISTRAR})
PERSON, SPEAKER = LinkPurpose.PERSON, LinkPurpose.SPEAKER


@dataclass(frozen=True)
class Mark:
    """A private word as it rests, and the roles and links that may read it."""

    word: str
    roles: frozenset[Role] = KEEPERS
    purposes: frozenset[LinkPurpose] = frozenset()

    def stands_in(self, body: str) -> bool:
        """Whether an answer holds it; a number in whatever way it is parted."""
        if self.word.isdigit():
            return re.search(r"[^0-9A-Za-z]{0,3}".join(self.word), body) is not None
        return self.word.lower() in body.lower()


MARKS = {
    "a person's number": Mark("81277770011", purposes=frozenset({PERSON})),
    "a person's address": Mark("kenari.pribadi@orang.test", purposes=frozenset({PERSON})),
    "a person's NIP": Mark("199001012015041011", purposes=frozenset({PERSON})),
    "a person's answer": Mark("Alergi kenari", purposes=frozenset({PERSON})),
    "why a person was refused": Mark("Ditolak kenari", purposes=frozenset({PERSON})),
    "why a person is ill": Mark("Demam Burungkenari"),
    "why a speaker cannot come": Mark("Halangan Burungkenari", purposes=frozenset({SPEAKER})),
    "a speaker's address": Mark("Burungkenari@contoh.test", purposes=frozenset({SPEAKER})),
    "the number that answered for an office": Mark("81277770022"),
    "the number of an office's contact": Mark("81277770033", KEEPERS | {Role.NOTE_TAKER}),  # who runs after follow-ups
    "the address of an office's contact": Mark("kenari.kantor@orang.test"),
    "the NIP of who signs": Mark("197001011995031033"),
    "who has to do something": Mark("Penanggung Kenari", KEEPERS | {Role.NOTE_TAKER, Role.LEADER, Role.AUDITOR}),
}


def plant(event_id: UUID, office_id: UUID, registration_id: UUID, field_id: UUID) -> None:
    """Let every mark that the world's rows do not carry already stand in its column."""
    at, whose = make.AT, {"event_id": event_id, "registration_id": registration_id}
    person = db.session.get_one(Registration, registration_id)
    person.phone, person.email = "+6281277770011", MARKS["a person's address"].word
    person.nip = MARKS["a person's NIP"].word
    person.search_key = person.name.lower()
    make._add(FormAnswer(**whose, field_id=field_id, value=MARKS["a person's answer"].word, answered_at=at))
    reason = MARKS["why a person was refused"].word
    make._add(Decision(**whose, answer=Answer.CANCELLED, reason=reason, decided_at=at))
    beside = {"code": "9303", "regency_code": "9303", "sort_key": "93.03"}  # its voice is not that of the walk's office
    other = make.office(db.session.get_one(Office, office_id).institution_id, **beside)
    make.seat(event_id, other.id, db.session.scalars(select(Seat.role_id).where(Seat.event_id == event_id)).first())
    make._add(OfficeSpeaker(event_id=event_id, office_id=other.id, phone="+6281277770022", since_at=at))
    address = MARKS["the address of an office's contact"].word
    make._add(OfficeContact(office_id=office_id, name="Narahubung", phone="+6281277770033", email=address))
    nip = MARKS["the NIP of who signs"].word
    make._add(EventIdentity(event_id=event_id, signatory_name="Direktur", signatory_nip=nip))
    task = {"text": "Menyiapkan laporan", "assignee": Assignee.PERSON, "made_at": at, "changed_at": at}
    make._add(FollowUp(event_id=event_id, number=2, person_name=MARKS["who has to do something"].word, **task))


def read_by_others(body: str, who: str, purpose: str) -> list[str]:
    """Name the marks in an answer that ``who``, or the holder of a link for ``purpose``, may not read."""
    if who == "admin":
        return []
    return [
        name for name, mark in MARKS.items()
        if who not in mark.roles and purpose not in mark.purposes and mark.stands_in(body)
    ]  # fmt: skip



