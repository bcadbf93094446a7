"""Forms with which an organiser sets an event up."""

from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from rakor.events import words
from rakor.events.fields import CountField, DayField, MomentField, WordRadio, WordSelect, local
from rakor.events.models import Event
from rakor.events.rules import Admission, EventDates, EventProblem, check_dates
from rakor.offices import store as offices
from rakor.offices.models import Institution
from rakor.web.forms import Form, LinesField, TextField, ValidationError
from rakor.web.locale import number

NEW = "new"
INVITED, OPEN = "invited", "open"
AT_FIELD = {
    EventProblem.ENDS_BEFORE_START: "ends_on",
    EventProblem.TOO_LONG: "ends_on",
    EventProblem.WINDOW_REVERSED: "closes",
    EventProblem.DEADLINE_AFTER_END: "answer_by",
}


class StartForm(Form):
    """The first form: enough for a small event; everything else has a place in the settings."""

    idempotency_key = HiddenField(default=lambda: str(uuid4()))
    kind = WordSelect(_l("Jenis kegiatan"), words.KINDS)
    title = TextField(_l("Nama kegiatan"), required=True, max=240)
    institution = SelectField(_l("Instansi penyelenggara"), choices=[], validate_choice=False, default=NEW)
    institution_name = TextField(_l("Nama instansi"), max=200)
    starts_on = DayField(_l("Mulai"), required=True)
    ends_on = DayField(_l("Selesai"))
    zone = WordRadio(_l("Zona waktu"), words.ZONES, default="Asia/Jakarta")
    mode = WordRadio(_l("Cara mengikuti"), words.MODES, default="onsite")
    venue = TextField(_l("Tempat"), max=200)
    city = TextField(_l("Kota"), max=120)
    entry = RadioField(_l("Siapa yang ikut"), choices=[], validate_choice=False, default=OPEN)
    capacity = CountField(_l("Jumlah tempat"))

    def offer(self, institutions: list[Institution]) -> "StartForm":
        """Offer the institutions whose events the person edits already; another one is typed."""
        self.known = {str(one.id): one for one in institutions}
        counts = offices.office_counts(one.id for one in institutions)
        ordered = sorted(institutions, key=lambda one: -counts.get(one.id, 0))  # whom one invites is there already
        names = [SelectChoice(str(one.id), _with_offices(one.name, counts.get(one.id, 0))) for one in ordered]
        self.institution.choices = [*names, SelectChoice(NEW, _("Instansi lain, saya ketik"))]
        self.entry.choices = [
            SelectChoice(OPEN, _("Siapa saja, lewat formulir")),
            SelectChoice(INVITED, _("Kantor yang diundang")),
        ]
        unknown = self.institution.data != NEW and self.institution.data not in self.known
        if unknown or (not self.institution.raw_data and names):
            self.institution.data = names[0].value if names else NEW
        self.institution_name.flags.required = not names
        self.institution.flags.required = self.entry.flags.required = True
        return self

    def validate_institution_name(self, field: TextField) -> None:
        if self.institution.data == NEW and not field.data:
            raise ValidationError(_("Tulis nama instansi penyelenggara."))

    def validate_ends_on(self, field: DayField) -> None:
        if self.starts_on.data and not self.starts_on.errors:
            _check(EventDates(self.starts_on.data, field.data or self.starts_on.data))

    @property
    def key(self) -> UUID:
        """The sending's own key; a lost one is made anew."""
        try:
            return UUID(self.idempotency_key.data or "")
        except ValueError:
            return uuid4()


def _with_offices(name: str, office_count: int) -> str:
    return str(_("%(name)s (%(n)s kantor)", name=name, n=number(office_count))) if office_count else name


def _check(dates: EventDates) -> None:
    for problem in check_dates(dates):
        raise ValidationError(str(words.PROBLEMS[problem]))


