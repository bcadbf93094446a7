"""Papers as PDF: a Typst template, and the words for it as JSON.

Only the worker makes papers. Each one, or many small ones of a kind, is set by a child process of its own
(``press.py``): Typst keeps what it has laid out for ever, 170 MB for each long list, and the child gives it all back
when it ends. What people typed goes in as JSON strings and is never read as markup.
"""

import json
import logging
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

log = logging.getLogger(__name__)

PACKAGE = Path(__file__).parents[1]
STANDARDS = ("a-2b", "ua-1")
PATIENCE = 90


class PaperError(RuntimeError):
    """A paper could not be set; the message is the press's own."""


def compile_pdf(
    template: str,
    content: Mapping[str, object],
    *,
    images: Mapping[str, bytes] | None = None,
    standards: Sequence[str] = STANDARDS,
    fonts: Path | None = None,
) -> bytes:
    """Return the PDF that ``templates/documents/<template>`` makes of ``content``; call this in the worker only.

    ``content`` is anything JSON can say; each string is made printable first. ``images`` are files the template may
    open under these plain names (PNG, JPEG or SVG bytes). ``standards`` are Typst's names: PDF/A-2b for the archive,
    PDF/UA-1 (tagged) for screen readers. ``fonts`` is the folder of the TTF files, ours by default. Raises
    PaperError for a broken template or image, for missing fonts, and after PATIENCE seconds.
    """
    return _made(template, [(content, {})], images or {}, fonts, standards=list(standards), ppi=0)[0]


def compile_pdfs(
    template: str,
    sheets: Sequence[tuple[Mapping[str, object], Mapping[str, bytes]]],
    *,
    images: Mapping[str, bytes] | None = None,
) -> list[bytes]:
    """Return a PDF for each of ``sheets`` (content and own images), as ``compile_pdf`` would, in one child process.

    To start a child costs as much as a hundred small papers. ``images`` are shared; an own one of the same name wins.
    All or none: one broken sheet raises PaperError.
    """
    return _made(template, sheets, images or {}, None, standards=list(STANDARDS), ppi=0)


def compile_picture(
    template: str, content: Mapping[str, object], *, images: Mapping[str, bytes] | None = None, ppi: int = 144
) -> bytes:
    """Return the first page of a paper as PNG, ``ppi`` pixels an inch; the rest is as with ``compile_pdf``."""
    return _made(template, [(content, {})], images or {}, None, standards=[], ppi=ppi)[0]


def _made(
    template: str,
    sheets: Sequence[tuple[Mapping[str, object], Mapping[str, bytes]]],
    images: Mapping[str, bytes],
    fonts: Path | None,
    **how: object,
) -> list[bytes]:
    order = how | {
        "template": template,
        "sheets": [{"content": content, "images": _sent(own)} for content, own in sheets],
        "images": _sent(images),
        "templates": str(own_folder("templates") / "documents"),
        "fonts": str(fonts or own_folder("static") / "fonts" / "ttf"),
    }
    try:
        done = _press(json.dumps(order).encode())
    except subprocess.TimeoutExpired as late:
        raise PaperError(f"{template}: not set after {PATIENCE} s") from late
    said = done.stderr.decode(errors="replace").strip()[-500:]
    if done.returncode != 0:
        raise PaperError(f"{template}: {said}")
    if said:
        log.warning("%s: %s", template, said)
    return list(_parted(done.stdout))


def _sent(images: Mapping[str, bytes]) -> dict[str, str]:
    return {name: b64encode(image).decode() for name, image in images.items()}


def _parted(stream: bytes) -> Iterator[bytes]:
    """Each paper stands behind its length."""
    at = 0
    while at < len(stream):
        end = at + 8 + int.from_bytes(stream[at : at + 8], "big")
        yield stream[at + 8 : end]
        at = end


def _press(order: bytes) -> subprocess.CompletedProcess[bytes]:
    """Run the press on an order; it gets none of our settings, which may hold passwords."""
    command = [sys.executable, "-m", "rakor.typeset.press"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RAKOR_")}
    return subprocess.run(
        command,
        input=order,
        capture_output=True,
        timeout=PATIENCE,
        cwd=PACKAGE.parent,
        env=environment,
        check=False,
    )


def own_folder(name: str) -> Path:
    """Return the folder ``name`` inside the installed package, or beside it in a checkout."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
