"""Free text to a region: what an Excel cell, a Zoom name or a hurried hand meant; never a silent guess."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from rapidfuzz import fuzz, process

from rakor.regions.rules.folding import plain
from rakor.regions.rules.places import Province, Region
from rakor.regions.rules.reading import aliases, reference
from rakor.regions.rules.wording import Reading, core, readings


class Doubt(StrEnum):
    """Why a text is a question and not an answer."""

    SAME_NAME = "same_name"
    """Several regions bear the name: Kabupaten or Kota Semarang."""
    SIMILAR = "similar"
    """No region bears the name; these come near, or bear it with another kind or in another province."""
    NOT_YET = "not_yet"
    """The province had not been founded on that day; the one it was split from is offered."""


@dataclass(frozen=True, slots=True)
class Exact:
    """The text names this region and no other."""

    region: Region


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A person must choose; at least one choice, the likeliest first (same names in code order)."""

    choices: tuple[Region, ...]
    doubt: Doubt


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing like it is known."""

    text: str


Match = Exact | Ambiguous | Unknown

_CODE = re.compile(r"[0-9]{2}(\.?[0-9]{2})?")
_WITHIN = re.compile(r"[,;()\[\]]|\s[-–—]\s")
_LONGEST = 200
_SHORTEST_GUESS = 4
_NEAR = 80.0
_CHOICES = 6


def resolve(text: str, as_of: date | None = None) -> Match:
    """The region that a text names on that day's map (today's without one).

    Understands codes ("3374", "33.74"), names, aliases, prefixes ("KPU Kab.", "Pemkot"), a trailing kind
    ("Semarang (Kota)") and a province after a comma ("Banjar, Jawa Barat"); case, accents, punctuation and
    spaces do not count. A misspelling is asked about (``Ambiguous``), never corrected.
    """
    wanted = text.strip()
    if len(wanted) > _LONGEST:
        return Unknown(text)
    if _CODE.fullmatch(wanted):
        found = reference().find(wanted)
        return _answer({found.code} if found else set(), as_of) or Unknown(text)
    answer = _answer(_named(wanted), as_of)
    if isinstance(answer, Exact):
        return answer
    return _answer(_within_province(wanted, as_of), as_of) or answer or _similar(wanted, as_of) or Unknown(text)


def _named(text: str) -> set[str]:
    """Codes of all regions that any reading of the text names."""
    return {code for reading in readings(plain(text)) for code in _lookup(reading)}


def _lookup(reading: Reading) -> Iterator[str]:
    for region in _names().get(reading.name, ()):
        if not reading.kinds or region.kind in reading.kinds:
            yield region.code


def _answer(codes: set[str], as_of: date | None) -> Exact | Ambiguous | None:
    regions = _regions(sorted(codes))
    alive = tuple(region for region in regions if _exists(region, as_of))
    if len(alive) == 1:
        return Exact(alive[0])
    if alive:
        return Ambiguous(alive, Doubt.SAME_NAME)
    parents = {region.split_from for region in regions if isinstance(region, Province) and region.split_from}
    return Ambiguous(_regions(sorted(parents)), Doubt.NOT_YET) if parents else None


def _within_province(text: str, as_of: date | None) -> set[str]:
    """Codes named before a comma or bracket, in the province named after it (that day's or today's)."""
    parts = [part for part in _WITHIN.split(text) if plain(part)]
    if len(parts) != 2:
        return set()
    provinces = {code for code in _named(parts[1]) if len(code) == 2}
    return {
        code
        for code in _named(parts[0])
        if len(code) == 4 and {code[:2], reference().province_of(code, as_of).code} & provinces
    }


def _similar(text: str, as_of: date | None) -> Ambiguous | None:
    """The nearest names as a question: the same name with another kind, then beginnings and misspellings."""
    scores: dict[str, float] = {}
    # what stands before a comma may be a known name in the wrong province, so it is tried alone too
    for typed in {core(plain(text)), core(plain(_WITHIN.split(text)[0]))}:
        for name, score in _near_names(typed.name):
            for region in _names()[name]:
                bonus = 5.0 if region.kind in typed.kinds else 0.0
                scores[region.code] = max(score + bonus, scores.get(region.code, 0.0))
    ordered = sorted(scores, key=lambda code: (-scores[code], code))
    choices = tuple(region for region in _regions(ordered) if _exists(region, as_of))
    return Ambiguous(choices[:_CHOICES], Doubt.SIMILAR) if choices else None


def _near_names(typed: str) -> Iterator[tuple[str, float]]:
    """Known names with their nearness, 0–100: the whole name, a beginning of it, a misspelling."""
    if len(typed) < _SHORTEST_GUESS:
        return
    for name in _names():
        if name.startswith(typed):
            yield name, 100.0 if name == typed else 95.0
    for name, score, _ in process.extract(typed, list(_names()), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=None):
        yield name, score


def _regions(codes: Iterable[str]) -> tuple[Region, ...]:
    return tuple(region for code in codes if (region := reference().find(code)) is not None)


def _exists(region: Region, as_of: date | None) -> bool:
    return as_of is None or not isinstance(region, Province) or region.exists(as_of)


@cache
def _names() -> dict[str, tuple[Region, ...]]:
    """Squashed name → the regions that bear it: full, short and alias, with and without the kind."""
    names: dict[str, dict[str, Region]] = {}
    for region, written in _written():
        for reading in readings(plain(written)):
            if not reading.kinds or region.kind in reading.kinds:
                names.setdefault(reading.name, {})[region.code] = region
    return {name: tuple(regions.values()) for name, regions in names.items()}


def _written() -> Iterator[tuple[Region, str]]:
    every: tuple[Region, ...] = (*reference().provinces(), *reference().regencies())
    for region in every:
        yield from ((region, name) for name in (region.name, region.short_name, region.title))
    for alias in aliases():
        for region in _regions([alias.code]):
            yield region, alias.alias
