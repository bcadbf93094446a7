"""The values of an attendance list: which one, its head, its rows, its counts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from rakor.registrations.rules import Mode


class ListKind(StrEnum):
    """The three lists of a meeting; archives want them apart (domain.md §2.7)."""

    PARTICIPANTS = "participants"
    SPEAKERS = "speakers"
    COMMITTEE = "committee"


class Variant(StrEnum):
    """What a list is for (domain.md §2.7)."""

    BLANK = "blank"
    """To be signed with ink."""
    FILLED = "filled"
    """With the signatures that were drawn, and the time."""
    PUBLIC = "public"
    """Who came, for everybody: no NIP, no phone, no signature, nobody who was absent."""
    RECEIPT = "receipt"
    """The same names, to sign for what is handed out."""


@dataclass(frozen=True)
class Choice:
    """Which list: the whole day's, or one session's (``item_id``); of everybody, one province's, or one office's."""

    kind: ListKind
    day_id: UUID
    item_id: UUID | None = None
    province_code: str | None = None
    office_id: UUID | None = None


def scope_of(choice: Choice) -> str:
    """Return the name under which the versions of one list are counted."""
    parts = (choice.kind, choice.day_id, choice.item_id, choice.province_code, choice.office_id)
    return "/".join("" if part is None else str(part) for part in parts)


@dataclass(frozen=True)
class Standing:
    """A seat's place in protocol order: office first, then the role's position, then the seat's number.

    ``office_order`` is the office's sort key: code order, the national office first.
    """

    office_order: str
    role_position: int
    number: int


@dataclass(frozen=True)
class ListRow:
    """One person as the list needs them.

    ``person`` is any stable key of the registration: two rows with the same key are one person on two seats.
    ``name`` is bare, for sorting; ``shown_name`` carries the titles. ``region`` is (province code, regency code).
    ``present_at`` is aware, or None for who was not (yet) present; ``means`` is a word such as "Zoom" or "Meja 3".
    ``represents`` names the post a deputy sits in for. ``excuse`` says why who is not present is not: excused, ill, or
    there too short. ``signed`` is the signature's id, ``strokes`` ("x,y x,y;…") or ``typed`` what it looks like.
    """

    person: str
    name: str
    shown_name: str
    post: str
    office: str
    nip: str = ""
    phone: str = ""
    seat: Standing | None = None
    region: tuple[str, str] = ("", "")
    present_at: datetime | None = None
    present: bool = False
    mode: Mode = Mode.ONSITE
    means: str = ""
    represents: str = ""
    excuse: str = ""
    signed: str = ""
    strokes: str = ""
    typed: str = ""


@dataclass(frozen=True)
class Approval:
    """Who stands under the list: "Mengetahui", post, name, NIP."""

    post: str
    name: str
    nip: str = ""


@dataclass(frozen=True)
class ListHead:
    """The head of a list. ``zone`` is the event's IANA zone; ``counted_at`` (aware) is when presence was read.

    ``letterhead`` are its lines, the first one large; ``starts_at``/``ends_at`` (aware) may be missing. ``check_url``
    leads to the page that says whether the ledger still agrees; ``fingerprint`` is the rows' (hex). ``part`` is (which,
    of how many) files. ``version`` says which locked version it is, and what it changed.
    """

    kind: ListKind
    event_title: str
    event_short_title: str
    day: date
    zone: str
    counted_at: datetime
    letterhead: tuple[str, ...] = ()
    logo: bytes = b""
    session: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    venue: str = ""
    province: str = ""
    office: str = ""
    variant: Variant = Variant.BLANK
    check_url: str = ""
    fingerprint: str = ""
    part: tuple[int, int] = (1, 1)
    approval: Approval | None = None
    demo: bool = False
    version: str = ""


@dataclass(frozen=True)
class ListCounts:
    """Seats and people are counted apart and never mixed; ``loose`` are people without a seat."""

    seats: int
    seats_present: int
    heads: int
    heads_present: int
    loose: int
    loose_present: int


@dataclass(frozen=True)
class Arranged:
    """The lines in their order, one a person, and the counts of what went in."""

    rows: tuple[ListRow, ...]
    counts: ListCounts
