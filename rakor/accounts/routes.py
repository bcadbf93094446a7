"""Log in, log out, see and end one's sessions."""

from flask import Blueprint, current_app

blueprint = Blueprint("accounts", __name__)


def cookie_name() -> str:
    """Return the name of the session cookie: with the __Host- prefix under https (security.md §5)."""
    return "__Host-rakor" if current_app.config["RAKOR"].secure else "rakor"
