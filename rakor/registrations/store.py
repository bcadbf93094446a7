"""Registrations in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, bindparam, select, union_all
from sqlalchemy.orm import make_transient_to_detached

from rakor import audit, crypto
from rakor.db import db
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import AccessLink, LinkPurpose
from rakor.prepared import Insert, Prepared
from rakor.regions.rules import reference
from rakor.registrations import tickets
from rakor.registrations.models import Registration, RegistrationSource, Ticket
from rakor.registrations.rules import HOLDS_PLACE, Mode, PersonName, RegistrationState, email, fold, search_key
from rakor.registrations.rules.work import Employment

LIVING = HOLDS_PLACE | {RegistrationState.APPLIED, RegistrationState.WAITING}
"""States of somebody who comes or wants to come."""


_BY_KEY = Prepared(
    select(Registration.id).where(
        Registration.event_id == bindparam("of_event"), Registration.idempotency_key == bindparam("key")
    )
)
_AGE = (Registration.created_at, Registration.id)


def _found_by(index: ColumnElement[bool]) -> Select[datetime, UUID, str, RegistrationState]:
    columns = (*_AGE, Registration.name, Registration.state)
    return select(*columns).where(Registration.event_id == bindparam("of_event"), index)


# a half for each index, and all of both: a state in the query, or halves told apart, tempt SQLite to read the event
_NAMED = Prepared(
    union_all(
        _found_by(Registration.email_index == bindparam("by_email")),
        _found_by(Registration.phone_index == bindparam("by_phone")),
    )
)
_NEW, _NEW_TICKET = Insert(Registration), Insert(Ticket)
_COLUMNS = tuple(column.name for column in Registration.__table__.columns)


@dataclass(frozen=True)
class Draft:
    """What is known of a person who is being registered; texts are cleaned, phone is E.164, e-mail as typed."""

    name: PersonName
    mode: Mode
    state: RegistrationState
    source: RegistrationSource
    post: str = ""
    role_id: UUID | None = None
    office_id: UUID | None = None
    institution: str = ""
    province_code: str | None = None
    regency_code: str | None = None
    phone: str | None = None
    email: str | None = None
    nip: str | None = None
    employment: Employment | None = None
    acting: str = ""
    rank: str = ""
    placing: str = ""
    queue_number: int | None = None
    idempotency_key: UUID | None = None
    notice_version: str = ""
    language: str = "id"


def create(event_id: UUID, draft: Draft, *, now: datetime, search: tuple[str, ...] = ()) -> Registration:
    """Add a registration with its own link, and its ticket once it holds a place.

    ``search`` are more words to find it by (office, role).
    """
    row = new_row(event_id, draft, now, search, events.next_change(event_id))
    connection = db.session.connection()
    told = {name: value for name in _COLUMNS if (value := getattr(row, name)) is not None}
    _NEW.run(connection, told)
    make_transient_to_detached(row)  # it is in the table now: the session may change it, and inserts it no more
    db.session.add(row)
    if row.state in HOLDS_PLACE:
        _NEW_TICKET.run(connection, tickets.columns_of(row, now=now))
    links.make_first_link(event_id, LinkPurpose.PERSON, row.id, now=now)
    audit.record("registration.create", event_id=event_id, object_kind="registration", object_id=row.id)
    return row


def new_row(event_id: UUID, draft: Draft, now: datetime, search: tuple[str, ...], change: int) -> Registration:
    """Return the row of a draft, not yet in the session; ``change`` is its number among the event's changes."""
    return Registration(
        id=uuid4(),
        event_id=event_id,
        source=draft.source,
        state=draft.state,
        mode=draft.mode,
        name=draft.name.name,
        front_title=draft.name.front_title,
        back_title=draft.name.back_title,
        search_key=found_by(draft.name.name, draft.post, draft, search),
        post=draft.post,
        placing=draft.placing,
        role_id=draft.role_id,
        office_id=draft.office_id,
        institution=draft.institution,
        province_code=draft.province_code,
        regency_code=draft.regency_code,
        nip=draft.nip,
        employment=draft.employment,
        acting=draft.acting,
        rank=draft.rank,
        phone=draft.phone,
        phone_index=phone_index(draft.phone),
        email=draft.email,
        email_index=email_index(draft.email),
        queue_number=draft.queue_number,
        epoch=0,
        version=1,
        idempotency_key=draft.idempotency_key,
        notice_version=draft.notice_version,
        consented_at=now if draft.notice_version else None,
        confirmed_at=now if draft.state is RegistrationState.CONFIRMED else None,
        cancelled_at=None,
        created_at=now,
        updated_at=now,
        language=draft.language,
        change_seq=change,
    )


