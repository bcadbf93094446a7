"""Forms of logging in and of passwords; a password is never cleaned, trimmed or shown again."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired

from rakor.accounts.rules import password_problem
from rakor.accounts.words import PASSWORD_PROBLEMS
from rakor.web.forms import REQUIRED, Form, TextField, ValidationError


def _password(label: Any, autocomplete: str) -> PasswordField:
    return PasswordField(label, [InputRequired(REQUIRED)], render_kw={"autocomplete": autocomplete})


class LoginForm(Form):
    """E-mail and password; ``next`` is where to go afterwards."""

    email = TextField(_l("Email"), required=True, max=254)
    password = _password(_l("Kata sandi"), "current-password")
    next = HiddenField()


class ProofForm(Form):
    """The password again, before something grave."""

    password = _password(_l("Kata sandi"), "current-password")
    next = HiddenField()


class CodeForm(Form):
    """A code: six figures of an authenticator app, or one that was written down."""

    code = TextField(_l("Kode"), required=True, max=40)


class LoginCodeForm(CodeForm):
    """The code after the password; ``ticket`` says that the password fitted, ``next`` where to go afterwards."""

    ticket = HiddenField()
    next = HiddenField()


class NewPasswordForm(Form):
    """A password to be taken from now on, typed twice. ``own_words`` alone are too easy to guess."""

    own_words: tuple[str, ...] = ()
    new = _password(_l("Kata sandi baru"), "new-password")
    again = _password(_l("Kata sandi baru, sekali lagi"), "new-password")

    def validate_new(self, field: PasswordField) -> None:
        problem = password_problem(field.data or "", *self.own_words)
        if problem is not None:
            raise ValidationError(str(PASSWORD_PROBLEMS[problem]))

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.new.data:
            raise ValidationError(str(_l("Kedua isian tidak sama. Ketik sekali lagi.")))


class PasswordForm(NewPasswordForm):
    """A new password by somebody who knows the present one."""

    present = _password(_l("Kata sandi sekarang"), "current-password")
