"""Fifty badges pass a desk's camera in a film; the network is cut and restored in the middle."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench._film import film
from bench._phone import Site, phone, site
from rakor.qr import qr_png

WHAT = "a film of badges before the camera of a real browser, the network cut and restored: all arrive once"
BADGES, QUICK_BADGES, SPOILT = 50, 6, 2
HELD_S = 1.8
CAME = """(number) => { const screen = document.querySelector('[data-part=verdict]');
  if (!screen.hidden && screen.dataset.verdict === 'already') screen.click();
  return parseInt(document.querySelector('[data-part=count]').textContent) >= number; }"""
SENT = "() => document.querySelector('[data-part=pending]').hidden"
LEDGER = """SELECT count(*), count(DISTINCT f.registration_id),
  (SELECT count(*) FROM presence WHERE first_in_at IS NOT NULL) FROM attendance_fact f WHERE f.kind = 'ticket'"""
SENT_TOO_SOON = """let lost = null; const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...key) {
    const ticket = value?.state === 'waiting' && value.record?.kind === 'ticket';
    const spoilt = ticket && (lost ??= value.record.ref) === value.record.ref;
    return put.call(this, spoilt ? { ...value, state: 'stored' } : value, ...key); };"""
"""The fault: the phone takes one person's scans for sent that were never offered."""


def run(quick: bool) -> dict[str, Any]:
    """Show the film until everybody is in, cut the network for its middle third, count on the server."""
    from playwright.sync_api import sync_playwright

    badges = QUICK_BADGES if quick else BADGES
    with site(badges + SPOILT, desks=2) as where, sync_playwright() as play:
        scans, people, present = _shown(play, where, where.codes[:badges])
        other = replace(where, cookies=where.cookies[1:])
        _scans, all_people, _present = _shown(play, other, where.codes[badges:], SENT_TOO_SOON)
    missing = badges + SPOILT - all_people
    bites = {"a scan taken for sent too soon: missing": missing}
    good = people == present == badges and missing > 0
    return {"ok": good, "badges": badges, "arrived": people, "present": present, "scans": scans, "bites": bites}


def _shown(play: Any, where: Site, codes: Sequence[str], sown: str = "") -> tuple[int, int, int]:
    """Return the scans, the people they are about and the people present, as the server has them afterwards."""
    badges = len(codes)
    with TemporaryDirectory() as folder:
        pictures = [qr_png(code, 12) for code in codes]
        video = film(pictures, Path(folder) / "badges.y4m", HELD_S)
        limit = badges * HELD_S * 4000 + 20_000
        with phone(play, where, Path(folder) / "profile", sown=sown, video=video) as page:
            for number, offline in ((badges // 3, True), (badges * 2 // 3, False), (badges, False)):
                page.wait_for_function(CAME, arg=number, timeout=limit, polling=100)
                page.context.set_offline(offline)
            page.wait_for_function(SENT, timeout=20_000)
            page.wait_for_timeout(1000)
    with closing(sqlite3.connect(where.database, timeout=30)) as database:
        found: tuple[int, int, int] = database.execute(LEDGER).fetchone()
    return found
