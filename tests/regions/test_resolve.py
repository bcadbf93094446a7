"""Free text to a region: right where it is clear, a question where it is not."""

from collections import Counter
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rakor.regions.rules import Ambiguous, Doubt, Exact, Match, Region, Unknown, plain, reference, resolve, squash
from rakor.regions.rules.reading import aliases

REGIONS = reference()
EVERY: tuple[Region, ...] = (*REGIONS.provinces(), *REGIONS.regencies())
NAMES = Counter(r.short_name for r in EVERY) + Counter({"Yogyakarta": 1})
SHARED_NAMES = sorted(name for name, count in NAMES.items() if count > 1)
RAKORNAS_DAY = date(2021, 10, 27)


def codes(match: Match) -> list[str]:
    return [region.code for region in match.choices] if isinstance(match, Ambiguous) else []


def code(match: Match) -> str | None:
    return match.region.code if isinstance(match, Exact) else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kota Solo", "3372"),
        ("KPU Kab. Sitaro", "7109"),
        ("KPU Kabupaten Sitaro ", "7109"),
        ("  kota   SOLO", "3372"),
        ("KPU Kota Semarang", "3374"),
        ("kab.semarang", "3322"),
        ("Semarang (Kota)", "3374"),
        ("SEMARANG_KOTA_KPU", "3374"),
        ("Pemkot Semarang", "3374"),
        ("Pemkab Semarang", "3322"),
        ("Pemerintah Kota Semarang", "3374"),
        ("Komisi Pemilihan Umum Kabupaten Asmat", "9304"),
        ("KIP Aceh", "11"),
        ("KIP Kota Banda Aceh", "1171"),
        ("Komisi Independen Pemilihan Kabupaten Pidie", "1107"),
        ("KPU Provinsi Jambi", "15"),
        ("Kota Jambi", "1571"),
        ("Prov. Gorontalo", "75"),
        ("Kab. Gorontalo", "7501"),
        ("D.I. Yogyakarta", "34"),
        ("DIY", "34"),
        ("Provinsi Yogyakarta", "34"),
        ("Kota Yogyakarta", "3471"),
        ("DKI", "31"),
        ("Jateng", "33"),
        ("Lima Puluh Kota", "1307"),
        ("Kab 50 Kota", "1307"),
        ("Kotabaru", "6302"),
        ("Kota Waringin Barat", "6201"),
        ("Bau-Bau", "7472"),
        ("Padangsidempuan", "1277"),
        ("Tojo Unauna", "7209"),
        ("Kota Administrasi Jakarta Pusat", "3171"),
        ("Kota Adm. Jakarta Pusat", "3171"),
        ("Kota Sòlo", "3372"),
        ("O.K.I.", "1602"),
        ("33.74", "3374"),
        ("33", "33"),
        ("Banjar, Jawa Barat", "3279"),
        ("Banjar (Kalsel)", "6303"),
        ("Kab. Semarang - Jawa Tengah", "3322"),
    ],
)
def test_clear_names(text: str, expected: str) -> None:
    assert code(resolve(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KPU Semarang", ["3322", "3374"]),
        ("Kabupaten/Kota Semarang", ["3322", "3374"]),
        ("Semarang, Jawa Tengah", ["3322", "3374"]),
        ("Gorontalo", ["75", "7501", "7571"]),
        ("Gorontalo, Gorontalo", ["7501", "7571"]),
        ("Yogyakarta", ["34", "3471"]),
        ("Jambi", ["15", "1571"]),
        ("KPU Bengkulu", ["17", "1771"]),
        ("Banjar", ["3279", "6303"]),
        ("Mura", ["1605", "6212"]),
    ],
)
def test_shared_names_are_asked_about(text: str, expected: list[str]) -> None:
    match = resolve(text)
    assert isinstance(match, Ambiguous)
    assert match.doubt is Doubt.SAME_NAME
    assert codes(match) == expected


@pytest.mark.parametrize(
    ("text", "among"),
    [
        ("KPU Kab. Semarng", ["3322", "3374"]),
        ("Kota Asmat", ["9304"]),
        ("Kab Solo", ["3372"]),
        ("KPU Kabupaten Jakarta Pusat", ["3171"]),
        ("Kota Jakarta", ["3171", "3175"]),
        ("Bandung, Bali", ["3204", "3273"]),
        ("Pekalngan", ["3326", "3375"]),
        ("Halmahera", ["8201"]),
    ],
)
def test_near_names_are_offered_never_taken(text: str, among: list[str]) -> None:
    match = resolve(text)
    assert isinstance(match, Ambiguous)
    assert match.doubt is Doubt.SIMILAR
    assert set(among) <= set(codes(match))
    assert len(match.choices) <= 6


