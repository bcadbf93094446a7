"""Between password and code: a signed, short-lived word that the password fitted. It is no session."""

from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import render_template
from itsdangerous import BadSignature, URLSafeSerializer

from rakor import clock, crypto
from rakor.accounts import store
from rakor.accounts.forms import LoginCodeForm
from rakor.accounts.models import User
from rakor.accounts.routes.door import Page

HOLDS = timedelta(minutes=5)


def ask_code(user: User, path: str) -> Page:
    """Ask for the code of somebody whose password fits; ``path`` is where to go afterwards."""
    form = LoginCodeForm()
    said = [user.id.hex, _mark(user), int(clock.now().timestamp())]
    form["ticket"].data, form["next"].data = _signed().dumps(said), path
    return render_template("accounts/login_code.html", form=form)


def holder(ticket: str) -> User | None:
    """Return whose password fitted within five minutes; None for anything else."""
    try:
        said: Any = _signed().loads(ticket)
    except BadSignature:
        return None
    user = store.user(UUID(said[0]))
    fresh = timedelta() <= timedelta(seconds=clock.now().timestamp() - said[2]) < HOLDS
    lives = user is not None and user.disabled_at is None and user.totp_secret is not None
    return user if user is not None and lives and fresh and said[1] == _mark(user) else None


def _signed() -> URLSafeSerializer:
    return URLSafeSerializer(crypto.derive("login ticket"), salt="second step")


def _mark(user: User) -> str:
    """Return what dies with the password: a ticket from before a new one is worth nothing."""
    return sha256(user.password_hash.encode()).hexdigest()[:16]
