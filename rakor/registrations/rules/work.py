"""What somebody's service is, and what follows: who has a NIP, which ranks there are, how an acting post is said."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from rakor.registrations.rules.numbers import Level, NumberCheck, NumberReason, check_nip

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


class Employment(StrEnum):
    """Status kepegawaian; it decides whether a NIP is asked (domain.md §2.5)."""

    COMMISSIONER = "commissioner"
    PNS = "pns"
    PPPK = "pppk"
    MILITARY_POLICE = "military_police"
    NON_ASN = "non_asn"
    PUBLIC = "public"


class Acting(StrEnum):
    """Why somebody does another's post; the word stands before the post."""

    PLH = "plh"
    """Pelaksana harian: the holder is away for some days."""
    PLT = "plt"
    """Pelaksana tugas: the post is vacant."""


HAS_NIP = {Employment.PNS: NumberReason.PNS, Employment.PPPK: NumberReason.PPPK}
"""Who has a number of 18 figures, and what it then looks like. Commissioners, speakers, press and public have none."""


NUMBERED = frozenset(HAS_NIP) | {Employment.MILITARY_POLICE}
"""Who has a number of service at all: NIP, NI PPPK, or NRP of TNI and Polri (5 to 18 figures, domain.md §2.5)."""
_NRP = re.compile(r"[0-9]{5,18}")
_SEPARATORS = re.compile(r"[\s.\-–/]")
_ACTING = re.compile(r"(plh|plt|pelaksana harian|pelaksana tugas)\b[.\s]*", re.IGNORECASE)


class WorkProblem(StrEnum):
    """What stands between a typed number and its storage, beside the number's own reasons."""

    OTHER_SERVICE = "other_service"
    """A PPPK's number with a PNS, or the other way round: asked, then stored."""
    NRP = "nrp"
    """No number of TNI or Polri: 5 to 18 figures."""


@dataclass(frozen=True, slots=True)
class Rank:
    """A grade of the service: "III/a" with its name "Penata Muda", or "IX" of a PPPK."""

    employment: Employment
    grade: str
    name: str

    def display(self) -> str:
        """Return it as papers write it: "Penata Muda (III/a)", "Golongan IX"."""
        return f"{self.name} ({self.grade})" if self.name else f"Golongan {self.grade}"


@cache
def ranks() -> tuple[Rank, ...]:
    """Return every rank from the lowest up, those of PNS first (PP 11/2017; Perpres 98/2020 for PPPK)."""
    with (REFERENCE / "ranks.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(Rank(Employment(row["scheme"]), row["grade"], row["rank_name"]) for row in csv.DictReader(lines))


def rank_of(employment: Employment | None, text: str) -> Rank | None:
    """Return the rank whose written form is ``text`` where this service has it, else None."""
    return next((rank for rank in ranks() if rank.employment is employment and rank.display() == text), None)


@dataclass(frozen=True, slots=True)
class NipAnswer:
    """What to do with a typed number: ``digits`` to store, or ``problem``; ``sure`` would let it pass."""

    digits: str = ""
    problem: NumberReason | WorkProblem | None = None
    may_insist: bool = False


def judge_nip(employment: Employment | None, typed: str, today: date, *, sure: bool) -> NipAnswer:
    """Judge a number for a service: whoever has none keeps none, odd ones pass once somebody is ``sure``.

    A number is never required. What an Excel file cut (trailing 000) is odd too: serials that end so are rare.
    """
    if employment is Employment.MILITARY_POLICE:
        return judge_nrp(typed)
    if employment not in HAS_NIP:
        return NipAnswer()
    found = check_nip(typed, today)
    if found.reason is NumberReason.EMPTY:
        return NipAnswer()
    if found.level is Level.ERROR:
        return NipAnswer(problem=found.reason)
    doubt = _doubt(employment, found)
    return NipAnswer(digits=found.digits) if sure or doubt is None else NipAnswer(problem=doubt, may_insist=True)


def judge_nrp(typed: str) -> NipAnswer:
    """Judge the number of somebody of TNI or Polri; an empty one is in order."""
    digits = _SEPARATORS.sub("", typed.strip().removeprefix("'"))
    return NipAnswer(digits=digits) if not digits or _NRP.fullmatch(digits) else NipAnswer(problem=WorkProblem.NRP)


def service_of(number: str, today: date) -> Employment | None:
    """Return what a NIP tells of its holder's service: PNS or PPPK; None for any other number."""
    found = check_nip(number, today)
    return next((one for one, reason in HAS_NIP.items() if found.reason is reason), None)


def rank_named(text: str) -> Rank | None:
    """Return the rank that is meant by its written form, its grade ("III/a", "IX") or its name; None where unclear."""
    typed = " ".join(text.casefold().replace("golongan", " ").replace("gol.", " ").split())
    if not typed:
        return None
    for said in (Rank.display, lambda rank: rank.grade, lambda rank: rank.name):
        named = [rank for rank in ranks() if said(rank).casefold().replace("golongan ", "") == typed]
        if len(named) == 1:
            return named[0]
    return None


def split_acting(text: str) -> tuple[str, str]:
    """Part "Plt. Sekretaris" into why somebody does the post ("plt", "plh", else "") and the post."""
    found = _ACTING.match(text)
    if found is None or not text[found.end() :].strip():
        return "", text
    word = found.group(1).casefold()
    acting = {"pelaksana harian": Acting.PLH, "pelaksana tugas": Acting.PLT}.get(word) or Acting(word)
    return acting.value, text[found.end() :].strip()


def _doubt(employment: Employment, found: NumberCheck) -> NumberReason | WorkProblem | None:
    if found.level is Level.WARN:
        return found.reason
    return None if found.reason is HAS_NIP[employment] else WorkProblem.OTHER_SERVICE


def post_with(acting: str, post: str) -> str:
    """Return a post with its "Plh." or "Plt." before it."""
    return f"{acting.capitalize()}. {post}" if acting in set(Acting) and post else post
