"""The form of a campaign: to whom, what, when. What is not understood is said beside the field."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from rakor import clock
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.attendance.store import checkpoints
from rakor.events import store as events
from rakor.events.fields import MomentField, WordRadio, WordSelect, local
from rakor.events.models import Event
from rakor.messages import audience, words
from rakor.messages.campaign_models import BODY_LENGTH, SUBJECT_LENGTH, Campaign
from rakor.messages.presets import Preset
from rakor.messages.rules.campaigns import Audience, Timing
from rakor.messages.rules.placeholders import PLACEHOLDERS, unknown
from rakor.regions.rules import reference
from rakor.registrations import words as people_words
from rakor.registrations.entry import MODES
from rakor.seats.letter_words import LINK_STATES
from rakor.web import times
from rakor.web.forms import Form, LinesField, TextField, ValidationError
from rakor.web.locale import language

SESSION_MARKS = ("{sesi}", "{waktu_sesi}")


def _filter(label: Any) -> SelectField:
    return SelectField(label, choices=[], validate_choice=False, default="")


class CampaignForm(Form):
    """One text for many."""

    audience = HiddenField()
    state = _filter(_l("Keadaan"))
    mode = _filter(_l("Cara mengikuti"))
    role = _filter(_l("Peran"))
    province = _filter(_l("Provinsi"))
    seat = _filter(_l("Kursi"))
    missing = _filter(_l("Belum diisi"))
    presence = _filter(_l("Kehadiran"))
    checkpoint = _filter(_l("Kehadiran di"))
    way = _filter(_l("Keadaan tautan kantor"))
    subject = TextField(_l("Perihal"), required=True, max=SUBJECT_LENGTH)
    body = LinesField(_l("Isi pesan"), required=True, max=BODY_LENGTH, render_kw={"rows": 10})
    subject_en = TextField(_l("Perihal dalam bahasa Inggris"), max=SUBJECT_LENGTH)
    body_en = LinesField(_l("Isi dalam bahasa Inggris"), max=BODY_LENGTH, render_kw={"rows": 10})
    nature = WordRadio(_l("Sifat"), words.NATURES, default="service")
    timing = WordSelect(_l("Kapan dikirim"), words.TIMINGS, default="now")
    send_at = MomentField(_l("Tanggal dan jam"))
    lead_hours = SelectField(_l("Berapa lama sebelumnya"), coerce=int, default=24, validate_choice=False)
    item = SelectField(_l("Sesi"), choices=[], validate_choice=False, default="")

    def offer(self, event: Event) -> "CampaignForm":
        """Fill in what can be chosen in this event."""
        self.event, self.sessions = event, _sessions(event)
        every = [SelectChoice("", _("Semua"))]
        coming = [SelectChoice("", _("Terdaftar atau konfirmasi"))]
        self.state.choices = coming + [SelectChoice(word, look.word) for word, look in people_words.STATES.items()]
        self.mode.choices = every + [SelectChoice(mode, people_words.MODES[mode]) for mode in MODES[event.mode]]
        self.role.choices = every + [SelectChoice(str(role.id), role.name) for role in events.roles(event.id)]
        there = reference().provinces(event.regions_as_of)
        self.province.choices = every + [SelectChoice(one.code, one.short_name) for one in there]
        self.seat.choices = every + _of(words.SEATS)
        self.missing.choices = every + _of(people_words.MISSING)
        self.presence.choices = every + _of(words.PRESENCES)
        self.checkpoint.choices = [SelectChoice("", _("Hari atau sesi mana pun"))] + [
            SelectChoice(str(point.id), point.name) for point in checkpoints.checkpoints(event.id)
        ]
        self.way.choices = every + _of(LINK_STATES)
        self.lead_hours.choices = [SelectChoice(hours, label) for hours, label in words.LEADS.items()]
        self.item.choices = [SelectChoice("", _("Pilih sesi"))] + [
            SelectChoice(str(item.id), _session_label(item, event)) for item in self.sessions
        ]
        return self

    def start_from(self, preset: Preset) -> "CampaignForm":
        """Fill in a text to start from."""
        self.audience.data, self.nature.data, self.timing.data = preset.audience, preset.nature, preset.timing
        self.subject.data, self.body.data = preset.subject, preset.body
        self.subject_en.data, self.body_en.data = preset.subject_en, preset.body_en
        self.lead_hours.data = preset.lead_hours
        for name, value in preset.filters.items():
            self[name].data = value
        return self

    def show(self, row: Campaign) -> "CampaignForm":
        """Fill in a draft as it is."""
        for name in ("audience", "nature", "timing", "subject", "body", "subject_en", "body_en"):
            self[name].data = getattr(row, name)
        self.send_at.data = local(row.send_at, self.event.zone)
        self.lead_hours.data, self.item.data = row.lead_hours or 24, str(row.item_id or "")
        for name, value in row.filters.items():
            if name in self:
                self[name].data = value
        return self

    @property
    def to(self) -> Audience:
        """Whom it is written to; people where the form says nothing it knows."""
        return Audience(self.audience.data) if self.audience.data in set(Audience) else Audience.PEOPLE

    @property
    def filters(self) -> dict[str, str]:
        """What the audience is narrowed to."""
        return audience.read(self.to, {name: str(field.data or "") for name, field in self._fields.items()})

    def values(self) -> dict[str, Any]:
        """Return the columns of a campaign."""
        timing = self.timing.word
        before = timing in (Timing.BEFORE_DEADLINE, Timing.BEFORE_SESSION)
        return {
            "audience": self.to, "nature": self.nature.word, "filters": self.filters, "timing": timing,
            "subject": self.subject.data, "body": self.body.data, "subject_en": self.subject_en.data or "",
            "body_en": self.body_en.data or "", "item_id": UUID(self.item.data) if self.item.data else None,
            "send_at": self.send_at.moment(self.event.zone) if timing is Timing.AT else None,
            "lead_hours": self.lead_hours.data if before else None,
        }  # fmt: skip

    def validate_subject(self, field: TextField) -> None:
        _known(field.data or "", self.to)

    validate_body = validate_subject_en = validate_subject

    def validate_body_en(self, field: LinesField) -> None:
        _known(field.data or "", self.to)
        if bool(field.data) != bool(self.subject_en.data):
            raise ValidationError(_("Isi keduanya dalam bahasa Inggris, perihal dan isi, atau kosongkan keduanya."))

    def validate_send_at(self, field: MomentField) -> None:
        at = field.moment(self.event.zone)
        if self.timing.data == Timing.AT and at is not None and at <= clock.now():
            raise ValidationError(_("Waktu ini sudah lewat. Pilih waktu yang akan datang, atau “Sekarang”."))

    def validate_timing(self, field: WordSelect) -> None:
        if field.data == Timing.AT and not self.send_at.raw_data:  # an empty field is not asked itself
            raise ValidationError(_("Tulis tanggal dan jam pengirimannya."))
        if field.data == Timing.BEFORE_DEADLINE and self.event.answer_by_at is None:
            raise ValidationError(_("Batas jawab kantor belum diisi di Pengaturan kegiatan."))

    def validate_item(self, field: SelectField) -> None:
        if field.data and field.data not in {str(item.id) for item in self.sessions}:
            raise ValidationError(_("Sesi ini sudah tidak ada. Pilih sesi lain."))
        texts = " ".join(str(one.data or "") for one in (self.subject, self.body, self.subject_en, self.body_en))
        needed = self.timing.data == Timing.BEFORE_SESSION or any(mark in texts for mark in SESSION_MARKS)
        if needed and not field.data:
            raise ValidationError(_("Pilih sesinya: waktunya, atau teksnya, menyebut sebuah sesi."))

    def validate_lead_hours(self, field: SelectField) -> None:
        if field.data not in words.LEADS:
            raise ValidationError(_("Pilih salah satu."))


def _known(text: str, to: Audience) -> None:
    if problem := strange_placeholder(text, PLACEHOLDERS[to]):
        raise ValidationError(problem)


def strange_placeholder(text: str, known: Collection[str]) -> str:
    """Return what is wrong with a placeholder that nobody knows; "" where all are known."""
    strange = unknown(text, known)
    if not strange:
        return ""
    names = ", ".join(f"{{{name}}}" for name in known)
    first = f"{{{strange[0][:40]}}}"
    return str(_("Penanda %(strange)s tidak dikenal. Yang dapat dipakai: %(names)s.", strange=first, names=names))


def _sessions(event: Event) -> Sequence[ItemView]:
    return [item for item in agenda.programme(event.id, agenda.EVERYTHING) if item.starts_at is not None]


def _session_label(item: ItemView, event: Event) -> str:
    return f"{times.plain(times.when(item.starts_at, event.zone, language()))} · {item.title[:80]}"


def _of(listed: Any) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in listed.items()]
