"""Pictures of speakers and pictures handed in: drawn anew by us, so that place, camera and anything hidden are gone."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from rakor.agenda.material_rules import MaterialKind, MaterialProblem

MOST_PIXELS = 24_000_000
FORMATS = ("PNG", "JPEG")  # named, so that no other decoder of Pillow is ever reached (security.md T10)
FACE = 480
MOST_PHOTO_BYTES = 8 * 1024 * 1024
UNREADABLE = (UnidentifiedImageError, OSError, ValueError, SyntaxError)


def face(content: bytes) -> bytes | MaterialProblem:
    """Return a square JPEG of a portrait, cut around its upper middle where a face is; or why it is refused."""
    if len(content) > MOST_PHOTO_BYTES:
        return MaterialProblem.TOO_HEAVY
    drawn = _read(io.BytesIO(content), (FACE * 2, FACE * 2))
    if isinstance(drawn, MaterialProblem):
        return drawn
    square = ImageOps.fit(_on_white(drawn), (FACE, FACE), centering=(0.5, 0.3))
    return _written(square, "JPEG", quality=85)


@dataclass(frozen=True)
class Drawn:
    """A picture of ours: JPEG bytes and its size in pixels."""

    content: bytes
    width: int
    height: int


def scaled(content: bytes, sides: Sequence[int], *, most: int = MOST_PHOTO_BYTES) -> list[Drawn] | MaterialProblem:
    """Return a photo as JPEGs whose longest sides are at most ``sides`` pixels, upright, without metadata.

    ``most`` is how many bytes may be handed in. Returns why it is refused instead.
    """
    if len(content) > most:
        return MaterialProblem.TOO_HEAVY
    drawn = _read(io.BytesIO(content), None)
    if isinstance(drawn, MaterialProblem):
        return drawn
    found = []
    for side in sides:
        smaller = _on_white(drawn).copy()
        smaller.thumbnail((side, side))
        found.append(Drawn(_written(smaller, "JPEG", quality=82), *smaller.size))
    return found


def redrawn(file: IO[bytes], kind: MaterialKind) -> bytes | MaterialProblem:
    """Return a picture of the same size and kind without metadata, upright; or why it is refused."""
    file.seek(0)
    drawn = _read(file, None)
    if isinstance(drawn, MaterialProblem):
        return drawn
    if kind is MaterialKind.JPG:
        return _written(_on_white(drawn), "JPEG", quality=90)
    return _written(drawn, "PNG")


def _read(file: IO[bytes], wanted: tuple[int, int] | None) -> Image.Image | MaterialProblem:
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return MaterialProblem.TOO_LARGE
            if wanted:
                picture.draft("RGB", wanted)
            upright = ImageOps.exif_transpose(picture)
            clear = upright.mode in ("RGBA", "LA") or "transparency" in upright.info
            return upright.convert("RGBA" if clear else "RGB")
    except Image.DecompressionBombError:
        return MaterialProblem.TOO_LARGE
    except UNREADABLE:
        return MaterialProblem.BROKEN


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _written(picture: Image.Image, kind: str, **how: int) -> bytes:
    """Only the points are written: a picture made from points carries nothing else."""
    plain = Image.new(picture.mode, picture.size)
    plain.paste(picture)
    out = io.BytesIO()
    plain.save(out, kind, **how)
    return out.getvalue()
