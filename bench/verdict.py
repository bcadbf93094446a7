"""From the picture before the camera to the verdict on the screen, without network, on a slow phone."""

import time
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench._phone import FREE, Site, phone, site

WHAT = "offline, a roster of 10,000, CPU 4 times slower: from the QR before the camera to the verdict on the screen"
PEOPLE, QUICK_PEOPLE = 10_000, 1_000
SCANS, QUICK_SCANS = 100, 12
P95_MS, P99_MS, ROSTER_MB, ROSTER_S = 150, 300, 1.5, 15
LINE = {"offline": False, "latency": 300, "downloadThroughput": 125_000, "uploadThroughput": 125_000}
FETCH = """async () => { const began = performance.now(); const reply = await fetch('/scan/v1/roster');
  const bytes = (await reply.arrayBuffer()).byteLength; return { bytes, took: performance.now() - began }; }"""


SLOW_KEYS = """const key = SubtleCrypto.prototype.deriveKey;
  SubtleCrypto.prototype.deriveKey = async function (...given) {
  await new Promise((resolve) => { setTimeout(resolve, 400); }); return key.apply(this, given); };"""
"""The fault: the key of a line costs as much as a password's."""
BITE_SCANS = 4


def run(quick: bool) -> dict[str, Any]:
    """Take the roster over a slow line, cut the network, hold one QR after the other before the camera."""
    from playwright.sync_api import sync_playwright

    people, scans = (QUICK_PEOPLE, QUICK_SCANS) if quick else (PEOPLE, SCANS)
    with site(people) as where, sync_playwright() as play:
        told, roster, opened = _scanned(play, where, range(scans))
        slow = _times(_scanned(play, where, range(scans, scans + BITE_SCANS), sown=SLOW_KEYS)[0])
    figures = {
        **_times(told),
        "green": sum(one["verdict"] == "in" for one in told),
        "scans": scans,
        "roster_megabytes": round(roster["bytes"] / 1e6, 3),
        "roster_s_at_1_mbit": round(roster["took"] / 1000, 1),
        "opened_s": round(opened, 1),
        "tickets": people,
        "bites": {"a line's key costs 400 ms: ms_p95": slow["ms_p95"]},
    }
    fast = figures["ms_p95"] <= P95_MS and figures["ms_p99"] <= P99_MS
    small = figures["roster_megabytes"] <= ROSTER_MB and figures["roster_s_at_1_mbit"] <= ROSTER_S
    limits = {"ms_p95": P95_MS, "ms_p99": P99_MS, "roster_megabytes": ROSTER_MB, "roster_s_at_1_mbit": ROSTER_S}
    bites = slow["ms_p95"] > P95_MS
    return {"ok": fast and small and bites and figures["green"] == scans, **figures, "limits": limits}


def _scanned(play: Any, where: Site, numbers: range, sown: str = "") -> tuple[list[Any], Any, float]:
    """Scan these people without network on a fresh phone: the verdicts, the roster's download, seconds to open."""
    began = time.monotonic()
    with TemporaryDirectory() as profile, phone(play, where, Path(profile), slow=4, sown=sown) as page:
        opened = time.monotonic() - began
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", LINE)
        roster = page.evaluate(FETCH)
        page.context.set_offline(True)
        told = []
        for number in numbers:
            page.wait_for_function(FREE)
            told.append(page.evaluate("([address]) => window.show(address, true)", [where.picture(number)]))
    return told, roster, opened


def _times(told: list[Any]) -> dict[str, int]:
    cuts = quantiles([one["took"] for one in told], n=100, method="inclusive")
    return {"ms_p50": round(cuts[49]), "ms_p95": round(cuts[94]), "ms_p99": round(cuts[98])}
