"""Offices from patterns: a line of text and the map of a day become an office in every region."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rakor.regions.rules import Province, Regency, Regions


class OfficeLevel(StrEnum):
    """Where an office stands: the centre, a province, a regency, or a unit beside the map (faculty)."""

    NATIONAL = "national"
    PROVINCE = "province"
    REGENCY = "regency"
    UNIT = "unit"


class PatternProblem(StrEnum):
    """Why a pattern cannot be expanded."""

    EMPTY = "empty"
    UNCLOSED = "unclosed"
    """A brace without its partner."""
    UNKNOWN_PLACEHOLDER = "unknown_placeholder"
    NOT_AT_LEVEL = "not_at_level"
    """A known placeholder that says nothing at this level ({kabupaten/kota} for provinces)."""
    SAME_NAMES = "same_names"
    """Two offices would bear one name: no placeholder, or {nama} alone where Semarang is two regencies."""
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class PatternRefusal:
    """A pattern that cannot be expanded, and the word of it that is to blame."""

    problem: PatternProblem
    word: str


@dataclass(frozen=True, slots=True)
class Deviation:
    """Other names in one province: for its own office in a province pattern, for its regencies in theirs."""

    code: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """The names of all offices of a level; without a short name the name serves as both.

    Placeholders: ``{provinsi}`` "Jawa Tengah", ``{kabupaten/kota}`` "Kota Semarang", ``{nama}`` "Semarang".
    """

    level: OfficeLevel
    name: str
    short_name: str = ""
    deviations: tuple[Deviation, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeDraft:
    """An office to be: region codes are those of the day's map, ``zone`` is an IANA name."""

    code: str
    level: OfficeLevel
    name: str
    short_name: str
    province_code: str | None
    regency_code: str | None
    zone: str
    sort_key: str


