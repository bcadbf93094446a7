"""NIP, NI PPPK and NIK by domain.md §2.6: wrong ones are refused, odd ones saved after a question.

All are text, never a key, never a login: they can be guessed. Sources: Perka BKN 22/2007 for the NIP.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from rakor.regions.rules import reference


class Level(StrEnum):
    """What a form does with a number: take it, ask first, or refuse it."""

    OK = "ok"
    WARN = "warn"
    ERROR = "error"


class NumberReason(StrEnum):
    """What was found in a number; the first five go with ``Level.OK``."""

    EMPTY = "empty"
    PNS = "pns"
    PPPK = "pppk"
    MALE = "male"
    FEMALE = "female"
    LENGTH = "length"
    EXCEL_SCIENTIFIC = "excel_scientific"
    EXCEL_TRUNCATED = "excel_truncated"
    BIRTH_DATE = "birth_date"
    APPOINTMENT_YEAR = "appointment_year"
    APPOINTMENT_MONTH = "appointment_month"
    SEX_DIGIT = "sex_digit"
    AGE_AT_APPOINTMENT = "age_at_appointment"
    AGE_NOW = "age_now"
    SERIAL = "serial"
    REGION_PREFIX = "region_prefix"


@dataclass(frozen=True, slots=True)
class NumberCheck:
    """The judgement of a number; ``digits`` is what to store, empty where nothing may be stored."""

    level: Level
    reason: NumberReason
    digits: str = ""


_NIP_LENGTH = 18
_NIK_LENGTH = 16
_SEPARATORS = re.compile(r"[\s.\-–‑]")
_SCIENTIFIC = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
# not \d: that takes Arabic-Indic figures too
_FIGURES = re.compile(r"[0-9]+")
_YOUNGEST_EVER = 15
_AGES_AT_APPOINTMENT = range(17, 61)
_AGES_NOW = range(17, 76)


def check_nip(text: str, today: date) -> NumberCheck:
    """Judges a NIP (PNS) or NI PPPK of 18 figures; an empty one is in order, commissioners have none."""
    read = _figures(text, _NIP_LENGTH)
    return read if isinstance(read, NumberCheck) else _check_nip(read, today)


def check_nik(text: str, today: date) -> NumberCheck:
    """Judges a NIK of 16 figures. Its region is only warned about: people keep the code of a region that was split."""
    read = _figures(text, _NIK_LENGTH)
    return read if isinstance(read, NumberCheck) else _check_nik(read, today)


def show_nip(digits: str) -> str:
    """Groups 18 figures: "19860926 201505 1 001", of a PPPK "19900913 2025 24 2 014"; others as they are."""
    if len(digits) != _NIP_LENGTH:
        return digits
    contract = "21" <= digits[12:14] <= "29"
    cuts = (0, 8, 12, 14, 15, 18) if contract else (0, 8, 14, 15, 18)
    return " ".join(digits[start:end] for start, end in pairwise(cuts))


def show_nik(digits: str) -> str:
    """Groups 16 figures: "337408 120590 0001"; others as they are."""
    return f"{digits[:6]} {digits[6:12]} {digits[12:]}" if len(digits) == _NIK_LENGTH else digits


def masked(digits: str) -> str:
    """The last four figures only: "•••• 1001"."""
    return f"•••• {digits[-4:]}" if len(digits) > 4 else "••••" if digits else ""


def _figures(text: str, length: int) -> str | NumberCheck:
    typed = text.strip().removeprefix("'").removeprefix("’").strip()
    if not typed:
        return NumberCheck(Level.OK, NumberReason.EMPTY)
    if _SCIENTIFIC.fullmatch(typed):
        return NumberCheck(Level.ERROR, NumberReason.EXCEL_SCIENTIFIC)
    figures = _SEPARATORS.sub("", typed)
    if len(figures) != length or not _FIGURES.fullmatch(figures):
        return NumberCheck(Level.ERROR, NumberReason.LENGTH)
    return figures


def _check_nip(digits: str, today: date) -> NumberCheck:
    born = _date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    year, month = int(digits[8:12]), int(digits[12:14])
    is_pns, is_pppk = 1 <= month <= 12, 21 <= month <= 29
    if born is None:
        return NumberCheck(Level.ERROR, NumberReason.BIRTH_DATE)
    if not born.year + _YOUNGEST_EVER <= year <= today.year + 1:
        return NumberCheck(Level.ERROR, NumberReason.APPOINTMENT_YEAR)
    if not (is_pns or is_pppk):
        return NumberCheck(Level.ERROR, NumberReason.APPOINTMENT_MONTH)
    if digits[14] not in "12":
        return NumberCheck(Level.ERROR, NumberReason.SEX_DIGIT)
    if doubt := _doubt_nip(digits, born, date(year, month if is_pns else 12, 28), today):
        return NumberCheck(Level.WARN, doubt, digits)
    return NumberCheck(Level.OK, NumberReason.PNS if is_pns else NumberReason.PPPK, digits)


def _doubt_nip(digits: str, born: date, appointed: date, today: date) -> NumberReason | None:
    """What is odd but possible. The day of appointment is not in the number: the latest is taken."""
    if digits.endswith("000"):
        return NumberReason.EXCEL_TRUNCATED
    if _age(born, appointed) not in _AGES_AT_APPOINTMENT:
        return NumberReason.AGE_AT_APPOINTMENT
    return None if _age(born, today) in _AGES_NOW else NumberReason.AGE_NOW


def _check_nik(digits: str, today: date) -> NumberCheck:
    day, month, short_year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    is_woman = day > 40
    # two figures of a year: of both centuries the one that is not to come, and a leap day decides too
    years = [century + short_year for century in (2000, 1900) if century + short_year <= today.year]
    births = [born for year in years if (born := _date(year, month, day - 40 if is_woman else day))]
    if not births:
        return NumberCheck(Level.ERROR, NumberReason.BIRTH_DATE)
    if digits.endswith("0000"):
        return NumberCheck(Level.ERROR, NumberReason.SERIAL)
    if reference().find(digits[:4]) is None:
        return NumberCheck(Level.WARN, NumberReason.REGION_PREFIX, digits)
    return NumberCheck(Level.OK, NumberReason.FEMALE if is_woman else NumberReason.MALE, digits)


def _age(born: date, at: date) -> int:
    return at.year - born.year - ((at.month, at.day) < (born.month, born.day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
