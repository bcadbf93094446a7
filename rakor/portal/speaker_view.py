"""A speaker's page as values: each own session with its place, people, room online, and materials."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rakor.agenda.material_store import MaterialView
from rakor.agenda.rules import SpeakerPart
from rakor.agenda.speaker_view import parts_of
from rakor.agenda.store import ItemView, PersonView
from rakor.agenda.upload_store import UploadView
from rakor.events import store as events
from rakor.events.models import Event, EventChannel
from rakor.events.rules import ChannelKind, EventMode, Phase, phase
from rakor.portal.speaker_base import Whose
from rakor.web.times import local_day


@dataclass(frozen=True)
class Session:
    """One own item: what the person does in it, who else takes part, what was handed in and what is on its way."""

    item: ItemView
    parts: Sequence[SpeakerPart]
    others: Sequence[PersonView]
    materials: Sequence[MaterialView]
    uploads: Sequence[UploadView]
    is_over: bool

    @property
    def moderates(self) -> bool:
        """True where the person moderates it."""
        return SpeakerPart.MODERATOR in self.parts


def sessions(
    found: Whose, materials: Sequence[MaterialView], uploads: Sequence[UploadView], *, now: datetime
) -> list[Session]:
    """Return the own sessions in order."""
    me = found.person.id
    return [
        Session(
            item=item,
            parts=parts_of(item, me),
            others=[one for one in item.speakers if one.id != me],
            materials=[one for one in materials if one.item_id == item.id],
            uploads=[one for one in uploads if one.handed.item_id == item.id],
            is_over=item.ends_at is not None and item.ends_at <= now,
        )
        for item in found.items
    ]


def online_room(event: Event, *, now: datetime) -> EventChannel | None:
    """Return the online room, until the event is over or cancelled."""
    at = phase(event.stage, event.starts_on, event.ends_on, local_day(now, event.zone))
    if event.mode is EventMode.ONSITE or at in (Phase.OVER, Phase.CANCELLED):
        return None
    return next((one for one in events.channels(event.id) if one.kind is ChannelKind.ZOOM and one.url), None)
