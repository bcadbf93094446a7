"""Questions and answers in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, func, select, update

from rakor import audit, files
from rakor.db import db
from rakor.registrations.field_models import FormAnswer, FormField
from rakor.registrations.rules.fields import FieldKind, FieldPurpose, Question, visible

FILE = "answer"


_ASKED = (
    select(FormField)
    .where(FormField.event_id == bindparam("event_id"), FormField.withdrawn_at.is_(None))
    .order_by(FormField.position, FormField.id)
)


@dataclass(frozen=True)
class FieldWish:
    """A question as the organiser wants it."""

    kind: FieldKind
    label: str
    hint: str
    required: bool
    options: tuple[str, ...]
    shown_by_id: UUID | None
    shown_value: str
    purpose: FieldPurpose
    purpose_note: str = ""


class FieldShift(StrEnum):
    """What became of moving a question up or down."""

    DONE = "done"
    GONE = "gone"
    AT_THE_END = "at_the_end"
    DEPENDS = "depends"
    """It would come before the question it depends on."""


@dataclass(frozen=True)
class Given:
    """One accepted answer; ``content`` and ``media_type`` are a file's."""

    field_id: UUID
    value: str
    consented: bool = False
    content: bytes | None = None
    media_type: str = ""


@dataclass(frozen=True)
class Told:
    """An answer with its question, for the pages and papers that show it."""

    field: FormField
    value: str
    file_id: UUID | None


def fields(event_id: UUID) -> list[FormField]:
    """Return the questions that are asked now, in their order."""
    return list(db.session.scalars(_ASKED, {"event_id": event_id}))


def question(field: FormField) -> Question:
    """Return what decides about answers to a question."""
    return Question(
        field.id, field.kind, field.required, tuple(field.options), field.shown_by_id, field.shown_value
    )


def add(event_id: UUID, wish: FieldWish, *, now: datetime) -> FormField:
    """Add a question at the end of the form."""
    last = db.session.scalar(select(func.max(FormField.position)).where(FormField.event_id == event_id)) or 0
    row = FormField(
        id=uuid4(),
        event_id=event_id,
        position=last + 1,
        kind=wish.kind,
        label=wish.label,
        hint=wish.hint,
        required=wish.required,
        options=list(wish.options),
        shown_by_id=wish.shown_by_id,
        shown_value=wish.shown_value,
        purpose=wish.purpose,
        purpose_note=wish.purpose_note,
        created_at=now,
    )
    db.session.add(row)
    db.session.flush()
    _note(event_id, "form_field.add", row.id)
    return row


def change(event_id: UUID, row: FormField, wish: FieldWish) -> None:
    """Put a question right; answers that were given stay as they are."""
    row.kind, row.label, row.hint, row.required = wish.kind, wish.label, wish.hint, wish.required
    row.options, row.purpose, row.purpose_note = list(wish.options), wish.purpose, wish.purpose_note
    row.shown_by_id, row.shown_value = wish.shown_by_id, wish.shown_value
    db.session.flush()
    _note(event_id, "form_field.change", row.id)


def shift(event_id: UUID, field_id: UUID, *, up: bool) -> FieldShift:
    """Exchange a question with its neighbour; a question never comes before the one it depends on."""
    known = fields(event_id)
    here = next((place for place, one in enumerate(known) if one.id == field_id), None)
    if here is None:
        return FieldShift.GONE
    there = here - 1 if up else here + 1
    if not 0 <= there < len(known):
        return FieldShift.AT_THE_END
    first, second = sorted((here, there))
    if known[second].shown_by_id == known[first].id:
        return FieldShift.DEPENDS
    known[here], known[there] = known[there], known[here]
    for place, one in enumerate(known, start=1):
        one.position = place
    db.session.flush()
    _note(event_id, "form_field.shift", field_id)
    return FieldShift.DONE


def answered_count(event_id: UUID, field_id: UUID) -> int:
    """Return how many people answered a question."""
    mine = (FormAnswer.event_id == event_id, FormAnswer.field_id == field_id)
    return db.session.scalar(select(func.count()).select_from(FormAnswer).where(*mine)) or 0


