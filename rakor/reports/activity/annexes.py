"""The annexes of the report: papers that were attached, and lists made of the data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import force_locale

from rakor import clock, files
from rakor.agenda import speaker_store
from rakor.documents import jobs as lists
from rakor.documents import store as papers
from rakor.documents.models import ListVersion
from rakor.documents.rules import Arranged, Choice, ListHead, ListKind, Variant
from rakor.documents.store import versions
from rakor.events import store as events
from rakor.events.models import Event
from rakor.minutes.release_models import ReleasePhoto
from rakor.minutes.store import progress, release
from rakor.registrations.rules import Mode
from rakor.reports.activity import outcomes, store
from rakor.reports.activity.content import Known, material_rows
from rakor.reports.activity.models import ReportAnnex
from rakor.reports.activity.rules import Annex, AnnexKind, Block, File, Grid, Heading, Missing, Picture, Points, Words
from rakor.seats.store import letters
from rakor.web import times
from rakor.web.times import Language

ID = Language.ID
NOT_THERE = "belum dilampirkan"


@dataclass(frozen=True)
class List:
    """One attendance list of one day: its lines as they are now or were locked (``version``), and its signed scan."""

    kind: ListKind
    held_on: date
    head: ListHead
    arranged: Arranged
    version: int | None
    scan: files.Kept | None


def attended(event: Event) -> list[List]:
    """Return the lists of every day that has somebody present, participants first; a locked one as it was locked."""
    locked: dict[tuple[object, ...], ListVersion] = {}
    for row in versions.versions(event.id):  # the newest first
        if row.item_id is None and row.province_code is None and row.office_id is None:
            locked.setdefault((row.kind, row.day_id), row)
    found = []
    for day, _sessions in papers.days_and_sessions(event.id):
        for kind in ListKind:
            choice, version = Choice(kind, day.id), locked.get((kind, day.id))
            arranged = versions.lines(version) if version else lists.listed(event, choice, Variant.FILLED)
            if any(row.present for row in arranged.rows):
                at = version.locked_at if version else clock.now()
                head = papers.list_head(event, choice, counted_at=at, variant=Variant.FILLED)
                scan = versions.scan(version) if version else None
                number = version.number if version else None
                found.append(List(kind, day.held_on, head, arranged, number, scan))
    return found


def annexes(found: Known, day_lists: Sequence[List], images: dict[str, bytes]) -> tuple[Annex, ...]:
    """Return every annex in its order; pictures that it shows are added to ``images``.

    The attendance lists as files are set apart (``list_files``): that takes longest.
    """
    with force_locale(ID.value):
        attached = [(row, store.annex_file(row)) for row in store.annexes(found.event.id)]
        by_kind = {kind: [(row, kept) for row, kept in attached if row.kind is kind and kept] for kind in AnnexKind}
        return tuple(
            Annex(f"Lampiran {number}: {title}", tuple(blocks) or (Missing(word=NOT_THERE),), files_)
            for number, (title, blocks, files_) in enumerate(_all(found, by_kind, day_lists, images), 1)
        )


Attached = dict[AnnexKind, list[tuple[ReportAnnex, files.Kept]]]
Part = tuple[str, list[Block], tuple[File, ...]]


def _all(found: Known, attached: Attached, day_lists: Sequence[List], images: dict[str, bytes]) -> Iterator[Part]:
    event = found.event
    yield "Kerangka acuan kegiatan (KAK)", *_papers(attached[AnnexKind.TERMS], "1-kak")
    yield "Surat keputusan panitia", *_papers(attached[AnnexKind.DECREE], "2-sk-panitia")
    yield "Surat undangan", *_letter(event, attached[AnnexKind.LETTER])
    yield "Daftar hadir", _attendance(day_lists), ()
    yield "Riwayat singkat narasumber", *_speakers(found, attached[AnnexKind.CV])
    rows = tuple((f"{number}.", *row) for number, row in enumerate(material_rows(found), 1))
    head = ("No.", "Mata acara", "Dari", "Berkas", "Terbuka")
    yield "Daftar materi", [Grid(head, (2, 9, 6, 5, 3), rows)] if rows else [], ()
    yield "Dokumentasi", _photos(found, images), ()
    yield "Matriks tindak lanjut", outcomes.matrix(found.outcome), ()
    yield "Berkas pertanggungjawaban (SPJ)", *_expenses(found, attached)
    if attached[AnnexKind.OTHER]:
        yield "Lampiran lain", *_papers(attached[AnnexKind.OTHER], "10-lain")


def _papers(rows: Sequence[tuple[ReportAnnex, files.Kept]], folder: str) -> tuple[list[Block], tuple[File, ...]]:
    named = [(row.title, _file(folder, number, kept)) for number, (row, kept) in enumerate(rows, 1)]
    said = tuple(f"{title} (berkas {file.path})" for title, file in named)
    return [Points(said)] if said else [], tuple(file for _title, file in named)


def _file(folder: str, number: int, kept: files.Kept) -> File:
    ending = "pdf" if kept.media_type == "application/pdf" else "jpg"
    return File(f"{folder}/{folder.split('-', 1)[1]}-{number:02}.{ending}", kept.content)


def _letter(event: Event, attached: list[tuple[ReportAnnex, files.Kept]]) -> tuple[list[Block], tuple[File, ...]]:
    """The letter that was attached; else the signed one, else the one that offices see."""
    if attached:
        return _papers(attached, "3-surat-undangan")
    kept = letters.signed_file(event.id) or letters.shown_file(event)
    if kept is None:
        return [], ()
    file = _file("3-surat-undangan", 1, kept)
    number = f"Nomor {event.letter_number}" if event.letter_number else "tanpa nomor"
    return [Points((f"Surat undangan, {number} (berkas {file.path})",))], (file,)


KINDS = {
    ListKind.PARTICIPANTS: "Peserta",
    ListKind.SPEAKERS: "Narasumber dan moderator",
    ListKind.COMMITTEE: "Panitia",
}


def _attendance(day_lists: Sequence[List]) -> list[Block]:
    """Who came, one line a person, with a column for each day; no number of anybody."""
    blocks: list[Block] = []
    for kind, title in KINDS.items():
        of_kind = [one for one in day_lists if one.kind is kind]
        people: dict[str, tuple[str, str, str]] = {}
        came: dict[tuple[str, int], str] = {}
        for place, one in enumerate(of_kind):
            for row in one.arranged.rows:
                if row.present:
                    people.setdefault(row.person, (row.shown_name, row.post, row.office or "-"))
                    came[row.person, place] = "daring" if row.mode is Mode.ONLINE else "luring"
        if not people:
            continue
        days = tuple(times.plain(times.day_tab(one.held_on, ID)) for one in of_kind)
        rows = tuple(
            (f"{number}.", *words, *(came.get((person, place), "–") for place in range(len(days))))
            for number, (person, words) in enumerate(people.items(), 1)
        )
        marks = tuple(_as_of(one) for one in of_kind)
        grid = Grid(("No.", "Nama", "Jabatan", "Instansi", *days), (2, 8, 8, 9, *(3 for _ in days)), rows)
        blocks += [Heading(title), Words("; ".join(marks) + "."), grid]
    return blocks


def _as_of(one: List) -> str:
    day = times.plain(times.date_long(one.held_on, ID))
    came = times.number(sum(row.present for row in one.arranged.rows), ID)
    locked = f", dikunci sebagai versi {one.version}" if one.version else ""
    return f"{day}: {came} orang hadir{locked}"


def _speakers(
    found: Known, attached: list[tuple[ReportAnnex, files.Kept]]
) -> tuple[list[Block], tuple[File, ...]]:
    """What speakers say of themselves on the event's page, and the CVs that were attached."""
    profiles = speaker_store.profiles(found.event.id)
    named = {person.id: person.name for item in found.items for person in (*item.speakers, *item.moderators)}
    blocks: list[Block] = []
    for speaker_id, name in named.items():
        profile = profiles.get(speaker_id)
        if profile is not None and profile.bio:
            blocks += [Heading(name), *(Words(line) for line in profile.bio.splitlines() if line.strip())]
    said, files_ = _papers(attached, "5-cv")
    return [*blocks, *said], files_


