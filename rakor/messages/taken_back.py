"""What is written to an office whose seats the organiser took back."""

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
from rakor.seats.store.exceptions import TakenBack, taken_back
from rakor.web import times
from rakor.web.times import Language


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


@writes_office(Kind.SEATS_TAKEN_BACK)
def _to_office(event: Event, office: Office, row: Message) -> Letter | None:
    gone = _gone(event.id, office.id, row.detail.get("at", ""))
    return _letter(event, office, gone) if gone else None


def _gone(event_id: UUID, office_id: UUID, at: str) -> list[TakenBack]:
    return [seat for seat in taken_back(event_id, office_id) if seat.at.isoformat() == at]


def _letter(event: Event, office: Office, gone: list[TakenBack]) -> Letter:
    title, when = one_line(event.short_title), times.plain(times.when(gone[0].at, office.zone, Language.ID))
    page = office_page(event.id, office.id)
    return Letter(
        subject=_("Kursi ditarik: %(title)s", title=title),
        greeting=_("Yth. %(office)s,", office=unlinked(office.name)),
        paragraphs=(
            _(
                "Panitia menarik %(n)s kursi kantor Anda di %(title)s pada %(when)s.",
                n=len(gone),
                title=unlinked(event.short_title),
                when=when,
            ),
            _("Yang tidak duduk di kursi lain: tiketnya tidak berlaku lagi. Jawaban lain tetap."),
        ),
        facts=tuple((seat.label, unlinked(seat.name)) for seat in gone),
        action=(_("Buka halaman kantor"), page) if page else None,
        closing=signed(event),
    )
