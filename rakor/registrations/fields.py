"""Fields that know people: each reads what was typed by the rules and keeps both the text and what it means."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l

from rakor.registrations.rules import (
    Email,
    EmailProblem,
    PersonName,
    Phone,
    PhoneProblem,
    TextProblem,
    check_text,
    parse_email,
    parse_phone,
    read_name,
)
from rakor.registrations.words import EMAIL_PROBLEMS, NAME_PROBLEMS, PHONE_PROBLEMS
from rakor.web.forms import TextField, ValidationError

CHOOSE = _l("Pilih salah satu.")
UNREADABLE = _l("Ada karakter yang tidak dapat disimpan. Ketik ulang isian ini.")
LONGEST_LINE = 250  # a name of 120 letters between titles of 60
# bytes that are no text arrive from a form as "%ED%A0%80", from elsewhere as the replacement sign
BROKEN = re.compile("\ufffd|%[89A-F][0-9A-F]")


def refuse_unreadable(form: Any, field: Any) -> None:
    """Refuse what no page, sheet or mail can carry: controls, direction overrides, broken bytes."""
    text = field.data or ""
    if BROKEN.search(text) or check_text(text, len(text)) is TextProblem.CONTROL_CHARACTER:
        raise ValidationError(str(UNREADABLE))


class WordsField(TextField):
    """One line of free text."""

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, validators=[refuse_unreadable], **kwargs)


class NameField(TextField):
    """A person's name with titles; ``person`` is what was read."""

    person: PersonName

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, required=True, max=LONGEST_LINE, validators=[refuse_unreadable, self._read], **kwargs)

    def _read(self, form: Any, field: Any) -> None:
        found = read_name(self.data or "")
        if not isinstance(found, PersonName):
            raise ValidationError(str(NAME_PROBLEMS[found]))
        self.person = found


class PhoneField(TextField):
    """A phone number as typed; ``number`` is its E.164 form, or None where the field stayed empty."""

    number: str | None = None

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, max=60, validators=[self._read], **kwargs)

    def _read(self, form: Any, field: Any) -> None:
        found = parse_phone(self.data or "")
        if isinstance(found, Phone):
            self.number = found.e164
        elif found is not PhoneProblem.EMPTY:
            raise ValidationError(str(PHONE_PROBLEMS[found]))


class EmailField(TextField):
    """An e-mail address as typed; ``address`` is what was read, or None where the field stayed empty."""

    address: str | None = None

    def __init__(self, label: Any = None, **kwargs: Any) -> None:
        super().__init__(label, max=254, validators=[self._read], **kwargs)

    def _read(self, form: Any, field: Any) -> None:
        found = parse_email(self.data or "")
        if isinstance(found, Email):
            self.address = found.address
        elif found is not EmailProblem.EMPTY:
            raise ValidationError(str(EMAIL_PROBLEMS[found]))
