"""Ids and chance of the demo: the same in every making, so links and codes stay good when a world moves to today."""

from random import Random
from uuid import UUID

from rakor import crypto


def uid(*parts: object) -> UUID:
    """Return the id of a named thing of the demo in this installation; nobody outside can name it."""
    known = crypto.derive("demo/id", *(str(part).encode() for part in parts))
    return UUID(bytes=known[:16], version=4)


def luck(name: str) -> Random:
    """Return a source of chance that begins the same every time."""
    return Random(f"rakor/demo/{name}")
