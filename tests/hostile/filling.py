"""How a form is filled in by somebody well-meaning, and how what was filled in travels."""

from io import BytesIO
from typing import Any

from tests import make
from tests.hostile.pages import Field, HtmlForm

PLAUSIBLE = {
    "email": "orang@contoh.test",
    "date": "2026-11-24",
    "time": "09:00",
    "datetime-local": "2026-11-20T09:00",
    "number": "3",
    "tel": "081234567890",
    "url": "https://contoh.test/",
    "search": "contoh",
    "password": make.PASSWORD,
}
Values = dict[str, list[str | bytes]]


def plausible(one: Field) -> list[str | bytes]:
    """Return what a well-meaning person would send for a control."""
    if one.kind == "file" or one.kind == "button":
        return [*one.options[:1]] if one.kind == "button" else []
    if one.kind in ("radio", "select", "checkbox"):
        real = [option for option in one.options if option]
        chosen = [value for value in one.values if value]
        wanted = one.kind != "checkbox" or one.required
        return [*(chosen or (real[:1] if wanted else []))]
    given = [value for value in one.values if value]
    return [*(given or [PLAUSIBLE.get(one.kind, "Isian Contoh") if one.kind != "hidden" else ""])]


def good(form: HtmlForm) -> Values:
    """Return a form filled in as a well-meaning person would."""
    return {name: plausible(one) for name, one in form.fields.items()}


def multipart(form: HtmlForm, pairs: list[tuple[str, str | bytes]]) -> dict[str, Any]:
    """Return what is sent, as the client takes it: a file where the form has one."""
    made: dict[str, Any] = {}
    for name, value in pairs:
        raw = value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
        control = form.fields.get(name)
        if control is not None and control.kind == "file":
            made.setdefault(name, []).append((BytesIO(raw), raw.decode("utf-8", "replace") or "zq"))
        else:
            made.setdefault(name, []).append(raw.decode("utf-8", "replace"))
    return made
