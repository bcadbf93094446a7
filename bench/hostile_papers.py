"""Hostile names, markup and pictures in every paper that is printed: nothing is fetched, read or evaluated.

Each paper is set by the real press. What is drawn must be what was typed, letter for letter; a loopback server counts
who calls; a file with a secret lies where the words and pictures point at.
"""

import io
import re
import shutil
import socket
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from bench._papers import MAKERS
from rakor import typeset
from rakor.events.pictures import PictureProblem, redrawn
from rakor.registrations.ticket_picture import TicketFace, draw
from rakor.typeset import PaperError, compile_pdf, compile_pdfs, own_folder

WHAT = "hostile names, markup and pictures in every paper: 0 requests out, 0 bytes of a local file, nothing evaluated"
SECRET, WIDE, OURS = "RAHASIA-DISINI-7391", 37, "http://127.0.0.1/"
TYPED = (
    "#strong[Contoh] *tebal* _miring_", "$ x^2 $ dan @rujukan <label>", "#(1+1) #7*7 #datetime.today()",
    '#read("{file}")', '#read("content.json")', '#image("{file}")', "#include \"{file}\"", '#link("{url}")[klik]',
    '#image("{url}/a.png")', "#import \"@preview/a:1.0.0\"", "{{{{7*7}}}} ${{7*7}} <%= 7*7 %>", "= Judul", "// hilang",
    "/* hilang */ ada", "a -- b --- c ... d", "`kode` ```raw```", "<svg onload=x><image href='{url}'/>",
    "<b>tebal</b> &amp; &#x41; x", "\\u{{41}} \\n \\", "{url}/x?a=b&c=d", "file://{file}", "'\"'; DROP TABLE x;--",
    "~ ~ \\* \\# [a] (b)", "#let x = 1; #panic()", "=HYPERLINK(\"{url}\")", "%!PS /Contoh (x) Tj",
    "(x) Tj ET endstream",
)  # fmt: skip
HARMLESS = "Agus Contoh"
UNDRAWN = ("Agus\u202e hotnoC", "Agus\x00\x07 Contoh", "Agus \U0001f600 Contoh", "Z\u0334\u0321\u0353a\u0334l\u0337go")
"""Here only the letters are compared: what no paper can show goes."""


@dataclass
class Watch:
    """A server that nobody must call, and a file that nobody must read."""

    file: Path
    port: int
    calls: list[bytes] = field(default_factory=list)

    @property
    def picture(self) -> Path:
        """A picture beside the file, of a size that no picture of ours has."""
        return self.file.with_suffix(".png")

    @property
    def url(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self.port}"


def run(quick: bool) -> dict[str, Any]:
    """Every text and picture in every paper; in quick some in each, all of them somewhere."""
    with _watched() as watch:
        texts = [one.format(url=watch.url, file=watch.file) for one in TYPED]
        found = {name: _texts(name, texts, quick) for name in sorted(MAKERS)}
        pictures = {name: _pictures(name, watch, quick) for name in sorted(MAKERS)}
        drawn = [_ticket(text) for text in texts]
        taken = [name for name, content in _hostile_pictures(watch) if not isinstance(redrawn(content), PictureProblem)]
        bites = _bites(watch)
        calls = len(watch.calls)
    changed, leaked = (sum(one[at] for one in found.values()) for at in (0, 1))
    leaked += sum(pictures.values())
    missing = forgotten()
    ok = not (changed or leaked or calls or missing or taken) and all(drawn) and all(bites.values())
    return {
        "ok": ok, "papers": len(MAKERS), "texts": len(TYPED) + len(UNDRAWN), "requests": calls, "leaked": leaked,
        "evaluated_or_changed": changed, "forgotten": missing, "hostile_logos_taken": taken, "bites": bites,
        "limits": {"requests": 0, "leaked": 0, "evaluated_or_changed": 0},
    }  # fmt: skip


def forgotten() -> list[str]:
    """Return the templates that are printed and that nobody here tries."""
    folder = own_folder("templates") / "documents"
    return sorted({one.name for one in folder.glob("[!_]*.typ")} ^ {name.split("/")[0] for name in MAKERS})


def _texts(name: str, texts: list[str], quick: bool) -> tuple[int, int]:
    """Set a paper with each text in every place; return how many were not drawn as typed, and how many leaked."""
    offset = sorted(MAKERS).index(name)
    tried = [*texts[offset % 3 :: 3], UNDRAWN[offset % len(UNDRAWN)]] if quick else [*texts, *UNDRAWN]
    made = [MAKERS[name](text, b"") for text in tried]
    papers = compile_pdfs(made[0][0], [(content, images) for _, content, images in made])
    template, content, images = MAKERS[name](HARMLESS, b"")
    places = _shown(compile_pdf(template, content, images=images), HARMLESS)  # more where a text needs one more page
    changed = [text for text, pdf in zip(tried, papers, strict=True) if _shown(pdf, text) < places]
    for text in changed:
        print(f"{name}: not drawn as typed: {text!r}", file=sys.stderr)
    return len(changed), sum(_leaks(pdf) for pdf in papers)