def withdraw(event_id: UUID, field_id: UUID, *, now: datetime) -> bool:
    """Ask a question no more, and what depends on it neither; False where it is not asked now."""
    mine = (FormField.event_id == event_id, FormField.withdrawn_at.is_(None))
    query = update(FormField).where(*mine, FormField.id == field_id).values(withdrawn_at=now)
    if db.session.scalar(query.returning(FormField.id)) is None:
        return False
    _note(event_id, "form_field.withdraw", field_id)
    depending = select(FormField.id).where(*mine, FormField.shown_by_id == field_id)
    for other in list(db.session.scalars(depending)):
        withdraw(event_id, other, now=now)
    return True


def _note(event_id: UUID, action: str, field_id: UUID) -> None:
    audit.record(action, event_id=event_id, object_kind="form_field", object_id=field_id)


def save(event_id: UUID, registration_id: UUID, given: Sequence[Given], *, now: datetime) -> None:
    """Keep the answers of a registration that was just made; the files with them."""
    for one in given:
        file_id = None
        if one.content is not None:
            file_id = files.keep(
                one.content, event_id=event_id, purpose=FILE, name=one.value, media_type=one.media_type, now=now
            )
        row = FormAnswer(
            registration_id=registration_id,
            field_id=one.field_id,
            event_id=event_id,
            value=one.value,
            file_id=file_id,
            consented_at=now if one.consented else None,
            answered_at=now,
        )
        db.session.add(row)
    if given:
        db.session.flush()


def replace(
    event_id: UUID, registration_id: UUID, asked: Sequence[UUID], given: Sequence[Given], *, now: datetime
) -> None:
    """Set somebody's answers to the ``asked`` questions; what is not given now is not answered any more."""
    mine = (
        FormAnswer.event_id == event_id,
        FormAnswer.registration_id == registration_id,
        FormAnswer.field_id.in_(asked),
    )
    for file_id in list(db.session.scalars(select(FormAnswer.file_id).where(*mine))):
        if file_id is not None:
            files.drop(event_id, file_id)
    db.session.execute(delete(FormAnswer).where(*mine))
    save(event_id, registration_id, given, now=now)
    fields_named = [str(one.field_id) for one in given]
    audit.record(
        "registration.answers", event_id=event_id, object_kind="registration", object_id=registration_id,
        fields=fields_named,
    )  # fmt: skip


def unanswered(event_id: UUID, told: Sequence[Told]) -> list[FormField]:
    """Return the required questions that are asked and that ``told`` leaves open, in the form's order."""
    asked, known = fields(event_id), {one.field.id: one.value for one in told}
    shown = visible([question(one) for one in asked], known)
    return [one for one in asked if one.required and one.id in shown and one.id not in known]


def of_person(event_id: UUID, registration_id: UUID) -> list[Told]:
    """Return what somebody answered, in the form's order, withdrawn questions too."""
    return of_people(event_id, [registration_id]).get(registration_id, [])


def of_people(event_id: UUID, registration_ids: Sequence[UUID] | None = None) -> dict[UUID, list[Told]]:
    """Return the answers by registration; of everybody where no ids are given."""
    query = (
        select(FormAnswer, FormField)
        .join(FormField, FormField.id == FormAnswer.field_id)
        .where(FormAnswer.event_id == event_id)
        .order_by(FormField.position, FormField.id)
    )
    if registration_ids is not None:
        query = query.where(FormAnswer.registration_id.in_(registration_ids))
    found: dict[UUID, list[Told]] = {}
    for answer, field in db.session.execute(query):
        found.setdefault(answer.registration_id, []).append(Told(field, answer.value or "", answer.file_id))
    return found


def file_of(event_id: UUID, registration_id: UUID, field_id: UUID) -> files.Kept | None:
    """Return the file of an answer, or None."""
    query = select(FormAnswer.file_id).where(
        FormAnswer.event_id == event_id,
        FormAnswer.registration_id == registration_id,
        FormAnswer.field_id == field_id,
        FormAnswer.file_id.is_not(None),
    )
    file_id = db.session.scalar(query)
    return files.read(event_id, file_id, FILE) if file_id is not None else None
