"""What the receipt shows: every seat as it stands now, and each person's own link to pass on."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _

from rakor.events.models import Event
from rakor.offices.models import Office
from rakor.seats import store
from rakor.seats.models import OfficeAnswer
from rakor.seats.store import SeatLine
from rakor.seats.words import AnswerLook, look_of


@dataclass(frozen=True)
class ReceiptLine:
    """One seat of a receipt; ``url`` is the person's own page."""

    line: SeatLine
    look: AnswerLook
    url: str
    message: str


@dataclass(frozen=True)
class Receipt:
    """A receipt to show: its number, its moment, every seat, and the words to pass it on."""

    number: str
    at: datetime
    lines: list[ReceiptLine]
    answered: int
    text: str


def receipt(event: Event, office: Office, last: OfficeAnswer) -> Receipt:
    """Return the receipt of an office's newest answer, with every seat as it stands now."""
    lines = store.seats_with_holders(event.id, [office.id])
    paths = store.person_paths(event.id, [line.registration_id for line in lines if line.registration_id])
    base = current_app.config["RAKOR"].base_url
    shown = []
    for line in lines:
        url = base + paths[line.registration_id] if line.registration_id in paths else ""
        words = _("%(name)s, ini tautan dan tiket Anda untuk %(event)s:", name=line.name, event=event.short_title)
        shown.append(ReceiptLine(line, look_of(line.answer, line.mode), url, words if url else ""))
    answered = sum(line.answer is not None for line in lines)
    number = f"{last.id.hex[:4]}-{last.id.hex[4:8]}".upper()
    text = _(
        "%(office)s sudah menjawab undangan %(event)s: %(part)s dari %(whole)s kursi. Tanda terima %(number)s.",
        office=office.short_name,
        event=event.short_title,
        part=answered,
        whole=len(lines),
        number=number,
    )
    return Receipt(number, last.answered_at, shown, answered, text)
