"""The agenda's step in setting an event up."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from rakor.agenda.models import AgendaItem
from rakor.db import db
from rakor.events.models import Event
from rakor.events.rules.readiness import StepState
from rakor.events.steps import Step
from rakor.web.locale import number


def agenda_step(event: Event) -> Step:
    """How many items the programme has; people ask for one."""
    count = db.session.scalar(select(func.count()).select_from(AgendaItem).where(AgendaItem.event_id == event.id)) or 0
    said = _("%(n)s mata acara", n=number(count)) if count else _("Jam dan judul sesi; boleh menyusul")
    state = StepState.DONE if count else StepState.ADVISED
    return Step(_("Agenda"), said, state, "calendar", url_for("agenda.index", event_id=event.id))
