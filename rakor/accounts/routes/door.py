"""What every page of the accounts stands behind: where to go afterwards."""

from flask import Blueprint
from werkzeug.wrappers import Response

from rakor.web.locale import safe_path

blueprint = Blueprint("accounts", __name__)

Page = str | Response | tuple[str, int]
AFTER_LOGIN = "/events"


def target(wanted: str | None) -> str:
    """Return the path to go to after a login: one of this site, and never the door itself."""
    path = safe_path(wanted or AFTER_LOGIN)
    return AFTER_LOGIN if path == "/" or path.split("?")[0] in ("/login", "/logout") else path
