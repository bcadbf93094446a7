"""Numbers, dates and times as Indonesian offices write them, and in English; without a clock and without a locale.

Sources: style of domain.md §4 ("Rabu, 27 Oktober 2021", "08.00 WIB", "6.341", "75,5 %"). Parts that belong together are
held by no-break spaces, and a range does not break after its dash; `plain()` takes both out for mail, sheets and paper.
"""

from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

KEEP = "\N{NO-BREAK SPACE}"
JOIN = "\N{WORD JOINER}"
DASH = "\N{EN DASH}" + JOIN


class Language(StrEnum):
    """A language of the interface."""

    ID = "id"
    EN = "en"


DAYS = {
    Language.ID: ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
    Language.EN: ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    Language.ID: (
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ),
    Language.EN: (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
HOME = "Asia/Jakarta"
"""The zone of what belongs to no event."""
ZONES = {"Asia/Jakarta": "WIB", "Asia/Pontianak": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
UNRECORDED = {Language.ID: "waktu tidak tercatat", Language.EN: "time not recorded"}


def number(value: int | float | Decimal, language: Language) -> str:
    """6341 → "6.341" (Indonesian), "6,341" (English); decimals as given."""
    text = f"{value:,}"
    return text if language is Language.EN else text.translate(str.maketrans(",.", ".,"))


def percent(value: int | float | Decimal, language: Language) -> str:
    """75.5 (of a hundred) → "75,5 %". Cut, never rounded up: 99.96 is "99,9 %", for 100 says complete."""
    cut = Decimal(str(value)).quantize(Decimal("0.1"), rounding=ROUND_DOWN)
    shown = int(cut) if cut == int(cut) else cut
    return number(shown, language) + (f"{KEEP}%" if language is Language.ID else "%")


def date_long(day: date, language: Language) -> str:
    """ "Rabu, 27 Oktober 2021"."""
    return f"{DAYS[language][_day(day).weekday()]}, {date_medium(day, language)}"


def date_medium(day: date, language: Language) -> str:
    """ "27 Oktober 2021"."""
    return KEEP.join((_day_month(day, language), str(day.year)))


def date_range(first: date, last: date, language: Language) -> str:
    """ "27–29 Oktober 2021", "30 November–2 Desember 2026"; one day stands alone."""
    if first == last:
        return date_medium(first, language)
    if first.year != last.year:
        return date_medium(first, language) + DASH + date_medium(last, language)
    if first.month != last.month:
        return _day_month(first, language) + DASH + date_medium(last, language)
    return f"{_day(first).day}{DASH}{date_medium(last, language)}"


def day_tab(day: date, language: Language) -> str:
    """ "Sel 24"."""
    return f"{DAYS[language][_day(day).weekday()][:3]}{KEEP}{day.day}"


def zone_letters(zone: str, at: datetime) -> str:
    """ "WIB", "WITA", "WIT"; another zone by its distance from UTC at that moment."""
    if zone in ZONES:
        return ZONES[zone]
    offset = at.astimezone(ZoneInfo(zone)).strftime("%z")
    return f"UTC{offset[:3]}:{offset[3:]}"


def clock(at: datetime | None, zone: str, language: Language) -> str:
    """ "08.00" in the given IANA zone ("08:00" in English); a missing time says so."""
    if at is None:
        return UNRECORDED[language]
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.hour:02}{':' if language is Language.EN else '.'}{there.minute:02}"


def clock_zone(at: datetime | None, zone: str, language: Language) -> str:
    """ "08.00 WIB"."""
    if at is None:
        return UNRECORDED[language]
    return f"{clock(at, zone, language)}{KEEP}{zone_letters(zone, at)}"


def span(start: datetime | None, end: datetime | None, zone: str, language: Language) -> str:
    """ "08.00–09.30 WIB"; without an end only the start, without a start that it is not recorded."""
    if start is None or end is None:
        return clock_zone(start, zone, language)
    return clock(start, zone, language) + DASH + clock_zone(end, zone, language)


def when(at: datetime | None, zone: str, language: Language) -> str:
    """ "Jumat, 20 November, 17.00 WIB": for what is near enough to need no year."""
    if at is None:
        return UNRECORDED[language]
    day = local_day(at, zone)
    return f"{DAYS[language][day.weekday()]}, {_day_month(day, language)}, {clock_zone(at, zone, language)}"


def left(now: datetime, then: datetime, language: Language) -> str:
    """ "Sisa 1 hari 4 jam", rounded down, at most two units; afterwards that the time is over."""
    minutes = int((then - now).total_seconds() // 60)
    if then <= now:
        return "Waktu habis" if language is Language.ID else "Time is up"
    if minutes < 1:
        return "Sisa kurang dari 1 menit" if language is Language.ID else "Less than 1 minute left"
    hours, days = minutes // 60, minutes // (24 * 60)
    if days:
        parts = ((days, "hari", "day"), (hours % 24, "jam", "hour"))
    else:
        parts = ((hours, "jam", "hour"), (minutes % 60, "menit", "minute"))
    if language is Language.ID:
        return "Sisa " + " ".join(f"{count} {word}" for count, word, _ in parts if count)
    return " ".join(f"{count} {word}{'s' if count > 1 else ''}" for count, _, word in parts if count) + " left"


def local_day(at: datetime, zone: str) -> date:
    """The calendar day that a moment falls on in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def plain(text: str) -> str:
    """The same words with ordinary spaces and nothing invisible."""
    return text.replace(KEEP, " ").replace(JOIN, "")


def _day_month(day: date, language: Language) -> str:
    return f"{_day(day).day}{KEEP}{MONTHS[language][day.month - 1]}"


def _day(day: date) -> date:
    # a datetime is a date to Python, but its day depends on a zone
    if isinstance(day, datetime):
        raise TypeError("a date is needed, not a moment: use local_day(at, zone) first")
    return day
