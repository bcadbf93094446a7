"""The child process that opens one table: the file on standard input, its rows as JSON lines on standard output.

The first line says what was found (``sheet``, ``sheets``, ``cuts``) or why nothing is read (``refused``).
"""

import json
import resource
import sys

from rakor.sheets.csv_rows import read_csv
from rakor.sheets.reading import Cut, Refused
from rakor.sheets.rows import Found, RefusedFile
from rakor.sheets.xlsx_rows import read_xlsx

MEMORY, CPU_SECONDS = 300 * 1024**2, 15
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
NOT_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")


def read(content: bytes, place: int = 0) -> Found:
    """Return what a file holds; raises RefusedFile."""
    if content.startswith(OLE):
        raise RefusedFile(Refused.ENCRYPTED if LOCKED in content else Refused.OLD_EXCEL)
    if content.startswith(b"PK"):
        return read_xlsx(content, place)
    head = content[:4096].lstrip().lower()
    if content.startswith(NOT_TEXT) or head.startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        raise RefusedFile(Refused.NOT_A_TABLE)
    return read_csv(content)


def main() -> None:
    """Answer for one file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no file
    try:
        found = read(sys.stdin.buffer.read(), int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    except RefusedFile as refusal:
        _say({"refused": refusal.why})
        return
    except MemoryError:
        _say({"refused": Refused.SWOLLEN})
        return
    _say({"sheet": found.sheet, "sheets": found.sheets, "cuts": [cut for cut in Cut if cut in found.cuts]})
    for line in found.rows:
        _say(line)


def _say(words: object) -> None:
    # ASCII only: half a surrogate pair passes too, and what a line is stays clear
    sys.stdout.write(json.dumps(words) + "\n")


if __name__ == "__main__":
    main()
