"""A letter of invitation as values: what it says, to whom, and its attachments; pure (domain.md §2.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from rakor.documents.rules.lists import Approval


@dataclass(frozen=True)
class InvitedRole:
    """One line of the invitee matrix: which offices, as what, how many of each, by which modes; must it be there."""

    offices: str
    role: str
    quota: int
    modes: str
    required: bool


@dataclass(frozen=True)
class OfficeGroup:
    """The invited offices of one province (or of the centre)."""

    province: str
    offices: tuple[str, ...]


@dataclass(frozen=True)
class AgendaLine:
    """One line of the programme; ``starts_at`` and ``ends_at`` (aware) may be missing."""

    day: date
    starts_at: datetime | None
    ends_at: datetime | None
    title: str
    people: str


@dataclass(frozen=True)
class LetterFacts:
    """All that a letter says. ``zone`` is the event's IANA zone; empty texts are left out.

    ``link`` is where the answer is given: an office's own page, or the event's public page for a letter to all.
    """

    number: str
    signed_on: date | None
    place: str
    nature: str
    attachments: str
    subject: str
    addressees: tuple[str, ...]
    basis: str
    event_title: str
    theme: str
    starts_on: date
    ends_on: date
    zone: str
    opens_at: datetime | None
    time_note: str
    venue: str
    cost: str
    delegation: str
    dress: str
    bring: str
    lodging: str
    answer_by: str
    link: str
    is_own_link: bool
    contact: str
    cc: tuple[str, ...]
    letterhead: tuple[str, ...] = ()
    logo: bytes = b""
    approval: Approval | None = None
    roles: tuple[InvitedRole, ...] = ()
    groups: tuple[OfficeGroup, ...] = ()
    agenda: tuple[AgendaLine, ...] = ()
    with_list: bool = True
    with_form: bool = True
    office: str = ""
    demo: bool = False


WORDS_OF_NUMBERS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")


def attachment_titles(facts: LetterFacts) -> tuple[str, ...]:
    """The attachments that the letter really has, in their order."""
    wanted = (
        ("Daftar undangan", facts.with_list and bool(facts.roles)),
        ("Susunan acara", bool(facts.agenda)),
        ("Formulir konfirmasi", facts.with_form and bool(facts.roles)),
    )
    return tuple(title for title, there in wanted if there)


def attachment_words(facts: LetterFacts) -> str:
    """ "3 (tiga) berkas" as typed or as counted; "-" for none."""
    count = len(attachment_titles(facts))
    if facts.attachments or not count:
        return facts.attachments or "-"
    return f"{count} ({WORDS_OF_NUMBERS[count]}) berkas"


def by_province(offices: Iterable[tuple[str, str]]) -> tuple[OfficeGroup, ...]:
    """Group (province, office) in the order given."""
    groups: dict[str, list[str]] = {}
    for province, office in offices:
        groups.setdefault(province, []).append(office)
    return tuple(OfficeGroup(province, tuple(names)) for province, names in groups.items())
