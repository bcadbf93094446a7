"""The session in the browser: its cookie, Flask-Login's ``current_user``, and when a use of it is noted."""

import logging

from flask import Flask, current_app, g, request
from flask_login import LoginManager, UserMixin
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts import store
from rakor.accounts.rules import ABSOLUTE, TOUCH_AFTER, browser_name
from rakor.db import transaction
from rakor.web import access
from rakor.web.safety import UNSAFE

log = logging.getLogger(__name__)


class Person(UserMixin):  # type: ignore[misc]
    """Who is logged in, as Flask-Login wants it; everything else asks ``access.current_user()``."""

    def __init__(self, known: access.User) -> None:
        self.id, self.name, self.is_admin = known.id, known.name, known.is_admin


def install(app: Flask) -> None:
    """Join Flask-Login to our own server-side sessions, and note when a session is used."""
    manager = LoginManager()
    manager.session_protection = None  # a phone hops between hotel Wi-Fi and 4G
    app.login_manager = manager  # type: ignore[attr-defined]  # init_app would look for its "remember me" after each request

    @manager.request_loader  # type: ignore[untyped-decorator]
    def _load(_request: object) -> Person | None:
        known = access.principal().user
        return Person(known) if known else None

    app.after_request(_note_use)


def cookie_name() -> str:
    """Return the name of the session cookie: with the __Host- prefix under https (security.md §5)."""
    return "__Host-rakor" if current_app.config["RAKOR"].secure else "rakor"


def token() -> str | None:
    """Return the session token this browser carries."""
    return request.cookies.get(cookie_name())


def browser() -> str:
    """Return the name of this browser, such as "Chrome, Android"."""
    return browser_name(request.headers.get("User-Agent", ""))


def give(response: Response, new_token: str) -> Response:
    """Put a session's token into the browser."""
    secure = current_app.config["RAKOR"].secure
    age = int(ABSOLUTE.total_seconds())
    response.set_cookie(cookie_name(), new_token, max_age=age, path="/", httponly=True, samesite="Lax", secure=secure)
    response.headers["Cache-Control"] = "no-store"
    return response


def take(response: Response) -> Response:
    """Take the session's token out of the browser."""
    secure = current_app.config["RAKOR"].secure
    response.delete_cookie(cookie_name(), path="/", httponly=True, samesite="Lax", secure=secure)
    return response


def _note_use(response: Response) -> Response:
    """Note a use at most every five minutes: what a person does or opens, never what a page asks by itself.

    This is the one write that may follow a GET: without it whoever only reads would be idle.
    """
    user = access.principal().user
    opened = request.headers.get("Sec-Fetch-Mode") == "navigate"
    if user is None or user.seen_at is None or not (opened or request.method in UNSAFE):
        return response
    now = clock.now()
    if now - user.seen_at < TOUCH_AFTER or g.get("session_over"):
        return response
    try:
        with transaction(unaudited="the last use of a session"):
            store.touch_session(user.session_id, now=now)
    except OperationalError:
        log.exception("a session's use was not noted")
    return response
