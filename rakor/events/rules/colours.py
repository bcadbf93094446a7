"""An event's accent colour carries white words, so it must be dark enough (WCAG 2.2, 1.4.3)."""

import re

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
