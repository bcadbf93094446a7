"""Everybody who logs in here, for the administrators of the installation."""

from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import audit, clock
from rakor.accounts import invitations, store
from rakor.accounts.models import User
from rakor.accounts.routes.door import Page, blueprint
from rakor.db import transaction
from rakor.sheets import Cell, Column
from rakor.sheets.saving import workbook
from rakor.web import times
from rakor.web.access import Scope, current_user, policy
from rakor.web.times import Language


@blueprint.get("/accounts")
@policy("user.list", Scope.INSTALLATION)
def show_everybody() -> Page:
    """Every account, whether it is open, and what an administrator may do about it."""
    return _page()


@blueprint.post("/accounts/sheets")
@policy("user.list_sheet", Scope.INSTALLATION, reauth=True)
def take_everybody() -> Response:
    """Every account as a workbook; addresses leave whole, so the password is shown first."""
    users, now = store.everybody(), clock.now()
    with force_locale(Language.ID.value):
        said = _("Keadaan %(when)s", when=times.plain(times.when(now, times.HOME, Language.ID)))
        notes = [said, _("%(n)s baris", n=len(users))]
        answer = workbook(_("Semua akun"), _columns(), [_line(one) for one in users], notes=notes, name="akun")
    with transaction():
        audit.record("list.export_whole", object_kind="accounts", count=len(users), fields=("email",))
    return answer


def _columns() -> list[Column]:
    return [Column(_("Nama"), 34), Column(_("Email"), 34), *(Column(heading, 18) for heading in (
        _("Pengelola"), _("Langkah kedua"), _("Keadaan")))]  # fmt: skip


def _line(user: User) -> list[Cell]:
    state = _("Ditutup") if user.disabled_at else _("Aktif")
    return [user.name, user.email, _("ya") if user.is_admin else "", _("ya") if user.totp_secret else "", state]


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
