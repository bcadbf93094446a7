"""Headers, request ids, CSRF by header, limits of size, and how many proxies are believed."""

import logging
import re
from collections.abc import Iterable
from functools import lru_cache
from secrets import token_hex
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Request, abort, g, request
from flask import Response as FlaskResponse
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

from rakor.config import LOOPBACK, Config
from rakor.web.access import principal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
_ALWAYS = (
    ("Content-Security-Policy", CSP),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
ALWAYS = tuple((pair[0].lower(), pair) for pair in _ALWAYS)
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
SECRET_IN_PATH = re.compile(r"^/(o|p|l|s|v|c|cert|password)/[^/]+")


class Notes(SecureCookieSessionInterface):
    """Flask's session holds nothing but flashed notes; who carries none is not asked for a signature."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the notes, empty without a cookie."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: FlaskResponse) -> None:
        """Write the notes back; who had none and got none is left alone."""
        if session or session.modified or session.accessed:
            super().save_session(app, session, response)


def install(app: Flask, config: Config) -> None:
    """Put the safety around every request of ``app``."""
    app.session_interface = Notes()
    app.wsgi_app = AlwaysSafe(app.wsgi_app)  # type: ignore[method-assign]
    app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
    app.config["MAX_FORM_MEMORY_SIZE"] = 1024 * 1024
    app.config["MAX_FORM_PARTS"] = 2000
    if config.proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=0
        )

    @app.before_request
    def _guard() -> None:
        g.request_id = token_hex(8)
        _check_host(config)
        if request.method in UNSAFE:
            _check_same_origin(config)

    @app.after_request
    def _headers(response: Response) -> Response:
        return set_headers(response, config)


@lru_cache(maxsize=64)
def _hostname(host: str) -> str:
    return (urlsplit(f"//{host}").hostname or "").lower()


def _check_host(config: Config) -> None:
    host = _hostname(request.host)
    if host != config.host and not (config.on_loopback and host in LOOPBACK):
        abort(400)


def _check_same_origin(config: Config) -> None:
    """CSRF once, for forms and fetch alike: the browser itself says where a request comes from."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    origin = request.headers.get("Origin")
    own = {config.base_url, f"{request.scheme}://{request.host}"} if config.on_loopback else {config.base_url}
    if origin not in own:
        abort(403)


class AlwaysSafe:
    """Puts the headers that never change on every answer; what a route set itself stays."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as the application does."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            there = {name.lower() for name, _ in headers}
            own = [pair for lower, pair in ALWAYS if lower not in there]
            return start_response(status, [*headers, *own], exc_info)

        return self._app(environ, start)


def set_headers(response: Response, config: Config) -> Response:
    """Set the security headers of one answer that depend on who asks, and when."""
    headers = response.headers
    headers["X-Request-Id"] = g.get("request_id", "")
    if config.secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    who = principal()
    if who.user or who.link or who.device:
        headers["Cache-Control"] = "no-store"
    else:
        headers.setdefault("Cache-Control", "no-cache")
        headers.add("Vary", "Cookie")
    return response


def shown_path(path: str) -> str:
    """Return a path fit for a log: the secret of a link is cut out (ASVS 14.2.1)."""
    return SECRET_IN_PATH.sub(lambda found: f"/{found[1]}/…", path)
