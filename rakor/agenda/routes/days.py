"""A whole day at once: copied onto another."""

from dataclasses import replace
from uuid import UUID

from flask import flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.agenda import store
from rakor.agenda.routes.page import blueprint, day_or_404, event_or_404, to_day
from rakor.agenda.rules.views import ItemDraft, ItemView, draft_of
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import EventDay
from rakor.web.access import Scope, policy
from rakor.web.locale import date_long, number


@blueprint.post("/events/<uuid:event_id>/agenda/days/<uuid:day_id>/copies")
@policy("agenda.day.copy", Scope.EVENT, roles=EDITORS)
def copy_day(event_id: UUID, day_id: UUID) -> Response:
    """Copy every item of a day onto another one, at the same hours; what stands there already stays."""
    event_or_404(event_id)
    day = day_or_404(event_id, day_id)
    target = next((one for one in events.days(event_id) if str(one.id) == request.form.get("to")), None)
    if target is None or target.id == day.id:
        flash(_("Pilih hari lain sebagai tujuan salinan."), "warn")
        return to_day(event_id, day)
    with transaction(unaudited="an empty day has nothing to copy"):
        events.locked_event(event_id)
        drafts = [_on(target, item) for item in store.items(event_id, store.EVERYTHING) if item.day_id == day.id]
        if drafts:
            store.add_all(event_id, drafts, now=clock.now())
    flash(_("%(n)s mata acara disalin ke %(day)s.", n=number(len(drafts)), day=date_long(target.held_on)), "ok")
    return to_day(event_id, target)


def _on(day: EventDay, item: ItemView) -> ItemDraft:
    """An item on another day, at the same hours of the event's zone; presence is taken anew, so its switch stays."""
    apart = day.held_on - item.held_on
    starts = item.starts_at + apart if item.starts_at else None
    ends = item.ends_at + apart if item.ends_at else None
    return replace(draft_of(item), day_id=day.id, starts_at=starts, ends_at=ends)
