"""The attendance list (daftar hadir): who is on it, in which order, and what each line says."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
ZONE_WORDS = {
    "Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT",
}  # fmt: skip


class ListKind(StrEnum):
    """The three lists of a meeting; archives want them apart (domain.md §2.7)."""

    PARTICIPANTS = "participants"
    SPEAKERS = "speakers"
    COMMITTEE = "committee"


class Place(StrEnum):
    """Where a person was present."""

    ON_SITE = "on_site"
    ONLINE = "online"


@dataclass(frozen=True)
class Seat:
    """A seat's place in protocol order: office first, then the role's position, then the seat's number."""

    office_order: tuple[str | int, ...]
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
    seat: Seat | None = None
    region: tuple[str, str] = ("", "")
    present_at: datetime | None = None
    present: bool = False
    place: Place = Place.ON_SITE
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
    )
    return Arranged(lines, counts)


def _order(row: ListRow) -> tuple[object, ...]:
    tail = (*row.region, bare(row.name), row.name, row.person)
    if row.seat is None:
        return (1, (), 0, 0, *tail)
    office = tuple((isinstance(part, str), str(part).zfill(6) if isinstance(part, int) else part)
                   for part in row.seat.office_order)  # fmt: skip
    return (0, office, row.seat.role_position, row.seat.number, *tail)


def _joined(group: list[ListRow]) -> ListRow:
    """One person's rows as one line: the first seat, every post once, present where any of them is."""
    posts = " / ".join(dict.fromkeys(post_line(row) for row in group))
    arrived = [row for row in group if row.present]
    first = min(arrived, key=lambda row: (row.present_at is None, row.present_at or 0)) if arrived else group[0]
    return replace(
        group[0],
        post=posts,
        represents="",
        present=bool(arrived),
        present_at=first.present_at,
        place=first.place,
        means=first.means,
    )


def bare(name: str) -> str:
    """Return ``name`` for comparing: no accents, no case, no punctuation, single spaces."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return " ".join(re.sub(r"[^\w\s]", "", kept).split())


def post_line(row: ListRow) -> str:
    """Return the post as printed; a deputy's line says for whom ("mewakili Ketua")."""
    if not row.represents:
        return row.post or "-"
    return f"{row.post}, mewakili {row.represents}" if row.post else f"mewakili {row.represents}"


def mark_line(row: ListRow, zone: str) -> str:
    """Return what the signature cell says of a present person: "Zoom, 07.56 WIB"; empty when not present."""
    if not row.present:
        return ""
    means = row.means or ("Daring" if row.place is Place.ONLINE else "Hadir")
    return f"{means}, {clock_line(row.present_at, zone)}" if row.present_at else f"{means}, waktu tidak tercatat"


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


def date_line(day: date) -> str:
    """Return a date as Indonesian papers write it: "Selasa, 24 November 2026"."""
    return f"{DAYS[day.weekday()]}, {day.day} {MONTHS[day.month - 1]} {day.year}"


def clock_line(moment: datetime, zone: str, *, with_zone: bool = True) -> str:
    """Return an aware moment as wall time of ``zone``: "07.56 WIB"."""
    shown = moment.astimezone(ZoneInfo(zone)).strftime("%H.%M")
    return f"{shown} {ZONE_WORDS.get(zone, zone)}" if with_zone else shown


def span_line(starts_at: datetime | None, ends_at: datetime | None, zone: str) -> str:
    """Return "08.00–10.00 WIB", "08.00 WIB–selesai", or "waktu tidak tercatat" where no time is known."""
    if starts_at is None:
        return "waktu tidak tercatat"
    if ends_at is None:
        return f"{clock_line(starts_at, zone)}–selesai"
    return f"{clock_line(starts_at, zone, with_zone=False)}–{clock_line(ends_at, zone)}"
