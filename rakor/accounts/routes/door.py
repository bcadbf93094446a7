"""What every page of the accounts stands behind: the limits of trying, and where to go afterwards."""

from datetime import timedelta

from flask import Blueprint
from werkzeug.wrappers import Response

from rakor.web import limits
from rakor.web.locale import safe_path

blueprint = Blueprint("accounts", __name__)

Page = str | Response | tuple[str, int]
AFTER_LOGIN = "/events"
WINDOW = timedelta(minutes=15)
# ten desks share one account behind one hotel address; a guesser gets no further than they do
TRIES_PER_ACCOUNT_AND_NETWORK = 20
# the same account from many networks: a guesser who moves about
TRIES_PER_ACCOUNT = 100
# a hall of 500 phones is one network: this stops a flood, not a crowd
TRIES_PER_NETWORK = 1000


def target(wanted: str | None) -> str:
    """Return the path to go to after a login: one of this site, and never the door itself."""
    path = safe_path(wanted or AFTER_LOGIN)
    return AFTER_LOGIN if path == "/" or path.split("?")[0] in ("/login", "/logout") else path


def may_try(email: str) -> bool:
    """Count one try of a password and return False where there were too many."""
    network = limits.client_network()
    return (
        limits.allowed("login.network", network, limit=TRIES_PER_NETWORK, per=WINDOW)
        and limits.allowed("login", f"{email}\x00{network}", limit=TRIES_PER_ACCOUNT_AND_NETWORK, per=WINDOW)
        and limits.allowed("login.account", email, limit=TRIES_PER_ACCOUNT, per=timedelta(hours=1))
    )
