"""The organiser's list of people: searched, filtered, counted; each page costs a constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from rakor.accounts.models import User
from rakor.audit import AuditEntry
from rakor.db import db
from rakor.events.models import EventRole
from rakor.events.rules import BadgeColour
from rakor.offices.models import Office
from rakor.registrations import store
from rakor.registrations.field_models import FormAnswer, FormField
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState, email, fold, numbers, phones
from rakor.registrations.rules.work import HAS_NIP, post_with

_TOLD = (
    exists()
    .where(FormAnswer.registration_id == Registration.id, FormAnswer.field_id == FormField.id)
    .correlate(Registration, FormField)
)
_OPEN_QUESTION = (
    exists()
    .where(
        FormField.event_id == Registration.event_id,
        FormField.required,
        FormField.shown_by_id.is_(None),
        FormField.withdrawn_at.is_(None),
        ~_TOLD,
    )
    .correlate(Registration)
)
MISSING = {
    "phone": Registration.phone_index.is_(None),
    "email": Registration.email_index.is_(None),
    "nip": Registration.nip.is_(None) & Registration.employment.in_(HAS_NIP),
    "employment": Registration.employment.is_(None),
    "answers": _OPEN_QUESTION
    & Registration.source.in_((RegistrationSource.OPEN, RegistrationSource.IMPORT))
    & Registration.state.in_(store.LIVING),
}
"""What a person has not told yet, by the word of the filter."""


_IN_TURN: dict[RegistrationState | None, tuple[Any, ...]] = {
    RegistrationState.WAITING: (Registration.queue_number,),
    RegistrationState.APPLIED: (Registration.created_at, Registration.change_seq),
}


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty values narrow nothing."""

    words: str = ""
    state: RegistrationState | None = None
    mode: Mode | None = None
    source: RegistrationSource | None = None
    province: str = ""
    missing: str = ""
    role: UUID | None = None

    @classmethod
    def read(cls, args: Mapping[str, str]) -> "Filters":
        """Take the filters from a URL; unknown words narrow nothing."""
        return cls(
            words=args.get("q", "").strip()[:100],
            state=_word(RegistrationState, args.get("state", "")),
            mode=_word(Mode, args.get("mode", "")),
            source=_word(RegistrationSource, args.get("source", "")),
            province=args.get("province", "") if args.get("province", "").isdigit() else "",
            missing=args.get("missing", "") if args.get("missing", "") in MISSING else "",
            role=_id(args.get("role", "")),
        )

    @classmethod
    def applicants(cls, args: Mapping[str, str]) -> "Filters":
        """Take the filters of the applicants' list from a URL: of them only those who wait for an answer."""
        return replace(cls.read(args), state=RegistrationState.APPLIED)


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def _word(words: Any, typed: str) -> Any:
    return words(typed) if typed in set(words) else None


@dataclass(frozen=True)
class PersonRow:
    """One person as a list or a sheet shows them: contact and numbers are masked (domain.md §2.10)."""

    id: UUID
    name: str
    post: str
    office: str
    province_code: str | None
    mode: Mode
    state: RegistrationState
    source: RegistrationSource
    phone: str
    email: str
    nip: str
    queue_number: int | None
    created_at: datetime
    placing: str = ""
    colour: BadgeColour | None = None


def person_row(
    row: Registration, office: str | None, role: str | None, colour: BadgeColour | None
) -> PersonRow:
    """Return the masked values of a registration."""
    return PersonRow(
        id=row.id,
        name=store.display_name(row),
        post=post_with(row.acting, row.post or role or ""),
        office=office or row.institution,
        province_code=row.province_code,
        mode=row.mode,
        state=row.state,
        source=row.source,
        phone=phones.masked(row.phone) if row.phone else "",
        email=email.masked(row.email) if row.email else "",
        nip=numbers.masked(row.nip) if row.nip else "",
        queue_number=row.queue_number,
        created_at=row.created_at,
        placing=row.placing,
        colour=colour,
    )


