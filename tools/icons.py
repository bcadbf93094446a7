"""The desk's pictures for a phone's home screen, drawn by the geometry of `static/icons/rakor.svg`."""

from io import BytesIO

from PIL import Image, ImageDraw

GROUND, LINE = "#06382a", "#f2b84b"
GRID, STROKE, FINER = 32, 2.4, 4
SQUARES = ((7, 7), (18, 7), (7, 18))
SIDE = 7
CORNERS = (((18, 18), (21.5, 18), (21.5, 21.5)), ((25, 18), (25, 25), (21.5, 25)))
SIZES = {"desk-192.png": 192, "desk-512.png": 512, "desk-touch-180.png": 180}


def icon(side: int) -> bytes:
    """Return a square PNG of `side` pixels, filled to its edges: phones cut their own corners."""
    scale = side * FINER / GRID
    image = Image.new("RGB", (side * FINER, side * FINER), GROUND)
    paper = ImageDraw.Draw(image)
    for x, y in SQUARES:
        _stroke(paper, [(x, y), (x + SIDE, y), (x + SIDE, y + SIDE), (x, y + SIDE), (x, y)], scale)
    for corner in CORNERS:
        _stroke(paper, list(corner), scale)
    png = BytesIO()
    image.resize((side, side), Image.Resampling.LANCZOS).save(png, "PNG", optimize=True)
    return png.getvalue()


def _stroke(paper: ImageDraw.ImageDraw, points: list[tuple[float, float]], scale: float) -> None:
    """Draw a line with round joints and ends."""
    places = [(x * scale, y * scale) for x, y in points]
    paper.line(places, fill=LINE, width=round(STROKE * scale))
    half = STROKE * scale / 2
    for x, y in places:
        paper.ellipse((x - half, y - half, x + half, y + half), fill=LINE)
