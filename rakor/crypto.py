"""Derived codes and links, and the encryption of personal columns.

Every secret is HMAC-SHA256 of the instance secret under a purpose, so it can be shown again, needs no storage and
dies when its epoch is raised.
"""

import hmac
import os
from base64 import b32encode
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_instance_secret: bytes = b""


def install(secret: bytes) -> None:
    """Set the instance secret (32 bytes) of this process."""
    global _instance_secret
    if len(secret) < 32:
        raise ValueError("the instance secret needs at least 32 bytes")
    _instance_secret = secret


def derive(purpose: str, *parts: bytes) -> bytes:
    """Return 32 bytes bound to ``purpose`` and ``parts``; a length leads each part, so parts cannot run together."""
    if not _instance_secret:
        raise RuntimeError("crypto.install() has not been called")
    message = b"".join(len(part).to_bytes(4, "big") + part for part in (purpose.encode(), *parts))
    return hmac.new(_instance_secret, message, sha256).digest()


def link_token(purpose: str, subject: UUID, epoch: int) -> str:
    """Return the opaque token (26 lower-case base32 characters, 128 bits) of a link to ``subject``."""
    secret = derive(f"link/{purpose}", subject.bytes, epoch.to_bytes(4, "big"))[:16]
    return b32encode(secret).decode().rstrip("=").lower()


def lookup_hash(token: str) -> bytes:
    """Return the 32 bytes stored for a token; the token itself never reaches the database."""
    return sha256(b"rakor/lookup/" + token.encode("utf-8", "surrogatepass")).digest()


def blind_index(purpose: str, value: str) -> bytes:
    """Return a keyed hash under which an encrypted value (an e-mail, a phone) can be found again."""
    return derive(f"blind/{purpose}", value.encode("utf-8", "surrogatepass"))[:16]


def encrypt(text: str) -> bytes:
    """Encrypt personal text with AES-256-GCM under the column key; a fresh nonce leads the result."""
    nonce = os.urandom(12)
    return nonce + AESGCM(derive("columns")).encrypt(nonce, text.encode(), None)


def decrypt(sealed: bytes) -> str:
    """Return the text that ``encrypt`` sealed; raises cryptography's InvalidTag when it was changed."""
    return AESGCM(derive("columns")).decrypt(sealed[:12], sealed[12:], None).decode()