def test_the_kind_that_was_typed_leads_the_suggestions() -> None:
    assert codes(resolve("Kota Semarng"))[0] == "3374"
    assert codes(resolve("Kab. Semarng"))[0] == "3322"


@pytest.mark.parametrize("text", ["", " ", "KPU", "Kota", "di", "KPU RI", "Indonesia", "9999", "33.7", "x" * 500, "\0"])
def test_nothing_like_it(text: str) -> None:
    assert isinstance(resolve(text), Unknown)


def test_a_province_of_2022_is_a_question_in_2021() -> None:
    for text in ("Papua Selatan", "KPU Provinsi Papua Selatan", "93"):
        match = resolve(text, RAKORNAS_DAY)
        assert isinstance(match, Ambiguous)
        assert match.doubt is Doubt.NOT_YET
        assert codes(match) == ["91"]
    assert code(resolve("Papua Selatan")) == "93"


def test_a_regency_is_found_in_its_province_of_then_and_of_today() -> None:
    assert code(resolve("Asmat, Papua", RAKORNAS_DAY)) == "9304"
    assert code(resolve("Asmat, Papua Selatan", RAKORNAS_DAY)) == "9304"


def test_every_full_name_and_title_resolves_to_its_region() -> None:
    for region in EVERY:
        title = f"Provinsi {region.short_name}" if len(region.code) == 2 else region.title
        for text in (region.code, title, f"KPU {title}", title.upper(), title.replace(" ", "  ")):
            assert code(resolve(text)) == region.code, text
        if len(region.code) == 4:
            assert code(resolve(region.name)) == region.code


def test_every_alias_resolves_to_its_region() -> None:
    for alias in aliases():
        if alias.why != "ambiguous short form":
            assert code(resolve(alias.alias)) == alias.code, alias
            assert code(resolve(f"KPU {alias.alias}")) == alias.code, alias


def test_the_names_that_are_shared() -> None:
    assert len(SHARED_NAMES) == 26 + 3  # 26 of regencies, Gorontalo among them; Jambi, Bengkulu and Yogyakarta


noise = st.text(alphabet=" .,'’-_/", max_size=4)
institutions = st.sampled_from(["", "KPU", "kpud", "KIP", "Komisi Pemilihan Umum", "Pemda"])


@given(name=st.sampled_from(SHARED_NAMES), before=institutions, left=noise, right=noise, turn=st.booleans())
def test_a_shared_name_is_never_an_answer(name: str, before: str, left: str, right: str, turn: bool) -> None:
    text = f"{before} {left}{name.upper() if turn else name}{right}"
    assert isinstance(resolve(text), Ambiguous)
    assert isinstance(resolve(text, RAKORNAS_DAY), Ambiguous)


letters = st.sampled_from("abcdefghijklmnopqrstuvwxyz")


@given(region=st.sampled_from(EVERY), place=st.integers(0, 60), letter=letters)
def test_a_misspelling_is_never_an_answer(region: Region, place: int, letter: str) -> None:
    """One letter changed gives an answer only where what then stands there is a known name of that region."""
    name = region.short_name
    at = place % len(name)
    changed = name[:at] + letter + name[at + 1 :]
    match = resolve(changed)
    if isinstance(match, Exact):
        assert squash(changed) in written(match.region)


def written(region: Region) -> set[str]:
    """Every known name of a region, with its kind and without."""
    names = [region.name, region.short_name, region.title]
    names += [alias.alias for alias in aliases() if alias.code == region.code]
    bare = [name.removeprefix("Kabupaten ").removeprefix("Kota ") for name in names]
    return {squash(name) for name in (*names, *bare)}


@given(st.text(max_size=300))
@example("kota " * 60)
@example("kabupaten kota " * 10)
@example("\ud800")
@example("(,;[]")
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(resolve(text), Exact | Ambiguous | Unknown)
    assert isinstance(resolve(text, RAKORNAS_DAY), Exact | Ambiguous | Unknown)


@given(st.text(max_size=60))
def test_an_ambiguous_answer_always_has_choices(text: str) -> None:
    match = resolve(text)
    if isinstance(match, Ambiguous):
        assert match.choices


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(max_codepoint=127), max_size=30))
def test_the_short_way_for_plain_ascii_says_the_same(text: str) -> None:
    assert plain(text) == plain(f"{text}\u00a0")
