"""The counter of statements sees what runs past SQLAlchemy, and leaves the engine as it was."""

from flask import Flask
from sqlalchemy import text

from rakor.db import db
from tests.counting import noted, statements


def ask(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("SELECT 1"))
        connection = db.session.connection().connection
        cursor = connection.cursor()
        cursor.execute("SELECT 2")
        cursor.close()
        db.session.rollback()


def test_both_ways_are_seen_and_only_meanwhile(app: Flask) -> None:
    assert statements(app, lambda: ask(app)) == ["SELECT 1", "SELECT 2"]
    with app.app_context():
        engine = db.engine
    with noted(engine) as seen:
        ask(app)
    ask(app)
    assert seen == ["SELECT 1", "SELECT 2"]
