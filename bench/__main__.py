"""``python -m bench NAME`` prints one JSON line and exits 0 only when the figure holds; ``--list`` names them.

A benchmark is a module of this package with ``WHAT: str`` and ``run(quick: bool) -> dict``; the dict holds ``ok``, the
figures with their units in their names, and what they are compared with.
"""

import argparse
import json
import pkgutil
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from bench import _table, module_of

ROOT = Path(__file__).resolve().parent.parent
NOT_BENCHMARKS = {"__main__"}


def names() -> list[str]:
    """Return the names of all benchmarks, in alphabetical order."""
    package = Path(__file__).parent
    return sorted(
        found.name.removesuffix("_")
        for found in pkgutil.iter_modules([str(package)])
        if not found.name.startswith("_") and found.name not in NOT_BENCHMARKS
    )


def commit() -> str:
    """Return the short commit the figures belong to, with ``+`` where files differ from it."""
    asked = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or "unknown"


def measure(name: str, quick: bool) -> dict[str, Any]:
    """Run one benchmark and return its line."""
    module = module_of(name)
    started = time.monotonic()
    try:
        figures = module.run(quick)
    except Exception as failure:  # a benchmark that breaks does not hold; the others still run
        traceback.print_exc()
        figures = {"ok": False, "error": f"{type(failure).__name__}: {failure}"[:200]}
    line = {"name": name, "ok": figures.pop("ok"), **figures, "quick": quick, "commit": commit()}
    return line | {"took_s": round(time.monotonic() - started, 1)}


def apart(name: str, quick: bool) -> dict[str, Any]:
    """Measure in a process of its own, so that no benchmark pays for the memory of the one before; its line."""
    command = [sys.executable, "-m", "bench", name, *(["--quick"] if quick else [])]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    try:
        line: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        return {"name": name, "ok": False, "error": f"ended with status {done.returncode}", "quick": quick,
                "commit": commit()}  # fmt: skip
    return line


def main() -> int:
    """Run the command line; the exit status is 0 only when every figure asked for holds."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help="what to measure; 'all' for everything")
    parser.add_argument("--list", action="store_true", help="name the benchmarks and what each measures")
    parser.add_argument("--quick", action="store_true", help="a smaller run under 45 s that can fail just the same")
    parser.add_argument("--write", action="store_true", help="also write the figures into docs/benchmarks.md")
    chosen = parser.parse_args()
    if chosen.list or not chosen.names:
        for name in names():
            print(f"{name:18} {module_of(name).WHAT}")
        return 0
    wanted = names() if chosen.names == ["all"] else chosen.names
    unknown = set(wanted) - set(names())
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    lines = []
    for name in wanted:
        lines.append(measure(name, chosen.quick) if len(wanted) == 1 else apart(name, chosen.quick))
        print(json.dumps(lines[-1], ensure_ascii=False), flush=True)
    if chosen.write:
        _table.write(lines)
    return 0 if all(line["ok"] for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
