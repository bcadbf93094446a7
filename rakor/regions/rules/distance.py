"""How far provinces lie apart: from capital to capital, which is enough to say whose way was the longest."""

from functools import cache
from math import asin, cos, radians, sin, sqrt

from rakor.regions.rules.reading import rows

EARTH_KM = 6371.0


def apart_km(one: str, other: str) -> int:
    """Return the kilometres between the capitals of two provinces by their codes; KeyError for an unknown one."""
    (north, east), (north2, east2) = _capitals()[one], _capitals()[other]
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(half)))


@cache
def _capitals() -> dict[str, tuple[float, float]]:
    return {
        row["province_code"]: (radians(float(row["latitude"])), radians(float(row["longitude"])))
        for row in rows("capitals.csv")
    }
