"""Codes that nobody issued: changed, cut, lengthened, swapped, look-alikes, mended, of another event or epoch."""

import random
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from rakor import codes
from rakor.codes import ALPHABET, Code

WHAT = "mutated codes (changed, cut, look-alike, other event, old epoch): how many are taken for a known ticket"
SEED = 20261124
TICKETS, FULL, QUICK = 2000, 1_000_000, 60_000
STRANGE = "OoIiLlUu-_ ~=*$%./:\x00\u200b\u0660\uff11é" + ALPHABET.lower()
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
Parser = Callable[[str, bool], bytes | None]


def run(quick: bool) -> dict[str, Any]:
    """Try mutants of issued codes as a camera and as a keyboard would give them; none may find a ticket.

    ``bites`` counts what a careless parser lets through: one that takes the secret and never looks at the rest.
    """
    total = QUICK if quick else FULL
    rng = random.Random(SEED)
    people = [UUID(int=rng.getrandbits(128)) for _ in range(TICKETS)]
    issued = [codes.encode(codes.ticket_secret(KEY, who, 1)) for who in people]
    known = {_strict(code, False) for code in issued}
    assert len(known) == TICKETS
    assert None not in known
    began = time.perf_counter()
    accepted, formed = _try(_mutants(issued, people, rng), total, issued, known, _strict)
    took = time.perf_counter() - began
    slips, _ = _try(_mutants(issued, people, rng), 20_000, issued, known, _careless)
    return {
        "ok": accepted == 0 and formed > 0 and slips > 0,
        "codes": total,
        "accepted": accepted,
        "well_formed": formed,
        "tickets": TICKETS,
        "codes_per_s": round(total / took),
        "bites": {"a parser that never looks at length and check": slips},
        "seed": SEED,
    }


def _strict(text: str, typed: bool) -> bytes | None:
    """Return the ref that the desk and the server look up."""
    found = codes.parse(text, typed)
    return found.ref if isinstance(found, Code) else None


def _careless(text: str, typed: bool) -> bytes | None:
    """The fault: whatever begins like a code is one."""
    cleaned = "".join(one for one in text.upper() if one in ALPHABET)[:19].ljust(20, "0")
    return codes.ref(codes.secret_of(Code(cleaned)))


def _try(
    mutants: Iterator[str], total: int, issued: list[str], known: set[bytes | None], parse: Parser
) -> tuple[int, int]:
    """Return how many mutants found a ticket, and how many read as a code at all."""
    good, accepted, formed = set(issued), 0, 0
    for _ in range(total):
        text = next(mutants)
        for typed in (False, True):
            same = codes.parse(text, typed)
            if isinstance(same, Code) and same.text in good:
                continue  # typed in lower case or in groups it is the very same code
            ref = parse(text, typed)
            formed += ref is not None
            accepted += ref in known and ref is not None
    return accepted, formed


def _mutants(issued: list[str], people: list[UUID], rng: random.Random) -> Iterator[str]:
    """Yield mutants for ever; none is an issued code."""
    good = set(issued)
    while True:
        place = rng.randrange(len(issued))
        for make in MAKERS:
            text = make(issued[place], rng)
            if text not in good:
                yield text
        yield codes.encode(codes.ticket_secret(OTHER_KEY, people[place], 1))  # another event's
        yield codes.encode(codes.ticket_secret(KEY, people[place], rng.choice((0, 2, 3))))  # another epoch's


def _changed(code: str, rng: random.Random) -> str:
    place = rng.randrange(len(code))
    return code[:place] + rng.choice(ALPHABET + STRANGE) + code[place + 1 :]


def _changed_twice(code: str, rng: random.Random) -> str:
    return _changed(_changed(code, rng), rng)


def _mended(code: str, rng: random.Random) -> str:
    """Change the secret and make the check character right again: what a forger would do."""
    values = [ALPHABET.index(one) for one in code[:-1]]
    values[rng.randrange(1, len(values))] = rng.randrange(32)
    return "".join(ALPHABET[value] for value in (*values, codes.check_value(values)))


def _cut(code: str, rng: random.Random) -> str:
    return code[: rng.randrange(len(code))] if rng.random() < 0.5 else code[rng.randrange(1, len(code)) :]


def _longer(code: str, rng: random.Random) -> str:
    extra = "".join(rng.choice(ALPHABET + STRANGE) for _ in range(rng.randrange(1, 4)))
    return rng.choice((code + extra, extra + code, code + code))


def _swapped(code: str, rng: random.Random) -> str:
    one, two = rng.sample(range(len(code)), 2)
    letters = list(code)
    letters[one], letters[two] = letters[two], letters[one]
    return "".join(letters)


def _look_alike(code: str, rng: random.Random) -> str:
    """Swap in a character that an eye takes for it: full-width, Cyrillic, Arabic digits, O for 0, S for 5."""
    place = rng.randrange(len(code))
    one = code[place]
    wide = chr(ord(one) + 0xFEE0)
    return code[:place] + rng.choice((wide, {"0": "O", "1": "l", "5": "S", "8": "B"}.get(one, "А"))) + code[place + 1 :]


MAKERS = (_changed, _changed_twice, _mended, _cut, _longer, _swapped, _look_alike)
