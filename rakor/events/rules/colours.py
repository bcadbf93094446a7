"""An event's accent colour carries white words, so it must be dark enough (WCAG 2.2, 1.4.3)."""

import re
from collections.abc import Callable
from dataclasses import dataclass

LEAST = 4.5
WHITE = (255, 255, 255)
RGB = tuple[int, int, int]


def parse_colour(text: str) -> RGB | None:
    """Read "#0b6b4b"; None for anything else."""
    found = re.fullmatch(r"#?([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})", text.strip())
    return (int(found[1], 16), int(found[2], 16), int(found[3], 16)) if found else None


def written(colour: RGB) -> str:
    """Write "#0b6b4b"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: RGB) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2, definition)."""
    parts = [value / 255 for value in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: RGB, other: RGB) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def dark_enough(colour: RGB) -> bool:
    """True where white words on the colour can be read."""
    return contrast(colour, WHITE) >= LEAST


def darkened(colour: RGB) -> RGB:
    """Return the nearest darker shade of the colour that carries white words."""
    for percent in range(100, 0, -1):
        shade: RGB = (colour[0] * percent // 100, colour[1] * percent // 100, colour[2] * percent // 100)
        if dark_enough(shade):
            return shade
    return (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Palette:
    """The shades of an accent, each by day and by night, as "#0b6b4b"."""

    primary: tuple[str, str]
    on_primary: tuple[str, str]
    tint: tuple[str, str]
    band: tuple[str, str]
    """Not by day and night: the dark and the lighter end of the band over a page, which carries white and gold."""


GOLD = (242, 184, 75)
BLACK, NIGHT, NIGHT_CARD = (0, 0, 0), (13, 20, 17), (21, 32, 27)


def palette(accent: RGB) -> Palette:
    """Return the shades of a dark enough accent: words in it can be read on the page, on a card and on its own tint,
    and words on it, by day and by night (4.5 : 1 each).
    """
    day_tint = mixed(accent, WHITE, 88)
    day = _until(accent, BLACK, lambda shade: contrast(shade, day_tint) >= LEAST)
    night_tint = mixed(accent, NIGHT, 70)
    night = _until(
        accent, WHITE, lambda shade: min(contrast(shade, ground) for ground in (night_tint, NIGHT_CARD)) >= LEAST
    )
    on_night = _until(mixed(accent, BLACK, 60), BLACK, lambda shade: contrast(shade, night) >= LEAST)
    return Palette(
        primary=(written(day), written(night)),
        on_primary=(written(WHITE), written(on_night)),
        tint=(written(day_tint), written(night_tint)),
        band=(
            written(_until(accent, BLACK, lambda shade: contrast(shade, GOLD) >= 7)),
            written(_until(accent, BLACK, lambda shade: contrast(shade, GOLD) >= LEAST)),
        ),
    )


def mixed(one: RGB, other: RGB, percent: int) -> RGB:
    """Return a colour with ``percent`` of another in it."""
    red, green, blue = [(a * (100 - percent) + b * percent) // 100 for a, b in zip(one, other, strict=True)]
    return red, green, blue


def _until(colour: RGB, towards: RGB, good: Callable[[RGB], bool]) -> RGB:
    """Return the first good shade on the way from a colour to another."""
    return next((shade for percent in range(101) if good(shade := mixed(colour, towards, percent))), towards)