class Placed(Protocol):
    """Where somebody comes from, as a draft or a registration says it."""

    @property
    def institution(self) -> str: ...
    @property
    def province_code(self) -> str | None: ...
    @property
    def regency_code(self) -> str | None: ...


def found_by(name: str, post: str, place: Placed, search: tuple[str, ...]) -> str:
    """Return the words somebody is found by: name, post, institution, ``search`` (office, role), regency, province."""
    codes = (place.regency_code, place.province_code)
    regions = [found.title for code in codes if code and (found := reference().find(code))]
    return search_key(name, post, place.institution, *search, *regions)[:600]


def phone_index(phone: str | None) -> bytes | None:
    """Return the keyed hash an E.164 number is found by."""
    return crypto.blind_index("phone", phone) if phone else None


def email_index(address: str | None) -> bytes | None:
    """Return the keyed hash an e-mail address is found by; capitals do not count."""
    return crypto.blind_index("email", email.same_address(address)) if address else None


def registration(event_id: UUID, registration_id: UUID) -> Registration | None:
    """Return a registration of the event, or None."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.id == registration_id)
    return db.session.scalar(query)


def by_idempotency_key(event_id: UUID, key: UUID) -> UUID | None:
    """Return the registration that an earlier post with this key made, or None."""
    found = _BY_KEY.rows(db.session.connection(), of_event=event_id, key=key)
    return found[0][0] if found else None


def reached_by(event_id: UUID, indexes: Sequence[bytes | None]) -> list[Registration]:
    """Return the living registrations with one of these e-mail or phone indexes, oldest first."""
    known = [index for index in indexes if index is not None]
    if not known:
        return []
    both = (Registration.email_index, Registration.phone_index)
    halves = [select(Registration.id).where(Registration.event_id == event_id, one.in_(known)) for one in both]
    found = db.session.scalars(select(Registration).where(Registration.id.in_(union_all(*halves))).order_by(*_AGE))
    return [row for row in found if row.state in LIVING]


def same_person(event_id: UUID, draft: Draft) -> UUID | None:
    """Return the living registration of the same person: one e-mail or phone, and one name without its titles.

    Offices share addresses (domain.md §2.5), so neither address nor name alone makes a person.
    """
    wanted, by_email, by_phone = fold(draft.name.name), email_index(draft.email), phone_index(draft.phone)
    if by_email is None and by_phone is None:
        return None
    found = _NAMED.rows(db.session.connection(), of_event=event_id, by_email=by_email, by_phone=by_phone)
    same = sorted((born, who) for born, who, name, state in found if state in LIVING and fold(name) == wanted)
    return same[0][1] if same else None


def left_before(event_id: UUID, office_id: UUID, name: PersonName) -> Registration | None:
    """Return whoever of this name last left a seat of the office; titles and accents do not count."""
    mine = (
        Registration.event_id == event_id,
        Registration.office_id == office_id,
        Registration.source == RegistrationSource.SEAT,
        Registration.state == RegistrationState.CANCELLED,
    )
    rows = db.session.scalars(select(Registration).where(*mine).order_by(Registration.cancelled_at.desc()))
    wanted = fold(name.name)
    return next((row for row in rows if fold(row.name) == wanted), None)


def person_path(event_id: UUID, registration_id: UUID) -> str:
    """Return the path of a person's own page, ``/p/<token>``, under the link's present epoch."""
    query = select(AccessLink.epoch).where(
        AccessLink.event_id == event_id,
        AccessLink.purpose == LinkPurpose.PERSON,
        AccessLink.subject_id == registration_id,
    )
    return links.path_of(event_id, LinkPurpose.PERSON, registration_id, db.session.scalars(query).one())


def display_name(row: Registration) -> str:
    """Return a person's name with the titles around it."""
    return PersonName(row.front_title, row.name, row.back_title).display()
