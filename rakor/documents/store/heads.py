"""The head of a list: the event, the day or session, the letterhead and who signs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from rakor import files
from rakor.agenda import store as agenda
from rakor.db import db
from rakor.documents.rules import Approval, Choice, ListHead, Variant
from rakor.events import store as events
from rakor.events.models import Event, EventDay, EventIdentity
from rakor.events.rules import ChannelKind
from rakor.offices.models import Office
from rakor.regions import rules as regions

LOGO = "logo"


def list_head(
    event: Event, choice: Choice, *, counted_at: datetime, variant: Variant = Variant.BLANK
) -> ListHead:
    """Return the head of a list; raises LookupError when its day or session is no longer there."""
    day = db.session.scalar(select(EventDay).where(EventDay.event_id == event.id, EventDay.id == choice.day_id))
    if day is None:
        raise LookupError("the day of this list is gone")
    session, starts_at, ends_at = _times(event.id, choice, day.held_on)
    identity = events.identity(event.id)
    lines = tuple(line for line in (identity.letterhead or event.organizer).splitlines() if line.strip())
    return ListHead(
        kind=choice.kind,
        event_title=event.title,
        event_short_title=event.short_title,
        day=day.held_on,
        zone=event.zone,
        counted_at=counted_at,
        letterhead=lines,
        logo=logo_of(event.id),
        session=session,
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue_words(event),
        province=regions.reference().province(choice.province_code).short_name if choice.province_code else "",
        office=_office(choice.office_id),
        variant=variant,
        approval=_approval(identity),
        demo=event.demo_world is not None,
    )


def _office(office_id: UUID | None) -> str:
    return db.session.scalar(select(Office.short_name).where(Office.id == office_id)) or "" if office_id else ""


def logo_of(event_id: UUID) -> bytes:
    """Return the picture of an event's letterhead; empty for none."""
    wanted = events.identity(event_id).logo_file_id
    kept = files.read(event_id, wanted, LOGO) if wanted else None
    return kept.content if kept else b""


def _times(event_id: UUID, choice: Choice, held_on: date) -> tuple[str, datetime | None, datetime | None]:
    """Return the session's name with its times, or no name with the first and last time of the day, as published."""
    if choice.item_id is not None:
        item = agenda.published(event_id, choice.item_id)
        if item is None:
            raise LookupError("the session of this list is gone")
        return item.title, item.starts_at, item.ends_at
    of_day = [item for item in agenda.programme(event_id, agenda.EVERYTHING) if item.held_on == held_on]
    begins = [item.starts_at for item in of_day if item.starts_at]
    ends = [item.ends_at for item in of_day if item.ends_at]
    return "", min(begins, default=None), max(ends, default=None)


def venue_words(event: Event) -> str:
    """Return "Hotel Contoh, Bogor, dan Zoom": the place, and the ways to follow from afar."""
    place = ", ".join(filter(None, (event.venue, event.city)))
    kinds: set[ChannelKind] = {channel.kind for channel in events.channels(event.id)}
    afar = [word for kind, word in ((ChannelKind.ZOOM, "Zoom"), (ChannelKind.YOUTUBE, "YouTube")) if kind in kinds]
    if not place:
        return " dan ".join(afar)
    return f"{place}, dan {' dan '.join(afar)}" if afar else place


def _approval(identity: EventIdentity) -> Approval | None:
    if not identity.signatory_name and not identity.signatory_post:
        return None
    return Approval(identity.signatory_post, identity.signatory_name, identity.signatory_nip or "")
