"""The ticket as a picture to keep on the phone: who, which event, the QR and its text; needs no network once saved."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from rakor import codes, qr
from rakor.typeset.glyphs import covered
from rakor.web.assets import folder_of

WIDTH, MARGIN = 1080, 72
GREEN, GOLD, INK, MUTED, LINE, PAPER = "#06382a", "#f2b84b", "#12201a", "#51615a", "#dfe6e1", "#ffffff"
FAMILIES = ("plus-jakarta-sans", "noto-sans", "noto-sans-arabic", "noto-sans-javanese", "noto-sans-balinese")
WEIGHTS = {"plus-jakarta-sans": {400: 400, 700: 700, 800: 800}}
QR_SCALE = 22
Drawing = ImageDraw.ImageDraw


@dataclass(frozen=True)
class TicketFace:
    """What stands on a ticket; every text is ready to read in the person's language."""

    event: str
    when: str
    where: str
    name: str
    post: str
    office: str
    mode: str
    code: str
    hint: str


def draw(face: TicketFace) -> bytes:
    """Return the ticket as PNG, 1080 pixels wide; long names wrap, other scripts come from the Noto fonts."""
    image = Image.new("RGB", (WIDTH, 2600), PAPER)
    pen = ImageDraw.Draw(image)
    below = _head(pen, face)
    below = _person(pen, face, below + 44)
    below = _code(image, pen, face, below + 28)
    png = BytesIO()
    image.crop((0, 0, WIDTH, below + MARGIN)).quantize(32).save(png, "PNG", optimize=True)
    return png.getvalue()


def _head(pen: Drawing, face: TicketFace) -> int:
    lines = _wrapped(face.event, 52, 800)
    bottom = 84 + len(lines) * 66 + 24 + 2 * 48 + 40
    pen.rectangle((0, 0, WIDTH, bottom), fill=GREEN)
    pen.rectangle((0, bottom, WIDTH, bottom + 10), fill=GOLD)
    below = _lines(pen, lines, 64, 52, 800, "#ffffff", 66)
    for text, colour in ((face.when, GOLD), (face.where, "#d5e4dc")):
        below = _lines(pen, _wrapped(text, 34, 400)[:1], below + 8, 34, 400, colour, 44)
    return bottom + 10


def _person(pen: Drawing, face: TicketFace, top: int) -> int:
    below = _lines(pen, _wrapped(face.name, 60, 800), top, 60, 800, INK, 76)
    for text in (face.post, face.office, face.mode):
        if text:
            below = _lines(pen, _wrapped(text, 36, 400)[:2], below + 6, 36, 400, MUTED, 48)
    return below


def _code(image: Image.Image, pen: Drawing, face: TicketFace, top: int) -> int:
    picture = Image.open(BytesIO(qr.qr_png(face.code, scale=QR_SCALE))).convert("RGB")
    image.paste(picture, ((WIDTH - picture.width) // 2, top))
    below = top + picture.height
    for half in _halves(face.code):
        _centred(pen, half, below, 64, 700, INK)
        below += 84
    for line in _wrapped(face.hint, 32, 400):
        _centred(pen, line, below + 12, 32, 400, MUTED)
        below += 44
    return below + 12


def _halves(code: str) -> tuple[str, str]:
    groups = codes.group(code).split("-")
    return "-".join(groups[:2]), "-".join(groups[2:])


def _lines(pen: Drawing, lines: list[str], top: int, size: int, weight: int, colour: str, step: int) -> int:
    for line in lines:
        _write(pen, line, MARGIN, top, size, weight, colour)
        top += step
    return top


def _centred(pen: Drawing, line: str, top: int, size: int, weight: int, colour: str) -> None:
    _write(pen, line, (WIDTH - _width(line, size, weight)) // 2, top, size, weight, colour)


def _write(pen: Drawing, line: str, left: float, top: int, size: int, weight: int, colour: str) -> None:
    for family, run in _runs(line):
        font = _font(family, size, weight)
        pen.text((left, top + size), run, fill=colour, font=font, anchor="ls")
        left += font.getlength(run)


def _wrapped(text: str, size: int, weight: int) -> list[str]:
    """Break at words, and inside a word that is wider than the ticket."""
    room, lines, line = WIDTH - 2 * MARGIN, list[str](), ""
    for word in text.split():
        while _width(word, size, weight) > room:
            cut = next(n for n in range(len(word), 0, -1) if _width(word[:n], size, weight) <= room or n == 1)
            lines, line, word = [*lines, *([line] if line else []), word[:cut]], "", word[cut:]
        wider = f"{line} {word}".strip()
        if line and _width(wider, size, weight) > room:
            lines, line = [*lines, line], word
        else:
            line = wider
    return [*lines, line] if line else lines


def _width(text: str, size: int, weight: int) -> float:
    return sum(_font(family, size, weight).getlength(run) for family, run in _runs(text))


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Part a text into stretches that one font can draw; what no font knows is drawn by the first."""
    family, run = "", ""
    for sign in text:
        wanted = family if family and (sign == " " or ord(sign) in _signs(family)) else _family(sign)
        if wanted != family and run:
            # a space at the end of words written from the right would be drawn on their left
            yield family, run.rstrip(" ")
            run = run[len(run.rstrip(" ")) :]
        family, run = wanted, run + sign
    if run:
        yield family, run


def _family(sign: str) -> str:
    return next((family for family in FAMILIES if ord(sign) in _signs(family)), FAMILIES[0])


@cache
def _signs(family: str) -> frozenset[int]:
    return covered(_file(family, 400))


@cache
def _file(family: str, weight: int) -> bytes:
    drawn = WEIGHTS.get(family, {400: 400, 700: 700, 800: 700})[weight]
    return (folder_of("static") / "fonts" / "ttf" / f"{family}-{drawn}.ttf").read_bytes()


@cache
def _font(family: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO(_file(family, weight)), size)
