"""Words ready for WhatsApp about follow-ups: to one office, and to the group of a province's offices. In Indonesian."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from rakor.db import db
from rakor.events import links
from rakor.events.models import AccessLink, Event, LinkPurpose
from rakor.messages.letters import config
from rakor.minutes.follow_up_models import FollowUp
from rakor.minutes.store.roll_up import Line
from rakor.offices import store as offices
from rakor.registrations.rules.phones import is_mobile, wa_link
from rakor.web import times
from rakor.web.times import Language


@dataclass(frozen=True)
class Chat:
    """A text, and where WhatsApp opens with it."""

    text: str
    href: str


def to_office(event: Event, line: Line, asked: FollowUp) -> Chat:
    """Return the words for an office that has not finished, with its own link, for the first contact with a mobile."""
    assert line.office_id is not None
    contacts = offices.contacts([line.office_id]).get(line.office_id, [])
    number = next((one.phone for one in contacts if one.phone and is_mobile(one.phone)), "")
    with force_locale(Language.ID.value):
        said = [
            _("Yth. %(office)s,", office=line.office),
            _("Tindak lanjut %(title)s ini belum tercatat selesai:", title=event.short_title),
            asked.text,
            _("Tenggat: %(date)s.", date=plain_day(asked.due_on)) if asked.due_on else "",
            _("Jawab lewat tautan kantor, tanpa kata sandi:"),
            addresses(event, [line.office_id])[line.office_id],
            _("Terima kasih."),
        ]
    text = "\n".join(filter(None, said))
    return Chat(text, wa_link(number, text))


def to_group(event: Event, province: str, lines: Sequence[Line]) -> Chat:
    """Return the words for a province's group: each office that has not finished, once, with its own link."""
    names = {line.office_id: line.office for line in lines if line.office_id is not None}
    found = addresses(event, names)
    with force_locale(Language.ID.value):
        head = _("Yth. Bapak/Ibu di %(province)s,\nTindak lanjut %(title)s belum selesai di kantor ini:",
                 province=province, title=event.short_title)  # fmt: skip
        listed = [f"{place}. {names[one]}\n{found[one]}" for place, one in enumerate(names, start=1)]
        text = "\n".join((head, *listed, _("Setiap kantor menjawab lewat tautannya sendiri. Terima kasih.")))
    return Chat(text, f"https://wa.me/?text={quote(text, safe='')}")


def addresses(event: Event, office_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return where each office answers its follow-ups; one query."""
    query = select(AccessLink.subject_id, AccessLink.epoch).where(
        AccessLink.event_id == event.id, AccessLink.purpose == LinkPurpose.OFFICE,
        AccessLink.subject_id.in_(list(office_ids)),
    )  # fmt: skip
    epochs = {row[0]: row[1] for row in db.session.execute(query)}
    return {
        one: f"{config().base_url}{links.path_of(event.id, LinkPurpose.OFFICE, one, epochs.get(one, 0))}/follow-ups"
        for one in office_ids
    }


def plain_day(due_on: date) -> str:
    """Return a day in Indonesian words, as mails, chats and workbooks carry it."""
    return times.plain(times.date_medium(due_on, Language.ID))
