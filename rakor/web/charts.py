"""What the charts of `macros/charts.html` draw."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tile:
    """One province on the map; `percent` is None where nobody is invited."""

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
