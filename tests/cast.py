"""The cast: named people whose access reads like a story."""

from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient

from rakor import audit, clock
from rakor.accounts import routes as accounts_routes
from rakor.accounts import store as accounts
from rakor.accounts.rules import Role
from rakor.db import transaction
from tests import make


@dataclass(frozen=True)
class Cast:
    """Sari owns the event, Rina works its desk, Lena leads, Joko has an account only, Admin runs the installation."""

    app: Flask
    institution_id: UUID
    event_id: UUID
    slug: str
    users: dict[str, UUID]

    def browser(self, name: str) -> FlaskClient:
        """Return a browser in which ``name`` (sari, rina, lena, joko, admin) is logged in."""
        with self.app.app_context():
            with transaction():
                token = accounts.start_session(self.users[name], now=clock.now())
            cookie = accounts_routes.cookie_name()
        client = self.app.test_client()
        client.set_cookie(cookie, token, domain="localhost")
        return client


def assemble(app: Flask) -> Cast:
    """Make the institution, the event and everybody; needs an app context."""
    with transaction():
        audit.record("test.assemble")
        institution = make.institution()
        event = make.event(institution.id)
        users = {name: make.user(name.title()).id for name in ("sari", "rina", "lena", "joko")}
        users["admin"] = make.user("Admin", is_admin=True).id
        make.grant(event.id, users["sari"], Role.OWNER)
        make.grant(event.id, users["rina"], Role.DESK)
        make.grant(event.id, users["lena"], Role.LEADER)
        found = Cast(app, institution.id, event.id, event.slug, users)
    return found
