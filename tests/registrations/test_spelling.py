"""A name put right is the same person's: titles, letters and shortened words change, the person does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor.registrations.rules.spelling import same_spelling


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("Ahmad Contoh", "Achmad Contoh", True),
        ("Ahmad Contoh", "Dr. Ahmad Contoh, S.T.", True),
        ("A. Rahman", "Abdul Rahman", True),
        ("Siti", "Siti Aminah Contoh", True),
        ("Contoh Ahmad", "Ahmad Contoh", True),
        ("Mohammad Yusuf", "Muhamad Yusuf", True),
        ("Ahmad Contoh", "Budi Santoso", False),
        ("Ahmad Rahman", "Siti Rahman", False),
        ("A. B.", "Ani Budiman", False),
        ("Petrus Kaize", "Maria Kaize", False),
    ],
)
def test_spellings_and_persons(before: str, after: str, same: bool) -> None:
    assert same_spelling(before, after) is same
    assert same_spelling(after, before) is same


@given(st.text(max_size=60))
def test_a_name_is_spelled_as_itself(name: str) -> None:
    assert same_spelling(name, name)
