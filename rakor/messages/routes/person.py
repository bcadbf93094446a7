"""What was written to one person or speaker, beside what is known of them."""

from uuid import UUID

from flask import render_template

from rakor.accounts.rules import REGISTRARS
from rakor.events import store as events
from rakor.messages import campaigns, listing, words
from rakor.messages.rules import Kind
from rakor.web.access import principal

MOST = 100


def panel(event_id: UUID, recipient_id: UUID) -> str:
    """Return the part of a person's or speaker's page that lists every message to them, newest first."""
    rows = listing.to_recipient(event_id, recipient_id, MOST)
    return render_template(
        "messages/_person.html",
        event=events.event(event_id),
        rows=rows,
        subjects=listing.subjects(event_id, rows),
        may_open=principal().may(REGISTRARS),
        opted_out=campaigns.opted_out(event_id, recipient_id),
        kinds=words.KINDS,
        states=words.STATES,
        kind_of=Kind,
    )
