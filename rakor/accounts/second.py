"""The second step of a login: a code of the person's phone (TOTP, RFC 6238), or one of ten that were written down."""

import hmac
from base64 import b32encode
from datetime import datetime
from secrets import choice
from uuid import UUID

import pyotp

from rakor import crypto

ISSUER = "rakor"
STEP_S, WINDOW = 30, 1
RECOVERY_CODES, RECOVERY_LETTERS = 10, 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that reads like something else on paper


def offered(session_id: UUID) -> str:
    """Return the secret (base32, 160 bits) that a session is offered until it is confirmed; nothing is stored."""
    return b32encode(crypto.derive("second step", session_id.bytes)[:20]).decode()


def address(secret: str, email: str) -> str:
    """Return what an authenticator app reads from a QR (otpauth://)."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, typed: str, *, now: datetime, last: int | None) -> int | None:
    """Return the step whose code was typed, or None.

    One step early or late is taken, because phones' clocks differ; a step that was taken before is not (RFC 6238 §5.2).
    """
    said, present = folded(typed).encode(), int(now.timestamp()) // STEP_S
    for step in range(max(0, present - WINDOW), present + WINDOW + 1):
        code = pyotp.TOTP(secret).generate_otp(step).encode()
        if hmac.compare_digest(said, code) and (last is None or step > last):
            return step
    return None


def folded(typed: str) -> str:
    """Return what was typed without blanks, hyphens and capitals."""
    return "".join(letter for letter in typed.casefold() if letter.isalnum())


def recovery_codes() -> list[str]:
    """Return ten new codes, each good once, in the form "abcde-fghjk"."""
    made = ["".join(choice(ALPHABET) for _ in range(RECOVERY_LETTERS)) for _ in range(RECOVERY_CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in made]


def hashed(code: str) -> bytes:
    """Return what is stored of a recovery code."""
    return crypto.lookup_hash(f"recovery {folded(code)}")
