"""What the receipt shows: every seat as it stands now, and each person's own link to pass on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from rakor.events.models import Event
from rakor.offices.models import Office
from rakor.seats import store
from rakor.seats.models import OfficeAnswer
from rakor.seats.rules import stamp
from rakor.seats.seat_card import twins_of
from rakor.seats.store import SeatLine
from rakor.seats.words import AnswerLook, look_of


@dataclass(frozen=True)
class ReceiptLine:
    """One seat of a receipt; ``url`` is the person's own page, ``twin`` an earlier seat that bears the same name."""

    place: int
    line: SeatLine
    look: AnswerLook
    url: str
    message: str
    whatsapp: str = ""
    seen: str = ""
    twin: SeatLine | None = None
    twin_place: int = 0
    same_place: int = 0
    """Where else the same person sits first; 0 for a person of its own."""


@dataclass(frozen=True)
class Receipt:
    """A receipt to show: its number, its moment, every seat, and the words to pass it on."""

    number: str
    at: datetime
    lines: list[ReceiptLine]
    answered: int
    required_open: int
    """How many seats that are "wajib" have no answer yet."""
    heads: int
    text: str
    links_text: str
    links_whatsapp: str


def receipt(event: Event, office: Office, last: OfficeAnswer, *, shows_links: bool = True) -> Receipt:
    """Return the receipt of an office's newest answer, with every seat as it stands now."""
    lines = store.seats_with_holders(event.id, [office.id])
    seated = [line for line in lines if line.registration_id]
    paths = store.person_paths(event.id, [line.registration_id for line in seated if line.registration_id])
    urls = {who: current_app.config["RAKOR"].base_url + path for who, path in paths.items()} if shows_links else {}
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
    links = _links_text(event, office, seated, urls)
    return Receipt(
        number=number,
        at=last.answered_at,
        lines=_shown(event, lines, urls),
        answered=answered,
        required_open=sum(line.required and line.answer is None for line in lines),
        heads=len({line.registration_id for line in seated}),
        text=text,
        links_text=links,
        links_whatsapp=f"https://wa.me/?text={quote(links, safe='')}" if links else "",
    )


def _shown(event: Event, lines: Sequence[SeatLine], urls: Mapping[UUID, str]) -> list[ReceiptLine]:
    places = {line.seat_id: place for place, line in enumerate(lines, 1)}
    twins = twins_of(lines)
    found = []
    for line in lines:
        url = urls.get(line.registration_id, "") if line.registration_id and not line.same_as else ""
        words = _("%(name)s, ini tautan dan tiket Anda untuk %(event)s:", name=line.name, event=event.short_title)
        twin = twins.get(line.seat_id)
        found.append(
            ReceiptLine(
                place=places[line.seat_id],
                line=line,
                look=look_of(line.answer, line.mode),
                url=url,
                message=words if url else "",
                whatsapp=f"https://wa.me/?text={quote(f'{words} {url}', safe='')}" if url else "",
                seen=stamp(line.state),
                twin=twin,
                twin_place=places[twin.seat_id] if twin else 0,
                same_place=places[line.same_as] if line.same_as else 0,
            )
        )
    return found


def _links_text(event: Event, office: Office, seated: Sequence[SeatLine], urls: Mapping[UUID, str]) -> str:
    """One text with everybody's own link, a person on several seats once; in Indonesian, for whoever receives it."""
    if not urls:
        return ""
    roles: dict[UUID, list[str]] = {}
    names: dict[UUID, str] = {}
    for line in seated:
        if line.registration_id:
            roles.setdefault(line.registration_id, []).append(line.label)
            names[line.registration_id] = line.name
    with force_locale("id"):
        head = _("Tautan dan tiket %(event)s, %(office)s:", event=event.short_title, office=office.short_name)
        foot = _("Buka tautan milik sendiri, dan jangan diteruskan ke luar kantor.")
    people = [
        f"{place}. {names[who]} ({', '.join(held)})\n{urls[who]}"
        for place, (who, held) in enumerate(roles.items(), 1)
        if who in urls
    ]
    return "\n\n".join([head, *people, foot])
