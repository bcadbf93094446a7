"""The sections of the report from the data, each read from the store that owns it. In Indonesian, as papers are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import force_locale

from rakor.accounts.words import ROLES
from rakor.agenda import material_store
from rakor.agenda import store as agenda
from rakor.agenda.material_store import MaterialView
from rakor.agenda.rules.views import EVERYTHING, ItemView
from rakor.agenda.speaker_view import kind_words
from rakor.events.models import Event
from rakor.events.rules import EventMode
from rakor.events.store.team import GrantView, grants
from rakor.events.words import COSTS, KINDS, MODES
from rakor.reports.activity import outcomes
from rakor.reports.activity.numbers import grid, number, numbers
from rakor.reports.activity.rules import (
    Block,
    Chapter,
    Facts,
    Heading,
    Missing,
    Points,
    Section,
    Words,
    chapter,
)
from rakor.reports.activity.words import TITLES
from rakor.reports.summary import Summary
from rakor.seats.letter_models import InvitationLetter
from rakor.seats.store import letters
from rakor.web import times
from rakor.web.times import Language

ID = Language.ID


@dataclass(frozen=True)
class Known:
    """What the sections read: the event, its numbers at one moment, its programme, its papers."""

    event: Event
    summary: Summary
    items: Sequence[ItemView]
    team: Sequence[GrantView]
    letter: InvitationLetter | None
    materials: Sequence[MaterialView]
    outcome: outcomes.Outcome


def known(event: Event, summary: Summary) -> Known:
    """Read everything a report says: a constant number of queries."""
    items = agenda.programme(event.id, EVERYTHING)
    return Known(
        event, summary, items, grants(event.id), letters.letter(event.id), material_store.materials(event.id),
        outcomes.outcome(event.id, items),
    )  # fmt: skip


def chapters(found: Known, typed: Mapping[Section, str]) -> tuple[Chapter, ...]:
    """Return every section in its order: what was typed, then what the data says."""
    with force_locale(ID.value):
        return tuple(
            chapter(one, TITLES[one], typed.get(one, ""), SAID[one](found, bool(typed.get(one)))) for one in Section
        )


def _background(found: Known, typed: bool) -> list[Block]:
    basis = found.letter.basis.strip() if found.letter else ""
    said = [Words(f"{basis.rstrip('.,')}, {found.event.organizer} menyelenggarakan {found.event.title}.")]
    return [] if typed or not basis else [*said]


def _legal_basis(found: Known, typed: bool) -> list[Block]:
    event = found.event
    if not event.letter_number:
        return []
    dated = f" tanggal {_day(event.letter_on)}" if event.letter_on else ""
    return [Words(f"Surat undangan {event.organizer} Nomor {event.letter_number}{dated}.")]


def _purpose(found: Known, typed: bool) -> list[Block]:
    lines: list[Block] = [] if typed else [Words(line) for line in found.event.purpose.splitlines() if line.strip()]
    theme = [Words(f"Tema kegiatan: “{found.event.theme}”.")] if found.event.theme else []
    return [*lines, *theme]


def _scope(found: Known, _typed: bool) -> list[Block]:
    event, summary = found.event, found.summary
    days = (event.ends_on - event.starts_on).days + 1
    counted = [
        (summary.offices, "kantor yang diundang"), (summary.invited_provinces, "provinsi"), (days, "hari"),
        (sum(item.takes_attendance for item in found.items), "sesi dengan presensi"),
    ]  # fmt: skip
    said = ", ".join(f"{number(count)} {word}" for count, word in counted if count)
    return [Words(f"{KINDS[event.kind]} ini diikuti secara {str(MODES[event.mode]).lower()}, meliputi {said}.")]


def _participants(found: Known, _typed: bool) -> list[Block]:
    committee = tuple((one.name, str(ROLES[one.role])) for one in found.team)
    blocks: list[Block] = [Heading("Panitia")]
    blocks.append(grid(("No.", "Nama", "Tugas"), (1, 6, 4), committee) if committee else Missing("Panitia"))
    return [*blocks, Heading("Peserta"), *numbers(found.event, found.summary)]


def _speakers(found: Known, _typed: bool) -> list[Block]:
    rows = [
        (person.name, ", ".join(filter(None, (person.post, person.organization))), part, item.label)
        for item in found.items
        for part, people in (("Narasumber", item.speakers), ("Moderator", item.moderators))
        for person in people
    ]
    return [grid(("No.", "Nama", "Jabatan", "Sebagai", "Mata acara"), (2, 6, 8, 4, 5), rows)] if rows else []


def _time_place(found: Known, _typed: bool) -> list[Block]:
    event = found.event
    place = ", ".join(filter(None, (event.venue, event.address, event.city)))
    facts = [("Hari, tanggal", times.plain(times.date_range(event.starts_on, event.ends_on, ID)))]
    facts += [("Tempat", place)] if place and event.mode is not EventMode.ONLINE else []
    facts.append(("Cara mengikuti", str(MODES[event.mode])))
    rows = [
        (_day(item.held_on), _span(item, event.zone), ": ".join(filter(None, (item.title, item.topic))), item.room)
        for item in found.items
    ]
    agenda_table = [grid(("No.", "Hari", "Waktu", "Acara", "Ruang"), (2, 6, 6, 12, 4), rows)] if rows else []
    return [Facts(tuple(facts)), *([Heading("Susunan acara")] if rows else []), *agenda_table]


def _materials(found: Known, _typed: bool) -> list[Block]:
    rows = material_rows(found)
    return [grid(("No.", "Mata acara", "Dari", "Berkas", "Terbuka"), (2, 9, 6, 5, 3), rows)] if rows else []


def material_rows(found: Known) -> list[tuple[str, ...]]:
    """Return what speakers handed in: of which item, from whom, as what, open to everybody or not."""
    items = {item.id: item for item in found.items}
    rows: list[tuple[str, ...]] = []
    for one in found.materials:
        item = items.get(one.item_id)
        people = (*item.speakers, *item.moderators) if item else ()
        name = next((person.name for person in people if person.id == one.speaker_id), "-")
        open_ = "ya" if one.is_open and not one.withheld_at else "tidak"
        rows.append((item.title if item else "-", name, str(kind_words(one.newest.kind)), open_))
    return rows


def _cost(found: Known, typed: bool) -> list[Block]:
    event = found.event
    said = f"Biaya perjalanan peserta: {str(COSTS[event.cost_bearer]).lower()}"
    note = f" ({event.cost_note.rstrip('.')})" if event.cost_note else ""
    return [Words(f"{said}{note}."), *([] if typed else [Missing("Sumber dan jumlah biaya")])]


def _discussion(found: Known, _typed: bool) -> list[Block]:
    return outcomes.discussion(found.outcome, found.items)


def _evaluation(found: Known, typed: bool) -> list[Block]:
    summary, count = found.summary, found.summary.count
    if not count.invited or not summary.focus:
        return []
    points = [f"Kehadiran {_share(count.present, count.invited)} dari kursi yang diundang."]
    if count.confirmed:
        points.append(f"Konfirmasi {_share(count.confirmed, count.invited)} dari kursi yang diundang.")
    points.append(f"{number(summary.complete)} dari {number(summary.invited_provinces)} provinsi hadir lengkap.")
    if summary.absent_offices:
        points.append(f"{number(summary.absent_offices)} kantor tidak hadir sama sekali.")
    return [Points(tuple(points)), *([] if typed else [Missing("Penilaian panitia")])]


def _conclusions(found: Known, _typed: bool) -> list[Block]:
    return outcomes.conclusions(found.outcome)


def _recommendations(found: Known, _typed: bool) -> list[Block]:
    return outcomes.recommendations(found.outcome)


SAID: Mapping[Section, Callable[[Known, bool], list[Block]]] = {
    Section.BACKGROUND: _background,
    Section.LEGAL_BASIS: _legal_basis,
    Section.PURPOSE: _purpose,
    Section.SCOPE: _scope,
    Section.PARTICIPANTS: _participants,
    Section.SPEAKERS: _speakers,
    Section.TIME_PLACE: _time_place,
    Section.MATERIALS: _materials,
    Section.COST: _cost,
    Section.DISCUSSION: _discussion,
    Section.EVALUATION: _evaluation,
    Section.CONCLUSIONS: _conclusions,
    Section.RECOMMENDATIONS: _recommendations,
}


def _share(part: int, whole: int) -> str:
    return times.plain(times.percent(100 * part / whole, ID))


def _day(day: object) -> str:
    return times.plain(times.date_medium(day, ID))  # type: ignore[arg-type]


def _span(item: ItemView, zone: str) -> str:
    return times.plain(times.span(item.starts_at, item.ends_at, zone, ID))
