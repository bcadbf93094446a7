"""The agenda through HTTP: the board of a day, its items and rooms, published versions, sheets."""

from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import READERS
from rakor.agenda.listings import LISTINGS
from rakor.agenda.routes import board, days, items, publishing, rooms, rundown
from rakor.agenda.routes.page import blueprint as blueprint
from rakor.agenda.steps import agenda_step
from rakor.events.listings import offer_all
from rakor.web.nav import NavItem

assert board
assert days
assert items
assert publishing
assert rooms
assert rundown

NAV = (NavItem(_l("Agenda"), "calendar", "agenda.index", READERS, 30, "agenda."),)
SETUP_STEPS = (agenda_step,)
offer_all(blueprint, LISTINGS)
