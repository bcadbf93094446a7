"""Which lines stand on a paper, and how a very long one is parted. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from rakor.documents.rules.lists import Arranged, ListRow, Variant

MOST_ROWS, MOST_SIGNED = 3_000, 1_500  # a line with a signature is three times the work
Rows = tuple[ListRow, ...]


def shown_in(arranged: Arranged, variant: Variant) -> Arranged:
    """Return what a kind of list shows: a public one only who came; the counts stay those of all."""
    if variant is not Variant.PUBLIC:
        return arranged
    return replace(arranged, rows=tuple(row for row in arranged.rows if row.present))


def most_rows(variant: Variant) -> int:
    """Return how many lines one file holds."""
    return MOST_SIGNED if variant is Variant.FILLED else MOST_ROWS


def split(rows: Sequence[ListRow], most: int) -> list[Rows]:
    """Part rows, in their order, into at most ``most`` each; a province is cut only where it alone is longer."""
    parts: list[list[ListRow]] = [[]]
    for _province, lines in groupby(rows, key=lambda row: row.region[0]):
        group = list(lines)
        if len(parts[-1]) + len(group) > most and parts[-1]:
            parts.append([])
        while len(group) > most:
            parts[-1], group = group[:most], group[most:]
            parts.append([])
        parts[-1] += group
    return [tuple(part) for part in parts if part] or [()]
