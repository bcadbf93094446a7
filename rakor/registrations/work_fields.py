"""The questions about somebody's service: status, acting, NIP, rank. All may stay empty; a NIP opens nothing."""

from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice

from rakor.registrations.fields import CHOOSE, WordsField
from rakor.registrations.rules.numbers import NumberReason
from rakor.registrations.rules.work import Acting, Employment, WorkProblem, judge_nip, rank_of, ranks
from rakor.web.forms import Form, ValidationError

EMPLOYMENTS: dict[Employment, LazyString] = {
    Employment.COMMISSIONER: _l("Komisioner/anggota"),
    Employment.PNS: _l("PNS"),
    Employment.PPPK: _l("PPPK"),
    Employment.MILITARY_POLICE: _l("TNI/Polri"),
    Employment.NON_ASN: _l("Pegawai non-ASN"),
    Employment.PUBLIC: _l("Umum"),
}
ACTINGS: dict[Acting, LazyString] = {
    Acting.PLH: _l("Plh. (pelaksana harian)"),
    Acting.PLT: _l("Plt. (pelaksana tugas)"),
}
PROBLEMS: dict[NumberReason | WorkProblem, LazyString] = {
    NumberReason.LENGTH: _l("NIP terdiri atas 18 angka. Periksa lagi, atau kosongkan."),
    NumberReason.EXCEL_SCIENTIFIC: _l("Nomor ini rusak oleh Excel. Ketik ulang lengkap, atau kosongkan."),
    NumberReason.EXCEL_TRUNCATED: _l("Nomor ini berakhir 000: biasanya karena dipotong Excel."),
    NumberReason.BIRTH_DATE: _l("Delapan angka pertama bukan tanggal lahir yang ada. Periksa lagi."),
    NumberReason.APPOINTMENT_YEAR: _l("Tahun pengangkatan (angka 9–12) tidak mungkin. Periksa lagi."),
    NumberReason.APPOINTMENT_MONTH: _l("Angka 13–14 bukan bulan (PNS) dan bukan kode kontrak (PPPK). Periksa lagi."),
    NumberReason.SEX_DIGIT: _l("Angka ke-15 harus 1 atau 2. Periksa lagi."),
    NumberReason.AGE_AT_APPOINTMENT: _l("Menurut nomor ini umur saat pengangkatan tidak lazim."),
    NumberReason.AGE_NOW: _l("Menurut nomor ini umur sekarang tidak lazim."),
    WorkProblem.NRP: _l("NRP terdiri atas 5 sampai 18 angka. Periksa lagi, atau kosongkan."),
    WorkProblem.OTHER_SERVICE: _l("Bentuk nomor ini bukan untuk status yang dipilih (PNS atau PPPK)."),
}


class WorkFields(Form):
    """Mixed into a form that asks about somebody's service; ``today`` is set before it is read."""

    today: date
    employment = SelectField(_l("Status kepegawaian"), choices=[], validate_choice=False, default="")
    acting = SelectField(_l("Plh./Plt."), choices=[], validate_choice=False, default="")
    nip = WordsField(_l("NIP, NI PPPK, atau NRP"), max=60)
    nip_sure = BooleanField(_l("Nomor ini sudah saya periksa dan benar"))
    rank = SelectField(_l("Pangkat/golongan"), choices=[], validate_choice=False, default="")
    nip_digits = ""
    nip_asks = False
    """True where the number is odd, so the page offers "sudah saya periksa"."""

    def offer_work(self, today: date) -> None:
        """Ask about somebody's service; ``today`` is a date in the event's zone, to judge ages by."""
        self.today = today
        self.draw_work()

    def draw_work(self) -> None:
        """Fill the choices for the page."""
        nothing = SelectChoice("", _("Tidak diisi"))
        self.employment.choices = [nothing, *(SelectChoice(str(one), word) for one, word in EMPLOYMENTS.items())]
        self.acting.choices = [SelectChoice("", _("Bukan")), *(SelectChoice(str(o), w) for o, w in ACTINGS.items())]
        grades = [
            SelectChoice(rank.display(), rank.display(), optgroup=str(EMPLOYMENTS[rank.employment]))
            for rank in reversed(ranks())
        ]
        self.rank.choices = [nothing, *grades]

    def validate_employment(self, field: SelectField) -> None:
        if field.data and field.data not in set(Employment):
            raise ValidationError(str(CHOOSE))

    def validate_acting(self, field: SelectField) -> None:
        if field.data and field.data not in set(Acting):
            raise ValidationError(str(CHOOSE))

    def validate_nip(self, field: WordsField) -> None:
        answer = judge_nip(self.service, field.data or "", self.today, sure=bool(self.nip_sure.data))
        if answer.problem is None:
            self.nip_digits = answer.digits
            return
        self.nip_asks = answer.may_insist
        again = _("Bila benar, centang di bawahnya lalu simpan lagi.") if answer.may_insist else ""
        raise ValidationError(f"{PROBLEMS[answer.problem]} {again}".strip())

    def validate_rank(self, field: SelectField) -> None:
        if field.data and self.service is not None and self.has_rank and rank_of(self.service, field.data) is None:
            raise ValidationError(_("Pangkat/golongan ini bukan untuk status yang dipilih."))

    @property
    def service(self) -> Employment | None:
        """The chosen status, or None."""
        return Employment(self.employment.data) if self.employment.data in set(Employment) else None

    @property
    def has_rank(self) -> bool:
        """True for a service with grades."""
        return self.service in (Employment.PNS, Employment.PPPK)

    def work(self) -> dict[str, Any]:
        """Return what to store, by the names of the registration's columns."""
        return {
            "employment": self.service,
            "acting": self.acting.data or "",
            "nip": self.nip_digits or None,
            "rank": (self.rank.data or "") if self.has_rank else "",
        }


class WorkForm(WorkFields):
    """Somebody's own service, put right; with the post, which the office may have left to the person."""

    post = WordsField(_l("Jabatan"), max=160)
