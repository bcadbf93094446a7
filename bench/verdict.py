"""From the picture before the camera to the verdict on the screen, without network, on a slow phone."""

import time
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from bench._phone import FREE, phone, site

WHAT = "offline, a roster of 10,000, CPU 4 times slower: from the QR before the camera to the verdict on the screen"
PEOPLE, QUICK_PEOPLE = 10_000, 1_000
SCANS, QUICK_SCANS = 100, 12
P95_MS, P99_MS, ROSTER_MB, ROSTER_S = 150, 300, 1.5, 15
LINE = {"offline": False, "latency": 300, "downloadThroughput": 125_000, "uploadThroughput": 125_000}
FETCH = """async () => { const began = performance.now(); const reply = await fetch('/scan/v1/roster');
  const bytes = (await reply.arrayBuffer()).byteLength; return { bytes, took: performance.now() - began }; }"""


def run(quick: bool) -> dict[str, Any]:
    """Take the roster over a slow line, cut the network, hold one QR after the other before the camera."""
    from playwright.sync_api import sync_playwright

    people, scans = (QUICK_PEOPLE, QUICK_SCANS) if quick else (PEOPLE, SCANS)
    with site(people) as where, TemporaryDirectory() as profile, sync_playwright() as play:
        began = time.monotonic()
        with phone(play, where, Path(profile), slow=4) as page:
            opened = time.monotonic() - began
            line = page.context.new_cdp_session(page)
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", LINE)
            roster = page.evaluate(FETCH)
            page.context.set_offline(True)
            told = []
            for number in range(scans):
                page.wait_for_function(FREE)
                told.append(page.evaluate("([address]) => window.show(address, true)", [where.picture(number)]))
    took = [one["took"] for one in told]
    cuts = quantiles(took, n=100, method="inclusive")
    figures = {
        "ms_p50": round(cuts[49]),
        "ms_p95": round(cuts[94]),
        "ms_p99": round(cuts[98]),
        "green": sum(one["verdict"] == "in" for one in told),
        "scans": scans,
        "roster_megabytes": round(roster["bytes"] / 1e6, 3),
        "roster_s_at_1_mbit": round(roster["took"] / 1000, 1),
        "opened_s": round(opened, 1),
        "tickets": people,
    }
    fast = figures["ms_p95"] <= P95_MS and figures["ms_p99"] <= P99_MS
    small = figures["roster_megabytes"] <= ROSTER_MB and figures["roster_s_at_1_mbit"] <= ROSTER_S
    limits = {"ms_p95": P95_MS, "ms_p99": P99_MS, "roster_megabytes": ROSTER_MB, "roster_s_at_1_mbit": ROSTER_S}
    return {"ok": fast and small and figures["green"] == scans, **figures, "limits": limits}
