"""The table of ``docs/benchmarks.md``: rows measured now replace their old ones, the others stay.

Where a benchmark names no ``compared_with``, its ``limits`` stand in that column.
"""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import _headlines, module_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
ROW = re.compile(r"^\| `(\w+)` \|.*$", re.MULTILINE)
NOT_FIGURES = {"name", "ok", "quick", "commit", "compared_with", "took_s", "limits"}
HEAD = """\
# Benchmarks

Made by `python -m bench all --write`; one benchmark alone by `python -m bench NAME --write`. Each prints one JSON
line and ends with status 0 only when its figure holds. `--quick` is smaller (under 45 s) and can fail just the same.

Last written {day} on {machine}. Read the relation to what a figure is compared with before the figure itself.

| name | what | figures | compared with | holds | commit |
|---|---|---|---|---|---|
"""


def write(lines: list[dict[str, Any]]) -> None:
    """Write the page with ``lines`` (as ``bench`` prints them) merged into the rows it already has."""
    rows = {found[1]: found[0] for found in ROW.finditer(PAGE.read_text(encoding="utf-8"))} if PAGE.exists() else {}
    rows |= {line["name"]: _row(line) for line in lines}
    head = HEAD.format(day=datetime.now(UTC).date(), machine=_machine())
    _headlines.write(lines, _machine())
    PAGE.write_text(head + "\n".join(rows[name] for name in sorted(rows)) + "\n", encoding="utf-8")


def _row(line: dict[str, Any]) -> str:
    what = str(module_of(line['name']).WHAT)
    figures = "<br>".join(f"{key} {_figure(value)}" for key, value in line.items() if key not in NOT_FIGURES)
    holds = ("yes" if line["ok"] else "**no**") + (" (quick)" if line["quick"] else "")
    cells = [f"`{line['name']}`", what, figures, _compared(line), holds, str(line["commit"])]
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _compared(line: dict[str, Any]) -> str:
    words = [str(line["compared_with"])] if "compared_with" in line else []
    return "<br>".join([*words, *([f"limits: {_figure(line['limits'])}"] if "limits" in line else [])])


def _figure(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_figure(one)}" for key, one in value.items())
    return f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _machine() -> str:
    cores = os.cpu_count()
    return f"{cores} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
