"""The attendance list (daftar hadir): who is on it, in which order, and what each line says."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from rakor.regions.rules.folding import plain
from rakor.registrations.rules import Mode


class ListKind(StrEnum):
    """The three lists of a meeting; archives want them apart (domain.md §2.7)."""

    PARTICIPANTS = "participants"
    SPEAKERS = "speakers"
    COMMITTEE = "committee"


class PaperFormat(StrEnum):
    """As what a list is handed out."""

    PDF = "pdf"
    XLSX = "xlsx"


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
    ``represents`` names the post a deputy sits in for.
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


@dataclass(frozen=True)
class Approval:
    """Who stands under the list: "Mengetahui", post, name, NIP."""

    post: str
    name: str
    nip: str = ""


@dataclass(frozen=True)
class ListHead:
    """The head of a list. ``zone`` is the event's IANA zone; ``counted_at`` (aware) is when presence was read.

    ``letterhead`` are its lines, the first one large; ``starts_at``/``ends_at`` (aware) may be missing.
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
    approval: Approval | None = None
    demo: bool = False


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


def arrange(rows: Iterable[ListRow], *, open_seat_count: int = 0) -> Arranged:
    """Return ``rows`` in protocol order, each person once at their first seat with all their posts.

    Office order, then role position, then seat number; after them who has no seat, by province, regency and name
    (titles, case and accents ignored). ``open_seat_count`` seats have nobody on them and are only counted.
    """
    ordered = sorted(rows, key=_order)
    by_person: dict[str, list[ListRow]] = {}
    for row in ordered:
        by_person.setdefault(row.person, []).append(row)
    lines = tuple(_joined(group) for group in by_person.values())
    seated = [row for row in ordered if row.seat is not None]
    counts = ListCounts(
        seats=len(seated) + open_seat_count,
        seats_present=sum(row.present for row in seated),
        heads=len(lines),
        heads_present=sum(line.present for line in lines),
        loose=sum(line.seat is None for line in lines),
        loose_present=sum(line.seat is None and line.present for line in lines),
    )
    return Arranged(lines, counts)


def _order(row: ListRow) -> tuple[object, ...]:
    tail = (*row.region, plain(row.name), row.name, row.person)
    if row.seat is None:
        return (1, "", 0, 0, *tail)
    return (0, row.seat.office_order, row.seat.role_position, row.seat.number, *tail)


_NEVER = datetime.max.replace(tzinfo=UTC)


def _joined(group: list[ListRow]) -> ListRow:
    """One person's rows as one line: the first seat, every post once, present where any of them is."""
    posts = " / ".join(dict.fromkeys(post_line(row) for row in group))
    arrived = [row for row in group if row.present]
    timed = [row for row in arrived if row.present_at is not None]
    first = min(timed or arrived or group, key=lambda row: row.present_at or _NEVER)
    return replace(
        group[0],
        post=posts,
        represents="",
        present=bool(arrived),
        present_at=first.present_at,
        mode=first.mode,
        means=first.means,
    )


def post_line(row: ListRow) -> str:
    """Return the post as printed; a deputy's line says for whom ("mewakili Ketua")."""
    if not row.represents:
        return row.post or "-"
    return f"{row.post}, mewakili {row.represents}" if row.post else f"mewakili {row.represents}"


def nip_line(nip: str) -> str:
    """Return a NIP in its groups (8 6 1 3) as offices write it, anything else as it is, and "-" for none."""
    digits = re.sub(r"[\s.\-]", "", nip)
    if re.fullmatch(r"[0-9]{18}", digits):
        return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"
    return nip.strip() or "-"


def phone_line(phone: str) -> str:
    """Return an E.164 Indonesian number as people dial it (0812 0000 0101); "-" for none."""
    local = re.sub(r"^\+?62(?=[0-9])", "0", re.sub(r"[\s\-]", "", phone))
    if not re.fullmatch(r"0[0-9]{8,13}", local):
        return phone.strip() or "-"
    return " ".join(filter(None, (local[:4], local[4:8], local[8:])))
