"""What is written to an office: which of its seats the organiser took back."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from rakor import clock
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import AccessLink, Event, LinkPurpose
from rakor.messages import store
from rakor.messages.letters import config
from rakor.messages.models import Message
from rakor.messages.rules import Kind, Letter, one_line, unlinked
from rakor.offices import store as offices
from rakor.offices.models import Office
from rakor.outbox import Progress, job
from rakor.seats.store.exceptions import TakenBack, taken_back
from rakor.web import times
from rakor.web.times import Language


@dataclass(frozen=True)
class ToOffice:
    """A letter to an office with the first address that is known of it; "" where none is."""

    letter: Letter
    address: str


@job("seats.taken_back")
def tell_office(payload: dict[str, str], progress: Progress) -> None:
    """Leave an office one message for each time that seats of it were taken back."""
    event_id, office_id, at = UUID(payload["event_id"]), UUID(payload["office_id"]), payload["at"]
    with transaction(unaudited="a message is its own record"):
        if _gone(event_id, office_id, at):
            store.write(
                event_id, Kind.SEATS_TAKEN_BACK, office_id, f"{office_id}/{at}", now=clock.now(),
                recipient_kind=store.OFFICE, detail={"at": at},
            )  # fmt: skip


def to_office(event: Event, row: Message) -> ToOffice | None:
    """Return what a message to an office says; None where the office or its seats are gone since."""
    office = offices.office(event.institution_id, row.recipient_id)
    gone = _gone(event.id, row.recipient_id, row.detail.get("at", ""))
    if office is None or not gone:
        return None
    known = offices.contacts([office.id]).get(office.id, [])
    address = next((contact.email for contact in known if contact.email), "")
    return ToOffice(_letter(event, office, gone), address)


def _gone(event_id: UUID, office_id: UUID, at: str) -> list[TakenBack]:
    return [seat for seat in taken_back(event_id, office_id) if seat.at.isoformat() == at]


def _letter(event: Event, office: Office, gone: list[TakenBack]) -> Letter:
    title, when = one_line(event.short_title), times.plain(times.when(gone[0].at, office.zone, Language.ID))
    contact = ", ".join(filter(None, map(one_line, (event.contact_name, event.contact_phone, event.contact_email))))
    page = _page(event.id, office.id)
    return Letter(
        subject=_("Kursi ditarik: %(title)s", title=title),
        greeting=_("Yth. %(office)s,", office=office.name),
        paragraphs=(
            _(
                "Panitia menarik %(n)s kursi kantor Anda di %(title)s pada %(when)s.",
                n=len(gone),
                title=title,
                when=when,
            ),
            _("Yang tidak duduk di kursi lain: tiketnya tidak berlaku lagi. Jawaban lain tetap."),
        ),
        facts=tuple((seat.label, unlinked(seat.name)) for seat in gone),
        action=(_("Buka halaman kantor"), page) if page else None,
        closing=(one_line(event.organizer), *([_("Bantuan: %(contact)s", contact=contact)] if contact else ())),
    )


def _page(event_id: UUID, office_id: UUID) -> str:
    query = select(AccessLink.epoch).where(
        AccessLink.event_id == event_id, AccessLink.purpose == LinkPurpose.OFFICE, AccessLink.subject_id == office_id
    )
    epoch = db.session.scalar(query)
    if epoch is None:
        return ""
    return config().base_url + links.path_of(event_id, LinkPurpose.OFFICE, office_id, epoch)
