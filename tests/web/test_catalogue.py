"""Fragments of English become one catalogue, or say clearly why not."""

import gettext
from pathlib import Path

import pytest

from tools import catalogue

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def fragment(folder: Path, name: str, *pairs: tuple[str, str], context: str | None = None) -> Path:
    path = folder / f"{name}.po"
    head = f'msgctxt "{context}"\n' if context else ""
    lines = [f'{head}msgid "{one}"\nmsgstr "{two}"\n' for one, two in pairs]
    path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
    return path


def test_the_same_sentence_twice_is_fine(tmp_path: Path) -> None:
    one = fragment(tmp_path, "a", ("Kursi", "Seats"))
    two = fragment(tmp_path, "b", ("Kursi", "Seats"), ("Nama", "Name"))
    assert catalogue.compile_to(tmp_path / "messages.mo", [one, two]) == 2


def test_two_meanings_are_refused_with_both_names(tmp_path: Path) -> None:
    one = fragment(tmp_path, "a", ("Kursi", "Seats"))
    two = fragment(tmp_path, "b", ("Kursi", "Chairs"))
    with pytest.raises(catalogue.Contradiction, match=r"a\.po.*b\.po"):
        catalogue.merged([one, two])


def test_a_context_tells_two_meanings_apart(tmp_path: Path) -> None:
    one = fragment(tmp_path, "a", ("Masuk", "Log in"))
    two = fragment(tmp_path, "b", ("Masuk", "Admitted"), context="scan")
    assert len(catalogue.merged([one, two])) == 2


def test_a_lost_placeholder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(catalogue.Contradiction, match="placeholders"):
        catalogue.merged([fragment(tmp_path, "a", ("%(n)s kursi", "seats"))])


def test_all_problems_are_named_at_once_and_the_first_english_still_works(tmp_path: Path) -> None:
    one = fragment(tmp_path, "a", ("Kursi", "Seats"), ("Nama", "Name"))
    two = fragment(tmp_path, "b", ("Kursi", "Chairs"), ("Nama", "Title"))
    with pytest.raises(catalogue.Contradiction) as caught:
        catalogue.compile_to(tmp_path / "messages.mo", [one, two])
    assert len(str(caught.value).splitlines()) == 2
    assert gettext.GNUTranslations((tmp_path / "messages.mo").open("rb")).gettext("Kursi") == "Seats"
