"""Public pages rendered once for many readers: kept a few seconds in the process, never for anybody who is known."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

from flask import Response, make_response, request

from rakor import clock
from rakor.web.access import principal
from rakor.web.locale import language

KEPT_FOR = timedelta(seconds=5)
MOST = 256
_pages: "OrderedDict[tuple[str, ...], tuple[datetime, bytes, str]]" = OrderedDict()
_guard = threading.Lock()


def page(make: Callable[[], str], *parts: str) -> Response:
    """Return a public page: from the last five seconds where its reader is nobody in particular, else made anew.

    ``parts`` name what the page depends on beside the language: path and the arguments it reads.
    """
    if principal().user is not None or "rakor-note" in "".join(request.cookies):
        return make_response(make())
    key, now = (language(), *parts), clock.now()
    with _guard:
        kept = _pages.get(key)
    if kept is None or not timedelta() <= now - kept[0] < KEPT_FOR:
        body = make().encode()
        kept = (now, body, sha256(body).hexdigest()[:20])
        with _guard:
            _pages[key] = kept
            _pages.move_to_end(key)
            while len(_pages) > MOST:
                _pages.popitem(last=False)
    answer = make_response(kept[1])
    answer.mimetype = "text/html"
    answer.headers["Cache-Control"] = "public, max-age=5"
    answer.set_etag(kept[2])
    answer.make_conditional(request)
    return answer


def forget() -> None:
    """Drop every kept page; tests that change the world between two looks use it."""
    with _guard:
        _pages.clear()
