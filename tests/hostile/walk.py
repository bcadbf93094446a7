"""Everybody's browsers, every page they may open, every form on them, found by walking the URL map."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from rakor import clock
from rakor.accounts.routes import cookie_name as login_cookie
from rakor.attendance.store import checkpoints
from rakor.checkin import store as devices
from rakor.checkin.routes import cookie_name as desk_cookie
from rakor.db import db, transaction
from rakor.portal import cache, lobby
from rakor.reports import summary
from rakor.web.access import Scope, policy_of
from tests import make
from tests import world as worlds
from tests.conftest import Client, _empty_sqlite
from tests.hostile import rows
from tests.hostile.filling import Values, multipart
from tests.hostile.pages import HtmlForm, page_of
from tests.watcher import Watcher

EACH = int(os.environ.get("RAKOR_HOSTILE", "1"))
"""How many texts for each control; with RAKOR_HOSTILE=20 the walk takes an hour and misses little."""


@dataclass(frozen=True)
class Place:
    """A form as somebody finds it: who, on which page, under which name it is known."""

    who: str
    path: str
    key: str


@dataclass
class Seen:
    """What was looked up between one commit and the next: pages, and every row."""

    pages: dict[tuple[str, str], TestResponse] = field(default_factory=dict)
    stored: rows.Rows | None = None


@dataclass
class Walk:
    """The world with a browser for everybody; link holders and anonymous are named by purpose and "".

    ``wrote`` tells whether anything was committed since it was last asked; without it, it may always be so.
    """

    world: worlds.World
    browsers: dict[str, FlaskClient] = field(default_factory=dict)
    desk: str = ""
    wrote: Callable[[], bool] = lambda: True
    put_back: Callable[[], None] | None = None
    _dirty: bool = False
    _begun: Seen = field(default_factory=Seen)
    _since: Seen = field(default_factory=Seen)

    def browser(self, who: str) -> FlaskClient:
        """Return somebody's browser, the same each time."""
        if who not in self.browsers:
            client = self.browsers[who] = self.world.browser(who)
            if who in self.world.sessions and self.desk:
                with self.world.app.app_context():
                    client.set_cookie(desk_cookie(), self.desk, domain="localhost")
        return self.browsers[who]

    def prove(self, who: str) -> None:
        """Show the password; the session may get a new id by it."""
        self.browser(who).post("/login/proof", data={"password": make.PASSWORD})
        with self.world.app.app_context():
            name = login_cookie()
        cookie = self.browser(who).get_cookie(name)
        assert cookie is not None
        self.world.sessions[who] = cookie.value

    def keep(self) -> None:
        """Copy the SQLite file, to go back to it."""
        app = self.world.app
        if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
            with app.app_context():
                db.session.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
                db.session.remove()
            folder = app.config["RAKOR"].instance
            shutil.copy(folder / "rakor.sqlite3", folder / "hostile.sqlite3")

    def back(self) -> None:
        """Go back to the copy, with new browsers; nothing is copied where nothing was committed since."""
        if self.changed():
            (self.put_back or (lambda: _empty_sqlite(self.world.app, "hostile.sqlite3")))()
            self._dirty = False
        self.browsers.clear()

    def changed(self) -> bool:
        """Return whether anything was committed since the walk began, or went back to its beginning."""
        if self.wrote():
            self._dirty, self._since = True, Seen()
        return self._dirty

    def _looked_up(self) -> Seen:
        return self._since if self.changed() else self._begun

    def stored(self) -> rows.Rows:
        """Return what is stored now; read once between one commit and the next."""
        seen = self._looked_up()
        seen.stored = seen.stored or rows.snapshot(self.world.app)
        return seen.stored

    def pages(self) -> Iterator[tuple[str, str]]:
        """Yield every (who, path) of the own side that a GET may open."""
        for rule in sorted(self.world.app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if "GET" not in (rule.methods or set()):
                continue
            for who, token in self.holders(rule):
                path = self.path(rule, token)
                if path:
                    yield who, path

    def holders(self, rule: Rule) -> list[tuple[str, str]]:
        """Return who may open a rule, with the token that its URL needs."""
        policy = policy_of(self.world.app, rule.endpoint)
        assert policy is not None
        tokens = self.world.own.tokens
        if policy.scope is Scope.LINK:
            return [(f"{purpose} link", tokens[purpose]) for purpose in sorted(policy.purposes) if purpose in tokens]
        who = {Scope.PUBLIC: ["", "owner"], Scope.USER: ["owner"], Scope.INSTALLATION: ["admin"]}
        return [(one, "") for one in who.get(policy.scope, ["owner"])]

    def path(self, rule: Rule, token: str) -> str:
        """Return the URL of a rule; "" for one whose argument has no example (the matrix of access says so)."""
        try:
            return self.world.url(rule, self.world.own, token)
        except KeyError:
            return ""

    def get(self, who: str, path: str) -> TestResponse:
        return self.browser(who).get(path)

    def forms(self) -> Iterator[tuple[Place, HtmlForm]]:
        """Yield every different form once, with where it was found."""
        seen = set()
        for who, path in self.pages():
            answer = self.get(who, path)
            if answer.mimetype != "text/html":
                continue
            for form in page_of(answer.text).forms:
                key = self.key(form, path)
                if key not in seen:
                    seen.add(key)
                    yield Place(who, path, key), form

    def key(self, form: HtmlForm, path: str) -> str:
        """Name a form by the endpoint it posts to and the names of its fields."""
        adapter = self.world.app.url_map.bind("localhost")
        endpoint, _ = adapter.match(urlsplit(form.action or path).path, method=form.method.upper())
        names = sorted({name.rstrip("0123456789").split("-")[0] for name in form.fields})
        return f"{form.method} {endpoint} {' '.join(names)}"

    def again(self, place: Place) -> HtmlForm | None:
        """Return the form as it stands on its page now; None where it is gone.

        The page is asked for again when something was committed since: what was refused changed nothing on it.
        """
        at = (place.who, place.path)
        seen = self._looked_up()
        answer = seen.pages.get(at) or self.get(*at)
        if seen is self._looked_up():  # looking changed nothing
            seen.pages[at] = answer
        if answer.mimetype != "text/html":
            return None
        found = [form for form in page_of(answer.text).forms if self.key(form, place.path) == place.key]
        return found[0] if found else None

    def send(self, place: Place, form: HtmlForm, values: Values) -> TestResponse:
        """Send a form as a browser would, byte for byte."""
        path = form.action or place.path
        pairs = [(name, one) for name, many in values.items() for one in many]
        browser = self.browser(place.who)
        if form.method == "get":
            return browser.get(f"{urlsplit(path).path}?{urlencode(pairs, errors='surrogatepass')}")
        if form.multipart:
            return browser.post(path, data=multipart(form, pairs), content_type="multipart/form-data")
        body = urlencode(pairs, errors="surrogatepass").encode()
        return browser.post(path, data=body, content_type="application/x-www-form-urlencoded")


@contextmanager
def watched(walked: Walk) -> Iterator[Walk]:
    """Let a walk on SQLite know what is committed, so that it reads and copies only what changed."""
    with closing(Watcher(walked.world.app, "hostile.sqlite3")) as watcher:
        walked.wrote, walked.put_back = watcher.wrote, watcher.put_back
        yield walked


def postgres_wrote(app: Flask) -> Callable[[], bool]:
    """Tell by PostgreSQL's number of the next writer whether anything was committed since the last time."""
    seen = [""]

    def wrote() -> bool:
        with app.app_context(), db.engine.connect() as connection:
            now = connection.exec_driver_sql("SELECT pg_snapshot_xmax(pg_current_snapshot())::text").scalar_one()
        before, seen[0] = seen[0], now
        return before != now

    return wrote


def start(app: Flask) -> Walk:
    """Build the two events, open the browsers, and keep a copy of the database to go back to (SQLite)."""
    app.test_client_class = Client
    for kept in (cache, lobby, summary):  # under a clock that stands, what another test drew would stay
        kept.forget()
    with app.app_context():
        made = Walk(worlds.build(app))
        made.desk = _desk(made.world.own)
    made.prove("owner")
    made.prove("admin")
    made.browsers.clear()
    made.keep()
    return made


def _desk(side: worlds.Side) -> str:
    with transaction(unaudited="a desk for the walk"):
        place = checkpoints.ensure(side.event_id, now=clock.now())[0]
        ends_at = clock.now() + timedelta(days=2)
        _, token = devices.enrol(side.event_id, None, "Meja", place.id, now=clock.now(), expires_at=ends_at)
    return token
