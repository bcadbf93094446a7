"""Photos of papers: read by their content and drawn anew, so that place, camera and anything hidden are gone."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from rakor.seats.rules.papers import PaperKind, PaperProblem, judge_paper

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 2400  # A4 at 200 dots an inch
FORMATS = ("PNG", "JPEG")  # named, so that no other decoder of Pillow is ever reached (security.md T10)


def judged(content: bytes) -> tuple[PaperKind | PaperProblem, bytes]:
    """Return what a paper is with the bytes to keep, a photo drawn anew; or why it is refused."""
    kind = judge_paper(content)
    if kind is not PaperKind.PICTURE:
        return kind, content
    drawn = redrawn(content)
    return (drawn, b"") if isinstance(drawn, PaperProblem) else (kind, drawn)


def redrawn(content: bytes) -> bytes | PaperProblem:
    """Return the photo as a grey or coloured JPEG of ours, upright, without metadata; or why it is refused."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return PaperProblem.TOO_LARGE
            picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            plain = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return PaperProblem.UNKNOWN
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = BytesIO()
    plain.save(out, "JPEG", quality=80)
    return out.getvalue()
