"""Institutions, offices and their contacts in the database; offices outlive events, the audit names the event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select

from rakor import audit
from rakor.db import db
from rakor.offices.models import Institution, Office, OfficeContact
from rakor.offices.rules import OfficeDraft, OfficeLevel, draft_units
from rakor.regions.rules import plain


@dataclass(frozen=True)
class ContactDraft:
    """A contact as it is to be stored: cleaned texts, phone in E.164 or None."""

    name: str
    post: str
    phone: str | None
    email: str | None


def institution(institution_id: UUID) -> Institution | None:
    """Return an institution, or None."""
    return db.session.get(Institution, institution_id)


def offices(institution_id: UUID) -> list[Office]:
    """Return an institution's offices in protocol order."""
    query = select(Office).where(Office.institution_id == institution_id)
    return list(db.session.scalars(query.order_by(Office.sort_key, Office.id)))


def office(institution_id: UUID, office_id: UUID) -> Office | None:
    """Return an office of the institution, or None."""
    return db.session.scalar(select(Office).where(Office.institution_id == institution_id, Office.id == office_id))


def office_counts(institution_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many offices institutions have; those without any are missing. One query."""
    query = select(Office.institution_id, func.count()).where(Office.institution_id.in_(list(institution_ids)))
    return {row[0]: row[1] for row in db.session.execute(query.group_by(Office.institution_id))}


def level_counts(institution_id: UUID) -> dict[OfficeLevel, int]:
    """Return how many offices an institution has at each level; levels without any are missing."""
    query = select(Office.level, func.count()).where(Office.institution_id == institution_id).group_by(Office.level)
    return {row[0]: row[1] for row in db.session.execute(query)}


def add_offices(event_id: UUID | None, institution_id: UUID, drafts: Sequence[OfficeDraft]) -> int:
    """Add the drafts whose code the institution has not; returns how many were new."""
    known = set(db.session.scalars(select(Office.code).where(Office.institution_id == institution_id)))
    rows = [
        {
            "id": uuid4(),
            "institution_id": institution_id,
            "code": draft.code,
            "level": draft.level,
            "name": draft.name,
            "short_name": draft.short_name,
            "province_code": draft.province_code,
            "regency_code": draft.regency_code,
            "zone": draft.zone,
            "sort_key": draft.sort_key,
        }
        for draft in drafts
        if draft.code not in known
    ]
    if rows:
        db.session.execute(insert(Office), rows)
    audit.record("offices.add", event_id=event_id, object_kind="institution", object_id=institution_id, count=len(rows))
    return len(rows)


def add_units(event_id: UUID, institution_id: UUID, names: Sequence[str]) -> int:
    """Add units beside the map behind those there are; a name that is known already is not added again."""
    query = select(Office.name).where(Office.institution_id == institution_id, Office.level == OfficeLevel.UNIT)
    known = list(db.session.scalars(query.order_by(Office.sort_key)))
    drafts = draft_units([*known, *(name for name in names if name not in known)])[len(known) :]
    return add_offices(event_id, institution_id, drafts)


def contacts(office_ids: Iterable[UUID]) -> dict[UUID, list[OfficeContact]]:
    """Return the contacts of offices by name; an office without any is missing. One query."""
    query = select(OfficeContact).where(OfficeContact.office_id.in_(list(office_ids)))
    found: dict[UUID, list[OfficeContact]] = {}
    for row in db.session.scalars(query.order_by(OfficeContact.name, OfficeContact.id)):
        found.setdefault(row.office_id, []).append(row)
    return found


def contacts_of_institution(institution_id: UUID) -> dict[UUID, list[OfficeContact]]:
    """Return the contacts of all offices of an institution by name; an office without any is missing. One query."""
    query = select(OfficeContact).join(Office, Office.id == OfficeContact.office_id)
    query = query.where(Office.institution_id == institution_id)
    found: dict[UUID, list[OfficeContact]] = {}
    for row in db.session.scalars(query.order_by(OfficeContact.name, OfficeContact.id)):
        found.setdefault(row.office_id, []).append(row)
    return found


def save_contacts(event_id: UUID, drafts: Sequence[tuple[UUID, ContactDraft]]) -> tuple[int, int]:
    """Keep contacts of offices: who bears the name of a known one of that office puts it right, others are added.

    Returns how many were new and how many changed; saving the same again changes nothing.
    """
    known = contacts({office_id for office_id, _draft in drafts})
    added = changed = 0
    for office_id, draft in drafts:
        row = next((c for c in known.get(office_id, ()) if plain(c.name) == plain(draft.name)), None)
        if row is None:
            row = OfficeContact(id=uuid4(), office_id=office_id)
            db.session.add(row)
            added += 1
        before = (row.name, row.post, row.phone, row.email)
        row.name, row.post = draft.name, draft.post or row.post or ""  # an empty cell takes nothing away
        row.phone, row.email = draft.phone or row.phone, draft.email or row.email
        changed += before[0] is not None and before != (row.name, row.post, row.phone, row.email)
    count = added + changed
    audit.record("office.contacts_import", event_id=event_id, object_kind="event", object_id=event_id, count=count)
    return added, changed


def contact(office_id: UUID, contact_id: UUID) -> OfficeContact | None:
    """Return a contact of the office, or None."""
    query = select(OfficeContact).where(OfficeContact.office_id == office_id, OfficeContact.id == contact_id)
    return db.session.scalar(query)


def add_contact(event_id: UUID, office_id: UUID, draft: ContactDraft) -> OfficeContact:
    """Add a way to reach an office."""
    row = OfficeContact(
        id=uuid4(), office_id=office_id, name=draft.name, post=draft.post, phone=draft.phone, email=draft.email
    )
    db.session.add(row)
    audit.record("office.contact_add", event_id=event_id, object_kind="office", object_id=office_id)
    return row


def change_contact(event_id: UUID, row: OfficeContact, draft: ContactDraft) -> list[str]:
    """Put a contact right; returns the names of the fields that changed."""
    fields = ("name", "post", "phone", "email")
    changed = [field for field in fields if getattr(row, field) != getattr(draft, field)]
    row.name, row.post, row.phone, row.email = draft.name, draft.post, draft.phone, draft.email
    audit.record(
        "office.contact_change", event_id=event_id, object_kind="office", object_id=row.office_id, fields=changed
    )
    return changed


def remove_contact(event_id: UUID, row: OfficeContact) -> None:
    """Forget a contact."""
    db.session.delete(row)
    audit.record("office.contact_remove", event_id=event_id, object_kind="office", object_id=row.office_id)
