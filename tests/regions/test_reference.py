"""The counts of domain.md §1.2, and the map of a day."""

from collections import Counter
from datetime import date
from importlib.resources import files

import pytest

from rakor.regions.rules import RegionKind, reference, show_code
from rakor.regions.rules.reading import aliases

RAKORNAS_DAY = date(2021, 10, 27)
REGIONS = reference()


def test_counts_of_the_decree() -> None:
    kinds = Counter(regency.kind for regency in REGIONS.regencies())
    assert len(REGIONS.provinces()) == 38
    assert kinds == {RegionKind.KABUPATEN: 416, RegionKind.KOTA: 98}
    administrative = Counter(r.kind for r in REGIONS.regencies() if r.administrative)
    assert administrative == {RegionKind.KABUPATEN: 1, RegionKind.KOTA: 5}
    assert {r.province_code for r in REGIONS.regencies() if r.administrative} == {"31"}


def test_codes_and_full_names_are_unique_and_in_order() -> None:
    codes = [region.code for region in (*REGIONS.provinces(), *REGIONS.regencies())]
    names = [region.name for region in REGIONS.regencies()]
    assert len(set(codes)) == len(codes) == 552
    assert len(set(names)) == len(names)
    assert [r.code for r in REGIONS.regencies()] == sorted(r.code for r in REGIONS.regencies())
    assert [p.code for p in REGIONS.provinces()] == sorted(p.code for p in REGIONS.provinces())


def test_regencies_are_numbered_by_kind() -> None:
    """Permendagri 58/2021: kabupaten 01–69, kota 71–99 inside a province."""
    for regency in REGIONS.regencies():
        number = int(regency.code[2:])
        assert (1 <= number <= 69) if regency.kind is RegionKind.KABUPATEN else (71 <= number <= 99)


def test_names_carry_no_stray_spaces() -> None:
    for region in (*REGIONS.provinces(), *REGIONS.regencies()):
        assert region.name == " ".join(region.name.split())
    assert REGIONS.regency("3172").name == "Kota Administrasi Jakarta Utara"
    assert REGIONS.regency("7109").name == "Kabupaten Kepulauan Siau Tagulandang Biaro"


def test_zones() -> None:
    provinces = Counter(province.zone_label for province in REGIONS.provinces())
    regencies = Counter(REGIONS.zone_of(regency.code) for regency in REGIONS.regencies())
    assert provinces == {"WIB": 18, "WITA": 12, "WIT": 8}
    assert regencies == {"Asia/Jakarta": 301, "Asia/Makassar": 150, "Asia/Jayapura": 63}
    assert {code: REGIONS.province(code).zone_label for code in ("61", "62", "63", "64", "65")} == {
        "61": "WIB", "62": "WIB", "63": "WITA", "64": "WITA", "65": "WITA",
    }  # fmt: skip


def test_tile_grid_has_one_square_for_each_province() -> None:
    squares = {(province.col, province.row) for province in REGIONS.provinces()}
    assert len(squares) == 38
    assert all(1 <= col <= 16 and 1 <= row <= 8 for col, row in squares)
    jakarta, jabar = REGIONS.province("31"), REGIONS.province("32")
    assert (jakarta.col, jakarta.row + 1) == (jabar.col, jabar.row)


def test_letters_and_abbreviations_are_unique() -> None:
    assert len({province.letters for province in REGIONS.provinces()}) == 38
    assert all(len(province.letters) == 2 for province in REGIONS.provinces())
    assert len({province.abbr for province in REGIONS.provinces()}) == 38


def test_twenty_six_short_names_occur_twice() -> None:
    counts = Counter(regency.short_name for regency in REGIONS.regencies())
    assert sum(count == 2 for count in counts.values()) == 26
    assert max(counts.values()) == 2
    assert {r.title for r in REGIONS.regencies() if r.short_name == "Banjar"} == {
        "Kabupaten Banjar",
        "Kota Banjar",
    }


def test_the_map_of_2021_has_34_provinces() -> None:
    codes = [province.code for province in REGIONS.provinces(RAKORNAS_DAY)]
    assert len(codes) == 34
    assert not {"93", "94", "95", "96"} & set(codes)


def test_provinces_appear_on_their_day() -> None:
    counted = [len(REGIONS.provinces(day)) for day in (date(2022, 7, 24), date(2022, 7, 25), date(2022, 12, 8))]
    assert counted == [34, 37, 38]


def test_regencies_of_2021_belong_to_the_old_provinces() -> None:
    by_province = {p.code: REGIONS.regencies(p.code, RAKORNAS_DAY) for p in REGIONS.provinces(RAKORNAS_DAY)}
    assert sum(map(len, by_province.values())) == 514
    assert {r.code[:2] for r in by_province["91"]} == {"91", "93", "94", "95"}
    assert {r.code[:2] for r in by_province["92"]} == {"92", "96"}
    assert REGIONS.province_of("9304", RAKORNAS_DAY).name == "Papua"
    assert REGIONS.province_of("9304").name == "Papua Selatan"
    assert REGIONS.regencies("93", RAKORNAS_DAY) == ()
    assert REGIONS.zone_of("9304") == "Asia/Jayapura"


def test_belongs_answers_for_codes_from_outside() -> None:
    assert REGIONS.belongs("3374", "33")
    assert not REGIONS.belongs("3374", "35")
    assert REGIONS.belongs("9304", "91", RAKORNAS_DAY)
    assert not REGIONS.belongs("9304", "91")
    assert not REGIONS.belongs("", "33")
    assert not REGIONS.belongs("3399", "33")


@pytest.mark.parametrize("code", ["", "3", "337", "33.7.4", "99", "9999", "33740", "3 74", "٣٣٧٤", "\0"])
def test_find_says_none_for_what_is_no_code(code: str) -> None:
    assert REGIONS.find(code) is None


def test_codes_are_shown_with_a_dot_and_found_with_it() -> None:
    assert show_code("3374") == "33.74"
    assert show_code("33") == "33"
    assert show_code("3110") == "31.10"
    assert REGIONS.find("33.74") == REGIONS.find("3374") == REGIONS.regency("3374")


def test_unknown_stored_codes_are_a_broken_promise() -> None:
    with pytest.raises(KeyError):
        REGIONS.zone_of("3399")
    with pytest.raises(KeyError):
        REGIONS.zone_of("99")


def test_titles_always_say_the_kind() -> None:
    titles = {code: region.title for code in ("33", "31", "34", "3374", "3101") if (region := REGIONS.find(code))}
    assert titles == {
        "33": "Provinsi Jawa Tengah",
        "31": "DKI Jakarta",
        "34": "DI Yogyakarta",
        "3374": "Kota Semarang",
        "3101": "Kabupaten Kepulauan Seribu",
    }


def test_aliases_point_at_regions_and_ambiguous_ones_say_so() -> None:
    assert all(REGIONS.find(alias.code) for alias in aliases())
    written = Counter(alias.alias for alias in aliases())
    twice = {alias for alias, count in written.items() if count > 1}
    assert twice == {alias.alias for alias in aliases() if alias.why == "ambiguous short form"} == {"Mura"}
    assert len(written) == 120


def test_the_notice_stands_beside_the_files() -> None:
    notice = files("rakor.regions").joinpath("reference", "NOTICE.txt").read_text(encoding="utf-8")
    assert "Kepmendagri No. 300.2.2-2430 Tahun 2025" in notice
    assert "MIT" in notice
