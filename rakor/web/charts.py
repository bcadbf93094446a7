"""What the charts of `macros/charts.html` draw."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """One province on the map; `percent` is None where nobody is invited; `figure`: the number to bear instead."""

    code: str
    letters: str
    name: str
    percent: int | None
    part: int
    whole: int
    level: int
    col: int
    row: int
    island: str
    href: str | None
    figure: int | None = None
