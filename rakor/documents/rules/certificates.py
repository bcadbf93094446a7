"""Certificates: who has earned one, as what, for how many JP, with which number, and the code it is verified by; pure.

JP is a lesson of 45 minutes (PerLAN 5/2018). Minutes are those of the counted sessions in which somebody was for long
enough; where sessions run side by side their time counts once, for whole and part alike.
"""

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from rakor.events.rules import RoleGroup

JP_MINUTES = 45
SHARE = 75
"""Percent of the counted minutes that a participant needs, unless the event says otherwise."""
PATTERN = "{nomor}/SERT/{bulan}/{tahun}"
PLACEHOLDERS = ("nomor", "bulan", "tahun")
MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
MOST_JP = 400


class Standing(StrEnum):
    """As what somebody is honoured."""

    PARTICIPANT = "participant"
    SPEAKER = "speaker"
    MODERATOR = "moderator"
    COMMITTEE = "committee"


OF_GROUP = {
    RoleGroup.PARTICIPANT: Standing.PARTICIPANT,
    RoleGroup.SPEAKER: Standing.SPEAKER,
    RoleGroup.COMMITTEE: Standing.COMMITTEE,
}


class Outcome(StrEnum):
    """Where somebody stands on the way to a certificate."""

    READY = "ready"
    """It is issued the next time."""
    SHORT = "short"
    """Too little of it was attended."""
    WITHHELD = "withheld"
    """The organiser decided against it, with a reason."""
    ISSUED = "issued"


@dataclass(frozen=True)
class Ruling:
    """What the organiser decided for one person, whatever was attended; ``jp`` None: as counted."""

    granted: bool
    jp: int | None
    reason: str


@dataclass(frozen=True)
class Candidate:
    """Somebody who may get a certificate: a registration, or a speaker of the agenda. ``minutes`` were attended."""

    registration_id: UUID | None
    speaker_id: UUID | None
    name: str
    standing: Standing
    minutes: int
    came: bool
    office: str = ""
    province_code: str = ""
    checked: bool = False
    ruling: Ruling | None = None
    certificate_id: UUID | None = None
    """The one in force."""


@dataclass(frozen=True)
class Verdict:
    """What comes out for a candidate."""

    outcome: Outcome
    jp: int


def judge(candidate: Candidate, whole: int, share: int) -> Verdict:
    """Say whether somebody gets a certificate. ``whole``: the event's counted minutes; ``share``: percent of them.

    A participant needs the share; who speaks, moderates or works for the event only has to have come.
    """
    ruling = candidate.ruling
    jp = ruling.jp if ruling and ruling.granted and ruling.jp is not None else candidate.minutes // JP_MINUTES
    if candidate.certificate_id is not None:
        return Verdict(Outcome.ISSUED, jp)
    if ruling is not None:
        return Verdict(Outcome.READY if ruling.granted else Outcome.WITHHELD, jp)
    if candidate.standing is Standing.PARTICIPANT:
        earned = whole > 0 and candidate.minutes * 100 >= share * whole
    else:
        earned = candidate.came
    return Verdict(Outcome.READY if earned else Outcome.SHORT, jp)


Span = tuple[datetime, datetime]


def minutes_of(spans: Iterable[Span]) -> int:
    """Return the whole minutes that these spans cover together; what overlaps counts once."""
    covered, until = timedelta(), None
    for start, end in sorted(spans):
        begin = start if until is None else max(start, until)
        if end > begin:
            covered, until = covered + (end - begin), end
    return int(covered / timedelta(minutes=1))


def numbered(pattern: str, serial: int, on: date) -> str:
    """Return the number that stands on the paper: "0017/SERT/XI/2026"."""
    filled = {"nomor": f"{serial:04}", "bulan": MONTHS[on.month - 1], "tahun": str(on.year)}
    return re.sub(r"\{(\w+)\}", lambda found: filled[found[1]], pattern)


def pattern_fits(pattern: str) -> bool:
    """Tell whether a pattern has the running number and nothing in braces that is unknown."""
    named = re.findall(r"\{(\w*)\}", pattern)
    loose = re.sub(r"\{\w+\}", "", pattern)
    return "nomor" in named and set(named) <= set(PLACEHOLDERS) and not {"{", "}"} & set(loose)


def code_of(certificate_id: UUID) -> str:
    """Return the id as it stands on the paper: 26 small letters and digits, none of them 0, 1, 8 or 9."""
    return base64.b32encode(certificate_id.bytes).decode().rstrip("=").lower()


def id_of(code: str) -> UUID | None:
    """Return the id that a code names, however it was parted or written; None for what is no code."""
    letters = re.sub(r"[\s\u200b-]", "", code).upper()
    if len(letters) != 26:
        return None
    try:
        return UUID(bytes=base64.b32decode(f"{letters}======"))
    except (binascii.Error, ValueError):
        return None


@dataclass(frozen=True)
class Tally:
    """The list before anything is issued, counted: "akan terbit 1.204, tidak memenuhi 88, belum memeriksa nama 301"."""

    ready: int = 0
    short: int = 0
    withheld: int = 0
    issued: int = 0
    unchecked: int = 0
    """Of those who would get one: whose name nobody has checked."""


def tally(judged: Iterable[tuple[Candidate, Verdict]]) -> Tally:
    """Count the list."""
    counts, unchecked = dict.fromkeys(Outcome, 0), 0
    for one, verdict in judged:
        counts[verdict.outcome] += 1
        unchecked += verdict.outcome is Outcome.READY and one.registration_id is not None and not one.checked
    return Tally(**{str(word): count for word, count in counts.items()}, unchecked=unchecked)


class Validity(StrEnum):
    """What the world is told of a code."""

    VALID = "valid"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Award:
    """What stands on one certificate, as it was issued; dates are the event's own."""

    name: str
    standing: Standing
    jp: int
    number: str
    code: str


@dataclass(frozen=True)
class AwardHead:
    """What all certificates of an event share. ``nip`` is empty for who signs and is no civil servant."""

    event: str
    theme: str
    letterhead: tuple[str, ...]
    organizer: str
    logo: bytes
    accent: str
    starts_on: date
    ends_on: date
    venue: str
    place: str
    signed_on: date
    post: str
    signatory: str
    nip: str
    base_url: str
    demo: bool


class RunState(StrEnum):
    """Where something that was asked for stands."""

    MAKING = "making"
    AGAIN = "again"
    READY = "ready"
    OVER = "over"
    FAILED = "failed"


WAITING = frozenset({RunState.MAKING, RunState.AGAIN})


def run_state(*, made: bool, there: bool, failed: bool, tried_before: bool, expires: bool) -> RunState:
    """Say where a run stands: ``there`` once its file, or all papers of an issue, is; what ``expires`` ends over."""
    if there:
        return RunState.READY
    if made and expires:
        return RunState.OVER
    if failed:
        return RunState.FAILED
    return RunState.AGAIN if tried_before else RunState.MAKING
