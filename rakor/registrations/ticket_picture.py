"""The ticket as a picture to keep on the phone: who, which event, the QR and its text; needs no network once saved."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from rakor import codes, qr
from rakor.typeset.lettering import Drawing, width, wrapped, write

WIDTH, MARGIN = 1080, 72
ROOM = WIDTH - 2 * MARGIN
GREEN, GOLD, INK, MUTED, LINE, PAPER = "#06382a", "#f2b84b", "#12201a", "#51615a", "#dfe6e1", "#ffffff"
QR_SCALE = 22


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
    lines = wrapped(face.event, 52, 800, ROOM)
    bottom = 84 + len(lines) * 66 + 24 + 2 * 48 + 40
    pen.rectangle((0, 0, WIDTH, bottom), fill=GREEN)
    pen.rectangle((0, bottom, WIDTH, bottom + 10), fill=GOLD)
    below = _lines(pen, lines, 64, 52, 800, "#ffffff", 66)
    for text, colour in ((face.when, GOLD), (face.where, "#d5e4dc")):
        below = _lines(pen, wrapped(text, 34, 400, ROOM)[:1], below + 8, 34, 400, colour, 44)
    return bottom + 10


def _person(pen: Drawing, face: TicketFace, top: int) -> int:
    below = _lines(pen, wrapped(face.name, 60, 800, ROOM), top, 60, 800, INK, 76)
    for text in (face.post, face.office, face.mode):
        if text:
            below = _lines(pen, wrapped(text, 36, 400, ROOM)[:2], below + 6, 36, 400, MUTED, 48)
    return below


def _code(image: Image.Image, pen: Drawing, face: TicketFace, top: int) -> int:
    picture = Image.open(BytesIO(qr.qr_png(face.code, scale=QR_SCALE))).convert("RGB")
    image.paste(picture, ((WIDTH - picture.width) // 2, top))
    below = top + picture.height
    for half in _halves(face.code):
        _centred(pen, half, below, 64, 700, INK)
        below += 84
    for line in wrapped(face.hint, 32, 400, ROOM):
        _centred(pen, line, below + 12, 32, 400, MUTED)
        below += 44
    return below + 12


def _halves(code: str) -> tuple[str, str]:
    groups = codes.group(code).split("-")
    return "-".join(groups[:2]), "-".join(groups[2:])


def _lines(pen: Drawing, lines: list[str], top: int, size: int, weight: int, colour: str, step: int) -> int:
    for line in lines:
        write(pen, line, MARGIN, top, size, weight, colour)
        top += step
    return top


def _centred(pen: Drawing, line: str, top: int, size: int, weight: int, colour: str) -> None:
    write(pen, line, (WIDTH - width(line, size, weight)) // 2, top, size, weight, colour)
