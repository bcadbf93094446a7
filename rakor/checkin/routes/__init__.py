"""The device API and the pages of the desks."""

from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import DESKS
from rakor.attendance import jobs
from rakor.checkin.listings import LISTINGS
from rakor.checkin.routes import (
    api,
    document,
    enrolment,
    follow,
    installed,
    mine,
    names,
    pages,
    people,
    places,
    relays,
    walkins,
)
from rakor.checkin.routes.front import blueprint, cookie_name
from rakor.events.listings import offer_all
from rakor.web.nav import NavItem

NAV = (NavItem(_l("Meja"), "scan", "checkin.show_desks", DESKS, 210, "checkin."),)
offer_all(blueprint, LISTINGS)

__all__ = [
    "NAV",
    "api",
    "blueprint",
    "cookie_name",
    "document",
    "enrolment",
    "follow",
    "installed",
    "mine",
    "names",
    "pages",
    "people",
    "places",
    "relays",
    "walkins",
]
assert jobs  # the worker finds the handlers through this room
