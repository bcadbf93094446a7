"""The forms of certificates: the event's rules, what is decided for one person, why one is revoked."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from rakor.documents.certificate_models import CertificateRules, CertificateRuling
from rakor.documents.rules.certificates import MOST_JP, PATTERN, SHARE, Ruling, pattern_fits
from rakor.events.fields import CountField, DayField
from rakor.events.models import EventIdentity
from rakor.web.forms import REQUIRED, Form, TextField, ValidationError

BY_ATTENDANCE, GIVE, WITHHOLD = "attendance", "give", "withhold"
SHORTEST = 10


class RulesForm(Form):
    """Whether an event certifies, what is needed, how papers are numbered, and who signs."""

    is_on = BooleanField(_l("Kegiatan ini menerbitkan sertifikat"))
    share = CountField(_l("Paling sedikit diikuti (persen dari menit yang dihitung)"), most=100)
    pattern = TextField(_l("Pola nomor"), required=True, max=80)
    place = TextField(_l("Tempat penandatanganan"), max=120)
    signed_on = DayField(_l("Tanggal pada sertifikat"))
    signatory_post = TextField(_l("Jabatan penanda tangan"), max=160)
    signatory_name = TextField(_l("Nama penanda tangan"), max=120)
    signatory_nip = TextField(_l("NIP penanda tangan"), max=30)
    nip_digits = ""

    def show(self, row: CertificateRules | None, identity: EventIdentity, city: str) -> "RulesForm":
        """Fill the form with the rules as they stand; at first with who signs the event's other papers."""
        kept: Any = row or identity
        self.is_on.data, self.share.data = row.is_on if row else False, row.share if row else SHARE
        self.pattern.data = row.pattern if row else PATTERN
        self.place.data, self.signed_on.data = (row.place, row.signed_on) if row else (city, None)
        self.signatory_post.data, self.signatory_name.data = kept.signatory_post, kept.signatory_name
        self.signatory_nip.data = kept.signatory_nip or ""
        return self

    def validate_pattern(self, field: TextField) -> None:
        if not pattern_fits(field.data or ""):
            raise ValidationError(_("Pola memuat {nomor}; selain itu hanya {bulan} dan {tahun} yang dikenal."))

    def validate_signatory_name(self, field: TextField) -> None:
        if self.is_on.data and not field.data:
            raise ValidationError(_("Sertifikat perlu penanda tangan."))

    def validate_signatory_nip(self, field: TextField) -> None:
        self.nip_digits = re.sub(r"[\s.\-']", "", field.data or "")
        if self.nip_digits and not re.fullmatch(r"[0-9]{18}", self.nip_digits):
            raise ValidationError(_("NIP terdiri dari 18 angka. Pejabat tanpa NIP: kosongkan."))

    def values(self) -> dict[str, Any]:
        """Return the columns of the rules as typed."""
        typed = {field.name: field.data for field in self}
        return typed | {"share": self.share.data or SHARE, "signatory_nip": self.nip_digits or None}


class RulingForm(Form):
    """What the organiser decides for one person."""

    decision = RadioField(
        _l("Keputusan"),
        [InputRequired(REQUIRED)],
        choices=[
            SelectChoice(BY_ATTENDANCE, _l("Menurut kehadiran")),
            SelectChoice(GIVE, _l("Tetap diberi")),
            SelectChoice(WITHHOLD, _l("Tidak diberi")),
        ],
    )
    jp = CountField(_l("JP pada sertifikat"), most=MOST_JP)
    reason = TextField(_l("Alasan"), max=200)

    def show(self, row: CertificateRuling | None) -> "RulingForm":
        """Fill the form with what is decided now."""
        self.decision.data = BY_ATTENDANCE if row is None else GIVE if row.granted else WITHHOLD
        if row is not None:
            self.jp.data, self.reason.data = row.jp, row.reason
        return self

    def validate_reason(self, field: TextField) -> None:
        if self.decision.data != BY_ATTENDANCE and len(field.data or "") < SHORTEST:
            raise ValidationError(_("Tulis alasannya paling sedikit 10 huruf."))

    def ruling(self) -> Ruling | None:
        """Return the decision; None where the attendance decides."""
        if self.decision.data == BY_ATTENDANCE:
            return None
        return Ruling(self.decision.data == GIVE, self.jp.data, self.reason.data or "")


class RevokeForm(Form):
    """Why a certificate is taken back, or issued anew."""

    reason = TextField(_l("Alasan"), required=True, max=200)

    def validate_reason(self, field: TextField) -> None:
        if len(field.data or "") < SHORTEST:
            raise ValidationError(_("Tulis alasannya paling sedikit 10 huruf."))
