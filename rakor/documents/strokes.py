"""A drawn signature at the size of its cell: strokes as points on the paper."""

from rakor.signatures.rules import parted, thinned

WIDE, HIGH = 48.0, 18.0
"""Points that a signature may take in its cell."""
UNSEEN = 0.2  # how far a line may lie beside the drawn one: a fraction of the ink's own width
DOT = 0.2  # a line of no length is not drawn


def on_paper(strokes: str) -> list[list[list[float]]]:
    """Return kept strokes ("x,y x,y;…") scaled to the cell, the ink alone, in points from its upper left corner."""
    lines = parted(strokes)
    across, down = zip(*(point for line in lines for point in line), strict=True)
    left, top = min(across), min(down)
    scale = min(WIDE / max(max(across) - left, 1), HIGH / max(max(down) - top, 1))
    above = (HIGH - (max(down) - top) * scale) / 2
    drawn = [
        [[round((x - left) * scale, 1), round((y - top) * scale + above, 1)] for x, y in line]
        for line in thinned(lines, slack=UNSEEN / scale)
    ]
    return [line if len(line) > 1 else [line[0], [line[0][0] + DOT, line[0][1]]] for line in drawn]
