"""The events of a person, and everything that sets one up."""

from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import EDITORS
from rakor.events.listings import offer_all
from rakor.events.own_lists import LISTINGS
from rakor.events.routes import (
    channels,
    cloning,
    exports,
    identity,
    leaders,
    listing,
    roles,
    settings,
    setup,
    team,
    theme,
)
from rakor.events.routes.page import blueprint
from rakor.web.nav import NavItem

NAV = (NavItem(_l("Pengaturan"), "settings", "events.show_setup", EDITORS, 115, "events."),)
offer_all(blueprint, LISTINGS)

__all__ = [
    "NAV",
    "blueprint",
    "channels",
    "cloning",
    "exports",
    "identity",
    "leaders",
    "listing",
    "roles",
    "settings",
    "setup",
    "team",
    "theme",
]
