"""The pages of the sources beside the desk."""

from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import REGISTRARS
from rakor.events.listings import offer_all
from rakor.sources import jobs
from rakor.sources.listings import LISTINGS
from rakor.sources.routes import openings, persons, screen, sessions, signing, together, zoom
from rakor.sources.routes.front import blueprint
from rakor.web.nav import NavItem

NAV = (NavItem(_l("Presensi"), "check-circle", "sources.show", REGISTRARS, 213, "sources."),)

offer_all(blueprint, LISTINGS)

__all__ = ["NAV", "blueprint", "openings", "persons", "screen", "sessions", "signing", "together", "zoom"]
assert jobs  # the worker finds the handlers through this room
