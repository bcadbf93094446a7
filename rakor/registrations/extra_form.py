"""The event's own questions as they are drawn and read; the server alone decides which of them are asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from flask_babel import LazyString
from werkzeug.datastructures import FileStorage

from rakor import clock
from rakor.files import Kept
from rakor.registrations import answers, pending
from rakor.registrations.answers import Given
from rakor.registrations.field_models import FormField
from rakor.registrations.field_words import KEPT, PROBLEMS, purpose_of
from rakor.registrations.rules.fields import (
    MOST_BYTES,
    SPECIAL,
    FieldKind,
    FieldProblem,
    check_answer,
    document_type,
    visible,
)
from rakor.registrations.rules.text import clean_text


@dataclass
class Asked:
    """One question with what was typed; ``shown`` is False while another answer hides it."""

    field: FormField
    typed: str = ""
    consented: bool = False
    shown: bool = True
    problem: FieldProblem | None = None
    upload: FileStorage | None = None
    token: str = ""
    """Brings back a file that was chosen before, see ``pending``."""
    held: Kept | None = None
    stored_name: str = ""
    """The file that answers this already, on the person's own page."""

    @property
    def name(self) -> str:
        """The name of the posted field."""
        return name_of(self.field.id)

    @property
    def special(self) -> bool:
        """True where the answer is health data and needs a consent of its own."""
        return self.field.purpose in SPECIAL and self.field.kind is not FieldKind.CONSENT

    @property
    def error(self) -> LazyString | None:
        """Why the answer is not taken, in words."""
        return PROBLEMS[self.problem] if self.problem else None

    @property
    def why(self) -> tuple[str, LazyString]:
        """What the answer is for, and how long it is kept."""
        return purpose_of(self.field), KEPT


@dataclass
class ExtraForm:
    """All questions of an event; ``given`` holds the accepted answers after ``accepted()``."""

    asked: list[Asked]
    given: list[Given] = field(default_factory=list)

    def accepted(self) -> bool:
        """Judge every question that is asked; hidden ones are neither needed nor kept."""
        self.given = []
        for one in self.asked:
            one.problem = None
            if one.shown:
                self._judge(one)
        return not self.wrong

    @property
    def wrong(self) -> list[Asked]:
        """The questions whose answers were not taken."""
        return [one for one in self.asked if one.problem]

    def keep_files(self, event_id: UUID, *, now: datetime) -> None:
        """Keep the good files of a form that was not taken, in the open transaction; the page names them."""
        for one in self.asked:
            found = next((given for given in self.given if given.field_id == one.field.id and given.content), None)
            if found is not None and one.held is None:
                content = found.content or b""
                one.token = pending.keep(event_id, found.field_id, content, found.value, found.media_type, now=now)
                one.held = Kept(found.value, found.media_type, content)

    @property
    def has_new_files(self) -> bool:
        """True where a good file was chosen that is not kept yet."""
        waiting = {one.field.id for one in self.asked if one.held is None}
        return any(given.content is not None and given.field_id in waiting for given in self.given)

    def let_files_go(self, event_id: UUID) -> None:
        """Drop the kept files, in the transaction that keeps the answers."""
        for one in self.asked:
            if one.token:
                pending.drop(event_id, one.field.id, one.token)

    def _judge(self, one: Asked) -> None:
        found = _file(one) if one.field.kind is FieldKind.FILE else _text(one)
        if isinstance(found, FieldProblem):
            one.problem = found
        elif found is not None and one.special and not one.consented:
            one.problem = FieldProblem.NO_CONSENT
        elif found is not None:
            self.given.append(found)


def name_of(field_id: UUID) -> str:
    """Return the name under which an answer is posted."""
    return f"x-{field_id.hex}"


def _text(one: Asked) -> Given | FieldProblem | None:
    value = check_answer(answers.question(one.field), one.typed, clock.now().date())
    if isinstance(value, FieldProblem):
        return value
    consented = one.consented or one.field.kind is FieldKind.CONSENT
    return Given(one.field.id, value, consented) if value else None


def _file(one: Asked) -> Given | FieldProblem | None:
    upload = one.upload
    content = upload.read(MOST_BYTES + 1) if upload is not None else b""
    if not content and one.held is not None:
        return Given(one.field.id, one.held.name, one.consented, one.held.content, one.held.media_type)
    if not content and one.stored_name:
        return None
    if not content:
        return FieldProblem.MISSING if one.field.required else None
    kind = document_type(content)
    if isinstance(kind, FieldProblem):
        return kind
    one.token, one.held = "", None  # the newly chosen one replaces what was sent before
    name = clean_text(upload.filename or "", 120) if upload is not None else ""
    return Given(one.field.id, name or "berkas", one.consented, content, kind)


def read(
    fields: Sequence[FormField], posted: Mapping[str, str], uploads: Mapping[str, FileStorage] | None = None
) -> ExtraForm:
    """Return the questions with what was posted; an empty ``posted`` gives an empty form."""
    asked = []
    for one in fields:
        name = name_of(one.id)
        upload = (uploads or {}).get(name)
        token = posted.get(f"{name}-kept", "") if one.kind is FieldKind.FILE else ""
        held = pending.held(one.event_id, one.id, token) if token else None
        consented = bool(posted.get(f"{name}-ok"))
        asked.append(
            Asked(one, posted.get(name, ""), consented, upload=upload, token=token if held else "", held=held)
        )
    shown = visible([answers.question(one) for one in fields], {one.field.id: one.typed for one in asked})
    for each in asked:
        each.shown = each.field.id in shown
    return ExtraForm(asked)
