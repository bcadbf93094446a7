"""The rundown out and in: what a workbook says comes back the same; other people's tables are read with care."""

from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

import pytest

from rakor.agenda.models import AgendaPaper
from rakor.agenda.rules import AgendaKind
from rakor.agenda.rules.rundown import RowProblem, day_of, guess, read_sheet, span_of
from rakor.db import db
from rakor.outbox import run_next
from rakor.sheets import Table, read_table, write_table
from rakor.sheets.writing import Column
from tests.agenda.test_routes import add, items
from tests.cast import Cast

DAYS = {date(2026, 11, day): UUID(int=day) for day in (23, 24, 25)}
KINDS = {"sesi": AgendaKind.SESSION}
PEOPLE = "Dr. Ratna Contoh, M.Si.; Direktur\nHendra Contoh"
HEAD = ["No", "Hari/Tanggal", "Waktu (WIB)", "Acara", "Narasumber/Pengisi", "Moderator", "PJ", "Keterangan"]


def rows(*lines: list[str]) -> list[tuple[int, list[str]]]:
    return list(enumerate([["SUSUNAN ACARA"], HEAD, *lines], 1))


def test_a_rundown_as_offices_write_it_is_read() -> None:
    found = read_sheet("Rundown", rows(
        ["", "Selasa, 24 November 2026"],
        ["1", "", "08.00–09.30 WIB", "Sesi 1: Layanan informasi", PEOPLE, "Nur Contoh", "Tata", "Hybrid"],
        ["2", "", "09:30 s.d. 10:00", "Coffee break", "-", "-", "", ""],
        ["", "", "", "", "", "", "", ""],
        ["3", "Hari 3", "", "Penutupan", "", "", "", ""],
    ), DAYS, "Asia/Jakarta", KINDS)  # fmt: skip
    assert found.troubles == ()
    first, second, third = found.drafts
    assert (first.day_id, first.starts_at, first.kind) == (
        UUID(int=24), datetime(2026, 11, 24, 1, 0, tzinfo=UTC), AgendaKind.SESSION,
    )  # fmt: skip
    assert [(one.name, one.post) for one in first.speakers] == [
        ("Dr. Ratna Contoh, M.Si.", "Direktur"),
        ("Hendra Contoh", ""),
    ]
    assert (first.in_charge, first.note, second.kind, second.speakers) == ("Tata", "Hybrid", AgendaKind.BREAK, ())
    assert (third.day_id, third.starts_at, third.kind) == (UUID(int=25), None, AgendaKind.CLOSING)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (["1", "31 Desember 2026", "08.00–09.00", "Sesi"], RowProblem.UNKNOWN_DAY),
        (["1", "Hari 4", "08.00–09.00", "Sesi"], RowProblem.UNKNOWN_DAY),
        (["1", "", "pagi", "Sesi"], RowProblem.BAD_TIME),
        (["1", "", "10.00–09.00", "Sesi"], RowProblem.BAD_TIME),
        (["1", "", "25.00–26.00", "Sesi"], RowProblem.BAD_TIME),
        (["1", "", "08.00–09.00", ""], RowProblem.NO_TITLE),
        (["1", "", "08.00–09.00", "x" * 241], RowProblem.TOO_LONG),
    ],
)
def test_a_row_that_cannot_be_read_is_named_by_its_number(line: list[str], problem: RowProblem) -> None:
    found = read_sheet("Rundown", rows(line), DAYS, "Asia/Jakarta", KINDS)
    assert [(one.row, one.problem) for one in found.troubles] == [(3, problem)]


def test_a_sheet_without_a_heading_is_no_rundown() -> None:
    found = read_sheet("Lain", [(1, ["a", "b"])], DAYS, "Asia/Jakarta", KINDS)
    assert [one.problem for one in found.troubles] == [RowProblem.NO_HEADING]


@pytest.mark.parametrize(
    "words", ["Hari 2", "hari ke-2", "Selasa, 24 November 2026", "24/11/2026", "2026-11-24", "24-11-2026"]
)
def test_a_day_is_known_by_many_words(words: str) -> None:
    assert day_of(words, sorted(DAYS)) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "words", ["08.00–09.30 WIB", "8:00 - 9:30", "08.00 s.d. 09.30", "08.00 sd 09.30", "08.00 sampai 09.30"]
)
def test_a_time_is_known_by_many_words(words: str) -> None:
    found = span_of(words, date(2026, 11, 24), "Asia/Jakarta")
    assert found == (datetime(2026, 11, 24, 1, 0, tzinfo=UTC), datetime(2026, 11, 24, 2, 30, tzinfo=UTC))


def test_a_kind_is_guessed_from_the_title() -> None:
    titles = ["ISHOMA", "Registrasi ulang", "Sesi 2", "Sambutan Ketua", "Foto bersama"]
    assert [str(guess(title)) for title in titles] == ["break", "registration", "session", "remarks", "other"]


def bring(people: Cast, content: bytes) -> tuple[int, str]:
    url = f"/events/{people.event_id}/agenda/rundown"
    answer = people.browser("sari").post(url, data={"file": (BytesIO(content), "rundown.xlsx")})
    return answer.status_code, answer.text


def test_what_a_workbook_says_comes_back_the_same(people: Cast) -> None:
    add(people, in_charge="Tata", note="=1+1", topic="Topik & <b>", kind="panel")
    browser = people.browser("sari")
    book = browser.post(f"/events/{people.event_id}/agenda/rundown/sheets").data
    table = read_table(book, 1)
    assert isinstance(table, Table)
    assert table.sheets == ("Hari 1", "Hari 2", "Hari 3")
    assert "08.00–10.00 WIB" in table.rows[-1][1]
    assert "10.00–12.00 WIT" in table.rows[-1][1]
    status, _text = bring(people, book)
    assert status == 303
    one, other = items(people)
    kept = ("title", "topic", "kind", "starts_at", "ends_at", "room", "in_charge", "note", "speakers", "moderators")
    assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]


def test_one_bad_row_saves_nothing_and_is_shown(people: Cast) -> None:
    columns = [Column(heading) for heading in HEAD]
    lines = [["1", "Hari 1", "08.00–09.00", "Sesi", "", "", "", ""], ["2", "", "pagi", "Sesi", "", "", "", ""]]
    status, text = bring(people, write_table("Rundown", columns, lines))
    assert status == 422
    assert "Rundown baris 3" in text
    assert "pagi" in text
    assert items(people) == []


def test_what_is_no_table_is_refused(people: Cast) -> None:
    status, text = bring(people, b"PK\x03\x04 nothing of the kind")
    assert (status, items(people)) == (422, [])
    assert "tidak dapat dibaca" in text


def test_the_worker_sets_the_rundown_as_a_pdf(people: Cast) -> None:
    add(people)
    browser, url = people.browser("sari"), f"/events/{people.event_id}/agenda/rundown"
    assert browser.get(f"{url}.pdf").status_code == 303
    assert browser.post(f"{url}/papers").status_code == 303
    assert "sedang disusun" in browser.get(url).text
    with people.app.app_context():
        for _job in range(20):
            if not run_next():
                break
        paper = db.session.get(AgendaPaper, people.event_id)
        assert paper
        assert paper.made_at
    answer = browser.get(f"{url}.pdf")
    assert answer.data.startswith(b"%PDF-")
    assert len(answer.data) > 5_000
