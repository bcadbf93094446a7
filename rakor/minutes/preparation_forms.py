"""The form of a step of preparation."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from rakor.events.fields import DayField
from rakor.minutes.rules.preparation import MOST_DAYS, Occasion, Planned, counted_from
from rakor.web.forms import Form, TextField, ValidationError


class StepForm(Form):
    """What a step is called, when it is due, and who is responsible."""

    title = TextField(_l("Nama langkah"), required=True, max=160)
    due_on = DayField(_l("Tanggal"), required=True)
    assignee = SelectField(_l("Penanggung jawab"), choices=[], validate_choice=False, default="")

    def offer(self, occasion: Occasion, members: dict[UUID, str]) -> "StepForm":
        """Offer the event's team; the date is judged against the event's days."""
        self.occasion, self.members = occasion, members
        self.assignee.choices = [
            SelectChoice("", _("Belum ditentukan")),
            *(SelectChoice(str(id_), name) for id_, name in members.items()),
        ]
        return self

    def show(self, step: Planned, title: str) -> "StepForm":
        """Fill the form with a step as it stands."""
        who = step.own.assignee_id if step.own else None
        self.title.data, self.due_on.data = title, step.due_on
        self.assignee.data = str(who) if who else ""
        return self

    def validate_due_on(self, field: DayField) -> None:
        if field.data and counted_from(self.occasion, field.data) is None:
            raise ValidationError(_("Pilih tanggal paling jauh %(n)s hari dari kegiatan.", n=MOST_DAYS))

    def validate_assignee(self, field: SelectField) -> None:
        if field.data and field.data not in map(str, self.members):
            raise ValidationError(_("Pilih salah satu anggota tim."))

    def values(self, step: Planned | None = None, title: str = "") -> dict[str, Any]:
        """Return the columns to keep; of a ready-made ``step`` only what differs from what it comes with."""
        found: dict[str, Any] = {"assignee_id": UUID(self.assignee.data) if self.assignee.data else None}
        if step is None or self.title.data != title:
            found["title"] = self.title.data
        if step is None or self.due_on.data != step.due_on:
            found["anchor"], found["days"] = counted_from(self.occasion, self.due_on.data) or (None, None)
        return found
