"""How numbers, dates and times are written; without an app."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.web import names, times
from rakor.web.times import Language

ID, EN = Language.ID, Language.EN
MORNING = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def said(text: str) -> str:
    return times.plain(text)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (6341, "6.341", "6,341"),
        (0, "0", "0"),
        (1234567, "1.234.567", "1,234,567"),
        (-2760, "-2.760", "-2,760"),
        (Decimal("1234.5"), "1.234,5", "1,234.5"),
    ],
)
def test_number(value: int | Decimal, indonesian: str, english: str) -> None:
    assert times.number(value, ID) == indonesian
    assert times.number(value, EN) == english


@pytest.mark.parametrize(
    ("value", "indonesian"),
    [(75.5, "75,5 %"), (75, "75 %"), (99.96, "99,9 %"), (100, "100 %"), (0.1 + 0.2, "0,3 %"), (73.59, "73,5 %")],
)
def test_percent_is_cut_and_never_says_complete_too_early(value: float, indonesian: str) -> None:
    assert said(times.percent(value, ID)) == indonesian


def test_percent_in_english() -> None:
    assert times.percent(75.5, EN) == "75.5%"


def test_days() -> None:
    day = date(2021, 10, 27)
    assert said(times.date_long(day, ID)) == "Rabu, 27 Oktober 2021"
    assert said(times.date_long(day, EN)) == "Wednesday, 27 October 2021"
    assert said(times.date_medium(day, ID)) == "27 Oktober 2021"
    assert said(times.day_tab(date(2026, 11, 24), ID)) == "Sel 24"
    assert said(times.day_tab(date(2026, 11, 24), EN)) == "Tue 24"


@pytest.mark.parametrize(
    ("first", "last", "indonesian"),
    [
        (date(2021, 10, 27), date(2021, 10, 29), "27–29 Oktober 2021"),
        (date(2026, 11, 30), date(2026, 12, 2), "30 November–2 Desember 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Desember 2026–2 Januari 2027"),
        (date(2026, 5, 1), date(2026, 5, 1), "1 Mei 2026"),
    ],
)
def test_date_range(first: date, last: date, indonesian: str) -> None:
    assert said(times.date_range(first, last, ID)) == indonesian


def test_a_moment_is_not_a_day_until_its_zone_is_known() -> None:
    evening = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    with pytest.raises(TypeError):
        times.date_long(evening, ID)
    assert times.local_day(evening, "Asia/Jakarta") == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Jakarta", "17.00 WIB"),
        ("Asia/Pontianak", "17.00 WIB"),
        ("Asia/Makassar", "18.00 WITA"),
        ("Asia/Jayapura", "19.00 WIT"),
        ("Asia/Kathmandu", "15.45 UTC+05:45"),
    ],
)
def test_clock_with_its_zone(zone: str, written: str) -> None:
    assert said(times.clock_zone(MORNING, zone, ID)) == written


def test_clock_in_english_has_a_colon() -> None:
    assert times.clock(MORNING, "Asia/Jakarta", EN) == "17:00"


def test_span_does_not_break_after_its_dash() -> None:
    written = times.span(MORNING, MORNING + timedelta(minutes=90), "Asia/Jakarta", ID)
    assert said(written) == "17.00–18.30 WIB"
    assert "–\u2060" in written
    assert "\u00a0WIB" in written
    assert said(times.span(MORNING, None, "Asia/Jakarta", ID)) == "17.00 WIB"


def test_a_missing_time_says_so() -> None:
    assert times.span(None, None, "Asia/Jakarta", ID) == "waktu tidak tercatat"
    assert times.clock(None, "Asia/Jakarta", EN) == "time not recorded"


def test_when() -> None:
    assert said(times.when(MORNING, "Asia/Jakarta", ID)) == "Jumat, 20 November, 17.00 WIB"
    assert said(times.when(MORNING, "Asia/Jakarta", EN)) == "Friday, 20 November, 17:00 WIB"


@pytest.mark.parametrize(
    ("ahead", "indonesian", "english"),
    [
        (timedelta(days=1, hours=4, minutes=59), "Sisa 1 hari 4 jam", "1 day 4 hours left"),
        (timedelta(days=2), "Sisa 2 hari", "2 days left"),
        (timedelta(hours=4, minutes=12, seconds=59), "Sisa 4 jam 12 menit", "4 hours 12 minutes left"),
        (timedelta(minutes=1), "Sisa 1 menit", "1 minute left"),
        (timedelta(seconds=59), "Sisa kurang dari 1 menit", "Less than 1 minute left"),
        (timedelta(0), "Waktu habis", "Time is up"),
        (timedelta(days=-3), "Waktu habis", "Time is up"),
    ],
)
def test_left_is_rounded_down(ahead: timedelta, indonesian: str, english: str) -> None:
    assert times.left(MORNING, MORNING + ahead, ID) == indonesian
    assert times.left(MORNING, MORNING + ahead, EN) == english


@given(st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=400)))
def test_left_never_promises_more_than_there_is(ahead: timedelta) -> None:
    units = {"hari": timedelta(days=1), "jam": timedelta(hours=1), "menit": timedelta(minutes=1)}
    words = times.left(MORNING, MORNING + ahead, ID).split()[1:]
    promised = sum((int(n) * units[unit] for n, unit in zip(words[::2], words[1::2], strict=True)), timedelta())
    assert promised <= ahead < promised + (timedelta(hours=1) if ahead >= timedelta(days=1) else timedelta(minutes=1))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Dr. Ratna Contoh, M.Si.", "RC"),
        ("Prof. Hamzah Contoh", "HC"),
        ("Nur", "N"),
        ("H. M. Said Contoh, S.H.", "SC"),
        ("Siti Nur Aini Contoh", "SC"),
        ("", ""),
    ],
)
def test_initials_leave_titles_out(name: str, letters: str) -> None:
    assert names.initials(name) == letters
