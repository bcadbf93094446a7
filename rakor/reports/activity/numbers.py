"""The three numbers in the report: invited, confirmed, present, in seats, with their time; by province and session."""

from collections.abc import Iterable
from dataclasses import replace

from rakor.events.models import Event
from rakor.reports.activity.rules import Block, Facts, Grid, Heading
from rakor.reports.recap import By, Narrowed
from rakor.reports.recap_view import table
from rakor.reports.rules import Count
from rakor.reports.summary import Summary
from rakor.web import times
from rakor.web.times import Language

ID = Language.ID


def numbers(event: Event, summary: Summary) -> list[Block]:
    """The three numbers, never mixed, each with its time; an open event counts people."""
    at = times.plain(times.when(summary.counted_at, event.zone, ID))
    if not summary.count.invited:
        return [Facts((*_of_people(summary), ("Dihitung", at)))]
    count, unit = summary.count, "kursi"
    people = f"{number(summary.heads.total)} orang"
    without = f", di antaranya {number(summary.heads.unseated)} tanpa kursi" if summary.heads.unseated else ""
    facts = (
        ("Diundang", f"{number(count.invited)} {unit} pada {number(summary.offices)} kantor"),
        ("Konfirmasi", f"{number(count.confirmed)} {unit}; berhalangan {number(count.declined)}"),
        ("Hadir", f"{number(count.present)} {unit} (luring {number(count.onsite)}, daring {number(count.online)})"),
        ("Orang yang hadir", f"{people}{without}"),
        ("Dihitung", at),
    )
    provinces: list[Block] = [Heading("Kehadiran per provinsi"), _by_province(event, summary)]
    return [Facts(facts), *provinces, *_by_session(event, summary)]


def _of_people(summary: Summary) -> list[tuple[str, str]]:
    """An event that nobody was invited to counts people: kuota, terdaftar, hadir."""
    heads = summary.heads
    came = f"{number(heads.total)} orang (luring {number(heads.onsite)}, daring {number(heads.online)})"
    size = [("Kuota", f"{number(summary.capacity)} tempat")] if summary.capacity else []
    return [*size, ("Terdaftar", f"{number(summary.registered)} orang"), ("Hadir", came)]


def _by_session(event: Event, summary: Summary) -> list[Block]:
    """Where somebody was present, day by day and session by session; what is invited is the same everywhere."""
    lines = [line for line in table(event, summary, By.SESSION, Narrowed()).lines if line.name and line.count.present]
    rows = [(line.name, *_counts(line.count)[2:]) for line in lines]
    made = grid(("No.", "Hari atau sesi", "Hadir", "Luring", "Daring"), (2, 14, 4, 4, 4), rows, numeric=(2, 3, 4))
    return [Heading("Kehadiran per hari dan sesi"), made] if rows else []


def _by_province(event: Event, summary: Summary) -> Grid:
    made = table(event, summary, By.PROVINCE, Narrowed())
    head = ("No.", "Provinsi", "Diundang", "Konfirmasi", "Hadir", "Luring", "Daring")
    lines = [(line.name, *_counts(line.count)) for line in made.lines]
    found = grid(head, (2, 8, 4, 5, 4, 4, 4), lines, numeric=(2, 3, 4, 5, 6))
    return replace(found, rows=(*found.rows, ("", "Seluruhnya", *_counts(made.whole))))


def _counts(count: Count) -> tuple[str, ...]:
    return tuple(map(number, (count.invited, count.confirmed, count.present, count.onsite, count.online)))


def grid(
    head: tuple[str, ...], widths: tuple[int, ...], rows: Iterable[tuple[str, ...]], numeric: tuple[int, ...] = ()
) -> Grid:
    """Return a table whose first column counts its rows."""
    return Grid(head, widths, tuple((f"{place}.", *row) for place, row in enumerate(rows, 1)), numeric)


def number(value: int) -> str:
    """Return a number as Indonesian papers write it."""
    return times.number(value, ID)