def people(event_id: UUID, filters: Filters, *, offset: int, limit: int) -> list[PersonRow]:
    """Return a page of the people that the filters leave, by name; who waits for something, in the order they came."""
    query = _joined(*conditions(event_id, filters))
    order = (*_IN_TURN.get(filters.state, ()), Registration.search_key, Registration.id)
    ordered = query.order_by(*order).offset(offset).limit(limit)
    return [person_row(*found) for found in db.session.execute(ordered)]


def ids(event_id: UUID, filters: Filters, *, limit: int) -> list[UUID]:
    """Return who is left by the filters, oldest first."""
    query = select(Registration.id).select_from(Registration).where(*conditions(event_id, filters))
    return list(db.session.scalars(query.order_by(Registration.created_at, Registration.id).limit(limit)))


def people_by_id(event_id: UUID, ids: Sequence[UUID]) -> list[PersonRow]:
    """Return the people of the event with these ids."""
    found = _joined(Registration.event_id == event_id, Registration.id.in_(ids))
    return [person_row(*each) for each in db.session.execute(found)]


def in_order(event_id: UUID, ids: Sequence[UUID]) -> list[Registration]:
    """Return the registrations among these ids that are the event's, oldest first; to be changed."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.id.in_(ids))
    return list(db.session.scalars(query.order_by(Registration.created_at, Registration.id)))


def count(event_id: UUID, filters: Filters) -> int:
    """Return how many people the filters leave."""
    query = select(func.count()).select_from(Registration).where(*conditions(event_id, filters))
    return db.session.scalar(query) or 0


def state_counts(event_id: UUID) -> dict[RegistrationState, int]:
    """Return how many people are in each state; states without anybody are missing."""
    query = select(Registration.state, func.count()).where(Registration.event_id == event_id)
    return {found[0]: found[1] for found in db.session.execute(query.group_by(Registration.state))}


def person(event_id: UUID, registration_id: UUID) -> tuple[Registration, PersonRow, tuple[str, ...]] | None:
    """Return a registration, its masked values and the words (office, role) it is found by too; or None."""
    found = db.session.execute(_joined(Registration.event_id == event_id, Registration.id == registration_id))
    first = found.one_or_none()
    if first is None:
        return None
    row, office, role, colour = first
    return row, person_row(row, office, role, colour), tuple(word for word in (office, role) if word)


@dataclass(frozen=True)
class HistoryLine:
    """One act on a registration: when, what, who (a name, or the kind of actor), which fields."""

    at: datetime
    action: str
    actor_kind: str
    actor: str
    fields: tuple[str, ...]


def history(event_id: UUID, registration_id: UUID) -> list[HistoryLine]:
    """Return what was done to a registration, newest first, from the audit chain of the event."""
    query = (
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.chain_id == event_id,
            AuditEntry.object_kind == "registration",
            AuditEntry.object_id == registration_id,
        )
        .order_by(AuditEntry.number.desc())
    )
    return [
        HistoryLine(entry.at, entry.action, entry.actor_kind, name or "", _fields(entry.detail))
        for entry, name in db.session.execute(query)
    ]


def _fields(detail: dict[str, object]) -> tuple[str, ...]:
    found = detail.get("fields", ())
    return tuple(str(field) for field in found) if isinstance(found, list) else ()


def _joined(*conditions: ColumnElement[bool]) -> Select[Registration, str, str, BadgeColour | None]:
    return (
        select(Registration, Office.name, EventRole.name, EventRole.colour)
        .outerjoin(Office, Office.id == Registration.office_id)
        .outerjoin(EventRole, EventRole.id == Registration.role_id)
        .where(*conditions)
    )


def conditions(event_id: UUID, filters: Filters) -> list[ColumnElement[bool]]:
    """Return what the filters ask of a registration of the event."""
    found: list[ColumnElement[bool]] = [Registration.event_id == event_id]
    for word in fold(filters.words).split():
        key = Registration.search_key
        found.append(or_(key.startswith(word, autoescape=True), key.contains(f" {word}", autoescape=True)))
    for column, value in (
        (Registration.state, filters.state),
        (Registration.mode, filters.mode),
        (Registration.source, filters.source),
        (Registration.province_code, filters.province or None),
        (Registration.role_id, filters.role),
    ):
        if value is not None:
            found.append(column == value)
    if filters.missing:
        found.append(MISSING[filters.missing])
    return found