def _photos(found: Known, images: dict[str, bytes]) -> list[Block]:
    titles = {item.id: item.title for item in found.items}
    blocks: list[Block] = []
    for number, row in enumerate(release.photos(found.event.id), 1):
        kept = release.picture(row, preview=True)
        if kept is None:
            continue
        name = f"photo-{number}.jpg"
        images[name] = kept.content
        blocks.append(Picture(name, row.alt, photo_caption(row, titles)))
    return blocks


def photo_caption(row: ReleasePhoto, titles: Mapping[UUID, str]) -> str:
    """Return what stands under a photo: what happens, who is on it, in which session."""
    who = f" Pada foto: {row.who.rstrip('.')}." if row.who else ""
    session = f" {titles[row.item_id].rstrip('.')}." if row.item_id and row.item_id in titles else ""
    return f"{row.caption.rstrip('.')}.{who}{session}"


def _expenses(found: Known, attached: Attached) -> tuple[list[Block], tuple[File, ...]]:
    """What belongs to the SPJ and what of it is there; amounts are no part of this report."""
    event, letter = found.event, letters.shown_letter(found.event)
    offices, complete = _assignments(event)
    days = events.days(event.id)
    locked = {row.day_id for row in versions.versions(event.id)}
    number = f"Nomor {event.letter_number}" if event.letter_number else "belum bernomor"
    there = (
        ("Surat undangan", number if letter or attached[AnnexKind.LETTER] else "belum ada"),
        ("KAK", "terlampir" if attached[AnnexKind.TERMS] else NOT_THERE),
        ("SK panitia", "terlampir" if attached[AnnexKind.DECREE] else NOT_THERE),
        ("Surat tugas peserta", f"{times.number(complete, ID)} dari {times.number(offices, ID)} kantor lengkap"),
        ("Daftar hadir bertanda tangan", f"{len(locked)} dari {len(days)} hari dikunci"),
    )
    rows = tuple((f"{place}.", *line) for place, line in enumerate(there, 1))
    said, files_ = _papers(attached[AnnexKind.EXPENSES], "9-spj")
    return [Grid(("No.", "Berkas", "Keadaan"), (2, 10, 12), rows), *said], files_


def _assignments(event: Event) -> tuple[int, int]:
    """Return how many offices have people who come, and of how many of them a letter of assignment names everybody."""
    tally = progress.tallies(event)["assignments"]
    return tally.whole, tally.part


def list_files(one: List) -> Iterator[File]:
    """Set one attendance list with its signatures; where its signed paper was scanned, that instead."""
    if one.scan is not None:
        ending = "pdf" if one.scan.media_type == "application/pdf" else "jpg"
        yield File(f"4-daftar-hadir/{one.held_on}-{one.kind}-bertanda-tangan.{ending}", one.scan.content)
        return
    for name, pdf in lists.set_list(one.head, one.arranged, lambda _done, _whole: None):
        yield File(f"4-daftar-hadir/{name}", pdf)
