"""The letter's step in setting an event up."""

from flask import url_for
from flask_babel import gettext as _

from rakor.events.models import Event
from rakor.events.rules.readiness import StepState
from rakor.events.steps import Step
from rakor.seats.store.letters import shown_letter


def letter_step(event: Event) -> Step:
    """Whether offices can open the letter; an event with the open form needs none."""
    shown = shown_letter(event)
    if shown is not None:
        said, state = _("Nomor %(number)s", number=shown.number or "-"), StepState.DONE
    elif event.open_registration:
        said, state = _("Tidak perlu untuk formulir terbuka"), StepState.SPARE
    else:
        said, state = _("Susun PDF, atau unggah yang sudah ditandatangani"), StepState.SPARE
    return Step(_("Surat undangan"), said, state, "file", url_for("seats.letter", event_id=event.id))
