"""Tabs that are killed right after green, without network: every scan is still in the outbox."""

import os
import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench._phone import FREE, phone, site

WHAT = "offline, the browser is killed 50 ms after green: every scan shown green is still in the outbox"
ROUNDS, QUICK_ROUNDS = 30, 3
AFTER_S = 0.05
OUTBOX = """async (name) => { const base = await new Promise((ok) => { const r = indexedDB.open(name);
  r.onsuccess = () => ok(r.result); }); const all = await new Promise((ok) => {
  const r = base.transaction('records').objectStore('records').getAll(); r.onsuccess = () => ok(r.result); });
  base.close(); return all.filter((one) => one.record.kind === 'ticket').map((one) => [one.state, one.record.ref]); }"""
NAME = "() => 'rakor-desk-' + document.getElementById('isi').dataset.device"


def run(quick: bool) -> dict[str, Any]:
    """Scan, wait for green, kill the browser; open it again and look into its outbox."""
    from playwright.sync_api import sync_playwright

    rounds = QUICK_ROUNDS if quick else ROUNDS
    with site(rounds) as where, TemporaryDirectory() as folder, sync_playwright() as play:
        green = 0
        for number in range(rounds):
            with phone(play, where, Path(folder)) as page:
                page.route("**/scan/v1/batches", lambda route: route.abort())
                page.wait_for_function(FREE)
                said = page.evaluate("([address]) => window.show(address, false)", [where.picture(number)])
                green += said["verdict"] == "in"
                time.sleep(AFTER_S)
                _kill(Path(folder))
        with phone(play, where, Path(folder)) as page:
            kept = page.evaluate(OUTBOX, page.evaluate(NAME))
    refs = {ref for _state, ref in kept}
    return {"ok": green == rounds == len(refs), "green": green, "kept": len(refs), "rounds": rounds}


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
