"""Log in, log out, show the password again."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import audit, clock
from rakor.accounts import session, store
from rakor.accounts.forms import LoginForm, ProofForm
from rakor.accounts.routes import ticket
from rakor.accounts.routes.door import Page, blueprint, target
from rakor.accounts.tries import may_try
from rakor.db import transaction
from rakor.web.access import Scope, current_user, policy, principal


@blueprint.get("/login")
@policy("session.form", Scope.PUBLIC, reason="whoever is not logged in must be able to")
def show_login() -> Page:
    """The form; who is logged in already goes on."""
    wanted = target(request.args.get("next"))
    if principal().user is not None:
        return redirect(wanted, 303)
    form = LoginForm.read()
    form["next"].data = wanted
    return render_template("accounts/login.html", form=form)


@blueprint.post("/login")
@policy("session.start", Scope.PUBLIC, reason="whoever is not logged in must be able to")
def log_in() -> Page:
    """Start a session under a new id; every refusal says the same sentence."""
    form = LoginForm.read()
    if not form.accepted():
        return render_template("accounts/login.html", form=form), 422
    email, password = form["email"].data.lower(), form["password"].data
    if not may_try(email):
        form.form_errors.append(_("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."))
        return render_template("accounts/login.html", form=form), 429
    user = store.user_by_email(email)
    if not store.password_fits(user, password) or user is None or user.disabled_at is not None:
        form.form_errors.append(_("Email atau kata sandi tidak cocok."))
        return render_template("accounts/login.html", form=form), 401
    wanted = target(form["next"].data)
    return ticket.ask_code(user, wanted) if user.totp_secret is not None else begin(user.id, wanted)


def again(why: str, path: str) -> Page:
    """Ask for e-mail and password once more, and say why; then on to ``path``."""
    form = LoginForm()
    form["next"].data = path
    form.form_errors.append(why)
    return render_template("accounts/login.html", form=form), 422


def begin(user_id: UUID, path: str) -> Response:
    """Start a session for a person in this browser, end the one it had, and lead to ``path``."""
    former = principal().user
    with transaction():
        audit.set_actor(audit.Actor("user", user_id))
        if former is not None:
            store.end_session(former.session_id, now=clock.now())
        token = store.start_session(user_id, now=clock.now(), browser=session.browser())
    g.session_over = True
    return session.give(redirect(path, 303), token)


@blueprint.post("/logout")
@policy("session.end", Scope.PUBLIC, reason="ending a session that is over already is no error")
def log_out() -> Response:
    """End this session at once, on the server too."""
    user = principal().user
    if user is not None:
        with transaction():
            store.end_session(user.session_id, now=clock.now())
    g.session_over = True
    flash(_("Anda sudah keluar."), "ok")
    return session.take(redirect("/", 303))


@blueprint.get("/login/proof")
@policy("session.proof_form", Scope.USER)
def show_proof() -> Page:
    """Ask for the password again before something grave."""
    form = ProofForm.read()
    form["next"].data = target(request.args.get("next"))
    return render_template("accounts/proof.html", form=form)


@blueprint.post("/login/proof")
@policy("session.prove", Scope.USER)
def prove() -> Page:
    """Check the password; for five minutes it need not be shown again."""
    form = ProofForm.read()
    if not form.accepted():
        return render_template("accounts/proof.html", form=form), 422
    known = current_user()
    user = store.user(known.id)
    if user is None or not may_try(user.email):
        form.form_errors.append(_("Terlalu banyak percobaan. Tunggu 15 menit, lalu coba lagi."))
        return render_template("accounts/proof.html", form=form), 429
    if not store.password_fits(store.user(known.id), form["password"].data):
        form["password"].errors = [_("Kata sandi tidak cocok.")]
        return render_template("accounts/proof.html", form=form), 422
    with transaction():
        store.prove_session(known.session_id, now=clock.now())
    return redirect(target(form["next"].data), 303)
