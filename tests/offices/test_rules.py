"""Patterns into offices; the election commission's 553 against a hash of the derived list."""

import hashlib
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.offices.rules import (
    KPU,
    OfficeDraft,
    OfficeLevel,
    Pattern,
    PatternProblem,
    PatternRefusal,
    draft_units,
    expand,
    sort_key,
)
from rakor.regions.rules import reference

REGIONS = reference()
RAKORNAS_DAY = date(2021, 10, 27)
# of the derived list (1 + 38 + 514 lines "code|level|name|short name|province|regency|zone", sorted), see domain.md
KPU_LIST_HASH = "dc06cc6e2229c6dd1b979e0be36b804186debd4e82574d329653953782d1f3c1"
KIP_OFFICES = """
11 KIP Aceh
1101 KIP Kabupaten Aceh Selatan
1102 KIP Kabupaten Aceh Tenggara
1103 KIP Kabupaten Aceh Timur
1104 KIP Kabupaten Aceh Tengah
1105 KIP Kabupaten Aceh Barat
1106 KIP Kabupaten Aceh Besar
1107 KIP Kabupaten Pidie
1108 KIP Kabupaten Aceh Utara
1109 KIP Kabupaten Simeulue
1110 KIP Kabupaten Aceh Singkil
1111 KIP Kabupaten Bireuen
1112 KIP Kabupaten Aceh Barat Daya
1113 KIP Kabupaten Gayo Lues
1114 KIP Kabupaten Aceh Jaya
1115 KIP Kabupaten Nagan Raya
1116 KIP Kabupaten Aceh Tamiang
1117 KIP Kabupaten Bener Meriah
1118 KIP Kabupaten Pidie Jaya
1171 KIP Kota Banda Aceh
1172 KIP Kota Sabang
1173 KIP Kota Lhokseumawe
1174 KIP Kota Langsa
1175 KIP Kota Subulussalam
""".strip().splitlines()


def offices(pattern: Pattern, as_of: date | None = None) -> tuple[OfficeDraft, ...]:
    drafts = expand(pattern, REGIONS, as_of)
    assert isinstance(drafts, tuple), drafts
    return drafts


def kpu(as_of: date | None = None) -> list[OfficeDraft]:
    return [office for pattern in KPU for office in offices(pattern, as_of)]


def line(office: OfficeDraft) -> str:
    province, regency = office.province_code or "", office.regency_code or ""
    return "|".join((office.code, office.level, office.name, office.short_name, province, regency, office.zone))


def refusal(level: OfficeLevel, name: str) -> PatternRefusal:
    refused = expand(Pattern(level, name), REGIONS)
    assert isinstance(refused, PatternRefusal)
    return refused


def test_the_election_commission_is_the_derived_list() -> None:
    lines = "\n".join(sorted(map(line, kpu())))
    assert len(kpu()) == 553
    assert hashlib.sha256(lines.encode()).hexdigest() == KPU_LIST_HASH


def test_in_aceh_the_commission_is_the_kip() -> None:
    kip = [f"{o.code} {o.short_name}" for o in kpu() if o.short_name.startswith("KIP")]
    assert kip == KIP_OFFICES
    by_code = {office.code: office for office in kpu()}
    assert by_code["11"].name == "Komisi Independen Pemilihan Aceh"
    assert by_code["1171"].name == "Komisi Independen Pemilihan Kota Banda Aceh"


@pytest.mark.parametrize(
    ("code", "short_name", "zone"),
    [
        ("00", "KPU RI", "Asia/Jakarta"),
        ("31", "KPU Provinsi DKI Jakarta", "Asia/Jakarta"),
        ("34", "KPU D.I. Yogyakarta", "Asia/Jakarta"),
        ("3101", "KPU Kabupaten Kepulauan Seribu", "Asia/Jakarta"),
        ("3374", "KPU Kota Semarang", "Asia/Jakarta"),
        ("6501", "KPU Kabupaten Bulungan", "Asia/Makassar"),
        ("9304", "KPU Kabupaten Asmat", "Asia/Jayapura"),
    ],
)
def test_samples(code: str, short_name: str, zone: str) -> None:
    office = next(office for office in kpu() if office.code == code)
    assert (office.short_name, office.zone) == (short_name, zone)


def test_in_2021_there_were_549_offices() -> None:
    levels = Counter(office.level for office in kpu(RAKORNAS_DAY))
    assert levels == {OfficeLevel.NATIONAL: 1, OfficeLevel.PROVINCE: 34, OfficeLevel.REGENCY: 514}
    asmat = next(office for office in kpu(RAKORNAS_DAY) if office.code == "9304")
    assert (asmat.province_code, asmat.zone) == ("91", "Asia/Jayapura")


