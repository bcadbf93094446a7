"""Bahan rilis: an event's facts in sentences that every office can copy; the reader's own office leads where named."""

from dataclasses import dataclass

from sqlalchemy import select

from rakor.agenda.store import ItemView, PersonView
from rakor.db import db
from rakor.events.models import Event
from rakor.events.rules import ChannelKind, EventMode
from rakor.offices.models import Office
from rakor.portal.press import PressFacts, PressItem, PressPerson, Via, paragraphs
from rakor.portal.public import PublicEvent
from rakor.registrations.rules import fold, matches, search_key
from rakor.web import times
from rakor.web.times import Language

LONGEST_QUESTION = 80
MOST_ANSWERS = 8
SPOKEN = Language.ID  # a release is written in the language of the programme


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the page: a day, an office by name or code, and how it followed."""

    day: str
    office: str
    via: Via


def asked(day: str, office: str, via: str) -> Asked:
    """Return the question, cut to size; an unknown way of following is online."""
    return Asked(day[:10], office[:LONGEST_QUESTION].strip(), Via(via) if via in set(Via) else Via.ONLINE)


def offices_named(event: Event, wanted: str) -> list[str]:
    """Return the names of the institution's offices that a code or some words may mean: one where it is clear."""
    if not fold(wanted):
        return []
    query = select(Office.code, Office.name, Office.short_name).where(Office.institution_id == event.institution_id)
    rows = db.session.execute(query.order_by(Office.sort_key)).all()
    said = fold(wanted)
    exact = [row.short_name for row in rows if wanted == row.code or said in (fold(row.name), fold(row.short_name))]
    loose = [row.short_name for row in rows if matches(wanted, search_key(row.name, row.short_name))]
    return (exact or loose)[:MOST_ANSWERS]


def text(found: PublicEvent, office: str, via: Via) -> list[str]:
    """Return the release, sentence by sentence, in Indonesian."""
    return [times.plain(part) for part in paragraphs(_facts(found), office, via)]


def schedule(found: PublicEvent) -> list[str]:
    """Return the open programme as lines to copy, day by day, each time with its zone."""
    lines: list[str] = []
    for day in found.days:
        items = found.of_day(day.held_on)
        lines += [times.date_long(day.held_on, SPOKEN)] if items else []
        lines += [_line(item, found.event.zone) for item in items]
    return [times.plain(line) for line in lines]


def _line(item: ItemView, zone: str) -> str:
    at = times.span(item.starts_at, item.ends_at, zone, SPOKEN)
    people = "; ".join(press_person(person).shown() for person in item.speakers)
    return f"{at}: {item.title}{f' ({people})' if people else ''}"


def _facts(found: PublicEvent) -> PressFacts:
    event = found.event
    online = event.mode is not EventMode.ONSITE
    zoom = any(one.kind is ChannelKind.ZOOM for one in found.all_channels)
    return PressFacts(
        organizer=event.organizer,
        title=event.title,
        theme=event.theme.rstrip("."),
        dates=times.date_range(event.starts_on, event.ends_on, SPOKEN),
        place=", ".join(part for part in (event.venue, event.city) if part),
        channel=("Zoom" if zoom else "kanal daring") if online else "",
        items=tuple(_item(item) for item in found.items),
        counted=_counted(found),
    )


def _item(item: ItemView) -> PressItem:
    said, led = (tuple(map(press_person, people)) for people in (item.speakers, item.moderators))
    return PressItem(item.title, item.topic, said, led)


def press_person(person: PersonView) -> PressPerson:
    """Return a speaker as the release names them."""
    return PressPerson(person.name, person.post, person.organization)


def _counted(found: PublicEvent) -> str:
    count = found.numbers.count
    if not found.numbers.focus or not count.invited:
        return ""
    at = times.when(found.numbers.counted_at, found.event.zone, SPOKEN)
    part, whole = (times.number(value, SPOKEN) for value in (count.present, count.invited))
    return f"Hingga {at}, hadir {part} dari {whole} kursi undangan."
