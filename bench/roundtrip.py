"""Numbers and would-be formulas out, through LibreOffice, and in again: byte for byte the same text, nothing evaluated.

``--quick`` leaves LibreOffice out; the whole drill needs it and says so where it is missing. On Debian and Ubuntu:
``apt-get install --no-install-recommends libreoffice-calc`` (about 400 MB), then ``python -m bench roundtrip --write``.
"""

import io
import shutil
import subprocess
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from rakor.sheets import Column, Refused, read_table, write_table

WHAT = "NIP, phones and would-be formulas: exported, opened and saved by LibreOffice, imported: the same text"
PATIENCE = 120
TEXTS = (
    "198609262015051001", "198609262015051000", "199009132025242014", "081200000147", "0812-0000-0147",
    "+6281200000147", '=HYPERLINK("http://127.0.0.1:9/?x="&A1,"klik")', "=1+1", "+1+1", "-1+1", "@SUM(A1:A9)",
    "\t=1+1", "=cmd|' /C calc'!A0", "1E10", "1.98E+17", "1,98E+17", "007", "3.10", "31.10", "1/2", "2026-11-24",
    "10.00", "TRUE", "#N/A", "'0812", "{=1}", "＝1+1", " dua spasi  di tengah ", "O'Brien Contoh", "Séri Contoh",
    "ꦱꦸꦏꦂꦤ Contoh", "_x0041_", "http://contoh.test/a", "baris\nkedua",
)  # fmt: skip


def run(quick: bool) -> dict[str, Any]:
    """Write every text as name and as number, go round, and compare what comes in with what went out."""
    started = time.monotonic()
    rows = [[text, text, str(number)] for number, text in enumerate(TEXTS)]
    book = write_table("Peserta", [Column("Nama"), Column("NIP"), Column("No")], rows)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None and not quick:
        said = "LibreOffice is not installed here; --quick goes round without it"
        return {"ok": False, "why": said, "texts": len(TEXTS), "libreoffice": False}
    back = _saved_by(program, book) if program and not quick else book
    different = _different(rows, back)
    formulas = _formulas(back)
    return {
        "ok": not different and not formulas,
        "texts": len(TEXTS),
        "different": different,
        "formulas": formulas,
        "libreoffice": bool(program and not quick),
        "s": round(time.monotonic() - started, 1),
        "limits": {"different": 0, "formulas": 0},
    }


def _different(rows: list[list[str]], book: bytes) -> list[str]:
    """The texts that come back changed, by our own reader or by calamine."""
    found = read_table(book)
    ours = [] if isinstance(found, Refused) else [cells for _number, cells in found.rows[1:]]
    theirs = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1:]
    wrong = {row[0] for row, cells in zip(rows, ours, strict=False) if cells != row}
    # calamine leaves "_x0041_" as the file has it and trims nothing; the rest must agree with it too
    wrong |= {row[0] for row, cells in zip(rows, theirs, strict=False) if cells != row and "_x" not in row[0]}
    return sorted(wrong) if len(ours) == len(rows) == len(theirs) else [f"{len(ours)} rows of {len(rows)}"]


def _formulas(book: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        sheets = [opened.read(name) for name in opened.namelist() if "worksheets/sheet" in name]
    return sum(sheet.count(b"<f>") + sheet.count(b"<f ") + sheet.count(b"<hyperlink") for sheet in sheets)


def _saved_by(program: str, book: bytes) -> bytes:
    """Open the book in LibreOffice without a window and save it as XLSX again."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "keluar.xlsx", Path(folder) / "masuk"
        source.write_bytes(book)
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
                   "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(target), str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
        return (target / "keluar.xlsx").read_bytes()
