"""Who may change what an office answered: the phone that did it first, or whoever knows its number; pure."""

from dataclasses import dataclass
from enum import StrEnum

SHOWN_DIGITS = 2


class Speaking(StrEnum):
    """What a phone may do on an office's page."""

    FREE = "free"
    """Nobody has answered by the link yet: whoever does, speaks for the office."""
    TRUSTED = "trusted"
    PROVED = "proved"
    """The number that was just typed is that of the first."""
    ASKED = "asked"
    """Another phone: the number is needed first."""
    NO_NUMBER = "no_number"
    """Another phone, and the first left no number: only the organiser can release the office."""
    WRONG = "wrong"
    TOO_OFTEN = "too_often"


MAY_SPEAK = frozenset({Speaking.FREE, Speaking.TRUSTED, Speaking.PROVED})


@dataclass(frozen=True, slots=True)
class Speaker:
    """What is known of an office's first answer: the index of its number (None where none was left)."""

    phone_index: bytes | None
    trusts_this_phone: bool


def judge_speaking(speaker: Speaker | None, typed_index: bytes | None, *, tries_left: bool = True) -> Speaking:
    """Judge a phone; ``typed_index`` is the index of the number it typed, None where it typed none."""
    if speaker is None:
        return Speaking.FREE
    if speaker.trusts_this_phone:
        return Speaking.TRUSTED
    if speaker.phone_index is None:
        return Speaking.NO_NUMBER
    if typed_index is None:
        return Speaking.ASKED
    if not tries_left:
        return Speaking.TOO_OFTEN
    return Speaking.PROVED if typed_index == speaker.phone_index else Speaking.WRONG


def last_digits(e164: str) -> str:
    """The only hint at a number: its last two figures."""
    return e164[-SHOWN_DIGITS:]
