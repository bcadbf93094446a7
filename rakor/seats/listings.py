"""The lists of offices, links, contacts, seats and letters of assignment, as they leave as workbooks."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.events.listings import Listing
from rakor.seats import office_listings, seat_listings
from rakor.seats.letter_words import LINK_STATES
from rakor.seats.rules.ways import LinkState

OF_LINKS = ("q", "province", "state", "silent")
SAID: Mapping[str, Mapping[Any, Any]] = {
    "state": LINK_STATES,
    "silent": {"1": LINK_STATES[LinkState.SILENT]},
    "lacking": {"1": _l("Belum punya narahubung")},
}
"""The closed words of the filters, for the log of what left."""
PHONE_AND_EMAIL = ("phone", "email")
LISTINGS = {
    "office-links": Listing(
        "office_links", "tautan-kantor", _l("Tautan kantor"), "seats.office_links", REGISTRARS,
        office_listings.office_links, OF_LINKS, ("phone",), SAID,
    ),
    "office-links/seats": Listing(
        "all_seats", "kursi-dan-jawaban", _l("Kursi dan jawaban"), "seats.office_links", REGISTRARS,
        seat_listings.seats, OF_LINKS, words=SAID,
    ),
    "office-links/assignments": Listing(
        "assignments", "surat-tugas", _l("Surat tugas"), "seats.office_links", REGISTRARS, seat_listings.assignments
    ),
    "province-links": Listing(
        "province_links", "tautan-provinsi", _l("Tautan provinsi"), "seats.province_links", REGISTRARS,
        office_listings.province_links,
    ),
    "offices": Listing(
        "offices", "kantor", _l("Kantor"), "seats.offices_page", EDITORS,
        office_listings.all_offices, ("q",), PHONE_AND_EMAIL,
    ),
    "contacts": Listing(
        "contacts", "narahubung", _l("Narahubung kantor"), "seats.contacts", REGISTRARS, office_listings.contacts,
        ("q", "lacking"), PHONE_AND_EMAIL, SAID,
    ),
    "rules/exceptions": Listing(
        "exceptions", "pengecualian", _l("Pengecualian undangan"), "seats.rules", EDITORS, seat_listings.all_exceptions
    ),
    "rules/provinces": Listing(
        "preview", "kursi-per-provinsi", _l("Kursi per provinsi"), "seats.rules", EDITORS, seat_listings.preview
    ),
    "rules/changes": Listing(
        "changes", "perubahan-kursi", _l("Perubahan kursi"), "seats.rules", EDITORS, seat_listings.changes
    ),
}  # fmt: skip
"""The lists of this room by where they leave, below the event."""
