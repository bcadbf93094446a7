"""``make run`` in a copy of this checkout: the second start to the first answer, and the first one on a bare folder."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from bench._serving import ROOT, free_port

WHAT = "make run to the first answer: a second start, and (not quick) one on a bare folder with its size"
SECOND_S = 4.0
PATIENCE_S = 900.0
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "instance", "*_cache", ".hypothesis", "__pycache__")


def run(quick: bool) -> dict[str, Any]:
    """Time the starts; ``quick`` starts in this checkout, whose set-up is done, twice."""
    with tempfile.TemporaryDirectory() as folder:
        checkout = ROOT if quick else Path(folder) / "rakor"
        if not quick:
            shutil.copytree(ROOT, checkout, ignore=LEFT_OUT)
            for made in ("vendor", "fonts", "dist"):
                shutil.rmtree(checkout / "static" / made, ignore_errors=True)
        instance = str(Path(folder) / "instance")
        first = start(checkout, instance)
        again = [start(checkout, instance) for _ in range(3)]
        figures: dict[str, Any] = {"second_start_s": min(again), "second_start_s_worst": max(again)}
        figures["first_start_in_ready_checkout_s" if quick else "bare_start_s"] = first
        if not quick:
            figures |= {f"{name}_mb": megabytes(checkout / name) for name in (".venv", "node_modules", "static")}
            figures["instance_mb"] = megabytes(Path(instance))
    return {"ok": min(again) < SECOND_S, **figures, "limits": {"second_start_s": SECOND_S}}


def start(checkout: Path, instance: str) -> float:
    """Run ``make run`` until its first page answers, stop it, and return the seconds that took."""
    port, began = free_port(), time.monotonic()
    process = subprocess.Popen(
        ["make", "-s", "run", f"PORT={port}"],
        cwd=checkout,
        env={**os.environ, "RAKOR_INSTANCE": instance},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.monotonic() - began < PATIENCE_S:
            if process.poll() is not None:
                raise RuntimeError(f"make run ended with status {process.returncode}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                    answer.read()
                    return round(time.monotonic() - began, 2)
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("make run did not answer")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def megabytes(folder: Path) -> float:
    """Return the size of a folder's files in megabytes."""
    return round(sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)
