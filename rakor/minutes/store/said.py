"""The minutes of one session as a value: what would be printed, or approved, now."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from rakor.agenda.store import ItemView
from rakor.documents import store as documents
from rakor.documents.rules import Arranged, Choice, ListKind, Variant, arrange, shown_in
from rakor.documents.store.heads import venue_words
from rakor.events.models import Event
from rakor.minutes.notes_models import Minutes
from rakor.minutes.rules.conclusions import ConclusionKind
from rakor.minutes.rules.content import Conclusion, Content, Head, Line, Presence, Signer, fingerprint
from rakor.minutes.rules.notes import Note, standing
from rakor.minutes.store import conclusions, notes

CONCLUSIONS = {
    ConclusionKind.CONCLUSION: "Kesimpulan",
    ConclusionKind.RECOMMENDATION: "Rekomendasi",
    ConclusionKind.DECISION: "Keputusan",
}
"""The words of a paper, which is Indonesian in every language of the screen."""


def content(
    event: Event, item: ItemView, row: Minutes | None = None, found: Collection[Note] | None = None
) -> Content:
    """Return the minutes of a session as they stand, without the count of who came.

    ``row`` and ``found`` are its head and notes, where they were read already.
    """
    row = row or notes.minutes(event.id, item.id)
    found = notes.notes_of(event.id, item.id) if found is None else found
    return Content(head(event, item, row), tuple(_line(note) for note in standing(found)), _conclusions(event, item.id))


def counted(event: Event, item: ItemView, what: Content, *, now: datetime) -> Content:
    """Return minutes with how many came by the ledger at ``now``."""
    counts = attendance(event, item).counts
    presence = Presence(counts.seats, counts.seats_present, counts.loose, counts.loose_present, now)
    return replace(what, head=replace(what.head, presence=presence))


def choice_of(item: ItemView) -> Choice:
    """Return which attendance list belongs to a session: its own, or that of its day where it takes none."""
    return Choice(ListKind.PARTICIPANTS, item.day_id, item.id if item.takes_attendance else None, None, None)


def attendance(event: Event, item: ItemView) -> Arranged:
    """Return who came to a session, and who was expected, as the ledger has it now."""
    rows, open_seat_count = documents.list_rows(event, choice_of(item), Variant.FILLED)
    return shown_in(arrange(rows, open_seat_count=open_seat_count), Variant.FILLED)


def head(event: Event, item: ItemView, row: Minutes | None) -> Head:
    place = ", ".join(filter(None, (item.room, venue_words(event))))
    bare = Head(
        meeting=event.title, session=item.title, agenda=item.topic or item.title, held_on=item.held_on,
        zone=event.zone, opened_at=item.starts_at, closed_at=item.ends_at, place=place,
        chair=Signer(), secretary=Signer(), taker=Signer(),
    )  # fmt: skip
    if row is None:
        return bare
    return replace(
        bare,
        opened_at=row.opened_at or item.starts_at,
        closed_at=row.closed_at or item.ends_at,
        place=row.place or place,
        chair=Signer(row.chair_name, row.chair_post, row.chair_rank, row.chair_nip or ""),
        secretary=Signer(row.secretary_name, row.secretary_post),
        taker=Signer(row.taker_name, row.taker_post, row.taker_rank, row.taker_nip or ""),
    )


def _line(note: Note) -> Line:
    edit = note.edit
    return Line(note.id, edit.kind, edit.speaker.name, edit.speaker.post, edit.text)


def _conclusions(event: Event, item_id: UUID) -> tuple[Conclusion, ...]:
    found = conclusions.of_item(event.id, item_id)
    return tuple(Conclusion(row.number, CONCLUSIONS[row.kind], row.text) for row in found)


def mark(what: Content) -> str:
    """Return a short word that is another one as soon as the minutes say something else."""
    return fingerprint(what).hex()[:16]
