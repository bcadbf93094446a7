"""Everything between a bare checkout and pages that look right: `python -m tools.assets`.

Packages → vendor files and fonts → one stylesheet → home screen pictures → the English catalogue → the build's name.
Run it as often as you like: a step whose inputs did not change is skipped. Nothing it writes is committed.
"""

import argparse
import gzip
import hashlib
import json
import shutil
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import brotli

from tools import catalogue, fonts, icons, node

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
MODULES = ROOT / "node_modules"
FRESH = STATIC / "dist" / "fresh.json"
BUILD = STATIC / "dist" / "build.txt"
STYLESHEET = STATIC / "dist" / "rakor.css"
ICONS = STATIC / "dist" / "icons"
CATALOGUE = ROOT / "rakor" / "translations" / "en" / "LC_MESSAGES" / "messages.mo"

TESTED_WITH = ("ical.js", "node-ical")  # strangers who read our calendars
# what we take from the packages, and where it is served from
COPIES = {
    "htmx.org/dist/htmx.min.js": "vendor/htmx.min.js",
    "zxing-wasm/dist/es/share.js": "vendor/zxing/share.js",
    "zxing-wasm/dist/es/reader/index.js": "vendor/zxing/reader/index.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm": "vendor/zxing/zxing_reader.wasm",
    fonts.VARIABLE.format(piece="latin"): "fonts/plus-jakarta-sans.woff2",
    fonts.VARIABLE.format(piece="latin-ext"): "fonts/plus-jakarta-sans-ext.woff2",
    # a computer without a font for the scripts of Java and Bali reads names too; fetched where such a letter stands
    fonts.STATIC.format(family="noto-sans-javanese", piece="javanese", weight=400): "fonts/noto-sans-javanese.woff2",
    fonts.STATIC.format(family="noto-sans-balinese", piece="balinese", weight=400): "fonts/noto-sans-balinese.woff2",
}
COMPRESSIBLE = {".css", ".js", ".wasm"}
LICENCES = {
    "htmx.org/LICENSE": "vendor/htmx.LICENSE.txt",
    "zxing-wasm/LICENSE": "vendor/zxing/LICENSE.txt",
    "@fontsource-variable/plus-jakarta-sans/LICENSE": "fonts/plus-jakarta-sans.LICENSE.txt",
    "@fontsource/noto-sans/LICENSE": "fonts/ttf/noto.LICENSE.txt",
    "@fontsource/noto-sans-javanese/LICENSE": "fonts/noto-sans-javanese.LICENSE.txt",
    "@fontsource/noto-sans-balinese/LICENSE": "fonts/noto-sans-balinese.LICENSE.txt",
}


def main() -> None:
    """Run all steps; each prints its name and its seconds."""
    parser = argparse.ArgumentParser(prog="python -m tools.assets", description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also the packages that only tests need")
    dev = parser.parse_args().dev
    began = time.monotonic()
    lock = [ROOT / "package-lock.json", ROOT / "package.json"]
    paper = sorted((STATIC / "fonts" / "ttf").glob("*.ttf"))
    sheets, fragments = stylesheets(), sorted((ROOT / "translations" / "en").glob("*.po"))
    packages = [MODULES / ".package-lock.json", *(MODULES / name for name in TESTED_WITH if dev)]
    step("browser packages (npm ci)", lock, packages, lambda: node.install(ROOT, dev=dev))
    step("vendor files", [*lock, Path(__file__)], [STATIC / name for name in COPIES.values()], copy_vendor)
    step(
        "fonts for paper",
        [*lock, Path(fonts.__file__)],
        paper or [STATIC / "fonts" / "ttf"],
        lambda: fonts.convert(MODULES, STATIC / "fonts" / "ttf"),
    )
    step("stylesheet", [STATIC / "css" / "order.txt", *sheets], [STYLESHEET], lambda: join(sheets))
    drawn = [ICONS / name for name in icons.SIZES]
    step("home screen pictures", [Path(icons.__file__)], drawn, draw_icons)
    print(f"  build {name_build()}", flush=True)
    try:
        step("English catalogue", fragments, [CATALOGUE], lambda: catalogue.compile_to(CATALOGUE, fragments))
    except catalogue.Contradiction as contradiction:
        raise SystemExit(f"  English catalogue: fragments in translations/en disagree\n{contradiction}") from None
    print(f"  browser files ready, {time.monotonic() - began:.1f} s")


def step(title: str, inputs: list[Path], outputs: list[Path], work: Callable[[], object]) -> None:
    """Do `work` unless every output exists and the inputs are those of the last time."""
    began = time.monotonic()
    stamps = json.loads(FRESH.read_text()) if FRESH.exists() else {}
    now = digest(inputs)
    if stamps.get(title) == now and all(path.exists() for path in outputs):
        print(f"  {title}: fresh")
        return
    work()
    FRESH.parent.mkdir(parents=True, exist_ok=True)
    write(FRESH, json.dumps(stamps | {title: now}, indent=1).encode())
    print(f"  {title}: {time.monotonic() - began:.1f} s", flush=True)


def stylesheets() -> list[Path]:
    """Our CSS files in the order that `static/css/order.txt` declares; a file that is not in the list is an error."""
    folder = STATIC / "css"
    names = (folder / "order.txt").read_text().split()
    strangers = {path.name for path in folder.glob("*.css")} ^ set(names)
    if strangers:
        raise SystemExit(f"static/css/order.txt and the folder disagree about: {', '.join(sorted(strangers))}")
    return [folder / name for name in names]


def copy_vendor() -> None:
    """Copy third-party browser files with their licences, and compress what is worth it."""
    for source, target in (COPIES | LICENCES).items():
        if not (MODULES / source).exists() and target.endswith(".LICENSE.txt"):
            continue
        path = STATIC / target
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, path)
        compress(path)


def join(sheets: list[Path]) -> None:
    """One stylesheet out of many; comments stay in the sources."""
    text = "\n".join(sheet.read_text().strip() for sheet in sheets) + "\n"
    write(STYLESHEET, text.encode())
    compress(STYLESHEET)


def draw_icons() -> None:
    """The desk's pictures for the home screen, in the sizes that phones ask for."""
    ICONS.mkdir(parents=True, exist_ok=True)
    for name, side in icons.SIZES.items():
        write(ICONS / name, icons.icon(side))


def compress(path: Path) -> None:
    """Put `.gz` and `.br` beside a text file, for the static server to choose from."""
    if path.suffix in COMPRESSIBLE:
        content = path.read_bytes()
        write(path.with_name(path.name + ".gz"), gzip.compress(content, 9, mtime=0))
        write(path.with_name(path.name + ".br"), brotli.compress(content))


def name_build() -> str:
    """The name under which all static files are served: a hash over them. Written last, so it is the newest file."""
    skipped = {".gz", ".br", ".part"}
    files = [
        path
        for path in sorted(STATIC.rglob("*"))
        if path.is_file() and path not in (BUILD, FRESH) and path.suffix not in skipped
    ]
    name = digest(files)[:12]
    write(BUILD, name.encode())
    return name


def digest(paths: Iterable[Path]) -> str:
    """A hash over names and contents."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def write(path: Path, content: bytes) -> None:
    """Replace a file in one stroke, so a server that starts now never reads half of it."""
    half = path.with_name(path.name + ".part")
    half.write_bytes(content)
    half.replace(path)


if __name__ == "__main__":
    main()
