"""Write ``code_vectors.json``: 1,000 known answers that Python and JavaScript must both give.

Run ``python tests/checkin/make_code_vectors.py`` from the project's root; the same bytes come out every time.
``expect`` is "good" or the problem; ``found`` is what event A's desk learns when it looks the ref up.
"""

import json
import random
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from rakor import codes

HERE = Path(__file__).parent
KEYS = {"A": sha256(b"vectors, event A").digest(), "B": sha256(b"vectors, event B").digest()}
STRANGE = "\u0410\u0415\u041e\uff11\uff21\u0131\u017f\u212a\u00df\u0660\U0001d7d8\U0001f600~=*$U%/:.\u0000"
GAPS = ["", "", "", "-", " ", "\u2013"]
Vector = dict[str, object]


def registration(rng: random.Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def vector(text: str, typed: bool, expect: str, code: str | None = None, found: str = "") -> Vector:
    ref = codes.Code(code).ref.hex() if code else None
    return {"text": text, "typed": typed, "expect": expect, "ref": ref, "found": found}


def scruffy(code: str, rng: random.Random) -> str:
    """The code as hands type it: cases mixed, O for 0, I or l for 1, separators anywhere."""
    swaps = {"0": "0Oo", "1": "1IiLl"}
    typed = [rng.choice(swaps.get(c, c + c.lower())) + rng.choice(GAPS) for c in code]
    return "".join(typed) + rng.choice(["", "\r\n", "\t", "\u00a0"])


def misread(code: str, rng: random.Random) -> str:
    """Another text that differs by one character, or by one exchange of two different ones."""
    places = list(code)
    at = rng.randrange(1, 20)
    if rng.random() < 0.5:
        places[at] = rng.choice([c for c in codes.ALPHABET if c != code[at]])
        return "".join(places)
    other = rng.choice([i for i in range(1, 20) if code[i] != code[at]])
    places[at], places[other] = places[other], places[at]
    return "".join(places)


def broken(code: str, rng: random.Random) -> tuple[str, str]:
    """A text of a wrong length, with a foreign character, or of another version; and the problem it must
    give.
    """
    at = rng.randrange(20)
    kind = rng.randrange(4)
    if kind == 0:
        return code[:at], "length"
    if kind == 1:
        return code[:at] + rng.choice(codes.ALPHABET) + code[at:], "length"
    if kind == 2:
        return code[:at] + rng.choice(STRANGE) + code[at + 1 :], "alphabet"
    return rng.choice("023456789ABCXYZ") + code[1:], "version"


def tickets(rng: random.Random) -> list[dict[str, object]]:
    made = []
    for number in range(400):
        event = "A" if number < 300 else "B"
        epoch = rng.randrange(1, 4)
        person = registration(rng)
        state = "other_event" if event == "B" else "old_card" if number < 100 else "good"
        code = codes.encode(codes.ticket_secret(KEYS[event], person, epoch))
        made.append({"event": event, "registration": str(person), "epoch": epoch, "code": code, "state": state})
    return made


def vectors(known: list[dict[str, object]], rng: random.Random) -> Iterator[Vector]:
    for ticket in known:
        code = str(ticket["code"])
        yield vector(code, False, "good", code, str(ticket["state"]))
        if ticket["state"] != "old_card":
            yield vector(scruffy(code, rng), True, "good", code, str(ticket["state"]))
    good = [str(ticket["code"]) for ticket in known]
    for code in good[:150]:
        yield vector(misread(code, rng), rng.random() < 0.5, "check")
    for code in good[150:230]:
        text, problem = broken(code, rng)
        yield vector(text, False, problem)
    for code in good[230:250]:
        yield vector(code.lower() if code.lower() != code else " " + code, False, "alphabet")
    for _ in range(50):
        code = codes.encode(codes.ticket_secret(KEYS["A"], registration(rng), 9))
        yield vector(code, rng.random() < 0.5, "good", code, "unknown")


def main() -> None:
    """Write the file beside this script."""
    rng = random.Random(2026)
    known = tickets(rng)
    made = list(vectors(known, rng))
    assert len(made) == 1000, len(made)
    body = {"keys": {name: key.hex() for name, key in KEYS.items()}, "tickets": known, "vectors": made}
    text = json.dumps(body, indent=0, ensure_ascii=True, sort_keys=True)
    (HERE / "code_vectors.json").write_text(text + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
