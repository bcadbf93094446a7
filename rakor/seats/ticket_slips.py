"""The tickets of an office as slips of paper: a person on several seats has one."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from markupsafe import Markup

from rakor.qr import qr_svg
from rakor.registrations import tickets
from rakor.registrations.rules import Mode
from rakor.seats import store


@dataclass(frozen=True)
class Slip:
    """One ticket: whose it is, for which seats, and its code as a picture and as text."""

    name: str
    roles: str
    mode: Mode | None
    qr: Markup
    code: str


def slips(event_id: UUID, office_id: UUID) -> list[Slip]:
    """Return the tickets of an office's people in protocol order; two queries."""
    held: dict[UUID, list[store.SeatLine]] = {}
    for line in store.seats_with_holders(event_id, [office_id]):
        if line.registration_id:
            held.setdefault(line.registration_id, []).append(line)
    epochs = store.ticket_epochs(event_id, held)
    found = []
    for who, lines in held.items():
        code = tickets.code_of(event_id, who, epochs[who])
        roles = ", ".join(_("mewakili %(role)s", role=x.label) if x.on_behalf else x.label for x in lines)
        found.append(Slip(lines[0].name, roles, lines[0].mode, qr_svg(code, _("Kode QR tiket")), code))
    return found
