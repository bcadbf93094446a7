"""Campaigns, the outbox, rounds by WhatsApp, and what a person may say about broadcasts."""

from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import REGISTRARS
from rakor.events.listings import offer_all
from rakor.messages import campaign_letters, invitations, occasions, seats_changed, sending, taken_back, to_speakers
from rakor.messages.listings import LISTINGS
from rakor.messages.routes import broadcasts, campaigns, outbox, rounds
from rakor.messages.routes.base import blueprint
from rakor.messages.routes.person import panel as person_panel
from rakor.web.nav import NavItem

NAV = (NavItem(_l("Pesan"), "mail", "messages.campaigns", REGISTRARS, 140, "messages."),)
offer_all(blueprint, LISTINGS)

__all__ = [
    "NAV",
    "blueprint",
    "broadcasts",
    "campaign_letters",
    "campaigns",
    "invitations",
    "occasions",
    "outbox",
    "person_panel",
    "rounds",
    "seats_changed",
    "sending",
    "taken_back",
    "to_speakers",
]
