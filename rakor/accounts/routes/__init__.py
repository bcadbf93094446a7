"""Log in, log out, see and end one's sessions, choose a password."""

from rakor.accounts import session
from rakor.accounts.routes import everybody, login, own, second
from rakor.accounts.routes.door import blueprint
from rakor.accounts.session import cookie_name

blueprint.record_once(lambda state: session.install(state.app))  # type: ignore[arg-type]

__all__ = ["blueprint", "cookie_name", "everybody", "login", "own", "second"]
