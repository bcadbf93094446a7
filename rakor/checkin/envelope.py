"""What a desk may write but not read again: sealed to the event's public key (check-in.md §5).

ECDH on P-256 with a key made for this one text, HKDF-SHA256, AES-256-GCM. The event's private key is derived from the
instance secret and never stored.
"""

import json
import os
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from rakor import crypto
from rakor.events import upstreams

INFO = b"rakor/sealed/1"
POINT_BYTES, NONCE_BYTES = 65, 12
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _private_key(event_id: UUID) -> ec.EllipticCurvePrivateKey:
    wide = crypto.derive("desk/seal", event_id.bytes) + sha256(event_id.bytes).digest()[:16]
    return ec.derive_private_key(int.from_bytes(wide, "big") % (ORDER - 1) + 1, ec.SECP256R1())


def public_key(event_id: UUID) -> bytes:
    """Return the event's public key: an uncompressed point of 65 bytes. What is sealed at a relay its server opens."""
    given = upstreams.keys(event_id)
    return given.seal_point if given is not None else _point(_private_key(event_id).public_key())


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _cipher(shared: bytes, point: bytes) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=point, info=INFO).derive(shared))


def seal(public: bytes, text: str) -> bytes:
    """Return point ‖ nonce ‖ ciphertext; what the browser does in ``static/js/checkin/seal.js``."""
    once = ec.generate_private_key(ec.SECP256R1())
    point, nonce = _point(once.public_key()), os.urandom(NONCE_BYTES)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public))
    return point + nonce + _cipher(shared, point).encrypt(nonce, text.encode(), None)


def opened(event_id: UUID, sealed: bytes) -> str | None:
    """Return what was sealed to the event; None where it was not, or was changed."""
    point, rest = sealed[:POINT_BYTES], sealed[POINT_BYTES:]
    try:
        other = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        shared = _private_key(event_id).exchange(ec.ECDH(), other)
        return _cipher(shared, point).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], None).decode()
    except (ValueError, InvalidTag):
        return None


def opened_list(event_id: UUID, sealed: bytes) -> list[str] | None:
    """Return the list of texts that was sealed to the event; None where it is none."""
    text = opened(event_id, sealed)
    try:
        found = json.loads(text) if text is not None else None
    except ValueError:
        return None
    return found if isinstance(found, list) and all(isinstance(one, str) for one in found) else None
