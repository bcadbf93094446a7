"""When a session ends, which passwords are refused, and what a browser is called."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.accounts.rules import (
    ABSOLUTE,
    ADMIN_IDLE,
    IDLE,
    MIN_PASSWORD,
    PasswordProblem,
    SessionTimes,
    browser_name,
    password_problem,
    session_alive,
)

START = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "seen", "admin", "alive"),
    [
        (IDLE - timedelta(seconds=1), timedelta(), False, True),
        (IDLE, timedelta(), False, False),
        (IDLE, timedelta(hours=1), False, True),
        (ABSOLUTE - timedelta(seconds=1), ABSOLUTE - timedelta(minutes=1), False, True),
        (ABSOLUTE, ABSOLUTE - timedelta(minutes=1), False, False),
        (ADMIN_IDLE, timedelta(), True, False),
        (timedelta(hours=12), timedelta(hours=12) - timedelta(minutes=1), True, False),
    ],
)
def test_a_session_ends_when_idle_or_old(after: timedelta, seen: timedelta, admin: bool, alive: bool) -> None:
    times = SessionTimes(START, START + seen, None)
    assert session_alive(times, START + after, admin=admin) is alive


def test_an_ended_session_is_over_at_once() -> None:
    assert not session_alive(SessionTimes(START, START, START), START, admin=False)


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("sebelas hur", PasswordProblem.TOO_SHORT),
        ("dua belas hu", None),
        ("kereta pagi lewat Cilacap", None),
        ("ꦲꦤꦕꦫꦏꦢꦠꦱꦮꦭꦥꦝ", None),
        ("x" * 201, PasswordProblem.TOO_LONG),
        ("aaaaaaaaaaaaaaa", PasswordProblem.COMMON),
        ("1212121212121212", PasswordProblem.COMMON),
        ("123456789012", PasswordProblem.COMMON),
        ("abcdefghijklmnop", PasswordProblem.COMMON),
        ("Password1234", PasswordProblem.COMMON),
        ("adminadmin11", PasswordProblem.COMMON),
        ("sari@contoh.test", PasswordProblem.COMMON),
        ("kalimat \ud800 rusak panjang", PasswordProblem.UNSTORABLE),
    ],
)
def test_easy_passwords_are_refused(password: str, problem: PasswordProblem | None) -> None:
    assert password_problem(password, "sari", "contoh.test", "Sari", "Contoh") is problem


@given(st.text(max_size=MIN_PASSWORD - 1))
def test_nothing_short_is_taken(password: str) -> None:
    assert password_problem(password) is not None


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit Chrome/126 Safari/537.36 Edg/126", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox, Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_has_a_name(agent: str, name: str) -> None:
    assert browser_name(agent) == name
