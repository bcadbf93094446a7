"""Invitation, offices, their links, and the office's own page."""

from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.events.listings import offer_all
from rakor.seats.letter_step import letter_step
from rakor.seats.listings import LISTINGS
from rakor.seats.routes import (
    answers,
    assignments,
    contacts,
    exceptions,
    invitations,
    letters,
    office_links,
    offices,
    opened,
    province_links,
    renewals,
    speaking,
    tickets,
)
from rakor.seats.routes.base import blueprint
from rakor.seats.steps import invitation_step
from rakor.web.nav import NavItem

NAV = (
    NavItem(_l("Undangan"), "seat", "seats.rules", EDITORS, 120, "seats.rules"),
    NavItem(_l("Surat undangan"), "file", "seats.letter", EDITORS, 121, "seats.letter"),
    NavItem(_l("Tautan kantor"), "link", "seats.office_links", REGISTRARS, 122, "seats.office_links"),
    NavItem(_l("Semua kantor"), "office", "seats.offices_page", EDITORS, 123, "seats.offices"),
)
SETUP_STEPS = (invitation_step, letter_step)
offer_all(blueprint, LISTINGS)

__all__ = [
    "NAV",
    "SETUP_STEPS",
    "answers",
    "assignments",
    "blueprint",
    "contacts",
    "exceptions",
    "invitations",
    "letters",
    "office_links",
    "offices",
    "opened",
    "province_links",
    "renewals",
    "speaking",
    "tickets",
]
