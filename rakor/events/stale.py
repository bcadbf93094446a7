"""A form that was drawn before somebody else saved: what stands there now, beside what was typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from wtforms import Field

from rakor.events.fields import shown
from rakor.events.forms import SettingsForm
from rakor.events.models import Event
from rakor.events.part_forms import RememberingForm


@dataclass(frozen=True)
class Newer:
    """A field that somebody else has saved meanwhile: its words, and what stands there now."""

    field_id: str
    label: str
    now: str


def newer_values(typed: SettingsForm, event: Event) -> list[Newer]:
    """Return where the stored event differs from what was typed."""
    stored = SettingsForm().show(event)
    return _differing((field, stored[field.name]) for field in typed if field.name != "version")


def remember(form: RememberingForm) -> RememberingForm:
    """Let a form that shows a row as it stands remember what it showed; returns the form."""
    form.seen.data = _mark(form)
    return form


def newer_than(typed: RememberingForm, stored: RememberingForm) -> list[Newer]:
    """Return where ``stored``, a form of the row as it stands, differs from what was typed into an older one.

    Nothing where the row is what the typed form was drawn from. Otherwise the typed form remembers the row as it stands
    now, so that saving it once more is a decision.
    """
    if typed.seen.data in ("", None, _mark(stored)):
        return []
    typed.seen.data = _mark(stored)
    return _differing((field, stored[field.name]) for field in typed if field.name != "seen")


def _mark(form: RememberingForm) -> str:
    parts = [f"{field.name}={field.data or ''}" for field in form if field.name != "seen"]
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _differing(pairs: Iterable[tuple[Field, Field]]) -> list[Newer]:
    return [
        Newer(field.id, str(field.label.text), shown(there))
        for field, there in pairs
        if (field.data or "") != (there.data or "")
    ]
