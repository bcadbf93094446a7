"""Scans into a fresh hall, single-threaded, noting each acknowledgement; ``power_cut`` watches its writes."""

import os
import random
import sys
from pathlib import Path

from bench._hall import SECRET, Hall, Scanner, build
from rakor import config
from rakor.app import create_app
from rakor.checkin import batches, store, wire
from rakor.db import db
from rakor.engine import copy_log

BATCHES, SEED = 240, 20261124


def prepare(folder: Path) -> None:
    """Make the hall, and a file with what the writer needs."""
    hall = build(folder, f"sqlite:///{folder}/rakor.sqlite3", 1, 1500, 2)
    (folder / "hall.txt").write_text("\n".join([str(hall.checkpoint_id), *hall.cookies, *hall.refs]))
    (folder / "acks").touch()


def write(folder: Path, synchronous: str) -> None:
    """Enter batches of 1 to 40 scans; write their ids to ``acks`` after each commit; copy the log now and then."""
    rng = random.Random(SEED)
    lines = (folder / "hall.txt").read_text().split("\n")
    settings = config.Config(instance=folder, database_url=f"sqlite:///{folder}/rakor.sqlite3", secret=SECRET)
    app = create_app(settings)
    acks = os.open(folder / "acks", os.O_WRONLY | os.O_APPEND)
    with app.app_context():
        if synchronous != "as set":
            with db.engine.connect() as connection:  # the pool gives the same one again
                connection.connection.cursor().execute(f"PRAGMA synchronous={synchronous}")
        hall = Hall(settings, lines[0], lines[1:3], lines[3:])  # type: ignore[arg-type]
        desks = [(Scanner(hall, cookie), store.by_token(cookie.split("=", 1)[1])) for cookie in hall.cookies]
        for number in range(BATCHES):
            scanner, device = rng.choice(desks)
            assert device is not None
            records = [scanner.record(rng.choice(hall.refs)) for _ in range(rng.choice((1, 1, 2, 5, 40)))]
            batches.turns.submit(batches.sent(device, wire.Batch(records=records)))
            os.write(acks, "".join(f"{one['scan_id']}\n" for one in records).encode())
            if number % 25 == 24:
                copy_log(db.engine)
    os._exit(0)  # the power is cut anyway: nothing is closed


if __name__ == "__main__":
    if len(sys.argv) == 2:
        prepare(Path(sys.argv[1]))
    else:
        write(Path(sys.argv[1]), sys.argv[2])
