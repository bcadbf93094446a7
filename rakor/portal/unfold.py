"""The picture beside a link that unfolds in a chat: title, dates with the zone, place; nobody's name."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from flask import Response, abort
from PIL import Image, ImageDraw

from rakor import clock
from rakor.events.models import Event
from rakor.portal import public
from rakor.portal.routes import blueprint
from rakor.seats.passing import place_of
from rakor.typeset.lettering import Drawing, wrapped, write
from rakor.web import times
from rakor.web.access import Scope, policy
from rakor.web.times import Language

WIDTH, HEIGHT, MARGIN = 1200, 630, 84
GREEN, LIGHT, GOLD, PALE, WHITE = "#06382a", "#0b5a41", "#f2b84b", "#d5e4dc", "#ffffff"
ROOM = WIDTH - 2 * MARGIN
TITLE_SIZES = ((72, 84, 3), (60, 72, 4), (48, 58, 5))


@dataclass(frozen=True)
class Face:
    """What stands on the picture, in Indonesian: links travel there."""

    organizer: str
    title: str
    when: str
    where: str


@blueprint.get("/e/<slug>/card.png")
@policy("portal.card", Scope.PUBLIC, reason="says what the public page says; a draft is a 404")
def show_card(slug: str) -> Response:
    """The picture of an announced event."""
    event = public.published(slug)
    if event is None:
        abort(404)
    answer = Response(drawn(face_of(event)), mimetype="image/png")
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def face_of(event: Event) -> Face:
    """Return an event's words for its picture."""
    dates = times.plain(times.date_range(event.starts_on, event.ends_on, Language.ID))
    letters = times.zone_letters(event.zone, clock.now())
    return Face(event.organizer, event.title, f"{dates} ({letters})", place_of(event, "id"))


@lru_cache(maxsize=64)
def drawn(face: Face) -> bytes:
    """Return the picture as PNG, 1200 × 630, as chats unfold it."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GREEN)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, HEIGHT - 16, WIDTH, HEIGHT), fill=GOLD)
    _corner(pen)
    write(pen, _first(face.organizer, 30), MARGIN, 70, 30, 700, PALE)
    fitting = (one for one in TITLE_SIZES if len(wrapped(face.title, one[0], 800, ROOM)) <= one[2])
    size, step, most = next(fitting, TITLE_SIZES[-1])
    top = 132
    for line in wrapped(face.title, size, 800, ROOM)[:most]:
        write(pen, line, MARGIN, top, size, 800, WHITE)
        top += step
    write(pen, _first(face.when, 44), MARGIN, max(top + 34, 404), 44, 700, GOLD)
    write(pen, _first(face.where, 34), MARGIN, max(top + 96, 472), 34, 400, PALE)
    png = BytesIO()
    image.quantize(64).save(png, "PNG", optimize=True)
    return png.getvalue()


def _corner(pen: Drawing) -> None:
    """Our mark, four squares, in the lower right corner."""
    for left, top, solid in ((0, 0, True), (34, 0, True), (0, 34, True), (34, 34, False)):
        box = (WIDTH - MARGIN - 64 + left, HEIGHT - 116 + top, WIDTH - MARGIN - 64 + left + 26, HEIGHT - 116 + top + 26)
        pen.rectangle(box, fill=GOLD if not solid else LIGHT)


def _first(text: str, size: int) -> str:
    """The first line of a text that may be too long for one."""
    return next(iter(wrapped(text, size, 400 if size < 40 else 700, ROOM)), "")
