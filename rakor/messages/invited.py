"""What a message keeps of a calendar's entry, and the file that is made of it again: the same bytes each time."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr

from rakor.calendar import store as calendars
from rakor.calendar.rules import Attendee, Content, Entry, Movement, content_of, invitation
from rakor.calendar.store import KeptEntry
from rakor.events.models import Event
from rakor.messages.letters import config


def details(entry: KeptEntry, why: Mapping[str, str]) -> dict[str, str]:
    """Return what a message keeps of an entry as it stands: UID, SEQUENCE, moment, and the hash of what it says."""
    return {
        "uid": entry.uid,
        "sequence": str(entry.kept.sequence),
        "content": entry.kept.content_hash.hex(),
        "at": entry.changed_at.isoformat(),
        **why,
    }


def content(event: Event, detail: Mapping[str, str]) -> Content | None:
    """Return what the entry of a message said; None where that is no longer known."""
    said = calendars.content(event.id, bytes.fromhex(detail["content"]))
    return content_of(said) if said is not None else None


def as_file(event: Event, detail: Mapping[str, str], invited: Attendee) -> bytes | None:
    """Return the calendar part of a message: the event's organiser invites, from the address that mails come from."""
    said = content(event, detail)
    if said is None:
        return None
    cancelled = detail["movement"] == Movement.CANCELLED
    entry = Entry(detail["uid"], said, datetime.fromisoformat(detail["at"]), int(detail["sequence"]), cancelled)
    return invitation(entry, Attendee(event.organizer, parseaddr(config().mail_from)[1]), invited)
