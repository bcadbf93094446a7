"""Bahan rilis: the event in sentences that every office can copy, with names, posts, topics and dates as they are."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from rakor.agenda.store import ItemView, PersonView
from rakor.db import db
from rakor.events.rules import EventMode
from rakor.offices.models import Office
from rakor.portal.public import PublicEvent
from rakor.seats.models import Seat
from rakor.web import times
from rakor.web.locale import language


@dataclass(frozen=True)
class OfficeChoice:
    """An office a reader may write for."""

    code: str
    name: str


def offices(event_id: UUID) -> list[OfficeChoice]:
    """Return the invited offices in protocol order."""
    invited = select(Seat.office_id).where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None))
    query = select(Office.code, Office.short_name).where(Office.id.in_(invited)).order_by(Office.sort_key)
    return [OfficeChoice(code, name) for code, name in db.session.execute(query)]


def sentences(found: PublicEvent, office: OfficeChoice | None) -> list[str]:
    """Return the release, sentence by sentence; the first is about the reader's own office where one is chosen."""
    lead = [_lead(found, office)] if office else []
    theme = [_("Temanya “%(theme)s”.", theme=found.event.theme.rstrip("."))] if found.event.theme else []
    told = [sentence for item in found.items if (sentence := _item(item))]
    return [times.plain(text) for text in (*lead, _opening(found), *theme, *told, *_numbers(found))]


def _dates(found: PublicEvent) -> str:
    return times.date_range(found.event.starts_on, found.event.ends_on, language())


def _lead(found: PublicEvent, office: OfficeChoice) -> str:
    values = {"office": office.name, "title": found.event.title, "dates": _dates(found)}
    if found.event.mode is EventMode.ONSITE:
        return _("%(office)s mengikuti %(title)s, %(dates)s.", **values)
    return _("%(office)s mengikuti %(title)s melalui Zoom, %(dates)s.", **values)


def _opening(found: PublicEvent) -> str:
    event = found.event
    place = ", ".join(part for part in (event.venue, event.city) if part)
    values = {"organizer": event.organizer, "title": event.title, "place": place, "dates": _dates(found)}
    if event.mode is EventMode.ONLINE or not place:
        return _("%(organizer)s menyelenggarakan %(title)s secara daring, %(dates)s.", **values)
    if event.mode is EventMode.HYBRID:
        return _("%(organizer)s menyelenggarakan %(title)s di %(place)s dan secara daring, %(dates)s.", **values)
    return _("%(organizer)s menyelenggarakan %(title)s di %(place)s, %(dates)s.", **values)


def _item(item: ItemView) -> str:
    if not item.speakers:
        return ""
    who = _(" dan ").join(titled(person) for person in item.speakers)
    if item.topic:
        return _("%(title)s, “%(topic)s”, disampaikan %(who)s.", title=item.title, topic=item.topic, who=who)
    return _("%(title)s disampaikan %(who)s.", title=item.title, who=who)


def titled(person: PersonView) -> str:
    """Return a person's name with post and organisation; an organisation that the post names is not said twice."""
    parts = [person.name, person.post]
    if person.organization and person.organization.casefold() not in person.post.casefold():
        parts.append(person.organization)
    return ", ".join(part for part in parts if part)


def _numbers(found: PublicEvent) -> list[str]:
    count = found.numbers.count
    if not found.numbers.focus or not count.invited:
        return []
    at = times.when(found.numbers.counted_at, found.event.zone, language())
    part, whole = (times.number(value, language()) for value in (count.present, count.invited))
    return [_("Hingga %(at)s, hadir %(part)s dari %(whole)s kursi undangan.", at=at, part=part, whole=whole)]
