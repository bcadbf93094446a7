"""Titles, places, names and times made up to hurt a calendar."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from rakor.calendar.rules import Content

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
WORDS = (
    "Sesi 2: Standar layanan, bagian 1; lanjutan",
    "Rapat “koordinasi” — nasional",
    "Doa bersama 🕌🙏🏽 👨‍👩‍👧‍👦",
    "اجتماع تنسيقي وطني",
    "ꦫꦥꦠ꧀ ꦏꦺꦴꦂꦢꦶꦤꦱꦶ",
    "会议室三号",
    "a\r\nATTENDEE:mailto:korban@contoh.test",
    "b\nEND:VEVENT\nBEGIN:VEVENT",
    "c\x85d\u2028e\u2029f\x0bg\x00h",
    "C:\\nama\\Nomor\\,koma",
    "dua  spasi,;:\"'^n^^",
    "\u202eterbalik\u202c",
    "e\u0301" * 40,
    "x" * 998 + "é" * 30,
    "é" * 400,
    "\ud800 separuh",
)
LINKS = (
    "", "https://zoom.example/j/123?pwd=a;b,c&x=%20y", "https://contoh.test/" + "a" * 900, "javascript:alert(1)",
    "https://a.b\r\nX-A:b",
)  # fmt: skip


def words(chance: Random) -> str:
    """One to three phrases in a row."""
    return " ".join(chance.sample(WORDS, chance.randint(1, 3)))


def names(chance: Random) -> str:
    """A person's name, some of them no names at all."""
    return chance.choice(("Agustina Contoh, S.E., M.Si.", "I Gusti Ngurah \"Rai\" Contoh", "Y", words(chance)))


def contents(chance: Random) -> Content:
    """What an invitation may say: now and then at half past midnight in the east, or all day."""
    zone, held_on = chance.choice(ZONES), date(2026, 11, 1) + timedelta(days=chance.randint(0, 60))
    minute = chance.choice((30, 0, 8 * 60, 13 * 60 + 45, 23 * 60 + 59))
    local = datetime(held_on.year, held_on.month, held_on.day, tzinfo=ZoneInfo(zone)) + timedelta(minutes=minute)
    timed, ends = chance.random() < 0.85, chance.random() < 0.9
    begins = local.astimezone(UTC) if timed else None
    lines = "\n".join(words(chance) for _line in range(chance.randint(0, 12)))
    return Content(
        title=words(chance),
        first_on=held_on,
        last_on=held_on + timedelta(days=chance.randint(0, 3)),
        zone=zone,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=chance.randint(1, 4000)) if begins and ends else None,
        place=chance.choice(("", words(chance))),
        join_url=chance.choice(LINKS),
        join_label=words(chance),
        page_url=chance.choice(LINKS),
        description=lines,
        alarms=chance.choice(((), (60,), (24 * 60, 60))),
    )
