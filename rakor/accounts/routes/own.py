"""One's own account: sessions with their browser and last use, and the password."""

from uuid import UUID

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts import invitations, second_store, session, store
from rakor.accounts.forms import NewPasswordForm, PasswordForm
from rakor.accounts.models import User
from rakor.accounts.routes.door import Page, blueprint
from rakor.accounts.tries import WINDOW, may_try
from rakor.db import transaction
from rakor.web import limits
from rakor.web.access import Scope, current_user, policy

CODES_PER_NETWORK = 60


@blueprint.get("/sessions")
@policy("session.list", Scope.USER)
def show_sessions() -> Page:
    """One's own sessions: which browser, since when, last used."""
    return _account_page(PasswordForm())


@blueprint.post("/sessions/<uuid:session_id>/end")
@policy("session.end_one", Scope.USER)
def end_one(session_id: UUID) -> Response:
    """End one of one's own sessions."""
    known = current_user()
    with transaction(unaudited="a foreign session stays as it is"):
        found = store.own_session(known.id, session_id) is not None
        if found:
            store.end_session(session_id, now=clock.now())
    if not found:
        abort(404)
    if session_id == known.session_id:
        g.session_over = True
        return session.take(redirect(url_for("accounts.show_login"), 303))
    flash(_("Sesi itu sudah berakhir. Peramban di sana harus masuk lagi."), "ok")
    return redirect(url_for("accounts.show_sessions"), 303)


@blueprint.post("/sessions/end")
@policy("session.end_others", Scope.USER)
def end_others() -> Response:
    """End all of one's sessions but this one."""
    known = current_user()
    with transaction():
        store.end_sessions_of(known.id, now=clock.now(), except_id=known.session_id)
    flash(_("Semua sesi lain sudah berakhir."), "ok")
    return redirect(url_for("accounts.show_sessions"), 303)


@blueprint.post("/sessions/password")
@policy("user.password", Scope.USER)
def change_password() -> Page:
    """Take a new password; every other session ends, and this one goes on under a new id."""
    known = current_user()
    form = PasswordForm.read()
    user = _user(known.id)
    form.own_words = _own_words(user)
    if not form.accepted():
        return _account_page(form, 422)
    if not may_try(user.email):
        form.form_errors.append(_("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."))
        return _account_page(form, 429)
    if not store.password_fits(_user(known.id), form["present"].data):
        form["present"].errors = [_("Kata sandi tidak cocok.")]
        return _account_page(form, 422)
    with transaction():
        store.set_password(known.id, form["new"].data)
        store.end_sessions_of(known.id, now=clock.now())
        token = store.start_session(known.id, now=clock.now(), browser=session.browser())
    g.session_over = True
    flash(_("Kata sandi diganti. Semua sesi lain sudah berakhir."), "ok")
    return session.give(redirect(url_for("accounts.show_sessions"), 303), token)


def _account_page(form: NewPasswordForm, status: int = 200) -> tuple[str, int]:
    user = _user(current_user().id)
    sessions = store.sessions_of(user, now=clock.now())
    here = current_user().session_id
    left = second_store.codes_left(user.id)
    page = render_template(
        "accounts/own.html", form=form, user=user, sessions=sessions, here=here, codes_left=left
    )
    return page, status


def _user(user_id: UUID) -> User:
    user = store.user(user_id)
    if user is None:
        abort(404)
    return user


def _own_words(user: User) -> tuple[str, ...]:
    return (*user.email.split("@"), *user.name.split())


@blueprint.get("/password/<code>")
@policy("user.first_password_form", Scope.PUBLIC, reason="an invited person has no password yet; the code is the key")
def show_first_password(code: str) -> Page:
    """Choose a first password. Reading the page uses nothing up: mail scanners follow links."""
    user = _invited(code)
    return render_template("accounts/first_password.html", form=NewPasswordForm(), user=user)


@blueprint.post("/password/<code>")
@policy("user.first_password", Scope.PUBLIC, reason="an invited person has no password yet; the code is the key")
def choose_first_password(code: str) -> Page:
    """Take the first password, once; then log in with it."""
    if not limits.allowed("password_link", limits.client_network(), limit=CODES_PER_NETWORK, per=WINDOW):
        abort(429)
    user = _invited(code)
    form = NewPasswordForm.read()
    form.own_words = _own_words(user)
    if not form.accepted():
        return render_template("accounts/first_password.html", form=form, user=user), 422
    with transaction(unaudited="a link that is used up changes nothing"):
        link = invitations.password_link(code, now=clock.now())
        if link is not None:
            link.used_at = clock.now()
            store.set_password(link.user_id, form["new"].data)
            store.end_sessions_of(link.user_id, now=clock.now())
    if link is None:
        abort(404)
    flash(_("Kata sandi tersimpan. Silakan masuk."), "ok")
    return redirect(url_for("accounts.show_login"), 303)


def _invited(code: str) -> User:
    link = invitations.password_link(code, now=clock.now())
    user = store.user(link.user_id) if link else None
    if user is None or user.disabled_at is not None:
        abort(404)
    return user
