"""Saying "I am here" from afar: what must be typed, and for how long it is taken.

The word is read aloud. The code changes every thirty seconds and follows from a key, so nothing is stored for it; the
one before is taken for a few seconds more, and a photo of the screen is worth nothing a minute later.
"""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid5

from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Kind, Source

STEP = timedelta(seconds=30)
GRACE = timedelta(seconds=15)
DIGITS = 6
MOST_WRONG, WRONG_WITHIN = 5, timedelta(minutes=10)
LEAST_LETTERS = 4


def step_of(now: datetime) -> int:
    """Return the number of the step in which ``now`` lies; one more every thirty seconds."""
    return int(now.timestamp() // STEP.total_seconds())


def into_step(now: datetime) -> timedelta:
    """Return how much of the present step is over."""
    return timedelta(seconds=now.timestamp() % STEP.total_seconds())


def code(key: bytes, step: int) -> str:
    """Return the six figures on the screen during ``step``."""
    digest = hmac.new(key, step.to_bytes(8, "big"), sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def folded(typed: str) -> str:
    """Return what was typed without what fingers add: capitals, blanks, points, hyphens."""
    return "".join(letter for letter in typed.casefold() if letter.isalnum())


def way_in(typed: str, word: str, key: bytes, now: datetime) -> Source | None:
    """Return by which means ``typed`` says that somebody is here, or None. ``word`` may be empty."""
    said, step = folded(typed).encode(), step_of(now)
    if said and hmac.compare_digest(said, folded(word).encode()):
        return Source.CODE_WORD
    taken = [step, step - 1] if into_step(now) < GRACE else [step]
    shown = [hmac.compare_digest(said, code(key, one).encode()) for one in taken]
    return Source.SELF_SCAN if any(shown) else None


def sayable(word: str) -> bool:
    """True for a word that can be read aloud and is no code: four letters at least."""
    return sum(letter.isalpha() for letter in folded(word)) >= LEAST_LETTERS


def stated(opening_id: UUID, checkpoint_id: UUID, registration_id: UUID, way: Source, at: datetime) -> Fact:
    """Return what a person states who says to be here."""
    return Fact(
        scan_id=fact_id(opening_id, registration_id),
        kind=Kind.TICKET,
        wall_at=at,
        checkpoint_id=checkpoint_id,
        source=way,
        registration_id=registration_id,
    )


def fact_id(opening_id: UUID, registration_id: UUID) -> UUID:
    """Return the id of the one fact that a person can make in one opening: pressing twice says the same thing."""
    return uuid5(opening_id, registration_id.hex)
