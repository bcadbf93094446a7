"""Fields of the organiser's forms: dates, moments in the event's zone, counts, words of closed lists, addresses."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from rakor.web.forms import REQUIRED, TextField, ValidationError
from rakor.web.locale import number

CHOOSE = _l("Pilih salah satu.")
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


class DayField(DateField):
    """A calendar date; ``required`` or empty."""

    def __init__(self, label: Any = None, *, required: bool = False, **kw: Any):
        super().__init__(label, [InputRequired(REQUIRED) if required else Optional()], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Tulis tanggal yang ada di kalender.")) from None
        if self.data and not FIRST <= self.data <= LAST:
            raise ValueError(_("Periksa tahunnya."))


class MomentField(DateTimeLocalField):
    """A date with a time of day as the event's zone reads it; ``moment()`` gives the aware value."""

    data: datetime | None

    def __init__(self, label: Any = None, **kw: Any):
        super().__init__(label, [Optional()], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Tulis tanggal dan jam, misalnya 24-11-2026 08:00.")) from None
        if self.data and not FIRST <= self.data.date() <= LAST:
            self.data = None  # the year 1 has no moment in UTC; what was typed is shown from what was sent
            raise ValueError(_("Periksa tahunnya."))

    def moment(self, zone: str) -> datetime | None:
        """Return the typed moment as aware UTC, or None."""
        return self.data.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if self.data else None


def local(at: datetime | None, zone: str) -> datetime | None:
    """Return an aware moment as the naive local one that a MomentField shows."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if at else None


class CountField(IntegerField):
    """A whole number from ``least`` to ``most``, or empty."""

    def __init__(self, label: Any = None, *, least: int = 1, most: int = 100_000, **kw: Any):
        self.least, self.most = least, most
        super().__init__(label, [Optional()], **kw)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([value.strip().replace(".", "") for value in valuelist if value.strip()])
        except ValueError:
            raise ValueError(_("Tulis angka saja.")) from None

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not self.least <= self.data <= self.most:
            least, most = number(self.least), number(self.most)
            raise ValidationError(_("Tulis angka dari %(least)s sampai %(most)s.", least=least, most=most))


class _Words:
    """A choice among the words of a closed list; ``data`` is the word's text, ``word`` the enum's member."""

    def __init__(self, label: Any, words: Mapping[Any, Any], **kw: Any):
        self.words = {str(getattr(word, "value", word)): word for word in words}
        choices = [SelectChoice(text, words[word]) for text, word in self.words.items()]
        checks = [InputRequired(CHOOSE)]
        super().__init__(label, checks, choices=choices, validate_choice=False, **kw)  # type: ignore[call-arg]

    def pre_validate(self, form: Any) -> None:
        if self.data not in self.words:  # type: ignore[attr-defined]
            raise ValidationError(str(CHOOSE))

    @property
    def word(self) -> Any:
        """Return the chosen member."""
        return self.words[self.data]  # type: ignore[attr-defined]


class WordSelect(_Words, SelectField):
    """A closed list as a drop-down."""


class WordRadio(_Words, RadioField):
    """A closed list as answers in one row."""


class SecureUrlField(TextField):
    """An https address, or empty."""

    def pre_validate(self, form: Any) -> None:
        if self.data and not is_secure_url(self.data):
            raise ValidationError(_("Tulis alamat lengkap yang dimulai dengan https://"))


def is_secure_url(text: str) -> bool:
    """True for an https address with a host name, no name or password in it and nothing that could break out."""
    if any(ord(letter) < 33 or letter in "\"'<>\\^`{|}" for letter in text):
        return False
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host.strip(".") and "@" not in parts.netloc and port != 0


def shown(field: Any) -> str:
    """Return what a field holds, in words: for telling somebody what another person has just saved."""
    value = field.data
    if isinstance(field, _Words):
        known = {choice.value: choice.label for choice in field.choices}  # type: ignore[attr-defined]
        return str(known.get(value, value))
    if isinstance(value, bool):
        return str(_("Ya") if value else _("Tidak"))
    if isinstance(value, datetime):
        return value.strftime("%d-%m-%Y %H.%M")
    if isinstance(value, date):
        return value.strftime("%d-%m-%Y")
    return str(value) if value not in (None, "") else str(_("kosong"))
