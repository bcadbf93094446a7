"""The second step: set up and ended on the own account, asked for after the password, ended by an administrator."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts import second, second_store, store
from rakor.accounts.forms import CodeForm, LoginCodeForm
from rakor.accounts.models import User
from rakor.accounts.routes import login, ticket
from rakor.accounts.routes.door import Page, blueprint, target
from rakor.accounts.routes.everybody import other
from rakor.accounts.tries import may_try
from rakor.db import transaction
from rakor.qr import qr_svg
from rakor.web.access import Scope, current_user, policy


@blueprint.get("/sessions/second-step")
@policy("user.second_form", Scope.USER, reauth=True)
def show_second() -> Page:
    """Show the QR for an authenticator app; reading the page changes nothing."""
    return _set_up(CodeForm())


@blueprint.post("/sessions/second-step")
@policy("user.second_begin", Scope.USER, reauth=True)
def begin_second() -> Page:
    """Ask for a second step from now on, once the app has shown that it knows the secret; other sessions end."""
    known, form = current_user(), CodeForm.read()
    if not form.accepted():
        return _set_up(form, 422)
    user = _user(known.id)
    if not may_try(user.email):
        form["code"].errors = [_("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi.")]
        return _set_up(form, 429)
    secret = second.offered(known.session_id)
    step = second.step_of(secret, form["code"].data, now=clock.now(), last=None)
    if step is None:
        form["code"].errors = [_("Kode ini tidak cocok. Tunggu kode berikutnya di aplikasi, lalu ketik lagi.")]
        return _set_up(form, 422)
    with transaction(unaudited="it was begun in another window"):
        codes = second_store.begin(known.id, secret, step)
        if codes is None:
            return redirect(url_for("accounts.show_sessions"), 303)
        store.end_sessions_of(known.id, now=clock.now(), except_id=known.session_id)
    return render_template("accounts/second_codes.html", codes=codes)


@blueprint.post("/sessions/second-step/end")
@policy("user.second_end", Scope.USER, reauth=True)
def end_second() -> Response:
    """Ask for the password alone again."""
    with transaction():
        second_store.end(current_user().id)
    flash(_("Langkah kedua dimatikan. Masuk cukup dengan kata sandi."), "ok")
    return redirect(url_for("accounts.show_sessions"), 303)


@blueprint.post("/sessions/second-step/codes")
@policy("user.second_codes", Scope.USER, reauth=True)
def renew_codes() -> Page:
    """Show new codes for the day without a phone; the former ones are good for nothing."""
    known = current_user()
    if _user(known.id).totp_secret is None:
        return redirect(url_for("accounts.show_sessions"), 303)
    with transaction():
        codes = second_store.renew(known.id)
    return render_template("accounts/second_codes.html", codes=codes)


@blueprint.post("/login/code")
@policy("session.second", Scope.PUBLIC, reason="whoever showed the password still has to show the phone's code")
def take_code() -> Page:
    """Take the code and start the session; the password was shown within five minutes."""
    form = LoginCodeForm.read()
    user = ticket.holder(form["ticket"].data or "")
    if user is None:
        return login.again(_("Terlalu lama sejak kata sandi diketik. Masuk sekali lagi."), target(form["next"].data))
    if not form.accepted():
        return render_template("accounts/login_code.html", form=form), 422
    if not may_try(user.email):
        form.form_errors.append(_("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."))
        return render_template("accounts/login_code.html", form=form), 429
    with transaction(unaudited="a wrong code changes nothing"):
        fits = second_store.take(user.id, form["code"].data, now=clock.now())
    if not fits:
        form["code"].errors = [_("Kode ini tidak cocok atau sudah dipakai. Tunggu kode berikutnya.")]
        return render_template("accounts/login_code.html", form=form), 422
    return login.begin(user.id, target(form["next"].data))


@blueprint.post("/accounts/<uuid:account_id>/second-step/end")
@policy("user.second_end_theirs", Scope.INSTALLATION, reauth=True)
def end_their_second(account_id: UUID) -> Response:
    """Take the second step from somebody who lost phone and codes; all their sessions end."""
    user = other(account_id)
    with transaction():
        second_store.end(user.id)
        store.end_sessions_of(user.id, now=clock.now())
    flash(_("%(name)s masuk dengan kata sandi saja sampai memasang langkah kedua lagi.", name=user.name), "ok")
    return redirect(url_for("accounts.show_everybody"), 303)


def _set_up(form: CodeForm, status: int = 200) -> Page:
    known = current_user()
    user = _user(known.id)
    if user.totp_secret is not None:
        return redirect(url_for("accounts.show_sessions"), 303)
    secret = second.offered(known.session_id)
    picture = qr_svg(second.address(secret, user.email), _("Kode QR untuk aplikasi autentikator"))
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render_template("accounts/second.html", form=form, picture=picture, secret=spaced), status


def _user(user_id: UUID) -> User:
    return store.user(user_id) or abort(404)
