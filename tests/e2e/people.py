"""Who is invited to the running event and has not come to a desk's place yet, read beside the server."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import Page

from rakor import codes, crypto
from rakor.config import instance_secret
from tests.e2e.conftest import Site

ASKED = """
SELECT r.name, o.short_name, r.id, r.epoch FROM registration r JOIN office o ON o.id = r.office_id
WHERE r.event_id = :event AND r.mode = 'onsite' AND NOT EXISTS (
  SELECT 1 FROM presence p WHERE p.registration_id = r.id AND p.checkpoint_id = :place AND p.first_in_at IS NOT NULL)
ORDER BY r.office_id, r.id"""
COMINGS = """
SELECT count(*), count(DISTINCT f.registration_id) FROM attendance_fact f JOIN device d ON d.id = f.device_id
WHERE d.name = ? AND f.kind = ? AND f.registration_id IS NOT NULL"""


@dataclass(frozen=True)
class Awaited:
    """Somebody onsite: name, office, and the ticket's code."""

    name: str
    office: str
    code: str


def awaited(site: Site, desk: Page | None = None) -> list[Awaited]:
    """Return everybody onsite who has not come to where this desk, or the demo's own, stands; office by office."""
    place = str(site.demo["desk"]["checkpoint_id"])
    if desk is not None:
        place = desk.locator("#isi").get_attribute("data-checkpoint") or ""
    with reading(site) as database:
        rows = database.execute(ASKED, {"event": UUID(site.live_id).hex, "place": UUID(place).hex}).fetchall()
    key = _ticket_key(site)
    return [
        Awaited(name, office, codes.encode(codes.ticket_secret(key, UUID(who), epoch)))
        for name, office, who, epoch in rows
    ]


def stored(site: Site, desk: str, kind: str = "ticket") -> tuple[int, int]:
    """Return how many facts of a kind a desk brought, and how many people they are about."""
    with reading(site) as database:
        found: tuple[int, int] = database.execute(COMINGS, (desk, kind)).fetchone()
    return found


def reading(site: Site) -> "closing[sqlite3.Connection]":
    """Open the site's database, to look."""
    return closing(sqlite3.connect(site.instance / "rakor.sqlite3", timeout=30))


@contextmanager
def changing(site: Site) -> Iterator[sqlite3.Connection]:
    """Open the site's database, to change what no page of the demo shows."""
    with reading(site) as database, database:
        yield database


def _ticket_key(site: Site) -> bytes:
    """The key of the running event's codes; another instance may live in this process, its secret is put back."""
    before = crypto._instance_secret
    crypto.install(instance_secret(site.instance))
    try:
        return crypto.derive("ticket", UUID(site.live_id).bytes)
    finally:
        crypto._instance_secret = before
