"""The phone that asks: a random secret in a cookie, of which only a hash bound to the office is kept."""

import re
from base64 import b32encode
from secrets import token_bytes

from flask import Response, current_app, g, make_response, request
from werkzeug.wrappers import Response as BaseResponse

from rakor.seats.routes.base import Page

COOKIE = "rakor_phone"
KEPT_SECONDS = 180 * 24 * 3600
SECRET = re.compile(r"[a-z2-7]{26}")


def device_secret() -> str:
    """Return the secret of the phone that asks; a new one where it has none yet."""
    given = request.cookies.get(COOKIE, "")
    if SECRET.fullmatch(given):
        return given
    if "device_secret" not in g:
        g.device_secret = b32encode(token_bytes(16)).decode().rstrip("=").lower()
    fresh: str = g.device_secret
    return fresh


def remember(page: Page) -> Response:
    """Return the answer with the phone's cookie, which no script can read and only office pages receive."""
    answer = make_response(page)
    if isinstance(answer, BaseResponse) and request.cookies.get(COOKIE) != device_secret():
        answer.set_cookie(
            COOKIE,
            device_secret(),
            max_age=KEPT_SECONDS,
            path="/o/",
            secure=current_app.config["RAKOR"].secure,
            httponly=True,
            samesite="Lax",
        )
    return answer
