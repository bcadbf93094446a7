"""Badges: who gets one and what stands on it, the numbers people keep, what was printed last."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, update

from rakor import audit, crypto
from rakor.db import db
from rakor.documents.models import Badge
from rakor.documents.rules import ListRow, arrange
from rakor.documents.rules.badges import BadgeChoice, BadgeHead, Face
from rakor.documents.store import badge_photos
from rakor.documents.store.heads import logo_of
from rakor.documents.store.people import OwnRole, lies_in, list_row, people
from rakor.events import store as events
from rakor.events.models import Event, EventRole
from rakor.offices.models import Office
from rakor.registrations.models import Registration
from rakor.registrations.rules import HOLDS_PLACE, Mode
from rakor.registrations.tickets import code_of

WITHOUT_ROLE = "Peserta"


def badge_head(event: Event) -> BadgeHead:
    """Return what all badges of an event share."""
    organizer = (events.identity(event.id).letterhead or event.organizer).splitlines()[:1]
    return BadgeHead(event.title, "".join(organizer), logo_of(event.id), event.demo_world is not None)


def badge(event_id: UUID, registration_id: UUID) -> Badge | None:
    """Return the badge that a person has a number for, or None."""
    return db.session.get(Badge, (event_id, registration_id), populate_existing=True)


def faces(event: Event, choice: BadgeChoice) -> list[Face]:
    """Return who the choice leaves, in protocol order, each once; who holds no place of the event has no badge."""
    holders = db.session.execute(_holders(event.id, choice)).all()
    chosen = {row.id for row in holders if _chosen(row, choice, event)}
    found = [row for row in holders if row.id in chosen]
    rows = [list_row(row, {}) for row in found]
    first = {str(row.id): row for row in sorted(found, key=_seat_order, reverse=True)}
    had = {row.registration_id: row for row in db.session.scalars(select(Badge).where(Badge.event_id == event.id))}
    photos = badge_photos.photo_ids(event.id)
    made = [_face(event.id, line, first[line.person], had, photos) for line in arrange(rows).rows]
    return [face for face in made if not choice.only_new or says_else(had.get(face.registration_id), face)]


def says_else(row: Badge | None, face: Face) -> bool:
    """True where somebody has no printed badge yet, or one that says something else."""
    return row is None or row.face != _hashed(face)


def give_numbers(event_id: UUID, found: Iterable[Face]) -> list[Face]:
    """Return the faces with their numbers; who has none gets the next one and keeps it. Needs the event's turn."""
    events.locked_event(event_id)
    query = select(Badge.registration_id, Badge.number).where(Badge.event_id == event_id)
    known = {row[0]: row[1] for row in db.session.execute(query)}
    last = max(known.values(), default=0)
    numbered = []
    for face in found:
        if face.registration_id not in known:
            last += 1
            known[face.registration_id] = last
            db.session.add(Badge(event_id=event_id, registration_id=face.registration_id, number=last))
        numbered.append(replace(face, number=known[face.registration_id]))
    return numbered


def note_printed(event_id: UUID, printed: Sequence[Face], *, now: datetime) -> None:
    """Note on each badge that it was printed, and with which words."""
    rows = [
        {"event_id": event_id, "registration_id": face.registration_id, "face": _hashed(face), "printed_at": now}
        for face in printed
    ]
    if rows:
        db.session.execute(update(Badge), rows)
    for face in printed if len(printed) == 1 else ():
        audit.record(
            "badge.print", event_id=event_id, object_kind="registration", object_id=face.registration_id, fields=["qr"]
        )


def badge_counts(event_id: UUID) -> tuple[int, datetime | None]:
    """Return how many badges were printed at least once, and when the last one was."""
    query = select(func.count(), func.max(Badge.printed_at)).where(Badge.event_id == event_id, Badge.face.is_not(None))
    count, last = db.session.execute(query).one()
    return count, last


def _holders(event_id: UUID, choice: BadgeChoice) -> Any:
    """Select who holds a place of the event, once for each seat they hold; of a choice of one person only that one."""
    more = (
        *(Registration.epoch, EventRole.id.label("seat_role_id"), EventRole.colour, EventRole.short_name),
        *(OwnRole.id.label("own_role_id"), OwnRole.colour.label("own_colour")),
        *(OwnRole.short_name.label("own_short_name"), Office.id.label("seat_office_id"), Registration.office_id),
    )
    query = people(event_id, *more).where(Registration.state.in_(HOLDS_PLACE))
    return query.where(Registration.id == choice.registration_id) if choice.registration_id else query


def _chosen(row: Row[*tuple[Any, ...]], choice: BadgeChoice, event: Event) -> bool:
    if choice.registration_id is not None:
        return True
    region = (row.province_code, row.regency_code)
    return (
        (choice.with_online or row.mode is not Mode.ONLINE)
        and (choice.role_id is None or choice.role_id in (row.seat_role_id, row.own_role_id))
        and (choice.office_id is None or choice.office_id in (row.seat_office_id, row.office_id))
        and lies_in(region, choice.province_code, event)
    )


def _seat_order(row: Row[*tuple[Any, ...]]) -> tuple[Any, ...]:
    seated = row.number is not None
    return (0, row.sort_key, row.position, row.number) if seated else (1, "", 0, 0)


def _face(
    event_id: UUID, line: ListRow, row: Row[*tuple[Any, ...]], had: dict[UUID, Badge], photos: dict[UUID, UUID]
) -> Face:
    seated = row.number is not None
    named = (row.short_name or row.seat_role) if seated else (row.own_short_name or row.own_role)
    known = had.get(row.id)
    return Face(
        registration_id=row.id,
        name=line.shown_name,
        post=line.post,
        office=line.office,
        role=named or WITHOUT_ROLE,
        colour=row.colour if seated else row.own_colour,
        code=code_of(event_id, row.id, row.epoch),
        number=known.number if known else 0,
        photo=photos.get(row.id),
    )


def _hashed(face: Face) -> bytes:
    return crypto.blind_index("badge", face.words)


def offices_with_people(event_id: UUID) -> list[tuple[UUID, str]]:
    """Return the offices whose people hold a place of the event, in protocol order: id and name."""
    here = select(Registration.office_id).where(Registration.event_id == event_id, Registration.state.in_(HOLDS_PLACE))
    query = select(Office.id, Office.name).where(Office.id.in_(here)).order_by(Office.sort_key)
    return [(row[0], row[1]) for row in db.session.execute(query)]
