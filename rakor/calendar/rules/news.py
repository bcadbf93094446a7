"""Whether a published version is news for calendars: a correction of what is over is not."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from rakor.agenda.rules.versions import Change, Times
from rakor.agenda.rules.views import ItemView


def is_news(changes: Sequence[Change], programme: Iterable[ItemView], now: datetime) -> bool:
    """Tell whether a change concerns something that is still to come, or whose time nobody knows.

    A version without changes (the first, or one that was written over) is news. What is not goes out with the next
    change that is: the entries are compared with what they last said.
    """
    ends = {item.id: item.ends_at or item.starts_at for item in programme}
    return not changes or any(_is_to_come(change, ends, now) for change in changes)


def _is_to_come(change: Change, ends: dict[UUID, datetime | None], now: datetime) -> bool:
    named = [value.ends_at or value.starts_at for value in (change.before, change.after) if isinstance(value, Times)]
    known = [at for at in (ends.get(change.item_id), *named) if at is not None]
    return not known or max(known) >= now
