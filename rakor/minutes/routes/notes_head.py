"""The head and the foot of minutes: times, place, who leads, who keeps, who signs."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from rakor.agenda.store import ItemView
from rakor.db import transaction
from rakor.events.models import Event
from rakor.events.stale import Newer, newer_than, remember
from rakor.minutes.notes_forms import HeadForm
from rakor.minutes.notes_words import HINDRANCES
from rakor.minutes.routes.notes_page import ONE, WRITERS, Page, blueprint, event_of, item_of, whose
from rakor.minutes.rules.standing import Hindrance
from rakor.minutes.rules.words import State
from rakor.minutes.store import notes, said
from rakor.web.access import Scope, current_user, policy


@blueprint.get(f"{ONE}/head")
@policy("minutes.head", Scope.EVENT, roles=WRITERS)
def show_head(event_id: UUID, item_id: UUID) -> Page:
    """The form of the head; who moderates and who fills it in are suggested where nobody is named yet."""
    event, item = event_of(event_id), item_of(event_id, item_id)
    form = _stored(event, item)
    if item.moderators and not form.chair_name.data:
        form.chair_name.data, form.chair_post.data = item.moderators[0].name, item.moderators[0].post
    form.taker_name.data = form.taker_name.data or current_user().name
    return _page(event, item, form, [])


@blueprint.post(f"{ONE}/head")
@policy("minutes.head_change", Scope.EVENT, roles=WRITERS)
def save_head(event_id: UUID, item_id: UUID) -> Page:
    """Save the head, unless it is locked or somebody else has saved it since the form was drawn."""
    event, item = event_of(event_id), item_of(event_id, item_id)
    form = HeadForm.read()
    assert isinstance(form, HeadForm)
    if not form.prepare(item, event.zone).accepted():
        return _page(event, item, form, []), 422
    with transaction(unaudited="the same head again changes nothing"):
        row = notes.locked(event_id, item_id)
        newer = newer_than(form, _stored(event, item))
        locked = row.state is State.APPROVED
        if not newer and not locked:
            notes.save_head(row, form.values())
    if locked:
        return _page(event, item, form, [], wrong=str(HINDRANCES[Hindrance.LOCKED])), 409
    if newer:
        return _page(event, item, form, newer), 409
    flash(_("Kepala notula disimpan."), "ok")
    return redirect(url_for("minutes.show", event_id=event_id, item_id=item_id), 303)


def _stored(event: Event, item: ItemView) -> HeadForm:
    form = HeadForm().prepare(item, event.zone).show(notes.minutes(event.id, item.id))
    remember(form)
    return form


def _page(event: Event, item: ItemView, form: HeadForm, newer: list[Newer], *, wrong: str = "") -> str:
    return render_template(
        "minutes/head.html", item=item, form=form, newer=newer, wrong=wrong,
        from_agenda=said.head(event, item, None), **whose(event),
    )  # fmt: skip
