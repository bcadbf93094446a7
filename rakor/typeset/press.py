"""The child process that sets one paper: an order as JSON on standard input, the PDF on standard output.

The only fonts are those of the given folder, so a paper looks the same on every machine, and nothing is fetched.
"""

import json
import resource
import sys
from base64 import b64decode
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rakor.typeset.glyphs import covered
from rakor.typeset.printable import printed

FIRST_FONT, SECOND_FONT = "Plus Jakarta Sans", "Noto Sans"
# A paper that wants more than this is a mistake, or an attack through a picture.
MEMORY, CPU_SECONDS = 4 * 1024**3, 120
MAIN = '#import "{template}": paper\n#paper(json("content.json"))\n'


def press(order: Mapping[str, Any]) -> bytes:
    """Return the PDF for ``order`` (see ``compile_pdf``); raises Typst's error for a broken template or image.

    Where a text cannot meet the standards the paper is made without them, and a line on standard error says so.
    """
    import typst

    shelf = Path(order["fonts"])
    files = _files(order, shelf)
    new_compiler: Any = typst.Compiler  # its stub knows nothing of a dict of files

    def made(standards: Sequence[str]) -> bytes:
        compiler = new_compiler(files, root=order["templates"], font_paths=[str(shelf)], ignore_system_fonts=True)
        return bytes(compiler.compile(format="pdf", pdf_standards=list(standards)))

    try:
        return made(order["standards"])
    except typst.TypstError as refusal:
        sys.stderr.write(f"does not meet its standards: {refusal}\n")
    return made([])


def _files(order: Mapping[str, Any], shelf: Path) -> dict[str, bytes]:
    words = printed(order["content"], font_coverage(shelf))
    assert isinstance(words, dict)
    files = {path.name: path.read_bytes() for path in Path(order["templates"]).glob("*.typ")}
    files["main.typ"] = MAIN.format(template=order["template"]).encode()
    files["content.json"] = json.dumps({**words, "fonts": font_families(shelf)}, ensure_ascii=False).encode()
    files.update((name, b64decode(image)) for name, image in order["images"].items())
    return files


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
    sys.stdout.buffer.write(press(json.load(sys.stdin.buffer)))
