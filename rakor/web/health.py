"""For machines that watch: alive, and able to answer from the database."""

from flask import Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from rakor.db import db

PLAIN = "text/plain; charset=utf-8"


def alive() -> Response:
    """200 as long as the process answers; touches no database."""
    return Response("ok\n", content_type=PLAIN)


def ready() -> Response:
    """200 when the database answers, else 503."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return Response("database does not answer\n", status=503, content_type=PLAIN)
    return Response("ok\n", content_type=PLAIN)
