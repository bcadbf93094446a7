"""Whether anything was written to the world of a walk."""

from flask import Flask

from rakor.db import db
from tests.conftest import _empty_sqlite


class Watcher:
    """Sees each commit to the world's database by another connection; opened anew when the world is put back."""

    def __init__(self, app: Flask, image: str = "world.sqlite3") -> None:
        self.app, self.image = app, image
        self._open()

    def wrote(self) -> bool:
        """Return whether anything was committed since it was last asked."""
        seen, now = self._seen, self._version()
        self._seen = now
        return seen != now

    def put_back(self) -> None:
        """Let the world be as it was when the walk began."""
        self.close()
        _empty_sqlite(self.app, self.image)
        self._open()

    def close(self) -> None:
        """Let go of the file: SQLite must not have it open when another is put in its place."""
        self._connection.invalidate()
        self._connection.close()

    def _open(self) -> None:
        with self.app.app_context():
            self._connection = db.engine.connect()
        self._seen = self._version()

    def _version(self) -> int:
        found: int = self._connection.exec_driver_sql("PRAGMA data_version").scalar_one()
        self._connection.rollback()
        return found
