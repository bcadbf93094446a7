"""The rundown as a table (domain.md §2.8): its columns, and other people's tables read back, row by row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from rakor.agenda.rules import AgendaKind, check_times
from rakor.agenda.rules.views import ItemDraft, PersonDraft

HEADINGS = {
    "day": ("hari/tanggal", "hari, tanggal", "hari tanggal", "tanggal", "hari"),
    "time": ("waktu", "jam", "pukul"),
    "title": ("acara", "mata acara", "kegiatan", "judul"),
    "topic": ("topik", "materi", "tema"),
    "speakers": ("narasumber/pengisi", "narasumber", "pengisi", "pembicara", "pemateri"),
    "moderators": ("moderator",),
    "in_charge": ("pj", "penanggung jawab", "pic"),
    "note": ("keterangan", "ket", "ket.", "catatan"),
    "room": ("ruang", "tempat", "ruangan"),
    "kind": ("jenis",),
    "audience": ("untuk", "untuk siapa", "peserta"),
}
LIMITS = {"title": 240, "topic": 400, "room": 120, "in_charge": 120, "note": 300, "audience": 200}
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
GUESSES = (
    (AgendaKind.BREAK, r"istirahat|ishoma|rehat|coffee|makan|salat|sholat|shalat"),
    (AgendaKind.REGISTRATION, r"regist?rasi"),
    (AgendaKind.QNA, r"tanya jawab"),
    (AgendaKind.PANEL, r"panel"),
    (AgendaKind.BREAKOUT, r"kelompok|breakout|kelas"),
    (AgendaKind.SESSION, r"\bsesi\b|paparan|materi"),
    (AgendaKind.REPORT, r"laporan"),
    (AgendaKind.REMARKS, r"sambutan"),
    (AgendaKind.DIRECTIVE, r"arahan"),
    (AgendaKind.CEREMONY, r"pembukaan|indonesia raya|doa\b"),
    (AgendaKind.AWARDS, r"penghargaan"),
    (AgendaKind.CLOSING, r"penutup"),
)
SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:–|—|-|s\.?/?d\.?|sampai)+\s*(\d{1,2})[.:](\d{2})", re.IGNORECASE)


class RowProblem(StrEnum):
    """Why a row of a table is no agenda item."""

    NO_HEADING = "no_heading"
    NO_TITLE = "no_title"
    UNKNOWN_DAY = "unknown_day"
    BAD_TIME = "bad_time"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Trouble:
    """A row that cannot be taken: its number in the sheet, why, and what stands there."""

    sheet: str
    row: int
    problem: RowProblem
    text: str = ""


@dataclass(frozen=True)
class Found:
    """What a table holds: the items, and what is wrong with other rows."""

    drafts: tuple[ItemDraft, ...]
    troubles: tuple[Trouble, ...]


def columns_of(cells: Sequence[str]) -> dict[str, int]:
    """Return which column is what, by the words of a heading; "Waktu (WIB)" is a time."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        words = re.sub(r"\s*\(.*?\)\s*", "", " ".join(cell.split())).casefold()
        for name, known in HEADINGS.items():
            if words in known and name not in found:
                found[name] = place
    return found


def read_sheet(
    sheet: str,
    rows: Sequence[tuple[int, Sequence[str]]],
    days: Mapping[date, UUID],
    zone: str,
    kinds: Mapping[str, AgendaKind],
) -> Found:
    """Read one sheet; ``days`` are the event's, ``kinds`` are the words for kinds in lower case.

    A row without a day belongs to that of the row before, at first to the event's first day.
    """
    for place, (_number, cells) in enumerate(rows):
        columns = columns_of(cells)
        if {"title", "time"} <= columns.keys():
            return _Reader(sheet, columns, days, zone, kinds).read(rows[place + 1 :])
    return Found((), (Trouble(sheet, rows[0][0] if rows else 1, RowProblem.NO_HEADING),))


