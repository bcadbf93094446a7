"""What offices are written about follow-ups: that there is one, and at T-7 and T-1 that it is not finished.

Restart-safe: each row has one message for each cause (``Message.unique_key``). Who has finished when a message leaves,
or whose day was moved meanwhile, is not reminded.
"""

from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from rakor import clock
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.messages import delivery
from rakor.messages import store as messages
from rakor.messages.letters import signed
from rakor.messages.models import Message
from rakor.messages.rules import Kind, Letter, one_line, unlinked
from rakor.messages.sending import pace
from rakor.messages.to_offices import office_page, writes_office
from rakor.minutes.follow_up_chat import plain_day
from rakor.minutes.follow_up_models import FollowUp, FollowUpRow
from rakor.minutes.rules.follow_ups import Status, reminds_on
from rakor.minutes.store import follow_ups, reminders, rows
from rakor.offices.models import Office
from rakor.outbox import Progress, job

PIECE = 100
NEW = "new"
"""The cause of a first message; the others are how many days are left."""


@job(reminders.SENT)
def tell(payload: dict[str, str], progress: Progress) -> None:
    """Tell the offices of a follow-up that it is theirs; who was told before gets no second message."""
    row = _named(payload)
    if row is not None:
        _write(row, NEW, progress)


@job(reminders.DUE)
def remind(payload: dict[str, str], progress: Progress) -> None:
    """Remind those who have not finished; a day that was moved, or is too near, leaves nothing to do."""
    row = _named(payload)
    event = events.event(UUID(payload["event_id"]))
    if row is None or event is None or row.due_on is None or row.due_on.isoformat() != payload["due_on"]:
        return
    if reminds_on(row.due_on, int(payload["lead"]), clock.today(event.zone)):
        _write(row, payload["lead"], progress)


def _named(payload: dict[str, str]) -> FollowUp | None:
    return follow_ups.follow_up(UUID(payload["event_id"]), UUID(payload["follow_up_id"]))


def _write(row: FollowUp, cause: str, progress: Progress) -> None:
    """Write to every office whose row is not done, piece by piece, each piece in a transaction of its own."""
    query = select(FollowUpRow.id, FollowUpRow.office_id).where(
        FollowUpRow.event_id == row.event_id, FollowUpRow.follow_up_id == row.id, FollowUpRow.office_id.is_not(None),
        FollowUpRow.status != Status.DONE,
    )  # fmt: skip
    found = db.session.execute(query.order_by(FollowUpRow.id))
    wanted = [(row_id, office_id) for row_id, office_id in found if office_id is not None]
    event_id, due_on, start, passed = row.event_id, _said_of(row), clock.now(), 0
    for first in range(0, len(wanted), PIECE):
        with transaction(unaudited="a message is its own record"):
            for row_id, office_id in wanted[first : first + PIECE]:
                key = f"{row_id}/{NEW}" if cause == NEW else f"{row_id}/{due_on}/{cause}"
                messages.write(
                    event_id, Kind.FOLLOW_UP, office_id, key, now=start, recipient_kind=messages.OFFICE,
                    detail={"row_id": str(row_id), "due_on": due_on, "cause": cause}, run_at=start + pace() * passed,
                )  # fmt: skip
                passed += 1
        progress(passed, len(wanted))


def needs_no_more(row: Message) -> bool:
    """True for a reminder whose office has finished since it was written, or whose day was moved."""
    if row.kind != Kind.FOLLOW_UP or row.queued_at is not None:
        return False  # what an organiser sends again by hand is wanted
    part = rows.part(row.event_id, UUID(row.detail["row_id"]))
    if part is None or part.row.status is Status.DONE:
        return True
    return row.detail["cause"] != NEW and _said_of(part.asked) != row.detail["due_on"]


delivery.needless.append(needs_no_more)


@writes_office(Kind.FOLLOW_UP)
def _to_office(event: Event, office: Office, row: Message) -> Letter | None:
    part = rows.part(event.id, UUID(row.detail["row_id"]))
    if part is None or part.row.office_id != office.id:
        return None
    subject, words = _said(row.detail["cause"], one_line(event.short_title), unlinked(event.short_title))
    page = office_page(event.id, office.id)
    return Letter(
        subject=subject,
        greeting=_("Yth. %(office)s,", office=unlinked(office.name)),
        paragraphs=(words, _("Jawab lewat halaman kantor: sampai di mana, kendalanya bila ada, dan buktinya.")),
        facts=tuple(_facts(part.asked)),
        action=(_("Buka tindak lanjut"), f"{page}/follow-ups/{part.row.id}") if page else None,
        closing=signed(event),
    )


def _said(cause: str, title: str, plain: str) -> tuple[str, str]:
    """Return the subject and the first sentence, by why it is written."""
    if cause == NEW:
        said = _("Kantor Anda mendapat tindak lanjut %(title)s.", title=plain)
        return _("Tindak lanjut baru: %(title)s", title=title), said
    if cause == "1":
        said = _("Tindak lanjut ini belum tercatat selesai. Tenggatnya besok.")
        return _("Tenggat besok: %(title)s", title=title), said
    said = _("Tindak lanjut ini belum tercatat selesai. Tenggatnya %(n)s hari lagi.", n=cause)
    return _("Pengingat tindak lanjut: %(title)s", title=title), said


def _facts(asked: FollowUp) -> list[tuple[str, str]]:
    facts = [(_("Tindak lanjut"), unlinked(asked.text))]
    return [*facts, (_("Tenggat"), plain_day(asked.due_on))] if asked.due_on else facts


def _said_of(row: FollowUp) -> str:
    """The day a message speaks of, as its row keeps it."""
    return row.due_on.isoformat() if row.due_on else ""