def _pictures(name: str, watch: Watch, quick: bool) -> int:
    """Set a paper with each hostile picture, even where no page would take it; return how many leaked."""
    leaked, offset = 0, sorted(MAKERS).index(name)
    for _, picture in list(_hostile_pictures(watch))[offset % 4 if quick else 0 :: 4 if quick else 1]:
        template, content, images = MAKERS[name](HARMLESS, picture)
        try:
            leaked += _leaks(compile_pdf(template, content, images=images))
        except PaperError:
            continue  # refused: the job fails, nothing is printed
    return leaked


def _hostile_pictures(watch: Watch) -> Iterator[tuple[str, bytes]]:
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
    for name, target in (
        ("away", f"{watch.url}/a.png"), ("file", f"file://{watch.file}"), ("path", str(watch.file)),
        ("picture", str(watch.picture)), ("up", "../" * 8 + str(watch.file)[1:]),
        ("content", "content.json"),
    ):  # fmt: skip
        yield name, f'{head}<image width="9" height="9" href="{target}" xlink:href="{target}"/></svg>'.encode()
    entity = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file://{watch.file}">]>{head}<text y="5">&x;</text></svg>'
    yield "entity", entity.encode()
    yield "script", f'{head}<script href="{watch.url}"/><style>@import url({watch.url});</style></svg>'.encode()


def _ticket(text: str) -> bool:
    """A ticket is drawn by letters alone: that it is a picture, whatever was typed, is all there is to see."""
    return draw(TicketFace(text, text, text, text, text, text, text, "1" * 20, text)).startswith(b"\x89PNG")


def _words(pdf: bytes) -> str:
    import pypdfium2

    book = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in book)
    finally:
        book.close()


def _shown(pdf: bytes, typed: str) -> int:
    """Count how often a paper says what was typed; capitals of a role's band are the same words."""
    return _letters(_words(pdf)).upper().count(_letters(typed).upper())


def _letters(text: str) -> str:
    """What is drawn of a text: no white space, nothing invisible, no mark above a letter."""
    kept = (sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign)[0] in "LNPS")
    return re.sub("[\ufffe\ufffd\U0001f600]", "", "".join(kept))


def _leaks(pdf: bytes) -> bool:
    """Tell whether the secret, or the picture beside it, is in a paper, or whether it opens or runs something."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as book:
        for thing in book.objects:
            if isinstance(thing, pikepdf.Stream) and (SECRET.encode() in _read(thing) or thing.get("/Width") == WIDE):
                return True
            if isinstance(thing, pikepdf.Dictionary) and _opens(thing):
                return True
    return SECRET in _words(pdf)


def _opens(thing: Any) -> bool:
    """An action of a paper; the letter's link to the own page is ours."""
    address = str(thing.get("/URI", OURS))
    return not address.startswith(OURS) or bool({"/JS", "/Launch", "/OpenAction"} & set(thing.keys()))


def _read(stream: Any) -> bytes:
    import pikepdf

    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _bites(watch: Watch) -> dict[str, bool]:
    """The faults: a template that reads what was typed as markup; a paper with the secret, or the picture; a call."""
    typed = "#strong[Contoh] #(1+1)"
    name, content, images = MAKERS["certificate.typ"](typed, b"")
    with _careless_template():
        evaluated = _shown(compile_pdf(name, content, images=images), typed)
    plain = _shown(compile_pdf(name, content, images=images), typed)
    _, told, others = MAKERS["certificate.typ"](SECRET, b"")
    _, seen, pictures = MAKERS["certificate.typ"]("Agus Contoh", watch.picture.read_bytes())
    with socket.create_connection(("127.0.0.1", watch.port), timeout=5) as caller:
        caller.sendall(b"GET / HTTP/1.0\r\n\r\n")
        caller.recv(10)
    called = len(watch.calls) == 1
    watch.calls.clear()
    return {
        "markup is evaluated": evaluated < plain,
        "a secret in a paper": _leaks(compile_pdf(name, told, images=others)),
        "a local picture in a paper": _leaks(compile_pdf(name, seen, images=pictures)),
        "a call": called,
    }


@contextmanager
def _careless_template() -> Iterator[None]:
    """Let the certificate's template evaluate what it is given."""
    real = typeset.own_folder
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(real("templates") / "documents", Path(place) / "documents")
        template = Path(place) / "documents" / "certificate.typ"
        safe, careless = "words.lines.join(linebreak())", 'eval(words.lines.join(" "), mode: "markup")'
        text = template.read_text(encoding="utf-8")
        assert safe in text
        template.write_text(text.replace(safe, careless), encoding="utf-8")
        typeset.own_folder = lambda name: Path(place) if name == "templates" else real(name)
        try:
            yield
        finally:
            typeset.own_folder = real


@contextmanager
def _watched() -> Iterator[Watch]:
    """A file with a secret and a picture beside it; a server that notes who calls, and says nothing useful."""
    with tempfile.TemporaryDirectory() as place, socket.create_server(("127.0.0.1", 0)) as server:
        watch = Watch(Path(place) / "rahasia", server.getsockname()[1])
        watch.file.write_text(SECRET, encoding="ascii")
        Image.new("RGB", (WIDE, WIDE), "#ff00aa").save(watch.picture)
        threading.Thread(target=_answer, args=(server, watch), daemon=True).start()
        yield watch


def _answer(server: socket.socket, watch: Watch) -> None:
    while True:
        try:
            caller, _ = server.accept()
        except OSError:
            return
        with caller:
            watch.calls.append(caller.recv(200))
            caller.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")
