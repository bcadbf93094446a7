"""Phone numbers as Indonesians type them, kept as E.164."""

import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

_HOME = "ID"
_HOME_CODE = 62
_MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
_TYPED = re.compile(r"\+?[0-9 ().\-–‑\u00a0]+")
_SCIENTIFIC = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
_LABEL = re.compile(r"(?i)^(?:tel|telp|wa|hp|no)[.:]*\s*(?=[+0-9(])")
_LONGEST_TYPED = 60


class PhoneProblem(StrEnum):
    """Why a text is no phone number."""

    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    SEVERAL = "several"
    EXCEL_SCIENTIFIC = "excel_scientific"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NOT_IN_USE = "not_in_use"
    """Long enough, but no network has such numbers."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A valid number: ``e164`` with its plus, and whether it can receive WhatsApp."""

    e164: str
    is_mobile: bool


def parse_phone(text: str) -> Phone | PhoneProblem:
    """The number that was typed: 0812…, +62 812-…, 62812…, 8123…, or a foreign one with its plus; never raises."""
    typed = _LABEL.sub("", text.strip().lstrip("'’"))
    # a number that a sheet took for a figure comes back as 81234567890.0
    typed = typed.removesuffix(".0")
    if problem := _refuse(typed):
        return problem
    try:
        number = phonenumbers.parse(_with_plus(typed), _HOME)
    except NumberParseException as refusal:
        short = refusal.error_type in (NumberParseException.TOO_SHORT_NSN, NumberParseException.TOO_SHORT_AFTER_IDD)
        long = refusal.error_type == NumberParseException.TOO_LONG
        return PhoneProblem.TOO_SHORT if short else PhoneProblem.TOO_LONG if long else PhoneProblem.NOT_A_NUMBER
    return _judge(number)


def is_mobile(e164: str) -> bool:
    """Whether a stored number is a mobile one (WhatsApp needs that); False for what is no number."""
    number = _stored(e164)
    return number is not None and phonenumbers.number_type(number) in _MOBILE


def wa_link(e164: str, text: str = "") -> str:
    """The address that opens a WhatsApp chat with a prepared text; wa.me takes the number without its plus."""
    address = f"https://wa.me/{e164.removeprefix('+')}"
    return f"{address}?text={quote(text, safe='', errors='replace')}" if text else address


def show(e164: str) -> str:
    """Shows "+6281234567890" as "0812-3456-7890", a landline as "(024) 123456", a foreign one with its plus."""
    number = _stored(e164)
    if number is None:
        return e164
    if number.country_code != _HOME_CODE:
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    if phonenumbers.number_type(number) not in _MOBILE:
        return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    national = f"0{number.national_number}"
    return "-".join((national[:4], national[4:8], national[8:]))


def masked(e164: str) -> str:
    """The last four figures only: "•••• 7890"."""
    return f"•••• {e164[-4:]}" if len(e164) > 4 else "••••"


def _refuse(typed: str) -> PhoneProblem | None:
    if not typed:
        return PhoneProblem.EMPTY
    if _SCIENTIFIC.fullmatch(typed):
        return PhoneProblem.EXCEL_SCIENTIFIC
    if len(typed) <= _LONGEST_TYPED and _TYPED.fullmatch(typed):
        return None
    parts = [part for part in re.split(r"[/,;&]|\bdan\b|\batau\b|(?<=[0-9])\s*\+", typed) if part.strip()]
    several = len(parts) > 1 and all(len(re.sub(r"[^0-9]", "", part)) >= 8 for part in parts)
    return PhoneProblem.SEVERAL if several else PhoneProblem.NOT_A_NUMBER


def _with_plus(typed: str) -> str:
    """62812… is meant as +62812…; so is 0062812…, which Indonesian exchanges would not dial."""
    digits = re.sub(r"[^0-9+]", "", typed)
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    return f"+{digits}" if digits.startswith("62") else digits


def _judge(number: PhoneNumber) -> Phone | PhoneProblem:
    match phonenumbers.is_possible_number_with_reason(number):
        case ValidationResult.TOO_SHORT | ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
            return PhoneProblem.TOO_SHORT
        case ValidationResult.TOO_LONG:
            return PhoneProblem.TOO_LONG
    if not phonenumbers.is_valid_number(number):
        return PhoneProblem.NOT_IN_USE
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(e164, phonenumbers.number_type(number) in _MOBILE)


def _stored(e164: str) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(e164, None)
    except NumberParseException:
        return None
