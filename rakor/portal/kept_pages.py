"""Pages for strangers are the same for all of them, so they are drawn once in five seconds and carry an ETag.

A page is kept only for a visitor who brings no session, no note and no other question than the page's own.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from flask import Response, current_app, make_response, request, session

from rakor.accounts.session import cookie_name
from rakor.web.locale import chosen

FRESH = 5.0
MOST = 400


@dataclass(frozen=True)
class Page:
    """A drawn page, its ETag, and when it was drawn (monotonic seconds)."""

    body: bytes
    etag: str
    drawn_at: float


_pages: dict[tuple[str, str, str], Page] = {}
_lock = threading.Lock()


def page(draw: Callable[[], str], asked: Iterable[str] = ()) -> Response:
    """Return the page ``draw`` makes, or the one drawn a moment ago; ``asked`` are the questions the page knows."""
    if not _shared(set(asked)):
        return make_response(draw())
    key = (current_app.config["RAKOR"].base_url, request.full_path, chosen())
    known = _pages.get(key)
    if known is None or time.monotonic() - known.drawn_at >= FRESH:
        known = _keep(key, draw())
    response = make_response(known.body)
    response.content_type = "text/html; charset=utf-8"
    response.set_etag(known.etag)
    response.headers["Cache-Control"] = f"private, max-age={FRESH:.0f}"
    return response.make_conditional(request)


def _shared(asked: set[str]) -> bool:
    """True where the page would look the same for every stranger."""
    if current_app.config["RAKOR"].testing or cookie_name() in request.cookies or session:
        return False
    return set(request.args) <= asked and len(request.query_string) < 200


def _keep(key: tuple[str, str, str], text: str) -> Page:
    body = text.encode()
    made = Page(body, sha256(body).hexdigest()[:20], time.monotonic())
    with _lock:
        if len(_pages) >= MOST:
            _pages.clear()
        _pages[key] = made
    return made
