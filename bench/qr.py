"""500 badges' worth of QR codes as SVG."""

import time
from typing import Any
from uuid import UUID

from rakor import codes, qr

WHAT = "500 ticket codes as SVG, the path alone and the whole element"
COUNT, LIMIT_S = 500, 0.5


def run(quick: bool) -> dict[str, Any]:
    """Draw 500 different codes three times (once when ``quick``) and take the median round."""
    made = [codes.encode(codes.ticket_secret(b"bench" * 8, UUID(int=number), 0)) for number in range(COUNT)]
    rounds = sorted(_round(made) for _ in range(1 if quick else 3))
    seconds = rounds[len(rounds) // 2]
    size = len(qr.qr_svg(made[0], "QR"))
    return {
        "ok": seconds < LIMIT_S,
        "codes": COUNT,
        "seconds": round(seconds, 3),
        "bytes_each": size,
        "limit_s": LIMIT_S,
    }


def _round(made: list[str]) -> float:
    started = time.perf_counter()
    for code in made:
        qr.qr_svg(code, "QR")
    return time.perf_counter() - started
