"""Everybody who logs in here, for the administrators of the installation."""

from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts import invitations, store
from rakor.accounts.models import User
from rakor.accounts.routes.door import Page, blueprint
from rakor.db import transaction
from rakor.web.access import Scope, current_user, policy


@blueprint.get("/accounts")
@policy("user.list", Scope.INSTALLATION)
def show_everybody() -> Page:
    """Every account, whether it is open, and what an administrator may do about it."""
    return _page()


@blueprint.post("/accounts/<uuid:account_id>/closure")
@policy("user.close", Scope.INSTALLATION, reauth=True)
def close_account(account_id: UUID) -> Response:
    """Close an account: its sessions end at once. Nobody closes the own one."""
    user = other(account_id)
    with transaction():
        store.close(user.id, now=clock.now())
    flash(_("Akun %(name)s ditutup; semua sesinya berakhir.", name=user.name), "ok")
    return redirect(url_for("accounts.show_everybody"), 303)


@blueprint.post("/accounts/<uuid:account_id>/reopening")
@policy("user.reopen", Scope.INSTALLATION, reauth=True)
def reopen_account(account_id: UUID) -> Response:
    """Open a closed account again."""
    user = other(account_id)
    with transaction():
        store.reopen(user.id)
    flash(_("Akun %(name)s dibuka lagi.", name=user.name), "ok")
    return redirect(url_for("accounts.show_everybody"), 303)


@blueprint.post("/accounts/<uuid:account_id>/sessions/end")
@policy("session.end_theirs", Scope.INSTALLATION)
def end_their_sessions(account_id: UUID) -> Response:
    """End every session of somebody else: a phone is lost, or a person left."""
    user = other(account_id)
    with transaction():
        store.end_sessions_of(user.id, now=clock.now())
    flash(_("Semua sesi %(name)s berakhir.", name=user.name), "ok")
    return redirect(url_for("accounts.show_everybody"), 303)


@blueprint.post("/accounts/<uuid:account_id>/password-link")
@policy("user.password_link_for", Scope.INSTALLATION, reauth=True)
def make_link_for(account_id: UUID) -> Page:
    """Show a link for a new password, once: for somebody who forgot it."""
    user = other(account_id)
    with transaction():
        code = invitations.make_password_link(user.id, made_by=current_user().id, now=clock.now())
    base: str = current_app.config["RAKOR"].base_url
    return _page(link=f"{base}/password/{code}", invited=user.email), 201


def other(account_id: UUID) -> User:
    """Return somebody else's account; about oneself an administrator has another page."""
    user = store.user(account_id)
    if user is None:
        abort(404)
    if user.id == current_user().id:
        abort(403)
    return user


def _page(link: str = "", invited: str = "") -> str:
    return render_template(
        "accounts/everybody.html", users=store.everybody(), me=current_user().id, link=link, invited=invited
    )
