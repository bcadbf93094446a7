"""What a browser sends from the open form."""

from typing import Any
from uuid import uuid4


def filled(**changes: Any) -> dict[str, str]:
    """A good sending of one made-up person; ``changes`` replace or, with None, leave out fields."""
    fields: dict[str, Any] = {
        "idempotency_key": str(uuid4()),
        "name": "Dr. Ahmad Contoh, S.T., M.Eng.",
        "post": "Kepala Subbagian Humas",
        "province": "33",
        "regency": "3374",
        "institution": "Dinas Contoh",
        "phone": "0812 0000 0147",
        "email": "ahmad@contoh.id",
        "mode": "online",
        "consent": "y",
    } | changes
    return {name: value for name, value in fields.items() if value is not None}
