"""The roles of an event in protocol order."""

from collections.abc import Sequence
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store, words
from rakor.events.models import EventRole
from rakor.events.part_forms import RoleForm
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.events.rules.role_sets import first_roles
from rakor.events.stale import Newer, newer_than, remember
from rakor.events.store import parts, setting_up
from rakor.web.access import Scope, policy
from rakor.web.forms import Form

MOVES = {"up": -1, "down": 1}


@blueprint.get("/events/<uuid:event_id>/roles")
@policy("event.roles", Scope.EVENT, roles=EDITORS)
def show_roles(event_id: UUID) -> Page:
    """The roles in order, and a form for one more."""
    return _page(event_id, RoleForm())


@blueprint.post("/events/<uuid:event_id>/roles")
@policy("event.role_add", Scope.EVENT, roles=EDITORS)
def add_role(event_id: UUID) -> Page:
    """Add a role at the end, or the ready-made set of the event's kind."""
    if request.form.get("ready_made"):
        return _add_ready_made(event_id)
    return _save(event_id, None)


def _add_ready_made(event_id: UUID) -> Response:
    with transaction(unaudited="roles that are there already stay as they are"):
        event = store.locked_event(event_id)
        drafts = first_roles(event.kind)
        setting_up.add_roles(event_id, [(draft.name, draft.short_name, draft.group) for draft in drafts])
    flash(_("Susunan siap pakai ditambahkan."), "ok")
    return redirect(url_for("events.show_roles", event_id=event_id), 303)


@blueprint.get("/events/<uuid:event_id>/roles/<uuid:role_id>")
@policy("event.role", Scope.EVENT, roles=EDITORS)
def show_role(event_id: UUID, role_id: UUID) -> Page:
    """The form of one role."""
    row = parts.role(event_id, role_id)
    return _page(event_id, remember(RoleForm().show(row)), row) if row else abort(404)


@blueprint.post("/events/<uuid:event_id>/roles/<uuid:role_id>")
@policy("event.role_change", Scope.EVENT, roles=EDITORS)
def change_role(event_id: UUID, role_id: UUID) -> Page:
    """Change a role, or move it one place up or down."""
    row = parts.role(event_id, role_id)
    if row is None:
        abort(404)
    move = request.form.get("move")
    return _move(event_id, role_id, MOVES[move]) if move in MOVES else _save(event_id, row)


def _move(event_id: UUID, role_id: UUID, by: int) -> Response:
    with transaction():
        store.locked_event(event_id)
        parts.move_role(event_id, role_id, by)
    return redirect(url_for("events.show_roles", event_id=event_id), 303)


def _save(event_id: UUID, row: EventRole | None) -> Page:
    form = RoleForm.read()
    assert isinstance(form, RoleForm)
    if not form.accepted():
        return _page(event_id, form, row, 422)
    values = form.values()
    newer: list[Newer] = []
    with transaction(unaudited="a name that is taken, or a stale form, changes nothing"):
        store.locked_event(event_id)
        there = parts.role(event_id, row.id) if row else None
        newer = newer_than(form, RoleForm().show(there)) if there else []
        other = parts.role_named(event_id, values["name"])
        taken = other is not None and (row is None or other.id != row.id)
        if not taken and row is None:
            setting_up.add_roles(event_id, [(values["name"], values["short_name"], values["group"])])
            added = parts.role_named(event_id, values["name"])
            assert added is not None
            added.colour = values["colour"]
        elif not taken and row is not None and not newer:
            parts.change_role(event_id, row.id, values)
    if newer:
        return _page(event_id, form, row, 409, newer)
    if taken:
        form["name"].errors = [_("Peran dengan nama ini sudah ada.")]
        return _page(event_id, form, row, 422)
    flash(_("Peran disimpan."), "ok")
    return redirect(url_for("events.show_roles", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/roles/<uuid:role_id>/removal")
@policy("event.role_remove", Scope.EVENT, roles=EDITORS)
def remove_role(event_id: UUID, role_id: UUID) -> Response:
    """Remove a role that nobody uses."""
    if parts.role(event_id, role_id) is None:
        abort(404)
    with transaction(unaudited="a role in use stays"):
        store.locked_event(event_id)
        removed = parts.remove_role(event_id, role_id)
    if removed:
        flash(_("Peran dihapus."), "ok")
    else:
        flash(_("Peran ini sudah dipakai pada undangan atau peserta, jadi tetap ada. Namanya boleh diubah."), "warn")
    return redirect(url_for("events.show_roles", event_id=event_id), 303)


def _page(
    event_id: UUID, form: Form, row: EventRole | None = None, status: int = 200, newer: Sequence[Newer] = ()
) -> tuple[str, int]:
    event = event_or_404(event_id)
    roles = store.roles(event_id)
    names = {role.name for role in roles}
    page = render_template(
        "events/roles.html",
        form=form,
        newer=newer,
        row=row,
        roles=roles,
        groups=words.GROUPS,
        colours=words.COLOURS,
        ready_made=[draft.name for draft in first_roles(event.kind) if draft.name not in names],
        **context(event),
    )
    return page, status
