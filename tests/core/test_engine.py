"""The fair turn, and the log that is copied beside the writers."""

import fcntl
import os
import threading

from flask import Flask

from rakor.db import db, transaction
from rakor.engine import copy_log, turn
from tests import make


def test_whoever_waits_goes_before_whoever_was_just_served(lite: Flask) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        with lite.app_context():
            waiting.set()
            with turn(lite.extensions["rakor.turn"]):
                order.append("waited")

    for _ in range(20):
        order.clear()
        waiting.clear()
        other = threading.Thread(target=second)
        with lite.app_context():
            with turn(lite.extensions["rakor.turn"]):
                other.start()
                waiting.wait()
                while not _somebody_is_next(lite):
                    pass
            with turn(lite.extensions["rakor.turn"]):
                order.append("again")
        other.join()
        assert order == ["waited", "again"]


def _somebody_is_next(app: Flask) -> bool:
    """True once another thread holds the place next in line."""

    file = os.open(f"{app.extensions['rakor.turn']}.next", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(file)


def test_the_log_is_copied_into_the_database(lite: Flask) -> None:
    with lite.app_context():
        with transaction(unaudited="test"):
            make.institution()
        db.session.remove()
        pages, copied = copy_log(db.engine)
    assert pages == copied > 0