NATIONAL_CODE = "00"
LONGEST_NAME = 200
LONGEST_SHORT_NAME = 120
CAPITAL_ZONE = "Asia/Jakarta"
PLACEHOLDERS = {
    OfficeLevel.NATIONAL: frozenset[str](),
    OfficeLevel.PROVINCE: frozenset({"provinsi", "nama"}),
    OfficeLevel.REGENCY: frozenset({"provinsi", "kabupaten/kota", "nama"}),
    OfficeLevel.UNIT: frozenset[str](),
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

KPU = (
    Pattern(OfficeLevel.NATIONAL, "Komisi Pemilihan Umum Republik Indonesia", "KPU RI"),
    Pattern(
        OfficeLevel.PROVINCE,
        "Komisi Pemilihan Umum Provinsi {provinsi}",
        "KPU Provinsi {provinsi}",
        (
            Deviation("11", "Komisi Independen Pemilihan {provinsi}", "KIP {provinsi}"),
            Deviation("34", "Komisi Pemilihan Umum Daerah Istimewa Yogyakarta", "KPU D.I. Yogyakarta"),
        ),
    ),
    Pattern(
        OfficeLevel.REGENCY,
        "Komisi Pemilihan Umum {kabupaten/kota}",
        "KPU {kabupaten/kota}",
        # in Aceh the election commission is the KIP, in all 24 offices (domain.md §1.3)
        (Deviation("11", "Komisi Independen Pemilihan {kabupaten/kota}", "KIP {kabupaten/kota}"),),
    ),
)
"""The ready patterns of the election commission: 1 + 38 + 514 offices today, 1 + 34 + 514 in 2021."""


def expand(pattern: Pattern, regions: Regions, as_of: date | None = None) -> tuple[OfficeDraft, ...] | PatternRefusal:
    """All offices of a pattern on the map of a day, in protocol order, or why the pattern is refused.

    "Dinas Kesehatan {kabupaten/kota}" makes 514; a pattern for the centre or a unit makes one.
    """
    texts = [pattern.name, pattern.short_name or pattern.name]
    texts += [text for deviation in pattern.deviations for text in (deviation.name, deviation.short_name)]
    for text in texts:
        if refusal := _refuse(text, pattern.level):
            return refusal
    offices = sorted(_drafts(pattern, regions, as_of), key=lambda office: office.sort_key)
    return _unusable(offices) or tuple(offices)


def draft_units(names: Sequence[str], zone: str = CAPITAL_ZONE) -> tuple[OfficeDraft, ...]:
    """Offices beside the map, in the order given: faculties of a university, agencies of one city."""
    codes = (f"U{number:03}" for number in range(1, len(names) + 1))
    return tuple(
        OfficeDraft(code, OfficeLevel.UNIT, name, name, None, None, zone, sort_key(OfficeLevel.UNIT, code))
        for code, name in zip(codes, names, strict=True)
    )


def sort_key(level: OfficeLevel, code: str, province_code: str | None = None) -> str:
    """Protocol order as a text to sort by: the centre, each province before its regencies, then units.

    ``province_code`` is the regency's province on the day's map: in 2021 Asmat (9304) is in Papua (91).
    """
    if level is OfficeLevel.UNIT:
        return f"zz{code}"
    if level is OfficeLevel.REGENCY:
        return f"{province_code or code[:2]}{code}"
    return code


def _refuse(text: str, level: OfficeLevel) -> PatternRefusal | None:
    if not text.strip():
        return PatternRefusal(PatternProblem.EMPTY, "")
    for word in _PLACEHOLDER.findall(text):
        name = _placeholder(word)
        if name not in PLACEHOLDERS[OfficeLevel.REGENCY]:
            return PatternRefusal(PatternProblem.UNKNOWN_PLACEHOLDER, f"{{{word}}}")
        if name not in PLACEHOLDERS[level]:
            return PatternRefusal(PatternProblem.NOT_AT_LEVEL, f"{{{word}}}")
    rest = _PLACEHOLDER.sub("", text)
    stray = next((sign for sign in "{}" if sign in rest), None)
    return PatternRefusal(PatternProblem.UNCLOSED, stray) if stray else None


def _unusable(offices: Sequence[OfficeDraft]) -> PatternRefusal | None:
    names = [office.name for office in offices]
    short_names = [office.short_name for office in offices]
    for column, longest in ((names, LONGEST_NAME), (short_names, LONGEST_SHORT_NAME)):
        for name, count in Counter(column).items():
            if count > 1:
                return PatternRefusal(PatternProblem.SAME_NAMES, name)
            if len(name) > longest:
                return PatternRefusal(PatternProblem.TOO_LONG, name)
    return None


def _drafts(pattern: Pattern, regions: Regions, as_of: date | None) -> Iterator[OfficeDraft]:
    if pattern.level is OfficeLevel.PROVINCE:
        for province in regions.provinces(as_of):
            yield _draft(pattern, province.code, province, None)
    elif pattern.level is OfficeLevel.REGENCY:
        for regency in regions.regencies(as_of=as_of):
            yield _draft(pattern, regency.code, regions.province_of(regency.code, as_of), regency)
    else:
        code = NATIONAL_CODE if pattern.level is OfficeLevel.NATIONAL else "U001"
        yield _draft(pattern, code, None, None)


def _draft(pattern: Pattern, code: str, province: Province | None, regency: Regency | None) -> OfficeDraft:
    words = {"provinsi": province.short_name if province else ""}
    words["kabupaten/kota"] = regency.title if regency else ""
    words["nama"] = regency.short_name if regency else words["provinsi"]
    here = province.code if province else None
    names = next((other for other in pattern.deviations if other.code == here), pattern)
    return OfficeDraft(
        code=code,
        level=pattern.level,
        name=_fill(names.name, words),
        short_name=_fill(names.short_name or names.name, words),
        province_code=here,
        regency_code=regency.code if regency else None,
        zone=province.zone if province else CAPITAL_ZONE,
        sort_key=sort_key(pattern.level, code, here),
    )


def _fill(text: str, words: dict[str, str]) -> str:
    # replaced by name from a closed list: a pattern is typed by a user and must never reach str.format
    filled = _PLACEHOLDER.sub(lambda found: words[_placeholder(found[1])], text)
    return " ".join(filled.split())


def _placeholder(word: str) -> str:
    return "".join(word.casefold().split())
