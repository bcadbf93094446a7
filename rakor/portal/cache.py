"""Public pages rendered once for many readers: kept a few seconds in the process, never for anybody who is known."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

from flask import Response, make_response, request

from rakor import clock
from rakor.kept import Kept
from rakor.web.access import principal
from rakor.web.locale import language

KEPT_FOR = timedelta(seconds=5)
_pages = Kept[tuple[str, ...], tuple[bytes, str]](KEPT_FOR)
forget = _pages.forget


def page(make: Callable[[], str], *parts: str) -> Response:
    """Return a public page: from the last five seconds where its reader is nobody in particular, else made anew.

    ``parts`` name what the page depends on beside the language: path and the arguments it reads.
    """
    if principal().user is not None or "rakor-note" in "".join(request.cookies):
        return make_response(make())
    body, etag = _pages.get((language(), *parts), clock.now(), lambda: _drawn(make))
    answer = make_response(body)
    answer.mimetype = "text/html"
    answer.headers["Cache-Control"] = "public, max-age=5"
    answer.set_etag(etag)
    answer.make_conditional(request)
    return answer


def _drawn(make: Callable[[], str]) -> tuple[bytes, str]:
    body = make().encode()
    return body, sha256(body).hexdigest()[:20]
