"""In which order people stand on a list, and one line for each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from rakor.documents.rules.lines import post_line
from rakor.documents.rules.lists import Arranged, ListCounts, ListRow
from rakor.regions.rules.folding import plain


def arrange(rows: Iterable[ListRow], *, open_seat_count: int = 0) -> Arranged:
    """Return ``rows`` in protocol order, each person once at their first seat with all their posts.

    Office order, then role position, then seat number; after them who has no seat, by province, regency and name
    (titles, case and accents ignored). ``open_seat_count`` seats have nobody on them and are only counted.
    """
    ordered = sorted(rows, key=_order)
    by_person: dict[str, list[ListRow]] = {}
    for row in ordered:
        by_person.setdefault(row.person, []).append(row)
    lines = tuple(_joined(group) for group in by_person.values())
    seated = [row for row in ordered if row.seat is not None]
    counts = ListCounts(
        seats=len(seated) + open_seat_count,
        seats_present=sum(row.present for row in seated),
        heads=len(lines),
        heads_present=sum(line.present for line in lines),
        loose=sum(line.seat is None for line in lines),
        loose_present=sum(line.seat is None and line.present for line in lines),
    )
    return Arranged(lines, counts)


def _order(row: ListRow) -> tuple[object, ...]:
    tail = (*row.region, plain(row.name), row.name, row.person)
    if row.seat is None:
        return (1, "", 0, 0, *tail)
    return (0, row.seat.office_order, row.seat.role_position, row.seat.number, *tail)


_NEVER = datetime.max.replace(tzinfo=UTC)


def _joined(group: list[ListRow]) -> ListRow:
    """One person's rows as one line: the first seat, every post once, present where any of them is."""
    posts = " / ".join(dict.fromkeys(post_line(row) for row in group))
    arrived = [row for row in group if row.present]
    timed = [row for row in arrived if row.present_at is not None]
    first = min(timed or arrived or group, key=lambda row: row.present_at or _NEVER)
    return replace(
        group[0],
        post=posts,
        represents="",
        present=bool(arrived),
        present_at=first.present_at,
        mode=first.mode,
        means=first.means,
    )