def test_protocol_order_is_centre_province_and_its_regencies() -> None:
    ordered = [office.code for office in sorted(kpu(), key=lambda office: office.sort_key)]
    assert ordered[:4] == ["00", "11", "1101", "1102"]
    assert ordered.index("12") == ordered.index("1175") + 1
    assert ordered[-1] == "9671"
    assert len({office.sort_key for office in kpu()}) == 553


def test_protocol_order_follows_the_map_of_the_day() -> None:
    ordered = [office.code for office in sorted(kpu(RAKORNAS_DAY), key=lambda office: office.sort_key)]
    assert ordered.index("91") < ordered.index("9304") < ordered.index("92") < ordered.index("9601")


def test_units_come_last_in_the_order_given() -> None:
    units = draft_units(["Fakultas Teknik", "Fakultas Hukum"])
    assert [unit.name for unit in units] == ["Fakultas Teknik", "Fakultas Hukum"]
    assert units[0].sort_key < units[1].sort_key
    assert units[0].sort_key > sort_key(OfficeLevel.REGENCY, "9671", "96")


def test_a_ministry_has_514_agencies() -> None:
    agencies = offices(Pattern(OfficeLevel.REGENCY, "Dinas Kesehatan {kabupaten/kota}"))
    assert len(agencies) == 514
    assert agencies[0].name == agencies[0].short_name == "Dinas Kesehatan Kabupaten Aceh Selatan"


def test_placeholders() -> None:
    pattern = Pattern(OfficeLevel.REGENCY, "Badan X { Kabupaten / Kota }, {Provinsi}", "BX {kabupaten/kota} ({nama})")
    semarang = next(office for office in offices(pattern) if office.code == "3374")
    assert semarang.name == "Badan X Kota Semarang, Jawa Tengah"
    assert semarang.short_name == "BX Kota Semarang (Semarang)"
    assert offices(Pattern(OfficeLevel.PROVINCE, "Biro {nama}"))[0].name == "Biro Aceh"


@pytest.mark.parametrize(
    ("level", "name", "problem", "word"),
    [
        (OfficeLevel.REGENCY, "Dinas {kota}", PatternProblem.UNKNOWN_PLACEHOLDER, "{kota}"),
        (OfficeLevel.REGENCY, "Dinas {0.__class__}", PatternProblem.UNKNOWN_PLACEHOLDER, "{0.__class__}"),
        (OfficeLevel.REGENCY, "Dinas {}", PatternProblem.UNKNOWN_PLACEHOLDER, "{}"),
        (OfficeLevel.PROVINCE, "Dinas {kabupaten/kota}", PatternProblem.NOT_AT_LEVEL, "{kabupaten/kota}"),
        (OfficeLevel.NATIONAL, "Biro {provinsi}", PatternProblem.NOT_AT_LEVEL, "{provinsi}"),
        (OfficeLevel.REGENCY, "Dinas {kabupaten/kota", PatternProblem.UNCLOSED, "{"),
        (OfficeLevel.REGENCY, "Dinas {{kabupaten/kota}}", PatternProblem.UNCLOSED, "{"),
        (OfficeLevel.REGENCY, "Dinas {nama}", PatternProblem.SAME_NAMES, "Dinas Solok"),
        (OfficeLevel.PROVINCE, "Dinas", PatternProblem.SAME_NAMES, "Dinas"),
        (OfficeLevel.PROVINCE, "  ", PatternProblem.EMPTY, ""),
    ],
)
def test_patterns_that_are_refused(level: OfficeLevel, name: str, problem: PatternProblem, word: str) -> None:
    assert refusal(level, name) == PatternRefusal(problem, word)


def test_a_name_that_does_not_fit_is_refused() -> None:
    assert refusal(OfficeLevel.PROVINCE, "D" * 195 + " {provinsi}").problem is PatternProblem.TOO_LONG


@given(level=st.sampled_from(OfficeLevel), name=st.text(alphabet="{}abc/provinsikota ", max_size=30))
def test_any_pattern_gets_an_answer(level: OfficeLevel, name: str) -> None:
    drafts = expand(Pattern(level, name), REGIONS)
    if isinstance(drafts, tuple):
        assert len({office.name for office in drafts}) == len(drafts)
        assert not any(sign in office.name for office in drafts for sign in "{}")
