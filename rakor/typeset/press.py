"""The child process that sets one paper, or many of one kind: an order as JSON on standard input, the PDFs on standard
output, each behind its length (8 bytes).

The only fonts are those of the given folder, so a paper looks the same on every machine, and nothing is fetched.
"""

import json
import resource
import sys
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rakor.typeset.glyphs import covered
from rakor.typeset.printable import printed

FIRST_FONT, SECOND_FONT = "Plus Jakarta Sans", "Noto Sans"
# A paper that wants more than this is a mistake, or an attack through a picture.
MEMORY, CPU_SECONDS = 4 * 1024**3, 120
MAIN = '#import "{template}": paper\n#paper(json("content.json"))\n'


def press(order: Mapping[str, Any]) -> Iterator[bytes]:
    """Give the PDF of each sheet of ``order`` (see ``compile_pdfs``), or with ``ppi`` the PNG of its first page.

    Raises Typst's error for a broken template or image. Where a text cannot meet the standards the paper is made
    without them, and a line on standard error says so.
    """
    import typst

    shelf = Path(order["fonts"])
    coverage, families = font_coverage(shelf), font_families(shelf)
    with TemporaryDirectory(prefix="rakor-press-") as folder:
        main = _lay_out(order, Path(folder))
        compiler = typst.Compiler(str(main), root=folder, font_paths=[str(shelf)], ignore_system_fonts=True)

        def made(standards: Sequence[str] = (), **how: Any) -> bytes:
            named: Any = list(standards)
            paper = compiler.compile(**({"format": "pdf"} | how), pdf_standards=named)
            first = paper[0] if isinstance(paper, list) else paper
            assert isinstance(first, bytes)
            return first

        for sheet in order["sheets"]:
            words = printed(sheet["content"], coverage)
            assert isinstance(words, dict)
            content = json.dumps({**words, "fonts": families}, ensure_ascii=False)
            (Path(folder) / "content.json").write_text(content, encoding="utf-8")
            _put(sheet["images"], Path(folder))
            if order["ppi"]:
                yield made(format="png", ppi=order["ppi"])
                continue
            try:
                yield made(order["standards"])
            except typst.TypstError as refusal:
                sys.stderr.write(f"does not meet its standards: {refusal}\n")
                yield made()


def _put(images: Mapping[str, str], folder: Path) -> None:
    for name, image in images.items():
        (folder / Path(name).name).write_bytes(b64decode(image))


def _lay_out(order: Mapping[str, Any], folder: Path) -> Path:
    """Put the templates and the shared images into one folder, and return the file that Typst begins with."""
    for template in Path(order["templates"]).glob("*.typ"):
        (folder / template.name).write_bytes(template.read_bytes())
    _put(order["images"], folder)
    main = folder / "main.typ"
    main.write_text(MAIN.format(template=order["template"]), encoding="utf-8")
    return main


def font_families(shelf: Path) -> Sequence[str]:
    """Return the families in the folder ``shelf``: ours first, Noto Sans behind it, then the other scripts."""
    import typst

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(shelf)]).families()
    if not found:
        raise FileNotFoundError(f"no fonts in {shelf}: run the set-up (python -m tools.assets)")
    return sorted(found, key=lambda family: (not family.startswith(FIRST_FONT), family != SECOND_FONT, family))


def font_coverage(shelf: Path) -> frozenset[int]:
    """Return the code points that the fonts in ``shelf`` can draw together."""
    return frozenset[int]().union(*(covered(path.read_bytes()) for path in shelf.glob("*.ttf")))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    for paper in press(json.load(sys.stdin.buffer)):
        sys.stdout.buffer.write(len(paper).to_bytes(8, "big") + paper)