class SettingsForm(Form):
    """Everything an event says about itself. ``version`` is the one the form was drawn from."""

    version = HiddenField()
    title = TextField(_l("Nama kegiatan"), required=True, max=240)
    short_title = TextField(_l("Nama pendek"), required=True, max=120)
    kind = WordSelect(_l("Jenis kegiatan"), words.KINDS)
    theme = TextField(_l("Tema"), max=300)
    purpose = LinesField(_l("Maksud dan tujuan"), max=2000, render_kw={"rows": 3})
    organizer = TextField(_l("Penyelenggara"), required=True, max=200)
    unit = TextField(_l("Satuan kerja penanggung jawab"), max=200)
    starts_on = DayField(_l("Mulai"), required=True)
    ends_on = DayField(_l("Selesai"), required=True)
    zone = WordRadio(_l("Zona waktu"), words.ZONES)
    mode = WordRadio(_l("Cara mengikuti"), words.MODES)
    venue = TextField(_l("Tempat"), max=200)
    address = TextField(_l("Alamat"), max=400)
    city = TextField(_l("Kota"), max=120)
    cost_bearer = WordSelect(_l("Biaya perjalanan"), words.COSTS)
    cost_note = TextField(_l("Catatan biaya"), max=300)
    delegation_allowed = BooleanField(_l("Boleh diwakilkan"))
    admission = WordRadio(_l("Siapa yang dipersilakan masuk"), words.ADMISSIONS, default="open")
    desk_count = CountField(_l("Jumlah meja"), most=99)
    answer_by = MomentField(_l("Batas jawab kantor"))
    open_registration = BooleanField(_l("Buka pendaftaran lewat formulir"))
    opens = MomentField(_l("Pendaftaran dibuka"))
    closes = MomentField(_l("Pendaftaran ditutup"))
    needs_approval = BooleanField(_l("Setiap pendaftar disetujui panitia dahulu"))
    waiting_list = BooleanField(_l("Ada daftar tunggu bila penuh"))
    contact_name = TextField(_l("Narahubung"), max=120)
    contact_phone = TextField(_l("Nomor WhatsApp narahubung"), max=40)
    contact_email = TextField(_l("Email narahubung"), max=254)

    def show(self, event: Event) -> "SettingsForm":
        """Fill the form with the event as it stands."""
        for name, value in _columns(event).items():
            self[name].data = value
        self.version.data = str(event.version)
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, then the dates against each other."""
        good = bool(super().validate(extra_validators))
        if self.starts_on.data is None or self.ends_on.data is None or self.zone.data not in self.zone.words:
            return False
        zone = self.zone.data
        moments = (self.opens.moment(zone), self.closes.moment(zone), self.answer_by.moment(zone))
        for problem in check_dates(EventDates(self.starts_on.data, self.ends_on.data, *moments)):
            field = self[AT_FIELD[problem]]
            field.errors = [*field.errors, str(words.PROBLEMS[problem])]
            good = False
        return good

    def validate_desk_count(self, field: CountField) -> None:
        if self.admission.data == Admission.OWNED and not field.data:
            raise ValidationError(_("Tulis jumlah meja, agar setiap tiket punya mejanya."))

    def validate_contact_email(self, field: TextField) -> None:
        if field.data and ("@" not in field.data or " " in field.data):
            raise ValidationError(_("Tulis alamat email yang lengkap."))

    def values(self) -> dict[str, Any]:
        """Return the event's columns as typed; call it after ``accepted()``."""
        skip = {"version", "answer_by", "opens", "closes", *ENUMS}
        found = {field.name: field.data for field in self if field.name not in skip}
        found |= {name: self[name].word for name in ENUMS}
        zone = self.zone.data
        return found | {
            "answer_by_at": self.answer_by.moment(zone),
            "registration_opens_at": self.opens.moment(zone),
            "registration_closes_at": self.closes.moment(zone),
        }


ENUMS = ("kind", "mode", "cost_bearer", "admission")
MOMENTS = {"answer_by": "answer_by_at", "opens": "registration_opens_at", "closes": "registration_closes_at"}


def _columns(event: Event) -> dict[str, Any]:
    names = [name for name in SettingsForm()._fields if name != "version"]
    found = {name: getattr(event, name) for name in names if name not in MOMENTS}
    found |= {name: str(found[name]) for name in ENUMS}
    return found | {name: local(getattr(event, column), event.zone) for name, column in MOMENTS.items()}
