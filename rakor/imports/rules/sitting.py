"""Somebody who takes a second seat of the office: one person, one registration, one ticket."""

from dataclasses import dataclass
from uuid import UUID

from rakor.imports.rules.person import Sent
from rakor.registrations.rules import Mode, email


@dataclass(frozen=True, slots=True)
class Words:
    """What tells two people of one name apart."""

    nip: str | None
    phone: str | None
    email: str | None

    def differ(self, sent: Sent) -> bool:
        """Whether a row speaks against these; what either leaves out does not."""
        mine, theirs = (_address(self.email), _address(sent.email))
        pairs = ((self.nip, sent.nip), (self.phone, sent.phone), (mine, theirs))
        return any(one and other and one != other for one, other in pairs)


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who sits on another seat: there already (``person_id``), or by an earlier row of the file (``row``)."""

    seat_id: UUID
    mode: Mode
    words: Words
    row: str = ""
    person_id: UUID | None = None


def _address(text: str | None) -> str:
    return email.same_address(text) if text else ""
