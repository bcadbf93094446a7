"""The words that stand on a person's ticket."""

from flask_babel import gettext as _

from rakor.events.models import Event
from rakor.portal.me_view import Me
from rakor.registrations.rules import Mode
from rakor.registrations.ticket_picture import TicketFace
from rakor.registrations.words import MODES_EXPLAINED
from rakor.web import times
from rakor.web.locale import language


def ticket_face(me: Me, event: Event) -> TicketFace:
    """Return what the ticket says, in the language of the page."""
    venue = ", ".join(part for part in (event.venue, event.city) if part)
    return TicketFace(
        event=event.title,
        when=times.plain(times.date_range(event.starts_on, event.ends_on, language())),
        where=venue if me.mode is Mode.ONSITE else str(MODES_EXPLAINED[me.mode]),
        name=me.name,
        post=me.post,
        office=me.office,
        mode=str(MODES_EXPLAINED[me.mode]) if me.mode is Mode.ONSITE else "",
        code=me.code,
        hint=_("Tunjukkan di meja registrasi, atau kepada operator nonton bareng. Jangan dibagikan."),
    )
