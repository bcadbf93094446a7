"""A form that was drawn before somebody else saved: what stands there now, beside what was typed."""

from dataclasses import dataclass

from rakor.events.fields import shown
from rakor.events.forms import SettingsForm
from rakor.events.models import Event


@dataclass(frozen=True)
class Newer:
    """A field that somebody else has saved meanwhile: its words, and what stands there now."""

    field_id: str
    label: str
    now: str


def newer_values(typed: SettingsForm, event: Event) -> list[Newer]:
    """Return where the stored event differs from what was typed."""
    stored = SettingsForm().show(event)
    pairs = [(field, stored[field.name]) for field in typed if field.name != "version"]
    return [
        Newer(field.id, str(field.label.text), shown(there))
        for field, there in pairs
        if (field.data or "") != (there.data or "")
    ]
