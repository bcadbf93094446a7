"""The ways to follow an event: on site, by Zoom, by YouTube."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store, words
from rakor.events.part_forms import ChannelForm
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.events.stale import Newer, newer_than, remember
from rakor.events.store import parts
from rakor.web.access import Scope, policy
from rakor.web.forms import Form


@blueprint.get("/events/<uuid:event_id>/channels")
@policy("event.channels", Scope.EVENT, roles=EDITORS)
def show_channels(event_id: UUID) -> Page:
    """The channels, and a form for one more."""
    return _page(event_id, ChannelForm())


@blueprint.post("/events/<uuid:event_id>/channels")
@policy("event.channel_add", Scope.EVENT, roles=EDITORS)
def add_channel(event_id: UUID) -> Page:
    """Add a channel."""
    return _save(event_id, None)


@blueprint.get("/events/<uuid:event_id>/channels/<uuid:channel_id>")
@policy("event.channel", Scope.EVENT, roles=EDITORS)
def show_channel(event_id: UUID, channel_id: UUID) -> Page:
    """The form of one channel."""
    row = parts.channel(event_id, channel_id)
    return _page(event_id, remember(ChannelForm().show(row)), channel_id) if row else abort(404)


@blueprint.post("/events/<uuid:event_id>/channels/<uuid:channel_id>")
@policy("event.channel_change", Scope.EVENT, roles=EDITORS)
def change_channel(event_id: UUID, channel_id: UUID) -> Page:
    """Change a channel."""
    return _save(event_id, channel_id) if parts.channel(event_id, channel_id) else abort(404)


def _save(event_id: UUID, channel_id: UUID | None) -> Page:
    form = ChannelForm.read()
    assert isinstance(form, ChannelForm)
    if not form.accepted():
        return _page(event_id, form, channel_id, 422)
    with transaction(unaudited="a channel that is gone stays gone, and a stale form changes nothing"):
        store.locked_event(event_id)
        row = parts.channel(event_id, channel_id) if channel_id else None
        newer = newer_than(form, ChannelForm().show(row)) if row else []
        saved = not newer and parts.save_channel(event_id, channel_id, form.values())
    if newer:
        return _page(event_id, form, channel_id, 409, newer)
    if not saved:
        abort(404)
    flash(_("Saluran disimpan."), "ok")
    return redirect(url_for("events.show_channels", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/channels/<uuid:channel_id>/removal")
@policy("event.channel_remove", Scope.EVENT, roles=EDITORS)
def remove_channel(event_id: UUID, channel_id: UUID) -> Response:
    """Remove a channel."""
    with transaction(unaudited="a channel that is gone stays gone"):
        removed = parts.remove_channel(event_id, channel_id)
    if not removed:
        abort(404)
    flash(_("Saluran dihapus."), "ok")
    return redirect(url_for("events.show_channels", event_id=event_id), 303)


def _page(
    event_id: UUID, form: Form, channel_id: UUID | None = None, status: int = 200, newer: Sequence[Newer] = ()
) -> tuple[str, int]:
    page = render_template(
        "events/channels.html",
        form=form,
        newer=newer,
        channel_id=channel_id,
        channels=store.channels(event_id),
        kinds=words.CHANNELS,
        **context(event_or_404(event_id)),
    )
    return page, status
