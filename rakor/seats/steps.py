"""The invitations' step in setting an event up."""

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import distinct, func, select

from rakor.db import db
from rakor.events.models import Event
from rakor.events.rules.readiness import StepState
from rakor.events.steps import Step
from rakor.seats.models import Seat
from rakor.web.locale import number


def invitation_step(event: Event) -> Step:
    """How many seats of how many offices are invited; an event with the open form needs none."""
    query = select(func.count(), func.count(distinct(Seat.office_id))).where(
        Seat.event_id == event.id, Seat.withdrawn_at.is_(None)
    )
    seats, offices = db.session.execute(query).one()
    if seats:
        said, state = _("%(n)s kursi di %(offices)s kantor", n=number(seats), offices=number(offices)), StepState.DONE
    elif event.open_registration:
        said, state = _("Tidak perlu untuk formulir terbuka"), StepState.SPARE
    else:
        said, state = _("Belum ada kursi. Pilih tingkat kantor dan perannya."), StepState.ADVISED
    return Step(_("Undangan kantor"), said, state, "seat", url_for("seats.rules", event_id=event.id))
