"""The language of a page: the visitor's choice, else the browser's wish, else Indonesian."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from gettext import NullTranslations
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from jinja2 import pass_context

from rakor.web import names, times
from rakor.web.times import Language

COOKIE = "rakor_lang"
NAMES = {Language.ID: "Bahasa Indonesia", Language.EN: "English"}


def install(app: Flask) -> None:
    """Join Flask-Babel, the filters for numbers and times, and the headers that keep caches honest."""
    app.config.setdefault("BABEL_DEFAULT_LOCALE", Language.ID.value)
    _Speaking(app, locale_selector=chosen, default_translation_directories="translations")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of the extension that Babel adds
        gettext=lambda text: _catalogue().gettext(text),
        ngettext=lambda one, many, n: _catalogue().ngettext(one, many, n),
        pgettext=lambda context, text: _catalogue().pgettext(context, text),
        npgettext=lambda context, one, many, n: _catalogue().npgettext(context, one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals.update(language=language, language_names=NAMES, next_path=next_path)
    app.jinja_env.filters.update(FILTERS)
    app.after_request(_vary)


_catalogues: dict[str, NullTranslations] = {}


def _catalogue() -> NullTranslations:
    """The words of the language that is spoken now. Flask-Babel looks up more for each word than the word costs: on a
    page of 180 words that was a quarter of its time.
    """
    locale = get_locale()
    spoken = locale.language if locale is not None else ""  # a Locale itself is slow to hash
    found = _catalogues.get(spoken)
    if found is None:
        found = _catalogues[spoken] = Domain().get_translations()
    return found


class _Words(Domain):  # type: ignore[misc]  # Flask-Babel carries no types
    """What Python says by ``gettext`` and ``lazy_gettext``, from the same catalogue."""

    def get_translations(self) -> NullTranslations:
        return _catalogue()


class _Speaking(Babel):  # type: ignore[misc]
    domain_instance = _Words()


def chosen() -> str:
    """The language code for this request; Indonesian outside of one."""
    if not has_request_context():
        return Language.ID.value
    cookie = request.cookies.get(COOKIE, "")
    if cookie in set(Language):
        return cookie
    # "in" is the code for Indonesian that older phones still send
    best = request.accept_languages.best_match(["id", "in", "en"], default="id")
    return Language.EN.value if best == "en" else Language.ID.value


def language() -> Language:
    """The language that is spoken now, also inside `force_locale`."""
    locale = get_locale()
    return Language.EN if locale is not None and locale.language == "en" else Language.ID


def next_path() -> str:
    """Where to come back to after a switch: this page, or its neighbour when this one cannot be asked for again."""
    if request.method in {"GET", "HEAD"}:
        return request.full_path.rstrip("?")
    came_from = urlsplit(request.referrer or "")
    return safe_path(came_from.path) if came_from.netloc == request.host else "/"


def safe_path(wanted: str) -> str:
    """A path on this site, or "/" for whatever could lead elsewhere."""
    lawful = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    if not lawful or any(ord(letter) < 33 or ord(letter) == 127 for letter in wanted) or len(wanted) > 2000:
        return "/"
    parts = urlsplit(wanted)
    return wanted if not parts.scheme and not parts.netloc else "/"


def _vary(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", language().value)
    return response


def _spoken(write: Callable[..., str]) -> Callable[..., str]:
    """A filter that adds the current language as the last argument.

    It asks for the context, because Jinja computes a context-free filter of a constant once, when it compiles.
    """

    @pass_context
    def filter_(context: object, *values: Any) -> str:
        return write(*values, language())

    filter_.__name__, filter_.__doc__ = write.__name__, write.__doc__
    return filter_


def number(value: int | float | Decimal) -> str:
    """For Python callers: a number in the language of the page."""
    return times.number(value, language())


def when(at: datetime | None, zone: str) -> str:
    """For Python callers: a near moment in the language of the page."""
    return times.when(at, zone, language())


def when_known(at: datetime | None, zone: str) -> str:
    """Like ``when``; nothing where there is no moment, as a cell of a list says it."""
    return when(at, zone) if at else ""


def date_long(day: date) -> str:
    """For Python callers: a day in the language of the page."""
    return times.date_long(day, language())


@pass_context
def _number(context: object, value: int | float | Decimal) -> str:
    """Write a number; a small whole one, as most in a table are, reads alike in every language."""
    return str(value) if type(value) is int and 0 <= value < 1000 else number(value)


FILTERS: dict[str, Callable[..., str]] = {
    write.__name__: _spoken(write)
    for write in (
        times.percent,
        times.date_long,
        times.date_medium,
        times.date_range,
        times.day_tab,
        times.clock,
        times.clock_zone,
        times.span,
        times.when,
        times.left,
    )
} | {"number": _number, "plain": times.plain, "initials": names.initials}
