"""Tabs that are killed right after green, without network: every scan is still in the outbox."""

import os
import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench._phone import FREE, Site, phone, site

WHAT = "offline, the browser is killed 50 ms after green: every scan shown green is still in the outbox"
ROUNDS, QUICK_ROUNDS = 30, 3
AFTER_S = 0.05
OUTBOX = """async (name) => { const base = await new Promise((ok) => { const r = indexedDB.open(name);
  r.onsuccess = () => ok(r.result); }); const all = await new Promise((ok) => {
  const r = base.transaction('records').objectStore('records').getAll(); r.onsuccess = () => ok(r.result); });
  base.close(); return all.filter((one) => one.record.kind === 'ticket').map((one) => [one.state, one.record.ref]); }"""
NAME = "() => 'rakor-desk-' + document.getElementById('isi').dataset.device"


EARLY_GREEN = """const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (value, ...key) {
  if (this.name !== 'records') return put.call(this, value, ...key);
  const base = this.transaction.db;
  const later = () => put.call(base.transaction('records', 'readwrite').objectStore('records'), value);
  setTimeout(later, 2000); return {}; };"""
"""The fault: green before the record is on the disk."""


def run(quick: bool) -> dict[str, Any]:
    """Scan, wait for green, kill the browser; open it again and look into its outbox."""
    from playwright.sync_api import sync_playwright

    rounds = QUICK_ROUNDS if quick else ROUNDS
    with site(rounds + 1) as where, sync_playwright() as play:
        green, kept = _killed(play, where, range(rounds))
        shown, survived = _killed(play, where, range(rounds, rounds + 1), EARLY_GREEN)
    bites = {"green before the disk has it: lost": shown - survived}
    good = green == rounds == kept and shown > survived
    return {"ok": good, "green": green, "kept": kept, "rounds": rounds, "bites": bites}


def _killed(play: Any, where: Site, numbers: range, sown: str = "") -> tuple[int, int]:
    """Kill the browser after every green of a fresh phone; how many were green, and how many its outbox has."""
    with TemporaryDirectory() as folder:
        green = 0
        for number in numbers:
            with phone(play, where, Path(folder), sown=sown) as page:
                page.route("**/scan/v1/batches", lambda route: route.abort())
                page.wait_for_function(FREE)
                said = page.evaluate("([address]) => window.show(address, false)", [where.picture(number)])
                green += said["verdict"] == "in"
                time.sleep(AFTER_S)
                _kill(Path(folder))
        with phone(play, where, Path(folder)) as page:
            kept = page.evaluate(OUTBOX, page.evaluate(NAME))
    return green, len({ref for _state, ref in kept})


def _kill(profile: Path) -> None:
    """Kill every process of the browser that runs on this profile, as a phone does when it runs out of memory."""
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                line = (folder / "cmdline").read_text()
            except OSError:
                continue
            if f"--user-data-dir={profile}" in line:
                os.kill(int(folder.name), signal.SIGKILL)
    time.sleep(0.5)
