"""A stored paper as an answer."""

from urllib.parse import quote

from flask import Response

from rakor.files import Kept


def as_file(kept: Kept, *, opens: bool) -> Response:
    """Return a file that the browser opens in its own viewer, or saves."""
    answer = Response(kept.content, mimetype=kept.media_type)
    disposition = "inline" if opens else "attachment"
    answer.headers["Content-Disposition"] = f"{disposition}; filename*=UTF-8''{quote(kept.name)}"
    # a sandbox would keep the browser's own PDF viewer from starting; nothing else may load or run
    closed = "frame-ancestors 'none'; base-uri 'none'" if opens else "sandbox"
    answer.headers["Content-Security-Policy"] = f"default-src 'none'; {closed}"
    return answer
