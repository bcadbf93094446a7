"""What of a meeting everybody may use beside the programme: approved open conclusions, free quotations, photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from rakor.agenda.store import ItemView
from rakor.events.models import Event
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.release_models import ReleasePhoto, ReleaseQuotation
from rakor.minutes.store import conclusions, notes, release


@dataclass(frozen=True)
class Released:
    """Everything that is released; ``titles`` are those of open items alone."""

    conclusions: Sequence[Conclusion]
    quotations: Sequence[ReleaseQuotation]
    photos: Sequence[ReleasePhoto]
    titles: dict[UUID, str]

    @property
    def any(self) -> bool:
        """True where there is something to show."""
        return bool(self.conclusions or self.quotations or self.photos)

    def where(self, row: ReleasePhoto | ReleaseQuotation) -> str:
        """Return the title of the open item that it is of, or ""."""
        return self.titles.get(row.item_id, "") if row.item_id else ""


def released(event: Event, items: Sequence[ItemView]) -> Released:
    """Return what is released of an event; ``items`` are its open ones. One query where there is nothing, else five.

    A conclusion of a session that is not open to everybody stays inside, even where it is marked as open.
    """
    if not release.has_any(event.id):
        return Released((), (), (), {})
    titles = {item.id: item.title for item in items}
    found = conclusions.approved(event.id, notes.approved_items(event.id), public_only=True)
    return Released(
        [row for row in found if row.agenda_item_id is None or row.agenda_item_id in titles],
        release.quotations(event.id, published=True),
        release.photos(event.id, published=True),
        titles,
    )
