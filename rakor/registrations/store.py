"""Registrations in the database."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from rakor import audit, crypto
from rakor.db import db
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.registrations import tickets
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState, names


@dataclass(frozen=True)
class Draft:
    """What is known of a person who is being registered; texts are cleaned, phone is E.164, e-mail lower-cased."""

    name: names.PersonName
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
    queue_number: int | None = None
    idempotency_key: UUID | None = None
    notice_version: str = ""
    language: str = "id"


def create(event_id: UUID, draft: Draft, *, now: datetime, search: tuple[str, ...] = ()) -> Registration:
    """Add a registration with its ticket and its own link. ``search`` are more words to find it by (office, role)."""
    row = Registration(
        id=uuid4(),
        event_id=event_id,
        source=draft.source,
        state=draft.state,
        mode=draft.mode,
        name=draft.name.name,
        front_title=draft.name.front_title,
        back_title=draft.name.back_title,
        search_key=names.search_key(draft.name.name, draft.post, draft.institution, *search)[:600],
        post=draft.post,
        role_id=draft.role_id,
        office_id=draft.office_id,
        institution=draft.institution,
        province_code=draft.province_code,
        regency_code=draft.regency_code,
        nip=draft.nip,
        phone=draft.phone,
        phone_index=crypto.blind_index("phone", draft.phone) if draft.phone else None,
        email=draft.email,
        email_index=crypto.blind_index("email", draft.email) if draft.email else None,
        queue_number=draft.queue_number,
        idempotency_key=draft.idempotency_key,
        notice_version=draft.notice_version,
        consented_at=now if draft.notice_version else None,
        confirmed_at=now if draft.state is RegistrationState.CONFIRMED else None,
        created_at=now,
        updated_at=now,
        language=draft.language,
        change_seq=events.next_change(event_id),
    )
    db.session.add(row)
    db.session.flush()
    tickets.issue(row, now=now)
    links.make_links(event_id, LinkPurpose.PERSON, [row.id], now=now)
    audit.record("registration.create", event_id=event_id, object_kind="registration", object_id=row.id)
    return row


def registration(event_id: UUID, registration_id: UUID) -> Registration | None:
    """Return a registration of the event, or None."""
    query = select(Registration).where(Registration.event_id == event_id, Registration.id == registration_id)
    return db.session.scalar(query)
