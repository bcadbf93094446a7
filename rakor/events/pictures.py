"""Logos: read by their content, never by their name, and written anew by us."""

from enum import StrEnum
from io import BytesIO

from PIL import Image, UnidentifiedImageError

MOST_BYTES = 1024 * 1024
MOST_PIXELS = 4000 * 4000
SIDE = 1000
FORMATS = ("PNG", "JPEG")  # named, so that no other decoder of Pillow is ever reached (security.md T10)


class PictureProblem(StrEnum):
    """Why a file cannot be a logo."""

    TOO_HEAVY = "too_heavy"
    NOT_A_PICTURE = "not_a_picture"
    TOO_LARGE = "too_large"


def redrawn(content: bytes) -> bytes | PictureProblem:
    """Return the picture as a PNG of ours (no metadata, at most SIDE pixels a side), or why it is refused."""
    if len(content) > MOST_BYTES:
        return PictureProblem.TOO_HEAVY
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return PictureProblem.TOO_LARGE
            plain = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return PictureProblem.NOT_A_PICTURE
    plain.thumbnail((SIDE, SIDE))
    out = BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()