class _Reader:
    def __init__(
        self,
        sheet: str,
        columns: Mapping[str, int],
        days: Mapping[date, UUID],
        zone: str,
        kinds: Mapping[str, AgendaKind],
    ) -> None:
        self.sheet, self.columns, self.days, self.zone, self.kinds = sheet, columns, days, zone, kinds
        self.day = min(days)

    def read(self, rows: Sequence[tuple[int, Sequence[str]]]) -> Found:
        read = [self._row(number, cells) for number, cells in rows]
        return Found(
            tuple(one for one in read if isinstance(one, ItemDraft)),
            tuple(one for one in read if isinstance(one, Trouble)),
        )

    def _row(self, number: int, cells: Sequence[str]) -> ItemDraft | Trouble | None:
        row = {name: cells[place].strip() if place < len(cells) else "" for name, place in self.columns.items()}
        if not any(row.values()):
            return None
        if said := row.get("day", ""):
            day = day_of(said, sorted(self.days))
            if day is None:
                return Trouble(self.sheet, number, RowProblem.UNKNOWN_DAY, said[:60])
            self.day = day
        if not row["title"]:
            # a line that only names the day heads a group
            alone = said and not row["time"]
            return None if alone else Trouble(self.sheet, number, RowProblem.NO_TITLE, row["time"][:60])
        return self._item(number, row)

    def _item(self, number: int, row: Mapping[str, str]) -> ItemDraft | Trouble:
        long = next((name for name, limit in LIMITS.items() if len(row.get(name, "")) > limit), None)
        if long:
            return Trouble(self.sheet, number, RowProblem.TOO_LONG, row[long][:60])
        times = span_of(row["time"], self.day, self.zone)
        if times is None:
            return Trouble(self.sheet, number, RowProblem.BAD_TIME, row["time"][:60])
        kept = {name: " ".join(row.get(name, "").split()) for name in LIMITS}
        kind = self.kinds.get(row.get("kind", "").casefold()) or guess(row["title"])
        return ItemDraft(
            day_id=self.days[self.day],
            kind=kind,
            starts_at=times[0],
            ends_at=times[1],
            speakers=people(row.get("speakers", "")),
            moderators=people(row.get("moderators", "")),
            counts_for_jp=kind in (AgendaKind.SESSION, AgendaKind.PANEL, AgendaKind.BREAKOUT),
            title=kept["title"],
            topic=kept["topic"],
            room=kept["room"],
            in_charge=kept["in_charge"],
            note=kept["note"],
            audience=kept["audience"],
        )


def guess(title: str) -> AgendaKind:
    """Return the kind that a title speaks of."""
    words = title.casefold()
    return next((kind for kind, pattern in GUESSES if re.search(pattern, words)), AgendaKind.OTHER)


def people(text: str) -> tuple[PersonDraft, ...]:
    """Read people from a cell, one a line: "Nama; jabatan; lembaga"; a dash means nobody."""
    found = []
    for line in filter(None, (" ".join(line.split()).strip("-–• ") for line in text.splitlines())):
        name, post, organization = ([part.strip() for part in line.split(";", 2)] + ["", ""])[:3]
        found.append(PersonDraft(name[:120], post[:160], organization[:200]))
    return tuple(found)


def span_of(text: str, day: date, zone: str) -> tuple[datetime | None, datetime | None] | None:
    """Read "08.00–09.30 WIB", "08:00 s.d. 09:30" or nothing; None where the words are no time of that day."""
    if not text or text in ("-", "–"):
        return None, None
    found = SPAN.search(text)
    if not found:
        return None
    try:
        first, last = (
            datetime.combine(day, time(int(hour), int(minute)), ZoneInfo(zone))
            for hour, minute in ((found[1], found[2]), (found[3], found[4]))
        )
    except ValueError:
        return None
    return None if check_times(day, first, last) else (first, last)


def day_of(text: str, days: Sequence[date]) -> date | None:
    """Read "Hari 2", "Selasa, 24 November 2026", "24/11/2026", "2026-11-24"; None where it is no day of the event."""
    words = text.casefold()
    if found := re.fullmatch(r"(?:hari|day)\s*(?:ke-?\s*)?(\d{1,2})", words.strip()):
        place = int(found[1]) - 1
        return days[place] if 0 <= place < len(days) else None
    numbers = re.search(r"(\d{4})-(\d{1,2})-(\d{1,2})", words)
    if numbers:
        wanted = [int(part) for part in numbers.groups()]
    elif numbers := re.search(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", words):
        wanted = [int(part) for part in reversed(numbers.groups())]
    elif (named := re.search(r"(\d{1,2})\s+([a-z]+)\s+(\d{4})", words)) and named[2] in MONTHS:
        wanted = [int(named[3]), MONTHS.index(named[2]) + 1, int(named[1])]
    else:
        return None
    return next((day for day in days if [day.year, day.month, day.day] == wanted), None)
