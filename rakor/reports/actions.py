"""What needs somebody's hand now, each with the page that does it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from rakor.agenda import speaker_store
from rakor.attendance.models import HeldRecord
from rakor.checkin.models import Device
from rakor.db import db
from rakor.events.models import Event, EventChannel
from rakor.events.rules import ChannelKind
from rakor.minutes.preparation_view import StepView, due_now, lateness
from rakor.minutes.preparation_words import LOOKS
from rakor.registrations.rules import Mode, RegistrationState
from rakor.reports.rules import Measure
from rakor.reports.summary import Summary
from rakor.web.locale import number
from rakor.web.times import local_day


@dataclass(frozen=True)
class Action:
    """One thing to do: icon, tone, sentence, detail, where and by which words."""

    mark: str
    tone: str
    title: str
    detail: str
    href: str
    label: str


def needed(event: Event, summary: Summary) -> list[Action]:
    """Return what needs action now, the most pressing first."""
    today = local_day(summary.counted_at, event.zone)
    found = [_declined(event.id), _offices(event.id, summary), _waiting(event.id, summary), _channel(event.id, summary)]
    later = (*_desks(event.id), _held(event.id), *_preparation(event, today))
    return [action for action in (*found, *later) if action]


MOST_STEPS = 3
"""How many pressing steps of the preparation are named; the rest are counted."""


def _preparation(event: Event, today: date) -> list[Action]:
    """Steps of the preparation that are late or due today."""
    steps = due_now(event, today)
    page = url_for("preparation.index", event_id=event.id)
    shown = [_step(step, today, step.href or page) for step in steps[:MOST_STEPS]]
    rest = len(steps) - len(shown)
    if rest > 0:
        title = _("%(n)s langkah persiapan lain menunggu", n=number(rest))
        shown.append(Action("list", "warn", title, _("Terlambat atau jatuh hari ini"), page, _("Lihat persiapan")))
    return shown


def _step(step: StepView, today: date, href: str) -> Action:
    tone = LOOKS[step.state][0]
    said = (lateness(step.planned, today), step.said, step.assignee)
    return Action("flag", tone, step.title, " · ".join(filter(None, said)), href, _("Kerjakan"))


def _declined(event_id: UUID) -> Action | None:
    """Speakers who cannot come: somebody else must be found."""
    count = speaker_store.declined_count(event_id)
    if not count:
        return None
    title, href = _("%(n)s narasumber berhalangan", n=number(count)), url_for("speakers.index", event_id=event_id)
    return Action("mic", "bad", title, _("Cari pengganti atau ubah agendanya"), href, _("Lihat narasumber"))


def _offices(event_id: UUID, summary: Summary) -> Action | None:
    present = summary.measure is Measure.PRESENT
    count = summary.absent_offices if present else summary.silent_offices
    if not count:
        return None
    worst = sorted(summary.provinces, key=lambda p: (-(p.absent_offices if present else p.silent_offices), p.code))[:2]
    most = ", ".join(f"{p.name} {number(p.absent_offices if present else p.silent_offices)}" for p in worst)
    title = _("%(n)s kantor belum hadir sama sekali") if present else _("%(n)s kantor belum menjawab")
    href = url_for("reports.coverage", event_id=event_id)
    return Action(
        "office",
        "bad" if present else "warn",
        title % {"n": number(count)},
        _("Terbanyak: %(most)s", most=most),
        href,
        _("Lihat kantor"),
    )


def _waiting(event_id: UUID, summary: Summary) -> Action | None:
    count = summary.states.get(RegistrationState.APPLIED, 0)
    if not count:
        return None
    href = url_for("people.show_list", event_id=event_id, state=RegistrationState.APPLIED)
    title = _("%(n)s pendaftar menunggu persetujuan", n=number(count))
    return Action("users", "warn", title, _("Belum dihitung terdaftar"), href, _("Putuskan"))


def _channel(event_id: UUID, summary: Summary) -> Action | None:
    """Confirmations beyond what the Zoom licence holds."""
    query = select(func.sum(EventChannel.capacity)).where(
        EventChannel.event_id == event_id, EventChannel.kind == ChannelKind.ZOOM
    )
    size, online = db.session.scalar(query), summary.confirmed_modes.get(Mode.ONLINE, 0)
    if not size or online <= size:
        return None
    title = _("Zoom %(size)s tempat, konfirmasi daring %(online)s orang", size=number(size), online=number(online))
    href = f"/events/{event_id}/channels"
    return Action("video", "warn", title, _("Tambah kapasitas atau arahkan ke YouTube"), href, _("Atur kanal"))


def _desks(event_id: UUID) -> list[Action]:
    query = (
        select(Device.name, Device.waiting_count)
        .where(Device.event_id == event_id, Device.waiting_count > 0)
        .order_by(Device.waiting_count.desc())
        .limit(2)
    )
    href = url_for("checkin.show_desks", event_id=event_id)
    return [
        Action(
            "cloud-up",
            "warn",
            _("%(desk)s: %(n)s pindaian belum terkirim", desk=name, n=number(count)),
            _("Tersimpan di ponsel meja"),
            href,
            _("Lihat meja"),
        )
        for name, count in db.session.execute(query)
    ]


def _held(event_id: UUID) -> Action | None:
    query = select(func.count()).where(HeldRecord.event_id == event_id, HeldRecord.decided_at.is_(None))
    count = db.session.scalar(query) or 0
    if not count:
        return None
    title = _("%(n)s pindaian ditahan", n=number(count))
    href = url_for("coordination.show", event_id=event_id, matter="held")
    return Action("octagon", "bad", title, _("Belum dihitung sampai diperiksa"), href, _("Koordinator"))
