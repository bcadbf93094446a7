"""What speakers let everybody have after their sessions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from rakor.agenda import material_store
from rakor.agenda.material_rules import is_public
from rakor.agenda.material_store import MaterialView
from rakor.agenda.store import ItemView
from rakor.events.models import Event


@dataclass(frozen=True)
class Handout:
    """A material that anybody may have: of which item, and whose."""

    material: MaterialView
    item: ItemView
    person: str


def handouts(event: Event, items: Sequence[ItemView], *, now: datetime) -> list[Handout]:
    """Return the open materials of the items (those that anybody may see) in the order of the programme; one query."""
    known = {item.id: item for item in items}
    order = {item.id: place for place, item in enumerate(items)}
    found = [
        Handout(one, known[one.item_id], _name(known[one.item_id], one.speaker_id))
        for one in (material_store.materials(event.id) if items else [])
        if one.item_id in known and _is_open(one, known[one.item_id], event.zone, now)
    ]
    return sorted(found, key=lambda one: order[one.item.id])


def _is_open(one: MaterialView, item: ItemView, zone: str, now: datetime) -> bool:
    """An item without a time is over when its day is."""
    midnight = datetime.combine(item.held_on + timedelta(days=1), time(), ZoneInfo(zone))
    over_at = item.ends_at or midnight
    return is_public(is_open=one.is_open, withheld=one.withheld_at is not None, over_at=over_at, now=now)


def _name(item: ItemView, speaker_id: UUID) -> str:
    return next((one.name for one in (*item.speakers, *item.moderators) if one.id == speaker_id), "")
