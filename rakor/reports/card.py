"""The numbers as a picture for a chat: 1080 × 1080, three numbers, provinces, and the time of counting."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from flask_babel import force_locale
from flask_babel import gettext as _
from PIL import Image, ImageDraw

from rakor.events.models import Event
from rakor.reports.headline import headline
from rakor.reports.pages import focus_of
from rakor.reports.sayings import moment
from rakor.reports.summary import Summary
from rakor.typeset.lettering import Drawing, width, wrapped, write
from rakor.web.locale import number

SIDE, MARGIN = 1080, 72
ROOM = SIDE - 2 * MARGIN
GREEN, GOLD, PALE, WHITE, LINE = "#06382a", "#f2b84b", "#d5e4dc", "#ffffff", "#2a5c4c"


@dataclass(frozen=True)
class CardFace:
    """What stands on the picture, in Indonesian."""

    title: str
    what: str
    numbers: tuple[tuple[str, str], ...]
    under: str
    provinces: str
    missing: str
    counted: str


def face(event: Event, summary: Summary) -> CardFace:
    """Return what the picture says; an open event counts people, others seats."""
    with force_locale("id"):
        said = headline(summary)
        missing = ", ".join(province.name for province in summary.incomplete)
        complete = {"part": number(summary.complete), "whole": number(summary.invited_provinces)}
        return CardFace(
            title=event.short_title,
            what=focus_of(event, summary) if summary.focus else _("Konfirmasi sampai kini"),
            numbers=_numbers(summary),
            under=_("Hadir: %(modes)s", modes=said.modes) if summary.focus else "",
            provinces=_("%(part)s dari %(whole)s provinsi lengkap", **complete) if summary.count.invited else "",
            missing=_("Belum: %(names)s", names=missing) if missing and summary.count.invited else "",
            counted=_("Dihitung %(when)s", when=moment(event, summary)),
        )


def _numbers(summary: Summary) -> tuple[tuple[str, str], ...]:
    here = summary.count.present if summary.count.invited else summary.heads.total
    present = (_("Hadir"), number(here) if summary.focus else "–")
    if not summary.count.invited:
        limit = number(summary.capacity) if summary.capacity is not None else "–"
        return (_("Kuota"), limit), (_("Terdaftar"), number(summary.registered)), present
    count = summary.count
    return (_("Diundang"), number(count.invited)), (_("Konfirmasi"), number(count.confirmed)), present


@lru_cache(maxsize=32)
def drawn(said: CardFace) -> bytes:
    """Return the picture as PNG; long names wrap, and what has no room is cut at a whole line."""
    image = Image.new("RGB", (SIDE, SIDE), GREEN)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, SIDE - 16, SIDE, SIDE), fill=GOLD)
    below = _lines(pen, wrapped(said.title, 56, 800, ROOM)[:2], MARGIN, 56, 800, WHITE)
    below = _lines(pen, wrapped(said.what, 38, 400, ROOM)[:1], below + 8, 38, 400, PALE)
    below = _columns(pen, said.numbers, below + 56)
    for text, size, weight, colour, most in (
        (said.under, 38, 400, PALE, 1), (said.provinces, 46, 700, WHITE, 1), (said.missing, 34, 400, PALE, 4),
    ):  # fmt: skip
        if text:
            below = _lines(pen, _cut(text, size, weight, most), below + 18, size, weight, colour)
    _lines(pen, wrapped(said.counted, 32, 700, ROOM)[:2], SIDE - 150, 32, 700, GOLD)
    png = BytesIO()
    image.quantize(64).save(png, "PNG", optimize=True)
    return png.getvalue()


def _columns(pen: Drawing, numbers: tuple[tuple[str, str], ...], top: int) -> int:
    """Three numbers beside each other, each as large as the widest allows; what matters now is gold."""
    step = ROOM // len(numbers)
    size = next(size for size in range(120, 40, -4) if all(width(n, size, 800) < step - 24 for _word, n in numbers))
    for place, (word, figure) in enumerate(numbers):
        left, colour = MARGIN + place * step, GOLD if place == len(numbers) - 1 else WHITE
        write(pen, word, left, top, 36, 700, PALE)
        write(pen, figure, left, top + 52, size, 800, colour)
    below = top + 52 + round(size * 1.3)
    pen.rectangle((MARGIN, below + 12, SIDE - MARGIN, below + 15), fill=LINE)
    return below + 24


def _cut(text: str, size: int, weight: int, most: int) -> list[str]:
    lines = wrapped(text, size, weight, ROOM)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].rsplit(", ", 1)[0].rstrip(",") + ", …"]


def _lines(pen: Drawing, lines: list[str], top: int, size: int, weight: int, colour: str) -> int:
    for line in lines:
        write(pen, line, MARGIN, top, size, weight, colour)
        top += round(size * 1.3)
    return top
