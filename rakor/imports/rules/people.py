"""Who is registered already, and whether a row speaks of one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from rakor.imports.rules.person import Sent
from rakor.registrations.rules import Mode, email, fold
from rakor.registrations.rules.work import Employment

FIRST_SEAT = ("name", "post", "acting")
SAME_NAME = 75.0
"""Below this nearness of two names a correction is another person."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody registered at the event, living registrations only."""

    id: UUID
    folded: str
    shown_name: str
    post: str
    nip: str | None
    phone: str | None
    email: str | None
    mode: Mode
    office_id: UUID | None
    role_id: UUID | None = None
    """The role of the first seat, by which somebody stands in lists."""
    acting: str = ""
    employment: Employment | None = None
    rank: str = ""
    placing: str = ""


class People:
    """Those who are registered, found by id, by name and by NIP."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by_id: dict[UUID, Known] = {}
        self._by_name: dict[str, list[Known]] = {}
        self._by_nip: dict[str, Known] = {}
        for person in people:
            self._by_id[person.id] = person
            self._by_name.setdefault(person.folded, []).append(person)
            if person.nip:
                self._by_nip.setdefault(person.nip, person)

    def by_id(self, registration_id: UUID | None) -> Known | None:
        """The person of a registration, or None."""
        return self._by_id.get(registration_id) if registration_id else None

    def named(self, folded: str) -> list[Known]:
        """Everybody of that name."""
        return self._by_name.get(folded, []) if folded else []

    def with_nip(self, nip: str) -> Known | None:
        """Who has that NIP, or None."""
        return self._by_nip.get(nip)

    def same(self, sent: Sent) -> Known | None:
        """The same person of the open form: one name and one phone, e-mail or NIP; never the name alone."""
        if sent.name is None:
            return None
        for person in self.named(fold(sent.name.name)):
            address = email.same_address(sent.email) if sent.email else None
            if (
                (sent.phone and sent.phone == person.phone)
                or (address and person.email and address == email.same_address(person.email))
                or (sent.nip and sent.nip == person.nip)
            ):
                return person
        return None


def is_other_person(name: str, person: Known) -> bool:
    """Whether a name put beside a row code is another person's and not a spelling put right."""
    return fuzz.ratio(fold(name), person.folded) < SAME_NAME


def changes_of(sent: Sent, person: Known, *, further: bool = False) -> list[str]:
    """The fields that a row changes; an empty cell changes nothing, so nothing is deleted by leaving it out.

    A row about a ``further`` seat of somebody says how to reach them, not what they are called or what their post is.
    """
    offered = {
        "name": (sent.name.display() if sent.name else "", person.shown_name),
        "post": (sent.post, person.post),
        "acting": (sent.acting, person.acting),
        "employment": (sent.employment, person.employment),
        "rank": (sent.rank, person.rank),
        "nip": (sent.nip, person.nip),
        "phone": (sent.phone, person.phone),
        "email": (sent.email, person.email),
        "mode": (sent.mode, person.mode),
        "placing": (sent.placing, person.placing),
    }
    return [name for name, (new, old) in offered.items() if new and new != old and not (further and name in FIRST_SEAT)]
