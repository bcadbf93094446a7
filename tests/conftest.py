"""Fixtures: the app on both databases, a frozen clock, and the cast."""

import gc
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, Playwright
from sqlalchemy import text

from rakor import clock, config
from rakor.app import create_app
from rakor.db import Base, db
from tests import cast
from tests.chromium import CHROMIUM, QUIET
from tools import postgres

MOMENT = datetime(2026, 11, 24, 1, 55, tzinfo=UTC)  # Tuesday, 08.55 WIB: the moment of the pictures
SECRET = bytes(range(32))
COMPILED = Path(__file__).resolve().parent.parent / ".pytest_cache" / "compiled"
EMPTIES = "CREATE FUNCTION empty() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {every}; END $$"
os.environ["RAKOR_COMPILED"] = str(COMPILED)  # for the servers and commands that tests start


def in_memory(folder: Path = Path("/dev/shm"), room: int = 4 << 30) -> bool:
    """True where ``folder`` takes what tests write: SQLite waits a millisecond for a disk at every commit."""
    if not os.access(folder, os.W_OK):
        return False
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize >= room and not found.f_flag & os.ST_NOEXEC


if in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

hypothesis_settings.register_profile("rakor", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis_settings.load_profile("rakor")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """One real PostgreSQL per test process."""
    with postgres.server() as running:
        yield running


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported by now stays for good: looking through it for garbage again and again costs a twentieth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def settings(instance: Path, url: str) -> config.Config:
    return config.Config(
        instance=instance, database_url=url, secret=SECRET, testing=True, base_url="http://localhost", compiled=COMPILED
    )  # fmt: skip


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("sqlite")
    app = create_app(settings(folder, f"sqlite:///{folder / 'rakor.sqlite3'}"))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        db.session.remove()
        db.engine.dispose()
    shutil.copy(folder / "rakor.sqlite3", folder / "empty.sqlite3")
    return app


@pytest.fixture(scope="session")
def postgres_app(tmp_path_factory: pytest.TempPathFactory, postgres_server: postgres.Server) -> Flask:
    url = postgres.create_database(postgres_server, f"rakor_{os.getpid()}")
    app = create_app(settings(tmp_path_factory.mktemp("postgres"), url))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with db.engine.begin() as connection:
            connection.execute(text(EMPTIES.format(every=_every_row())))
    return app


def _every_row() -> str:
    return "; ".join(f'DELETE FROM "{table.name}"' for table in reversed(Base.metadata.sorted_tables))


def _empty_sqlite(app: Flask, image: str = "empty.sqlite3") -> None:
    folder = app.config["RAKOR"].instance
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    for ending in ("-wal", "-shm"):
        (folder / f"rakor.sqlite3{ending}").unlink(missing_ok=True)
    shutil.copy(folder / image, folder / "rakor.sqlite3")


def _empty_postgres(app: Flask) -> None:
    """TRUNCATE makes a new file for every table, 30 times the cost of deleting the few rows of a test; a function keeps
    its plans.
    """
    with app.app_context():
        db.session.remove()
        with db.engine.begin() as connection:
            connection.execute(text("SELECT empty()"))


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The application on an empty database: every test that uses it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        made: Flask = request.getfixturevalue("sqlite_app")
        _empty_sqlite(made)
    else:
        made = request.getfixturevalue("postgres_app")
        _empty_postgres(made)
    yield made
    with made.app_context():
        db.session.remove()


@pytest.fixture
def lite(sqlite_app: Flask) -> Flask:
    """The application on an empty SQLite database, for tests whose subject is not the database."""
    _empty_sqlite(sqlite_app)
    return sqlite_app


@pytest.fixture
def moment() -> Iterator[datetime]:
    """Hold every clock of the process at Tuesday 24 November 2026, 08.55 WIB."""
    with clock.freeze(MOMENT, everywhere=True):
        yield MOMENT


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium without calls home; one Playwright serves every browser test of a process."""
    browser = playwright.chromium.launch(executable_path=str(CHROMIUM), chromium_sandbox=False, args=QUIET)
    yield browser
    browser.close()


class Client(FlaskClient):
    """A browser of this origin: it says so on every request, as browsers do."""

    def open(self, *args: object, **kwargs: object):  # type: ignore[no-untyped-def]
        headers = dict(kwargs.pop("headers", None) or {})  # type: ignore[call-overload]
        headers.setdefault("Sec-Fetch-Site", "same-origin")
        return super().open(*args, headers=headers, **kwargs)  # type: ignore[arg-type]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """An anonymous browser."""
    app.test_client_class = Client
    return app.test_client()


@pytest.fixture
def people(app: Flask) -> cast.Cast:
    """Sari organises the event, Rina works the desk, Joko has an account and no business here."""
    app.test_client_class = Client
    with app.app_context():
        return cast.assemble(app)
