"""Forms: every field cleans what it gets, says in words what is wrong, and keeps what was typed."""

import unicodedata
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Form as WtForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation, ValidationError

REQUIRED = _l("Isian ini wajib.")
FORM_ROOM = 64 * 1024
"""Bytes of a sending beside the file that it brings."""


def clean(text: str | None) -> str:
    """Return typed text in NFC without surrounding white space; inner runs of blanks become one."""
    if not text:
        return ""
    return " ".join(unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode()).split())


def storable(text: str | None) -> str:
    """Like ``clean``, without control characters: for words that no field could refuse, such as a search."""
    return "".join(letter for letter in clean(text) if unicodedata.category(letter) not in ("Cc", "Cs"))


def clean_lines(text: str | None) -> str:
    """Like ``clean``, but line breaks stay (CRLF becomes LF)."""
    if not text:
        return ""
    lines = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode()).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def no_control_characters(form: WtForm, field: Any) -> None:
    """Refuse NUL and other control characters; line breaks are for text areas only."""
    allowed = "\n\t" if isinstance(field, TextAreaField) else ""
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in allowed for c in field.data or ""):
        raise StopValidation(str(_l("Ada karakter yang tidak dapat disimpan. Ketik ulang isian ini.")))


class TextField(StringField):
    """One line of text, cleaned; ``max`` characters at most."""

    def __init__(self, label: Any = None, *, required: bool = False, max: int = 200, validators: Any = (), **kw: Any):
        checks = [no_control_characters, *_common(required, max), *validators]
        super().__init__(label, checks, filters=[clean], **kw)


class LinesField(TextAreaField):
    """Several lines of text, cleaned; ``max`` characters at most."""

    def __init__(self, label: Any = None, *, required: bool = False, max: int = 4000, validators: Any = (), **kw: Any):
        checks = [no_control_characters, *_common(required, max), *validators]
        super().__init__(label, checks, filters=[clean_lines], **kw)


def _common(required: bool, limit: int) -> list[Any]:
    length = Length(max=limit, message=_l("Paling banyak %(max)d karakter."))
    return [DataRequired(REQUIRED), length] if required else [length]  # of what is left: blanks are nothing


class Form(WtForm):
    """The base of every form. ``Form.read()`` takes the posted fields; nothing is ever populated onto a model."""

    class Meta(WtForm.Meta):
        locales = ["id"]

        def get_translations(self, form: WtForm) -> None:
            return None

    @classmethod
    def read(cls, obj: Any = None, **kwargs: Any) -> "Form":
        """Return the form with what was posted; on GET with ``obj``'s present values."""
        return cls(request.form if request.method == "POST" else None, obj=obj, **kwargs)

    def accepted(self) -> bool:
        """True where the form was posted and every field is good."""
        return request.method == "POST" and self.validate()


__all__ = ["REQUIRED", "Form", "LinesField", "TextField", "ValidationError", "clean", "clean_lines"]
