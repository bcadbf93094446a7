"""The measure: a bare Flask app that does one durable insert per request, under the same server and the same turn.

The turn is what rakor's writers of one event wait for: the lock of a file on SQLite, of the event's row on PostgreSQL.
"""

import os
from argparse import ArgumentParser
from uuid import UUID

from flask import Flask, Response, request
from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table, Uuid, create_engine, insert, select

from rakor import clock
from rakor.engine import engine_options, lock_path, prepare_engine, turn, writing
from rakor.serve.web import Server, settings_of

metadata = MetaData()
scans = Table(
    "bare_scan",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("ref", String(24), nullable=False),
    Column("at", DateTime(), nullable=False),
)
turns = Table("bare_turn", metadata, Column("id", Integer(), primary_key=True))
TURN = select(turns.c.id).where(turns.c.id == 1).with_for_update()


def create_app() -> Flask:
    """Return the app for the database in BARE_DATABASE_URL."""
    url = os.environ["BARE_DATABASE_URL"]
    app = Flask("bare")
    app.extensions["rakor.turn"] = lock_path(url)
    options = engine_options(url)
    options["connect_args"].pop("prepare_threshold", None)  # rakor's own way: here the driver prepares by itself
    engine = create_engine(url, **options)
    prepare_engine(engine)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(turns), {"id": 1})
    engine.dispose()
    by_row = app.extensions["rakor.turn"] is None

    @app.post("/insert")
    def add() -> Response:
        said = request.get_json()
        row = {"id": UUID(said["scan_id"]), "ref": said["ref"], "at": clock.now().replace(tzinfo=None)}
        with turn(app.extensions["rakor.turn"]):
            token = writing.set(True)
            try:
                with engine.begin() as connection:
                    if by_row:
                        connection.execute(TURN)
                    connection.execute(insert(scans), row)
            finally:
                writing.reset(token)
        return Response('{"status":"stored"}', mimetype="application/json")

    return app


def main() -> None:
    """Serve it as ``rakor web`` serves rakor; the engine is made anew in each worker."""
    parser = ArgumentParser()
    parser.add_argument("--host")
    for name in ("--port", "--workers", "--threads"):
        parser.add_argument(name, type=int)
    parser.set_defaults(tls=None)
    chosen = parser.parse_args()
    settings = settings_of(chosen) | {"preload_app": False, "post_fork": lambda server, worker: None}
    Server(create_app(), settings).run()


if __name__ == "__main__":
    main()
