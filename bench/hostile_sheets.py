"""Sheets made to hurt: each is refused or partly taken with a clear word, fast, in little memory, asking nobody."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench._hostile import FILES
from rakor.sheets import Refused, Table, read_table

WHAT = "hostile workbooks: a million rows, bombs, entities, links, locks, macros: refused or partly taken, fast"
ROOT = Path(__file__).resolve().parent.parent
MOST_S, MOST_MB = 5.0, 150.0
PEAK = """
import re, sys
from rakor.sheets.reader import main
main()
sys.stderr.write(re.search(r"VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())[1])
"""


def run(quick: bool) -> dict[str, Any]:
    """Read every file as the worker does, in the reader's child process, beside a server that must not be asked."""
    figures: dict[str, Any] = {}
    with listening() as asked:
        files = {name: make(quick, asked.port) for name, make in FILES.items()}
        for name, content in files.items():
            figures[name] = _measure(name, content)
        requests = asked.count
    held = all(figure["ok"] for figure in figures.values())
    slowest = max(figure["s"] for figure in figures.values())
    peak = max(figure["mb"] for figure in figures.values())
    ok = held and slowest <= MOST_S and peak <= MOST_MB and requests == 0
    return {
        "ok": ok,
        "slowest_s": slowest,
        "peak_mb": peak,
        "requests": requests,
        **figures,
        "limits": {"s": MOST_S, "mb": MOST_MB, "requests": 0},
    }


def _measure(name: str, content: bytes) -> dict[str, Any]:
    started = time.monotonic()
    found = read_table(content)
    took = round(time.monotonic() - started, 2)
    said = [found.value] if isinstance(found, Refused) else [f"{len(found.rows)} rows", *found.cuts]
    size = {"kb": len(content) // 1024, "mb": _peak(content)}
    return {"ok": _expected(name, found), "said": " ".join(said), "s": took, **size}


def _peak(content: bytes) -> float:
    """The most memory the reader held, as the kernel counts it for its own program (not what it was forked from)."""
    done = subprocess.run([sys.executable, "-c", PEAK], input=content, capture_output=True, cwd=ROOT, check=False)
    return round(int(done.stderr or b"0") / 1024, 1)


EXPECTED: dict[str, Callable[[Refused | Table], bool]] = {
    "rows_1048576": lambda found: isinstance(found, Table) and len(found.rows) == 20_000 and "rows" in found.cuts,
    "columns_16384": lambda found: isinstance(found, Table) and "columns" in found.cuts,
    "bomb_4gb": lambda found: found is Refused.SWOLLEN,
    "bomb_42kb_4gb": lambda found: found in (Refused.SWOLLEN, Refused.BROKEN),
    "lying_size": lambda found: found in (Refused.SWOLLEN, Refused.BROKEN),
    "billion_laughs": lambda found: found is Refused.UNSAFE,
    "external_entity": lambda found: found is Refused.UNSAFE,
    "external_links": lambda found: isinstance(found, Table) and "links" in found.cuts,
    "encrypted": lambda found: found is Refused.ENCRYPTED,
    "macro_renamed": lambda found: found is Refused.MACRO,
    "duplicate_names": lambda found: found is Refused.BROKEN,
    "shared_texts": lambda found: isinstance(found, Table) and "cells" in found.cuts,
}


def _expected(name: str, found: Refused | Table) -> bool:
    return EXPECTED[name](found)


class Asked:
    """A server that counts who comes."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port, self.count = int(self.socket.getsockname()[1]), 0
        threading.Thread(target=self._answer, daemon=True).start()

    def _answer(self) -> None:
        while True:
            try:
                caller, _address = self.socket.accept()
            except OSError:
                return
            self.count += 1
            caller.close()


@contextmanager
def listening() -> Any:
    """Listen on loopback while the files are read."""
    asked = Asked()
    try:
        yield asked
    finally:
        asked.socket.close()
