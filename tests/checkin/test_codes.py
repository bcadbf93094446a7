"""The ticket code: its check character, its parser and the answers it shares with the browser."""

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rakor import codes
from rakor.codes import ALPHABET, Code, CodeProblem

HERE = Path(__file__).parent
WORLD = json.loads((HERE / "code_vectors.json").read_text(encoding="ascii"))

secrets = st.binary(min_size=12, max_size=12).map(lambda raw: raw[:-1] + bytes([raw[-1] & 0xC0]))


@given(secrets)
def test_encode_and_parse_are_inverse(secret: bytes) -> None:
    text = codes.encode(secret)
    assert len(text) == 20
    assert text[0] == "1"
    read = codes.parse(text, typed=False)
    assert isinstance(read, Code)
    assert read.secret == secret
    assert codes.parse(codes.group(text).lower(), typed=True) == read


def test_every_pair_of_places_has_its_own_weight() -> None:
    """With a linear check this alone proves that substitutions and exchanges of any two places are caught."""
    weights = []
    for place in range(19):
        weights.append(codes.check_value([int(at == place) for at in range(19)]))
    weights.append(1)
    assert 0 not in weights
    assert len(set(weights)) == 20
    for place, value in combinations(range(19), 2):  # linear: the check of a sum is the sum of the checks
        vector = [value if at == place else 0 for at in range(19)]
        doubled = [(2 * value) % 32 if at == place else 0 for at in range(19)]
        both = [left ^ right for left, right in zip(vector, doubled, strict=True)]
        assert codes.check_value(both) == codes.check_value(vector) ^ codes.check_value(doubled)


@given(secrets)
def test_every_single_wrong_character_and_every_exchange_is_caught(secret: bytes) -> None:
    good = codes.encode(secret)
    for at in range(1, 20):
        for wrong in ALPHABET.replace(good[at], ""):
            assert codes.parse(good[:at] + wrong + good[at + 1 :], typed=False) is CodeProblem.CHECK
    for left, right in combinations(range(1, 20), 2):
        if good[left] != good[right]:
            swapped = list(good)
            swapped[left], swapped[right] = good[right], good[left]
            assert codes.parse("".join(swapped), typed=False) is CodeProblem.CHECK


@given(st.text())
def test_any_text_is_a_code_or_a_problem(text: str) -> None:
    for typed in (False, True):
        read = codes.parse(text, typed)
        assert isinstance(read, CodeProblem) or codes.encode(read.secret) == read.text


def test_the_camera_folds_nothing_and_hands_fold_only_ascii() -> None:
    code = codes.encode(bytes(12))
    assert code == "1" + "0" * 18 + codes.ALPHABET[codes.check_value([1] + [0] * 18)]
    assert codes.parse(code.replace("0", "O"), typed=True) == Code(code)
    assert codes.parse(code.replace("0", "O"), typed=False) is CodeProblem.ALPHABET
    assert codes.parse("\u0131" + code[1:], typed=True) is CodeProblem.ALPHABET
    assert codes.parse(code + "-" * 45, typed=True) is CodeProblem.LENGTH


@pytest.mark.parametrize("secret", [bytes(11), bytes(13), bytes(11) + b"\x01"])
def test_encode_takes_ninety_bits_only(secret: bytes) -> None:
    with pytest.raises(ValueError):
        codes.encode(secret)


def test_the_secret_depends_on_key_person_and_epoch() -> None:
    key, person = b"k" * 32, UUID(int=7)
    made = {
        codes.ticket_secret(key, person, 1),
        codes.ticket_secret(key, person, 2),
        codes.ticket_secret(key, UUID(int=8), 1),
        codes.ticket_secret(b"K" * 32, person, 1),
    }
    assert len(made) == 4
    assert all(len(secret) == 12 and not secret[-1] & 0x3F for secret in made)


def test_every_shared_vector_gives_its_known_answer() -> None:
    found = {}
    for ticket in WORLD["tickets"]:
        key = bytes.fromhex(WORLD["keys"][ticket["event"]])
        secret = codes.ticket_secret(key, UUID(ticket["registration"]), ticket["epoch"])
        assert codes.encode(secret) == ticket["code"]
        found[codes.ref(secret)] = ticket["state"]
    assert len(WORLD["vectors"]) == 1000
    for vector in WORLD["vectors"]:
        read = codes.parse(vector["text"], vector["typed"])
        if isinstance(read, CodeProblem):
            assert (read, None) == (vector["expect"], vector["ref"]), vector
            continue
        assert (vector["expect"], vector["ref"]) == ("good", read.ref.hex())
        assert found.get(read.ref, "unknown") == vector["found"]


def test_the_committed_vectors_are_what_the_script_writes(tmp_path: Path) -> None:
    script = tmp_path / "make_code_vectors.py"
    script.write_text((HERE / "make_code_vectors.py").read_text(encoding="utf-8"), encoding="utf-8")
    root = HERE.parents[1]
    subprocess.run([sys.executable, str(script)], check=True, cwd=root, env={"PYTHONPATH": str(root)}, timeout=60)
    assert (tmp_path / "code_vectors.json").read_bytes() == (HERE / "code_vectors.json").read_bytes()
