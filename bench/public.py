"""The public page of the live demo world: its weight in a real browser, and how many strangers it serves a second."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from bench._load import push
from bench._serving import ROOT, free_port, serving

WHAT = "public page of 2,760 seats: bytes and requests of a first load, requests a second on two workers"
KILOBYTES, REQUESTS, PER_SECOND = 150, 12, 300
CLIENTS = 16
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def run(quick: bool) -> dict[str, Any]:
    """Serve the demo and measure; ``quick`` pushes for a shorter time."""
    subprocess.run([sys.executable, "-m", "tools.assets"], cwd=ROOT, check=True, capture_output=True)
    with demo() as (port, told):
        page = urlsplit(told["pages"]["live"]).path
        weight = first_load(f"http://127.0.0.1:{port}{page}")
        kept = push(port, [lambda: get(page, port)] * CLIENTS, 3 if quick else 10, keep_alive=True)
        anew = push(port, asking_anew(page, port), 3 if quick else 10, keep_alive=True)
    good = weight["kilobytes"] < KILOBYTES and weight["requests"] <= REQUESTS
    return {
        "ok": good and kept.per_second >= PER_SECOND and not kept.errors,
        **weight,
        "requests_per_s": kept.per_second,
        "p50_ms": kept.p50_ms,
        "p99_ms": kept.p99_ms,
        "drawn_anew_per_s": anew.per_second,
        "clients": CLIENTS,
        "limits": {"kilobytes": KILOBYTES, "requests": REQUESTS, "requests_per_s": PER_SECOND},
        "compared_with": "drawn_anew: every request asks another question, so no kept page serves it",
    }


@contextmanager
def demo() -> Iterator[tuple[int, dict[str, Any]]]:
    """Serve the demo worlds on two workers; yields the port and what ``rakor demo --json`` told."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        environment = {"RAKOR_INSTANCE": folder, "RAKOR_BASE_URL": f"http://127.0.0.1:{port}"}
        made = subprocess.run(
            [sys.executable, "-m", "rakor.cli", "demo", "--json"],
            cwd=ROOT, env={**os.environ, **environment}, check=True, capture_output=True, text=True,
        )
        with serving(["rakor.cli", "web"], environment, port):
            yield port, json.loads(made.stdout)


def get(path: str, port: int) -> bytes:
    """Return the bytes of a stranger's GET."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: br\r\n\r\n".encode()


def asking_anew(page: str, port: int) -> list[Any]:
    """Return makers of requests that all ask for another office, so that every page is drawn."""

    def maker(number: int) -> Any:
        asked = iter(range(number, 10**9, 4))
        return lambda: get(f"{page}?office=kota+{next(asked)}", port)

    return [maker(number) for number in range(4)]


def first_load(address: str) -> dict[str, Any]:
    """Return what a browser that was never here takes: requests, and kilobytes without images."""
    from playwright.sync_api import sync_playwright

    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        page = browser.new_context(locale="id-ID").new_page()
        answers: list[Any] = []
        page.on("requestfinished", lambda one: answers.append(one))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        sizes = [(one.resource_type, one.sizes()) for one in answers if not one.url.startswith("data:")]
        browser.close()
    heavy = [size for kind, size in sizes if kind != "image"]
    total = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in heavy)
    return {"kilobytes": round(total / 1000, 1), "requests": len(sizes)}
