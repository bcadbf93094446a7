"""What the agenda brings into a copied event: rooms and items on the moved days, and nobody."""

from dataclasses import replace
from uuid import UUID

from rakor.agenda import store
from rakor.agenda.rules.views import EVERYTHING, ItemDraft, ItemView, draft_of
from rakor.agenda.store import venue
from rakor.events.cloning import Copying


def copy(copying: Copying) -> None:
    """Copy the draft; speakers, moderators and persons in charge stay behind."""
    source_id, target_id = copying.source.id, copying.target.id
    for room in store.rooms(source_id):
        venue.add(target_id, room.name, room.capacity)
    days = copying.days
    drafts = [
        _moved(copying, item, days[item.day_id].id)
        for item in store.items(source_id, EVERYTHING)
        if item.day_id in days
    ]
    if drafts:
        store.add_all(target_id, drafts, now=copying.now)


def _moved(copying: Copying, item: ItemView, day_id: UUID) -> ItemDraft:
    return replace(
        draft_of(item),
        day_id=day_id,
        starts_at=copying.later(item.starts_at),
        ends_at=copying.later(item.ends_at),
        role_ids=tuple(copying.roles[role.id] for role in item.roles if role.id in copying.roles),
        speakers=(),
        moderators=(),
        in_charge="",
    )
