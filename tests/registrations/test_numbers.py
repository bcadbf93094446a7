"""NIP, NI PPPK and NIK against the shared vectors (domain.md §2.6)."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.registrations.rules.numbers import (
    Level,
    NumberReason,
    check_nik,
    check_nip,
    masked,
    show_nik,
    show_nip,
)

VECTORS = json.loads(Path(__file__).with_name("identity_number_vectors.json").read_text(encoding="utf-8"))
TODAY = date.fromisoformat(VECTORS["today"])


def test_there_are_28_vectors() -> None:
    assert (len(VECTORS["nip"]), len(VECTORS["nik"])) == (17, 11)


@pytest.mark.parametrize("vector", VECTORS["nip"], ids=lambda vector: vector["input"])
def test_nip_vectors(vector: dict[str, str]) -> None:
    check = check_nip(vector["input"], TODAY)
    assert (check.level, check.reason) == (vector["level"], vector["reason"])


@pytest.mark.parametrize("vector", VECTORS["nik"], ids=lambda vector: vector["input"])
def test_nik_vectors(vector: dict[str, str]) -> None:
    check = check_nik(vector["input"], TODAY)
    assert (check.level, check.reason) == (vector["level"], vector["reason"])


def test_what_is_stored_are_the_bare_figures() -> None:
    assert check_nip("'19860926 201505.1-001 ", TODAY).digits == "198609262015051001"
    assert check_nik("33.74.08.120590.0001", TODAY).digits == "3374081205900001"
    assert check_nip("198609262015051000", TODAY).digits == "198609262015051000"
    assert check_nip("19860231 201505 1 001", TODAY).digits == ""


@pytest.mark.parametrize(
    ("text", "level", "reason"),
    [
        ("19900913 2025 20 2 014", Level.ERROR, NumberReason.APPOINTMENT_MONTH),
        ("19900913 2025 29 2 014", Level.OK, NumberReason.PPPK),
        ("19900913 2025 30 2 014", Level.ERROR, NumberReason.APPOINTMENT_MONTH),
        ("19900913 2025 00 2 014", Level.ERROR, NumberReason.APPOINTMENT_MONTH),
        ("19900913 2027 12 2 014", Level.OK, NumberReason.PNS),
        ("19900913 2028 12 2 014", Level.ERROR, NumberReason.APPOINTMENT_YEAR),
        ("19900913 2007 12 2 014", Level.OK, NumberReason.PNS),
        ("19400913 1970 12 2 014", Level.WARN, NumberReason.AGE_NOW),
        ("19500913 2012 12 2 014", Level.WARN, NumberReason.AGE_AT_APPOINTMENT),
        ("20240229 2039 01 1 001", Level.ERROR, NumberReason.APPOINTMENT_YEAR),
        ("00000101 2015 01 1 001", Level.ERROR, NumberReason.BIRTH_DATE),
        ("1.98609262015051E17", Level.ERROR, NumberReason.EXCEL_SCIENTIFIC),
    ],
)
def test_edges_of_a_nip(text: str, level: Level, reason: NumberReason) -> None:
    check = check_nip(text, TODAY)
    assert (check.level, check.reason) == (level, reason)


@pytest.mark.parametrize(
    ("text", "level", "reason"),
    [
        ("3374083101900001", Level.OK, NumberReason.MALE),
        ("3374087101900001", Level.OK, NumberReason.FEMALE),
        ("3374080001900001", Level.ERROR, NumberReason.BIRTH_DATE),
        ("3374084001900001", Level.ERROR, NumberReason.BIRTH_DATE),
        ("3374082902960001", Level.OK, NumberReason.MALE),
        ("3374082902970001", Level.ERROR, NumberReason.BIRTH_DATE),
        ("9118081205900001", Level.WARN, NumberReason.REGION_PREFIX),
    ],
)
def test_edges_of_a_nik(text: str, level: Level, reason: NumberReason) -> None:
    check = check_nik(text, TODAY)
    assert (check.level, check.reason) == (level, reason)


def test_how_numbers_are_shown() -> None:
    assert show_nip("198609262015051001") == "19860926 201505 1 001"
    assert show_nip("199009132025242014") == "19900913 2025 24 2 014"
    assert show_nik("3374081205900001") == "337408 120590 0001"
    assert show_nip("123") == "123"
    assert masked("198609262015051001") == "•••• 1001"
    assert masked("123") == "••••"
    assert masked("") == ""


number_text = st.text(max_size=40) | st.from_regex(r"[0-9]{16}|[0-9]{18}", fullmatch=True)


@given(number_text)
def test_any_text_gets_a_judgement(text: str) -> None:
    for check in (check_nip(text, TODAY), check_nik(text, TODAY)):
        assert (check.digits == "") == (check.level is Level.ERROR or check.reason is NumberReason.EMPTY)
        assert check.digits == "" or (check.digits.isascii() and check.digits.isdigit())


@given(
    born=st.dates(date(1960, 1, 1), date(2000, 12, 31)),
    age=st.integers(18, 59),
    contract=st.integers(1, 12) | st.integers(21, 29),
    sex=st.sampled_from("12"),
    serial=st.integers(1, 999),
)
def test_every_plausible_nip_is_taken_and_survives_its_groups(
    born: date, age: int, contract: int, sex: str, serial: int
) -> None:
    year = min(born.year + age, TODAY.year)
    text = f"{born:%Y%m%d}{year}{contract:02}{sex}{serial:03}"
    check = check_nip(text, TODAY)
    assert check.level is Level.OK
    assert check_nip(show_nip(text), TODAY) == check
