"""The readable part of an event's public address."""

import re
import unicodedata
from collections.abc import Collection

MAX_SLUG = 60


def slug_of(title: str, fallback: str) -> str:
    """Return lower-case ASCII words joined by hyphens, at most MAX_SLUG long; ``fallback`` where no letter is left."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_SLUG]
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return slug or fallback


def free_slug(wanted: str, taken: Collection[str]) -> str:
    """Return ``wanted``, or ``wanted-2``, ``wanted-3`` … where it is taken."""
    if wanted not in taken:
        return wanted
    return next(f"{wanted}-{n}" for n in range(2, len(taken) + 3) if f"{wanted}-{n}" not in taken)
