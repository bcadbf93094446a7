"""The few figures that the READMEs show, written between their marks by ``python -m bench all --write``."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\|.*`python -m bench (\w+)` \|$", re.MULTILINE)
# benchmark, where its figure lies, unit; what it says in English and in Indonesian
HEADLINES = (
    ("checkin", "sqlite.8_clients_new_connections.per_s", "/s",
     "check-ins over HTTP, each on disk before it is answered, 8 desks at once (SQLite)",
     "check-in lewat HTTP, masing-masing di cakram sebelum dijawab, 8 meja sekaligus (SQLite)"),
    ("checkin", "sqlite.8_clients_new_connections.share", "×",
     "of what a bare one-insert program does on the same server",
     "dari program kosong dengan satu sisipan di server yang sama"),
    ("batch", "scans_per_s", "/s", "scans that waited on phones, 4 desks at once",
     "pindaian yang menunggu di ponsel, 4 meja sekaligus"),
    ("seats", "sqlite_first_s", "s", "2,740 seats of 548 offices from five rules",
     "2.740 kursi 548 kantor dari lima aturan"),
    ("dashboard", "fresh_ms_p50", "ms", "the summary over 3,836 seats and 120,000 facts, counted anew",
     "ringkasan 3.836 kursi dan 120.000 fakta, dihitung ulang"),
    ("public", "requests_per_s", "/s", "the public page, two workers", "halaman umum, dua proses"),
    ("public", "kilobytes", "kB", "its first load, all told", "muatan pertamanya, seluruhnya"),
    ("attendance_list", "median_s", "s", "the PDF of 2,740 names", "PDF 2.740 nama"),
    ("qr", "seconds", "s", "500 QR codes", "500 kode QR"),
    ("start", "second_start_s", "s", "`make run`, the second time, to the first answer",
     "`make run` kedua kalinya sampai jawaban pertama"),
)  # fmt: skip
BARE = {
    "en": "On a bare checkout the first `make run` took {bare_start_s} s here, set-up and demo worlds included;\n"
    "afterwards {second_start_s} s. On disk: {.venv_mb} MB `.venv`, {node_modules_mb} MB `node_modules`,\n"
    "{instance_mb} MB demo.",
    "id": "Di folder kosong `make run` pertama memakan {bare_start_s} detik di sini, termasuk penyiapan dan contoh;\n"
    "sesudahnya {second_start_s} detik. Di cakram: {.venv_mb} MB `.venv`, {node_modules_mb} MB `node_modules`,\n"
    "{instance_mb} MB contoh.",
}
HEADS = {"en": "| what | figure | command |\n|---|---|---|", "id": "| apa | angka | perintah |\n|---|---|---|"}


def write(lines: list[dict[str, Any]], machine: str) -> None:
    """Put the figures of ``lines`` into both READMEs; those that were not measured stay as they are."""
    measured = {line["name"]: line for line in lines if not line["quick"]}
    for language, path in (("en", ROOT / "README.md"), ("id", ROOT / "README.id.md")):
        text = path.read_text(encoding="utf-8")
        text = _between(text, "figures", partial(_table, measured, language, machine))
        start = measured.get("start", {})
        if "bare_start_s" in start:
            shown = {key: number(value, language) for key, value in start.items() if isinstance(value, int | float)}
            text = _between(text, "bare", partial(_bare, shown, language))
        path.write_text(text, encoding="utf-8")


def _between(text: str, mark: str, change: Callable[[str], str]) -> str:
    parts = re.compile(rf"(<!-- {mark} -->\n)(.*?)(\n<!-- /{mark} -->)", re.DOTALL)
    return parts.sub(lambda found: f"{found[1]}{change(found[2])}{found[3]}", text)


def _bare(shown: dict[str, str], language: str, _old: str) -> str:
    return re.sub(r"\{([^}]+)\}", lambda found: shown.get(found[1], "?"), BARE[language])


def _table(measured: dict[str, dict[str, Any]], language: str, machine: str, old: str) -> str:
    kept: dict[str, list[str]] = {}
    for found in ROW.finditer(old):
        kept.setdefault(found[1], []).append(found[0])
    rows: list[str] = []
    for name in dict.fromkeys(headline[0] for headline in HEADLINES):
        rows += _rows(name, measured[name], language) if name in measured else kept.get(name, [])
    intro = {"en": f"On {machine}:", "id": f"Pada {machine}:"}[language]
    return "\n".join([intro, "", HEADS[language], *rows])


def _rows(name: str, line: dict[str, Any], language: str) -> list[str]:
    rows = []
    for benchmark, key, unit, english, indonesian in HEADLINES:
        figure: Any = line
        for step in key.split("."):
            figure = figure.get(step) if isinstance(figure, dict) else None
        if benchmark == name and isinstance(figure, int | float):
            words = english if language == "en" else indonesian
            rows.append(f"| {words} | {number(figure, language)} {unit} | `python -m bench {name}` |")
    return rows


def number(value: float, language: str) -> str:
    """Write a figure as the language does, with no more digits than it deserves."""
    digits = 0 if value >= 100 or float(value).is_integer() else 1 if value >= 10 else 2
    text = f"{value:,.{digits}f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))
