"""Everything an event says about itself; a stale form never overwrites what somebody else has saved."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store
from rakor.events.forms import SettingsForm
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.events.rules.days import DayPlan
from rakor.events.stale import newer_values
from rakor.events.store import setting_up
from rakor.web.access import Scope, policy
from rakor.web.locale import date_long


@blueprint.get("/events/<uuid:event_id>/settings")
@policy("event.settings", Scope.EVENT, roles=EDITORS)
def show_settings(event_id: UUID) -> Page:
    """The form with the event as it stands."""
    event = event_or_404(event_id)
    return _page(event_id, SettingsForm().show(event))


@blueprint.post("/events/<uuid:event_id>/settings")
@policy("event.change", Scope.EVENT, roles=EDITORS)
def save_settings(event_id: UUID) -> Page:
    """Save the settings, unless somebody else saved since the form was drawn."""
    form = SettingsForm.read()
    assert isinstance(form, SettingsForm)
    if not form.accepted():
        return _page(event_id, form, 422)
    plan = DayPlan((), (), ())
    with transaction(unaudited="nothing was changed, or the form was stale"):
        event = store.locked_event(event_id)
        newer = newer_values(form, event) if form["version"].data != str(event.version) else []
        if not newer:
            setting_up.change(event, form.values(), now=clock.now())
            plan = setting_up.follow_dates(event)
    if newer:
        form["version"].data = str(event.version)
        return _page(event_id, form, 409, newer=newer)
    _tell(plan)
    return redirect(url_for("events.show_setup", event_id=event_id), 303)


def _tell(plan: DayPlan) -> None:
    flash(_("Keterangan kegiatan disimpan."), "ok")
    for day in plan.kept:
        flash(
            _(
                "%(day)s tidak lagi termasuk tanggal kegiatan, tetapi tetap disimpan karena ada isinya "
                "(agenda, kehadiran, atau dokumen). Pindahkan isinya dahulu.",
                day=date_long(day),
            ),
            "warn",
        )


def _page(event_id: UUID, form: SettingsForm, status: int = 200, newer: object = ()) -> tuple[str, int]:
    event = event_or_404(event_id)
    return render_template("events/settings.html", form=form, newer=newer, **context(event)), status
