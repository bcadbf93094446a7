"""A person's line on a device: sealed under the very code in the visitor's hand (check-in.md §4).

The key is HKDF-SHA256 of the ticket's secret, so a device reads one line only while that ticket is before its camera.
The nonce is made of the line itself under a second key: the same line is sealed alike each time, a changed one never
under the same nonce.
"""

import hmac
import json
from collections.abc import Sequence
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

INFO = b"rakor/roster/1"
NONCE_BYTES = 12
BLOCK = 16  # lines are filled up to whole blocks, so that a length tells little
LONGEST = 480


def keys_of(secret: bytes) -> tuple[bytes, bytes]:
    """Return the line's key and the key of its nonce (32 bytes each) for a ticket's 12-byte secret."""
    first = hmac.digest(bytes(32), secret, sha256)
    key = hmac.digest(first, INFO + b"\x01", sha256)
    return key, hmac.digest(first, key + INFO + b"\x02", sha256)


def seal(secret: bytes, line: Sequence[str | int]) -> bytes:
    """Return nonce ‖ AES-256-GCM of the JSON list ``line``, filled with spaces; a number is a word of the roster."""
    plain = json.dumps(list(line), ensure_ascii=False, separators=(",", ":")).encode()
    if len(plain) > LONGEST:
        plain = json.dumps([str(part)[: LONGEST // 15] for part in line], ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % BLOCK)
    key, nonce_key = keys_of(secret)
    nonce = hmac.digest(nonce_key, plain, sha256)[:NONCE_BYTES]
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def unseal(secret: bytes, sealed: bytes) -> list[str | int]:
    """Return the line that ``seal`` sealed; raises cryptography's InvalidTag under another secret."""
    key, _ = keys_of(secret)
    found: list[str | int] = json.loads(AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None))
    return found
