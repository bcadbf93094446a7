"""rakor worker: runs what waits in the outbox, one job at a time, and keeps relays in touch, until told to stop."""

import logging
import signal
import threading
from argparse import Namespace

from sqlalchemy.exc import OperationalError

from rakor import outbox
from rakor.app import create_app
from rakor.checkin.relaying.syncing import keep_in_touch
from rakor.db import db
from rakor.upkeep import running

log = logging.getLogger(__name__)
REST = 0.5
REST_AFTER_TROUBLE = 5.0


def work(chosen: Namespace) -> int:
    """Run jobs until SIGTERM or SIGINT; the job at hand is finished first."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    app = create_app()
    running.hold(app.config["RAKOR"].instance, running.WORKING)
    relaying = threading.Thread(target=keep_in_touch, args=(app, stopping), daemon=True)
    relaying.start()
    while not stopping.is_set():
        with app.app_context():
            stopping.wait(rest_after_one())
    relaying.join(timeout=2)
    return 0


def rest_after_one() -> float:
    """Run the next job, if any, and return how many seconds to rest: none after work, a little where nothing waits."""
    try:
        ran = outbox.run_next()
    except OperationalError:
        db.session.rollback()
        log.exception("the database does not answer")
        return REST_AFTER_TROUBLE
    finally:
        db.session.remove()
    return 0.0 if ran else REST
