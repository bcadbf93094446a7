"""The page that a phone sees first, in plain http: the authority's certificate, how to install it, and nothing else.

It cannot be https: the phone does not know our authority yet. So it holds nothing that anybody could read or change to
harm but the certificate itself, and shows the fingerprint by which that can be compared.
"""

import signal
import threading
from argparse import Namespace
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography.hazmat.primitives.serialization import Encoding
from flask import Flask, render_template
from flask_babel import force_locale

from rakor.app import create_app
from rakor.upkeep import authority
from rakor.web import assets

CSP = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
SILENCE_S = 10
PAGES = {"/": "id", "/en": "en"}


@dataclass(frozen=True)
class Answer:
    """What is answered to one address, word for word."""

    content: bytes
    kind: str
    headers: tuple[tuple[str, str], ...] = ()


def answers(app: Flask) -> dict[str, Answer]:
    """Return everything that there is, by its path.

    iPhones offer to install a certificate that comes as one; Android refuses that since version 11 and needs a saved
    file, which it gets under a name of no meaning to the browser.
    """
    settings = app.config["RAKOR"]
    top = authority.authority(settings.instance)
    assert top is not None
    der = top.public_bytes(Encoding.DER)
    style = "".join(
        (assets.folder_of("static") / "css" / name).read_text(encoding="utf-8")
        for name in (assets.folder_of("static") / "css" / "order.txt").read_text().split()
        if name != "font.css"
    )
    found = {
        "/rakor.css": Answer(style.encode(), "text/css; charset=utf-8"),
        "/rakor.svg": Answer((assets.folder_of("static") / "icons/rakor.svg").read_bytes(), "image/svg+xml"),
        "/iphone/rakor.crt": Answer(der, "application/x-x509-ca-cert"),
        "/rakor.crt": Answer(
            der, "application/octet-stream", (("Content-Disposition", 'attachment; filename="rakor.crt"'),)
        ),
    }
    told = {"base_url": settings.base_url, "fingerprint": authority.fingerprint(top)}
    with app.test_request_context(base_url=settings.base_url):
        for path, language in PAGES.items():
            with force_locale(language):
                page = render_template("upkeep/setup_phone.html", lang=language, **told)
            found[path] = Answer(page.encode(), "text/html; charset=utf-8")
    return found


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with what there is, everything else with 404."""

    timeout = SILENCE_S
    server_version, sys_version = "rakor", ""

    def __init__(self, found: dict[str, Answer], *given: object) -> None:
        self._found = found
        super().__init__(*given)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Send the page, the certificate or the styles."""
        answer = self._found.get(self.path.partition("?")[0])
        if answer is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.OK)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.content)))
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(answer.content)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Nobody's visit is written down."""


def run(chosen: Namespace) -> int:
    """Serve the page until told to stop."""
    server = ThreadingHTTPServer((chosen.host, chosen.port), partial(Handler, answers(create_app())))
    server.daemon_threads = True
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
    server.serve_forever()
    return 0
