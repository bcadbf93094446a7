"""A new event from this one: what comes along is ticked, dates move, people stay behind."""

from uuid import UUID, uuid5

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts import store as accounts
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store
from rakor.events.cloning import clone
from rakor.events.copy_form import CopyForm
from rakor.events.routes.listing import GRANT_OUTLIVES
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.web.access import Scope, current_user, policy


@blueprint.get("/events/<uuid:event_id>/copies/new")
@policy("event.copy.new", Scope.EVENT, roles=EDITORS)
def new_copy(event_id: UUID) -> Page:
    """Name, first day, and what comes along."""
    event = event_or_404(event_id)
    return render_template("events/copy.html", form=CopyForm(None).start(event), **context(event))


@blueprint.post("/events/<uuid:event_id>/copies")
@policy("event.copy", Scope.EVENT, roles=EDITORS)
def create_copy(event_id: UUID) -> Page:
    """Make the copy as a draft of one's own; a second sending of the same form leads to the same event."""
    event = event_or_404(event_id)
    form = CopyForm.read()
    assert isinstance(form, CopyForm)
    if not form.accepted():
        return render_template("events/copy.html", form=form, **context(event)), 422
    user_id = current_user().id
    copy_id = uuid5(user_id, form.key.hex)
    with transaction(unaudited="a second sending changes nothing"):
        accounts.locked_user(user_id)
        source = store.locked_event(event_id)
        if store.event(copy_id) is None:
            starts_on = form["starts_on"].data
            until = source.ends_on + (starts_on - source.starts_on) + GRANT_OUTLIVES
            clone(
                source, copy_id, title=form["title"].data, starts_on=starts_on, chosen=form.chosen,
                owner_id=user_id, owned_until=until, now=clock.now(),
            )  # fmt: skip
    flash(_("Salinan tersimpan sebagai rancangan, tanpa satu orang pun. Periksa tanggal dan isinya."), "ok")
    return redirect(url_for("events.show_setup", event_id=copy_id), 303)
