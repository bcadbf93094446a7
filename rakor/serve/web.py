"""The web server: gunicorn with threads; its access log never holds the secret of a link."""

import gc
import logging
import os
import time
from argparse import Namespace
from datetime import timedelta
from importlib import import_module
from typing import Any

from alembic.util import CommandError
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from sqlalchemy.exc import SQLAlchemyError

from rakor import upgrade
from rakor.app import create_app
from rakor.config import from_environment
from rakor.db import db
from rakor.engine import keep_log_short
from rakor.serve import tls
from rakor.serve.children import PREPARATION_FAILED, interrupt_nobody
from rakor.upkeep import running
from rakor.upkeep.address import base_url_of, problem_of
from rakor.web.safety import shown_path

log = logging.getLogger(__name__)
ACCESS_LINE, MILLISECOND = '%s %s "%s %s" %s %s %sms', timedelta(milliseconds=1)
STOP_WITHIN = 4


class AccessLog(Logger):  # type: ignore[misc]
    """gunicorn's log with the secrets of links cut out; queries, referrers and headers are not logged at all."""

    def access(self, resp: Any, req: Any, environ: Any, request_time: timedelta) -> None:
        """Write who asked when for what, the status, the bytes and the milliseconds."""
        path = repr(shown_path(environ.get("PATH_INFO", "")))[1:-1].replace('"', "%22")  # a line stays a line
        asked = (environ.get("REMOTE_ADDR", "-"), self.now(), environ["REQUEST_METHOD"], path)
        self.access_log.info(ACCESS_LINE, *asked, resp.status_code, resp.sent, request_time // MILLISECOND)


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with our settings and the application made once, before its workers are forked."""

    def __init__(self, app: Flask, settings: dict[str, Any]) -> None:
        self.app, self.settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings given."""
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the WSGI application."""
        return self.app

    def run(self) -> None:
        """Serve until told to stop."""
        interrupt_nobody()  # the workers are its children, and do as it does
        super().run()


def settings_of(chosen: Namespace) -> dict[str, Any]:
    """Return gunicorn's settings for the command line ``chosen``."""
    host = f"[{chosen.host}]" if ":" in chosen.host else chosen.host
    return tls.settings(chosen.tls) | {
        "bind": f"{host}:{chosen.port}",
        "workers": chosen.workers,
        "threads": chosen.threads,
        "worker_class": "rakor.serve.tls.PatientWorker" if chosen.tls else "gthread",
        "preload_app": True,
        "post_fork": _after_fork,
        "accesslog": "-",
        "logger_class": AccessLog,
        "loglevel": "warning",
        "graceful_timeout": STOP_WITHIN - 1,
        "timeout": 60,
        "keepalive": 5,
        "forwarded_allow_ips": "",
        "control_socket_disable": True,
        "proc_name": "rakor",
        "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,
    }


def _after_fork(server: Any, worker: Any) -> None:
    with server.app.app.app_context():
        db.engine.dispose(close=False)  # a connection must not be shared with the parent
        keep_log_short(db.engine)


def run(chosen: Namespace) -> int:
    """Serve until told to stop; exit status PREPARATION_FAILED where the database could not be made ready."""
    base_url = base_url_of(chosen.host, chosen.port, os.environ)
    problem = problem_of(base_url)
    if problem:
        raise SystemExit(problem)
    app = create_app(from_environment(base_url=base_url))
    if chosen.prepare and not prepared(app, chosen.prepare):
        return PREPARATION_FAILED
    running.hold(app.config["RAKOR"].instance, running.SERVING)  # `rakor restore` waits for nobody who serves
    gc.collect()
    gc.freeze()  # what is loaded stays: collecting through it again stopped every desk for 0.15 s
    Server(app, settings_of(chosen)).run()
    return 0


def prepared(app: Flask, what: str) -> bool:
    """Bring the schema up, and make the demo worlds where ``what`` is "demo"; False where that failed.

    Where real events live, the worlds are refused with a sentence, and what lives here is served.
    Every connection is closed again: none may cross the fork of the workers.
    """
    began = time.monotonic()
    with app.app_context():
        try:
            if what == "demo":
                import_module("rakor.demo.command").make_and_tell()
            else:
                upgrade.upgrade()
            good = True
        except (SQLAlchemyError, CommandError):
            log.exception("the database is not ready")
            good = False
        db.session.remove()
        db.engine.dispose()
    print(f"rakor: database {'ready' if good else 'not ready'}: {time.monotonic() - began:.1f} s", flush=True)
    return good
