"""Names as typed: titles apart, any script, nothing that breaks; and the search over them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rakor.registrations.rules.names import (
    NameProblem,
    PersonName,
    TextProblem,
    check_name,
    check_text,
    clean_text,
    fold,
    matches,
    rank,
    read_name,
    search_key,
)


@pytest.mark.parametrize(
    ("typed", "front", "name", "back"),
    [
        ("Dr. H. Ahmad Contoh, S.T., M.Eng.", "Dr. H.", "Ahmad Contoh", "S.T., M.Eng."),
        ("O'Brien, S.T., M.Eng.", "", "O'Brien", "S.T., M.Eng."),
        ("I Dewa Kade Wiarsa Raka Sandi", "", "I Dewa Kade Wiarsa Raka Sandi", ""),
        ("Sukarno", "", "Sukarno", ""),
        ("Irfan Contoh", "", "Irfan Contoh", ""),
        ("Hasan Contoh", "", "Hasan Contoh", ""),
        ("Prof.Dr.Ir. Siti Contoh", "Prof.Dr.Ir.", "Siti Contoh", ""),
        ("Dr. (H.C.) Budi Contoh", "Dr. (H.C.)", "Budi Contoh", ""),
        ("K.H. Ma'ruf Contoh, Lc., M.A.", "K.H.", "Ma'ruf Contoh", "Lc., M.A."),
        ("dr. Budi Contoh, Sp.OG", "dr.", "Budi Contoh", "Sp.OG"),
        ("Made Contoh, ST, MT", "", "Made Contoh", "ST, MT"),
        ("Ahmad Contoh S.Sos. M.Si", "", "Ahmad Contoh", "S.Sos., M.Si"),
        ("Ahmad Contoh SH MH", "", "Ahmad Contoh", "SH, MH"),
        ("AHMAD CONTOH SH", "", "AHMAD CONTOH SH", ""),
        ("Ahmad A.B.", "", "Ahmad A.B.", ""),
        ("Contoh, Ahmad", "", "Contoh, Ahmad", ""),
        ("Siti Contoh, S.Pd.I", "", "Siti Contoh", "S.Pd.I"),
        ("Drs.", "", "Drs.", ""),
        ("S.T.", "", "S.T.", ""),
        ("  Ahmad \t Contoh ,S.T.  ", "", "Ahmad Contoh", "S.T."),
        ("محمد المثال", "", "محمد المثال", ""),
        ("ꦲꦏꦱꦫ", "", "ꦲꦏꦱꦫ", ""),
    ],
)
def test_titles_are_parted_from_the_name(typed: str, front: str, name: str, back: str) -> None:
    assert PersonName.parse(typed) == PersonName(front, name, back)


def test_a_name_is_shown_as_it_was_typed() -> None:
    for typed in ("Dr. H. Ahmad Contoh, S.T., M.Eng.", "O'Brien, S.T., M.Eng.", "Contoh, Ahmad", "Sukarno"):
        assert PersonName.parse(typed).display() == typed


def test_titles_that_do_not_fit_their_column_stay_in_the_name() -> None:
    person = PersonName.parse("Ahmad Contoh, " + ", ".join(["M.Eng."] * 20))
    assert person.back_title == ""
    assert read_name(person.name) is NameProblem.TOO_LONG


@pytest.mark.parametrize("name", ["Bo", "A" * 120, "O'Brien", "محمد", "ꦲꦏꦱꦫ", "李明", "N'Diaye 2", "é" * 120])
def test_names_that_are_taken(name: str) -> None:
    assert check_name(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", NameProblem.TOO_SHORT),
        ("   ", NameProblem.TOO_SHORT),
        (" A ", NameProblem.TOO_SHORT),
        ("A" * 121, NameProblem.TOO_LONG),
        ("A" * 200, NameProblem.TOO_LONG),
        ("12345", NameProblem.NO_LETTER),
        ("🎉🎉🎉", NameProblem.NO_LETTER),
        ("...", NameProblem.NO_LETTER),
        ("Ahmad\0Contoh", NameProblem.CONTROL_CHARACTER),
        ("Ahmad\ud800", NameProblem.CONTROL_CHARACTER),
        ("Ahmad\nBcc: x", NameProblem.CONTROL_CHARACTER),
        ("Ahmad\x07", NameProblem.CONTROL_CHARACTER),
        ("\u202eAhmad", NameProblem.CONTROL_CHARACTER),
        ("Ahmad\uffff", NameProblem.CONTROL_CHARACTER),
        ("Ahmad\ue000", NameProblem.CONTROL_CHARACTER),
    ],
)
def test_names_that_are_refused(name: str, problem: NameProblem) -> None:
    assert check_name(name) is problem
    assert read_name(name) is problem


def test_length_is_counted_after_composition() -> None:
    assert check_name("e\u0301" * 120) is None
    assert check_name("e\u0301") is NameProblem.TOO_SHORT


def test_only_the_name_counts_for_the_length() -> None:
    person = read_name("Dr. " + "A" * 120 + ", S.T.")
    assert isinstance(person, PersonName)
    assert len(person.name) == 120
    assert read_name("Dr. A, S.T.") is NameProblem.TOO_SHORT


def test_clean_text() -> None:
    assert clean_text("  Kasubbag\t Teknis \r\n ") == "Kasubbag Teknis"
    assert clean_text("a\r\nb\u2028c", lines=True) == "a\nb\nc"
    assert clean_text("a\r\nb") == "a b"
    assert clean_text("a\0b\ud800") == "ab"
    assert clean_text("e\u0301") == "é"
    assert clean_text("abc def", 4) == "abc"


def test_check_text() -> None:
    assert check_text("abc", 3) is None
    assert check_text("abcd", 3) is TextProblem.TOO_LONG
    assert check_text(" ", 3) is None
    assert check_text(" ", 3, required=True) is TextProblem.EMPTY
    assert check_text("a\nb", 9) is TextProblem.CONTROL_CHARACTER
    assert check_text("a\n\tb", 9, lines=True) is None
    assert check_text("a\0", 9, lines=True) is TextProblem.CONTROL_CHARACTER


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Dr. H. Ahmad Contoh, S.T., M.Eng.", "ahmad contoh"),
        ("drs h ahmad", "ahmad"),
        ("“Dr” Ahmad", "ahmad"),
        ("O’Brien", "obrien"),
        ("Ma'ruf", "maruf"),
        ("Sòlo", "solo"),
        ("KPU Kabupaten Tojo Una-Una", "kpu kabupaten tojo una una"),
        ("Pasar Baru, Kota Solo", "pasar baru kota solo"),
        ("محمّد", "محمد"),
        ("S.T.", "s t"),
        ("Ｋｅｔｕａ", "ketua"),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


ASMAT = search_key("Drs. H. Ahmad Contoh, M.Si.", "KPU Kabupaten Asmat", "Ketua")


@pytest.mark.parametrize(
    "query", ["asm ket", "ket asm", "ASMAT", "ahm", "Drs. Ahmad", "h ahmad", "Ahmad Contoh, M.Si.", "kpu asm", ""]
)
def test_beginnings_of_words_find(query: str) -> None:
    assert matches(query, ASMAT)


@pytest.mark.parametrize("query", ["asm sek", "mat", "ahmadi", "asmat ketua x"])
def test_other_words_do_not_find(query: str) -> None:
    assert not matches(query, ASMAT)


def test_the_ketua_of_asmat_is_among_the_first_three() -> None:
    keys = [
        search_key(f"Orang {number} Contoh", f"KPU Kabupaten {place}", role)
        for number, place in enumerate(("Asahan", "Asmat", "Kota Asmara", "Ketapang", "Asmaten"))
        for role in ("Sekretaris", "Ketua", "Ketua Divisi", "Anggota")
    ]
    first = rank("asm ket", keys)[:3]
    assert "orang 1 contoh kpu kabupaten asmat ketua" in [keys[index] for index in first]
    assert keys[rank("asmat ketua", keys)[0]] == "orang 1 contoh kpu kabupaten asmat ketua"


def test_rank_keeps_to_its_limit_and_to_what_matches() -> None:
    keys = [f"ahmad {number}" for number in range(50)] + ["budi"]
    assert len(rank("ahm", keys, limit=7)) == 7
    assert rank("budi", keys) == (50,)
    assert rank("zzz", keys) == ()


any_text = st.text(max_size=200) | st.text(alphabet="Dr.HST, MEng'’\0\ud800\n\u202eé", max_size=40)


@given(any_text)
@example("Dr. Dr.")
@example(", S.T.")
@example("Dr. ,")
@example("\0")
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(any_text)
def test_any_text_gets_a_judgement(text: str) -> None:
    assert isinstance(check_name(text), NameProblem | None)
    person = read_name(text)
    if isinstance(person, PersonName):
        assert 2 <= len(person.name) <= 120
        assert check_name(person.name) is None
        assert PersonName.parse(person.display()) == person


@given(any_text)
def test_clean_text_is_safe_and_rests(text: str) -> None:
    for lines in (False, True):
        cleaned = clean_text(text, lines=lines)
        cleaned.encode()
        assert clean_text(cleaned, lines=lines) == cleaned
        assert check_text(cleaned, len(cleaned), lines=lines) is None


@given(any_text, any_text)
def test_what_is_stored_is_found_by_itself(name: str, office: str) -> None:
    key = search_key(name, office)
    assert matches(name, key)
    assert matches(key, key)
    assert rank(key, [key]) == (0,)
