"""The ticket code: 20 characters that are printed, scanned and typed, and the key they are looked up by.

A code is version ``1``, 18 characters of secret (90 bits) and one check character, in Crockford's base32,
upper case: exactly what QR version 1-M holds. It says nothing about a person; it is only looked up, by
``ref``.

The check character makes the sum of weight × value over all 20 places zero in the field of 32 elements. The
weights are the powers of a generator, so they are nonzero and all different: every single wrong character,
every exchange of any two characters and every doubled pair misread alike is caught. A sum of whole numbers
mod 32 cannot do that: catching every wrong character needs odd weights, and then neighbours differ by an even
number and some exchanges slip through.
"""

import hmac
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERSION = "1"
LENGTH = 20
SECRET_BITS = 90
SECRET_BYTES = 12
REF_BYTES = 12
TYPED_LIMIT = 64

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_SEPARATORS = " \t\r\n-\u00a0\u2010\u2011\u2012\u2013\u2014"
_TYPED = {
    **{ord(lower): lower.upper() for lower in "abcdefghjkmnpqrstvwxyz"},
    **dict.fromkeys(map(ord, "Oo"), "0"),
    **dict.fromkeys(map(ord, "IiLl"), "1"),
    **dict.fromkeys(map(ord, _SEPARATORS)),
}


class CodeProblem(StrEnum):
    """Why a text is not a code; only the words are kept, never the text."""

    LENGTH = "length"
    ALPHABET = "alphabet"
    VERSION = "version"
    CHECK = "check"


@dataclass(frozen=True)
class Code:
    """A well-formed code: its 20 characters. Well-formed does not mean known."""

    text: str

    @property
    def secret(self) -> bytes:
        """The 12 bytes of ``encode`` (the last six bits are zero)."""
        return secret_of(self)

    @property
    def ref(self) -> bytes:
        """The 12-byte look-up key."""
        return ref(self.secret)


def _doubled(value: int) -> int:
    """Multiply by the generator x in the field of 32 elements (modulus x⁵ + x² + 1)."""
    return (value << 1) ^ (0b100101 if value & 16 else 0)


def check_value(values: list[int]) -> int:
    """Return the check value of the 19 values before it: Horner's rule, so weights fall from x¹⁹ to x."""
    total = 0
    for value in values:
        total = _doubled(total ^ value)
    return total


def ticket_secret(key: bytes, registration_id: UUID, epoch: int) -> bytes:
    """Return the first 90 bits of HMAC-SHA256(event ticket key, registration ‖ epoch) as 12 bytes, padded
    with zeros.
    """
    digest = hmac.new(key, registration_id.bytes + epoch.to_bytes(4, "big"), sha256).digest()
    return digest[: SECRET_BYTES - 1] + bytes([digest[SECRET_BYTES - 1] & 0b11000000])


def encode(secret: bytes) -> str:
    """Return the 20-character code of a 12-byte secret; ValueError unless its last six bits are zero."""
    if len(secret) != SECRET_BYTES or secret[-1] & 0b00111111:
        raise ValueError("a secret is 90 bits in 12 bytes")
    bits = int.from_bytes(secret, "big") >> (SECRET_BYTES * 8 - SECRET_BITS)
    values = [_VALUE[VERSION], *((bits >> shift) & 31 for shift in range(SECRET_BITS - 5, -1, -5))]
    return "".join(ALPHABET[value] for value in (*values, check_value(values)))


def parse(text: str, typed: bool) -> Code | CodeProblem:
    """Read a code byte for byte.

    ``typed`` (hands, and USB scanners, which type) folds lower case, separators, O→0 and I, L→1, all of them
    ASCII rules; what a camera decoded is taken as it is. Lengths count Unicode code points.
    """
    if typed:
        if len(text) > TYPED_LIMIT:
            return CodeProblem.LENGTH
        text = text.translate(_TYPED)
    if len(text) != LENGTH:
        return CodeProblem.LENGTH
    values = [_VALUE.get(character, -1) for character in text]
    if -1 in values:
        return CodeProblem.ALPHABET
    if text[0] != VERSION:
        return CodeProblem.VERSION
    if check_value(values[:-1]) != values[-1]:
        return CodeProblem.CHECK
    return Code(text)


def secret_of(code: Code) -> bytes:
    """Return the 12-byte secret that ``encode`` took."""
    bits = 0
    for character in code.text[1:-1]:
        bits = bits << 5 | _VALUE[character]
    return (bits << (SECRET_BYTES * 8 - SECRET_BITS)).to_bytes(SECRET_BYTES, "big")


def ref(secret: bytes) -> bytes:
    """Return the look-up key of a secret: SHA-256("ref" ‖ secret)[:12]. The 90 bits need no salt."""
    return sha256(b"ref" + secret).digest()[:REF_BYTES]


def group(code: str) -> str:
    """Return the code in fours of five, as it is printed beside the QR: "1K7QM-0D2XV-RA8N5-PHT3C"."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))
