"""Whether a text fits its cell, judged without setting it: a row of known height costs half of one that may grow."""

from collections.abc import Sequence

# Letters of the paper's font at 9 pt by their width in points, rounded up; what is not named here takes 6.
NARROW = {3: "ijl'I,.!:()|;[]{}", 4: 'r`1Jtf"/\\', 5: "z*x-?sTvLy7k"}
WIDE = {7: "BUHND&0", 8: "C#wGMOQ", 9: "m@%W"}
DIGITS = dict.fromkeys("0123456789", 5.5)  # set in columns, all of one width
WIDTH_OF = {letter: float(width) for width, letters in (NARROW | WIDE).items() for letter in letters} | DIGITS
SPACE = 2.2
LONG_WORD = 25  # such a word is given places to break, and then takes as many lines as it wants
INSET, POINTS = 8, 72 / 25.4


def row_fits(cells: list[str], columns: Sequence[tuple[int, int]]) -> bool:
    """Tell whether every cell of a row surely fits the height that rows have.

    ``columns`` are of the cells alone: width in millimetres, the inset on both sides with it, and lines in a row.
    """
    room = [(mm * POINTS - INSET, lines) for mm, lines in columns]
    return all(fits(words, width, lines) for words, (width, lines) in zip(cells, room, strict=True))


def fits(words: str, width: float, lines: int) -> bool:
    """Tell whether ``words`` surely fit ``lines`` lines of ``width`` points; only plain ASCII can be judged here."""
    if not words.isascii() or not words.isprintable():
        return False
    used, left = 1, width
    for word in words.split():
        length = sum(WIDTH_OF.get(letter, 6) for letter in word)
        if length > width or len(word) >= LONG_WORD:
            return False
        if length > left:
            used, left = used + 1, width
        left -= length + SPACE
    return used <= lines
