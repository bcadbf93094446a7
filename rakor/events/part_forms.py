"""Forms of an event's parts: channel, identity, role, team."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, HiddenField, PasswordField, SelectField

from rakor.accounts.words import ROLES
from rakor.events import words
from rakor.events.fields import CountField, DayField, SecureUrlField, WordSelect
from rakor.events.models import EventChannel, EventIdentity, EventRole
from rakor.events.rules import BadgeColour, RoleGroup
from rakor.events.rules.colours import contrast, dark_enough, darkened, parse_colour, written
from rakor.web.forms import Form, LinesField, TextField, ValidationError
from rakor.web.locale import number

CHANNEL_NAMES = ("label", "url", "note", "capacity", "is_public")
WHITE = (255, 255, 255)


class RememberingForm(Form):
    """A form that remembers the row it was drawn from (``rakor.events.stale``)."""

    seen = HiddenField()


class ChannelForm(RememberingForm):
    """One way to follow."""

    kind = WordSelect(_l("Jenis"), words.CHANNELS, default="zoom")
    label = TextField(_l("Nama"), required=True, max=120)
    url = SecureUrlField(_l("Tautan"), max=500)
    note = TextField(_l("Catatan"), max=200)
    capacity = CountField(_l("Muat berapa orang"))
    is_public = BooleanField(_l("Tautan boleh dilihat siapa saja"))

    def show(self, row: EventChannel) -> "ChannelForm":
        """Fill the form with a channel as it stands."""
        for name in CHANNEL_NAMES:
            self[name].data = getattr(row, name)
        self.kind.data = str(row.kind)
        return self

    def values(self) -> dict[str, Any]:
        """Return the channel's columns as typed."""
        found = {name: self[name].data for name in CHANNEL_NAMES}
        return found | {"kind": self.kind.word, "url": self.url.data or None}


class IdentityForm(RememberingForm):
    """How papers and pages look."""

    letterhead = LinesField(_l("Baris kop surat"), max=600, render_kw={"rows": 4})
    signatory_name = TextField(_l("Nama penanda tangan"), max=120)
    signatory_post = TextField(_l("Jabatan penanda tangan"), max=160)
    signatory_nip = TextField(_l("NIP penanda tangan"), max=30)
    accent = TextField(_l("Warna utama"), max=7)
    nip_digits = ""

    def show(self, row: EventIdentity) -> "IdentityForm":
        """Fill the form with the identity as it stands."""
        for name in ("letterhead", "signatory_name", "signatory_post", "accent"):
            self[name].data = getattr(row, name)
        self.signatory_nip.data = row.signatory_nip or ""
        return self

    def validate_signatory_nip(self, field: TextField) -> None:
        self.nip_digits = re.sub(r"[\s.\-']", "", field.data or "")
        if self.nip_digits and not re.fullmatch(r"[0-9]{18}", self.nip_digits):
            raise ValidationError(_("NIP terdiri dari 18 angka. Pejabat tanpa NIP: kosongkan."))

    def validate_accent(self, field: TextField) -> None:
        if not field.data:
            return
        colour = parse_colour(field.data)
        if colour is None:
            raise ValidationError(_("Tulis warna seperti #0b6b4b."))
        if not dark_enough(colour):
            found, better = number(round(contrast(colour, WHITE), 1)), written(darkened(colour))
            raise ValidationError(
                _(
                    "Tulisan putih di atas warna ini sulit dibaca (kontras %(found)s, perlu 4,5). Coba %(better)s.",
                    found=found,
                    better=better,
                )
            )
        field.data = written(colour)

    def values(self) -> dict[str, Any]:
        """Return the identity's columns as typed."""
        return {field.name: field.data for field in self} | {"signatory_nip": self.nip_digits or None}


class LogoForm(Form):
    """A picture; what it is, is read from its content."""

    logo = FileField(_l("Logo"), render_kw={"accept": "image/png,image/jpeg"})


class RoleForm(RememberingForm):
    """One role in the protocol order."""

    name = TextField(_l("Nama peran"), required=True, max=120)
    short_name = TextField(_l("Nama pendek"), max=40)
    group = WordSelect(_l("Daftar hadir"), words.GROUPS, default=str(RoleGroup.PARTICIPANT))
    colour = SelectField(_l("Warna kartu"), choices=[], validate_choice=False, default="")

    def __init__(self, *given: Any, **named: Any):
        super().__init__(*given, **named)
        self.colour.choices = [("", _("Tanpa warna")), *((str(one), word) for one, word in words.COLOURS.items())]

    def validate_colour(self, field: SelectField) -> None:
        if field.data and field.data not in set(BadgeColour):
            raise ValidationError(_("Pilih salah satu."))

    def show(self, row: EventRole) -> "RoleForm":
        """Fill the form with a role as it stands."""
        self["name"].data, self.short_name.data, self.group.data = row.name, row.short_name, str(row.group)
        self.colour.data = str(row.colour or "")
        return self

    def values(self) -> dict[str, Any]:
        """Return the role's columns as typed."""
        named = {"name": self["name"].data, "short_name": self.short_name.data, "group": self.group.word}
        return named | {"colour": BadgeColour(self.colour.data) if self.colour.data else None}


class GrantForm(Form):
    """A role for a person until a date; somebody without an account gets one."""

    email = TextField(_l("Email"), required=True, max=254)
    name = TextField(_l("Nama, bila belum punya akun"), max=120)
    role = WordSelect(_l("Peran dalam tim"), ROLES, default="desk")
    ends_on = DayField(_l("Berlaku sampai"), required=True)
    password = PasswordField(_l("Kata sandi Anda"), render_kw={"autocomplete": "current-password"})

    def validate_email(self, field: TextField) -> None:
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", field.data or ""):
            raise ValidationError(_("Tulis alamat email yang lengkap."))


class LeaderForm(Form):
    """Somebody who shall read the numbers without an account."""

    name = TextField(_l("Nama"), required=True, max=120)
    post = TextField(_l("Jabatan"), max=160)
    until = DayField(_l("Berlaku sampai"))
    first: date = date.min
    last: date = date.max
    """Between which days a link may end."""

    def validate_until(self, field: DayField) -> None:
        if field.data and not self.first <= field.data <= self.last:
            raise ValidationError(_("Pilih hari ini atau hari setelahnya, paling lama setahun."))
