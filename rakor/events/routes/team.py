"""Who works on the event: owners give roles until a date; a new person gets a link for a first password, once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts import invitations, tries
from rakor.accounts import store as accounts
from rakor.accounts import words as account_words
from rakor.accounts.rules import EDITORS, GRANTERS, Role
from rakor.db import transaction
from rakor.events import store
from rakor.events.part_forms import GrantForm
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.events.rules.team import Held, may_take
from rakor.events.store import team
from rakor.web.access import Scope, current_user, policy, principal

OUTLIVES = timedelta(days=30)


@blueprint.get("/events/<uuid:event_id>/team")
@policy("event.team", Scope.EVENT, roles=EDITORS)
def show_team(event_id: UUID) -> Page:
    """Everybody's roles, and for owners a form for one more."""
    form = GrantForm()
    form.ends_on.data = event_or_404(event_id).ends_on + OUTLIVES
    return _page(event_id, form)


@blueprint.post("/events/<uuid:event_id>/team")
@policy("grant.give", Scope.EVENT, roles=GRANTERS)
def give_role(event_id: UUID) -> Page:
    """Give a role; the password is asked in the form where it was not shown in the last five minutes."""
    form = GrantForm.read()
    assert isinstance(form, GrantForm)
    if not form.accepted():
        return _page(event_id, form, 422)
    if not tries.shows_password(current_user(), form.password.data or ""):
        form.password.errors = [_("Ketik kata sandi Anda untuk memberi hak.")]
        return _page(event_id, form, 422)
    try:
        given = _give(event_id, form)
    except IntegrityError:  # uq_user_account_email: somebody invited the same person at this very moment
        given = _give(event_id, form)
    if given is None:
        form["name"].errors = [_("Orang ini belum punya akun. Tulis juga namanya.")]
        return _page(event_id, form, 422)
    if given:
        return _page(event_id, GrantForm(formdata=None), 201, link=_address(given), invited=form.email.data)
    flash(_("Hak diberikan."), "ok")
    return redirect(url_for("events.show_team", event_id=event_id), 303)


def _give(event_id: UUID, form: GrantForm) -> str | None:
    """Give the role; returns the code of a new person's link, "" for a known one, None where a name is needed."""
    code = ""
    with transaction(unaudited="without a name nothing is given"):
        store.locked_event(event_id)
        user = accounts.user_by_email(form.email.data)
        if user is None and not form["name"].data:
            return None
        me = current_user()
        if user is None:
            user, code = invitations.invite_user(form.email.data, form["name"].data, made_by=me.id, now=clock.now())
        team.give(event_id, user.id, form.role.word, ends_on=form.ends_on.data, now=clock.now())
        accounts.prove_session(me.session_id, now=clock.now())
    return code


@blueprint.post("/events/<uuid:event_id>/team/<uuid:grant_id>/removal")
@policy("grant.take", Scope.EVENT, roles=GRANTERS)
def take_role(event_id: UUID, grant_id: UUID) -> Response:
    """Take a role away at once; the last owner stays."""
    with transaction(unaudited="the last owner stays"):
        event = store.locked_event(event_id)
        held = [Held(grant.id, grant.role, grant.ends_on) for grant in team.grants(event_id)]
        known = grant_id in {one.grant_id for one in held}
        free = known and may_take(held, grant_id, clock.today(event.zone))
        if free:
            team.take(event_id, grant_id)
    if not known:
        abort(404)
    flash(_("Hak dicabut.") if free else _("Kegiatan perlu paling sedikit satu pemilik."), "ok" if free else "warn")
    return redirect(url_for("events.show_team", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/team/<uuid:grant_id>/password-link")
@policy("user.password_link", Scope.EVENT, roles=GRANTERS, reauth=True)
def make_password_link(event_id: UUID, grant_id: UUID) -> Page:
    """Show a new link for a first password: to who invited the person, or to an administrator."""
    grant = next((one for one in team.grants(event_id) if one.id == grant_id), None)
    if grant is None:
        abort(404)
    if grant.user_id not in _renewable(event_id):
        abort(403)
    with transaction():
        code = invitations.make_password_link(grant.user_id, made_by=current_user().id, now=clock.now())
    form = GrantForm(formdata=None)
    return _page(event_id, form, 201, link=_address(code), invited=grant.email)


def _renewable(event_id: UUID) -> set[UUID]:
    """Return those for whom this reader may make a link: invited by them and not yet in, or anybody for an admin."""
    users = {grant.user_id for grant in team.grants(event_id)}
    me = current_user()
    if me.is_admin:
        return users - {me.id}
    return {user_id for user_id, made_by in invitations.waiting_for_password(users).items() if made_by == me.id}


def _address(code: str) -> str:
    base: str = current_app.config["RAKOR"].base_url
    return f"{base}/password/{code}"


def _page(event_id: UUID, form: GrantForm, status: int = 200, **more: Any) -> tuple[str, int]:
    event = event_or_404(event_id)
    if form.ends_on.data is None and not form.ends_on.errors:
        form.ends_on.data = event.ends_on + OUTLIVES
    form.password.flags.required = not current_user().proved_recently
    found = team.grants(event_id)
    page = render_template(
        "events/team.html",
        form=form,
        grants=found,
        waiting=invitations.waiting_for_password({grant.user_id for grant in found}),
        renewable=_renewable(event_id),
        may_grant=principal().may(GRANTERS),
        proved=current_user().proved_recently,
        today=clock.today(event.zone),
        role_words=account_words.ROLES,
        role_hints=[(account_words.ROLES[role], account_words.ROLES_EXPLAINED[role]) for role in Role],
        **{"link": "", "invited": ""} | more,
        **context(event),
    )
    return page, status
