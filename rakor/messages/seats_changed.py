"""What is written to an office whose invitation the organiser changed: seats added, seats withdrawn, other ways."""

from datetime import datetime
from uuid import UUID

from flask_babel import gettext as _

from rakor import clock
from rakor.db import transaction
from rakor.events.models import Event
from rakor.messages import store
from rakor.messages.letters import signed
from rakor.messages.models import Message
from rakor.messages.rules import Kind, Letter, one_line, unlinked
from rakor.messages.to_offices import office_page, writes_office
from rakor.offices.models import Office
from rakor.outbox import Progress, job
from rakor.registrations.words import MODES
from rakor.seats.store import news
from rakor.seats.store.news import OfficeNews
from rakor.web import times
from rakor.web.times import Language


@job(news.CHANGED)
def tell_office(payload: dict[str, str], progress: Progress) -> None:
    """Leave an office one message for each change of its invitation."""
    event_id, office_id, at = UUID(payload["event_id"]), UUID(payload["office_id"]), payload["at"]
    with transaction(unaudited="a message is its own record"):
        if news.at(event_id, office_id, datetime.fromisoformat(at)):
            store.write(
                event_id, Kind.SEATS_CHANGED, office_id, f"{office_id}/{at}", now=clock.now(),
                recipient_kind=store.OFFICE, detail={"at": at},
            )  # fmt: skip


@writes_office(Kind.SEATS_CHANGED)
def _to_office(event: Event, office: Office, row: Message) -> Letter | None:
    at = datetime.fromisoformat(row.detail["at"])
    found = news.at(event.id, office.id, at)
    return _letter(event, office, found, at) if found else None


def _letter(event: Event, office: Office, found: OfficeNews, at: datetime) -> Letter:
    title, when = one_line(event.short_title), times.plain(times.when(at, office.zone, Language.ID))
    plain = unlinked(event.short_title)
    page = office_page(event.id, office.id)
    return Letter(
        subject=_("Undangan berubah: %(title)s", title=title),
        greeting=_("Yth. %(office)s,", office=unlinked(office.name)),
        paragraphs=(
            _("Panitia mengubah undangan kantor Anda ke %(title)s pada %(when)s.", title=plain, when=when),
            _("Nama yang sudah Anda isi tetap. Buka halaman kantor untuk menjawab kursi yang baru."),
        ),
        facts=tuple(_facts(found)),
        action=(_("Buka halaman kantor"), page) if page else None,
        closing=signed(event),
    )


def _facts(found: OfficeNews) -> list[tuple[str, str]]:
    narrowed = [f"{label} ({', '.join(str(MODES[mode]) for mode in modes)})" for label, modes in found.narrowed]
    said = (
        (_("Kursi baru"), found.added),
        (_("Tidak diundang lagi"), found.withdrawn),
        (_("Cara mengikuti berganti"), narrowed),
    )
    return [(str(word), "; ".join(seats)) for word, seats in said if seats]
