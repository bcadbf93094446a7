"""Where pictures are taken: the demo worlds at one moment, served by this process, with a worker beside."""

import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from werkzeug.serving import WSGIRequestHandler, make_server

from rakor import clock, upgrade
from rakor.app import create_app
from rakor.config import Config
from rakor.db import db
from rakor.demo import command, live, worlds
from rakor.events.models import Event
from rakor.worker import rest_after_one
from tools.picture_acts import Demo

MOMENT = datetime(2026, 11, 24, 1, 55, tzinfo=UTC)
"""Tuesday 24 November 2026, 08.55 WIB: a session runs."""
BASE_URL = "http://localhost:8000"
"""What the pictures say; the browser is led to a free port."""
SECRET = sha256(b"the pictures of rakor").digest()
"""Everybody may know it: it makes links and tickets of made-up people, here alone."""


@dataclass(frozen=True)
class Stage:
    """What is served: the address that is shown, what leads the browser there, and how to get in."""

    base_url: str
    rules: list[str]
    demo: Demo


class Silent(WSGIRequestHandler):
    """Requests of pictures are nobody's news."""

    def log(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def staged() -> Iterator[Stage]:
    """Make the worlds in a folder of their own and serve them, the clock standing still for every thread."""
    with tempfile.TemporaryDirectory() as folder, clock.freeze(MOMENT, everywhere=True):
        url = f"sqlite:///{Path(folder) / 'rakor.sqlite3'}"
        app = create_app(Config(Path(folder), url, base_url=BASE_URL, secret=SECRET))
        with app.app_context():
            upgrade.upgrade()
            worlds.make(live.SEATS, fresh=False, now=MOMENT)
            demo = command.describe(db.session.scalars(select(Event).where(Event.demo_world == live.WORLD)).one())
            db.session.remove()
        server, stopping = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent), threading.Event()
        threads = [threading.Thread(target=server.serve_forever), threading.Thread(target=_work, args=(app, stopping))]
        for thread in threads:
            thread.start()
        try:
            yield Stage(BASE_URL, [f"--host-resolver-rules=MAP localhost:8000 127.0.0.1:{server.port}"], demo)
        finally:
            stopping.set()
            server.shutdown()
            for thread in threads:
                thread.join()


def _work(app: Flask, stopping: threading.Event) -> None:
    while not stopping.is_set():
        with app.app_context():
            stopping.wait(rest_after_one())
