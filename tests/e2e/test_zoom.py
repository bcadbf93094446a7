"""Stories O6 and the end of P3: the Zoom report of the day, in the browser, after an office has ticked its room."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Page, expect

from tests.e2e.acting import answer_for_office, log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.people import reading

HEAD = """\
Topic,ID,Host name,Host email,Start time,End time,Participants,Duration (minutes)
Rapat contoh,810 0000 0009,Panitia,panitia@example.com,{begin},{end},9,450

Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,Recording disclaimer response,In waiting room
"""
SESSION = """
SELECT c.id, a.starts_at FROM checkpoint c JOIN agenda_item a ON a.id = c.item_id JOIN event_day d ON d.id = a.day_id
WHERE c.event_id = ? AND d.number = 2 ORDER BY a.starts_at, a.id LIMIT 1"""
STAYS = """
SELECT p.intervals, p.first_source FROM presence p JOIN registration r ON r.id = p.registration_id
WHERE p.checkpoint_id = ? AND r.name = ? AND p.present"""


@dataclass(frozen=True)
class Session:
    """A session's checkpoint and its begin on the clock of Jakarta."""

    checkpoint: str
    begin: datetime

    def row(self, shown: str, start: int, end: int, *, guest: str = "Yes", waits: str = "No", email: str = "") -> str:
        """One line of a report, by minutes of the session."""
        at = [f"{self.begin + timedelta(minutes=minute):%m/%d/%Y %I:%M:%S %p}" for minute in (start, end)]
        return f"{shown},{email},{at[0]},{at[1]},{end - start},{guest},,{waits}\n"


def running(site: Site) -> Session:
    with reading(site) as database:
        checkpoint, begins = database.execute(SESSION, [UUID(site.live_id).hex]).fetchone()
    return Session(checkpoint, datetime.fromisoformat(begins) + timedelta(hours=7))


def minutes(site: Site, session: Session, name: str) -> tuple[float, str] | None:
    """How long somebody was in the session, and by which means; None for who was not."""
    with reading(site) as database:
        found = database.execute(STAYS, [session.checkpoint, name]).fetchone()
    if found is None:
        return None
    spans = [(datetime.fromisoformat(one["start_at"]), datetime.fromisoformat(one["end_at"]))
             for one in json.loads(found[0]) if one["end_at"]]  # fmt: skip
    return sum((end - start).total_seconds() for start, end in spans) / 60, found[1]


def facts(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT count(*) FROM attendance_fact WHERE source = 'zoom'").fetchone()[0])


def upload(page: Page, file: Path) -> None:
    page.get_by_label("Berkas CSV atau XLSX").set_input_files(file)
    day = page.get_by_label("Hari", exact=True)
    day.select_option(index=1)
    page.get_by_label("Zona waktu laporan").select_option(value="Asia/Jakarta")
    page.get_by_role("button", name="Unggah dan periksa").click()
    expect(page.get_by_text("Dilewati: 1 baris tuan rumah, 1 baris ruang tunggu.")).to_be_visible(timeout=40_000)


def test_o6_the_report_becomes_presence_once_and_the_room_is_no_sixth_person(
    walk: Walk, site: Site, offices: list[str], tmp_path: Path
) -> None:
    session, operator = running(site), walk()
    names = [f"Zoom {word} Contoh" for word in ("Wulan", "Yusuf", "Zahra")]
    answer_for_office(operator, offices.pop(), names)
    with reading(site) as database:
        query = "SELECT o.short_name FROM office o JOIN registration r ON r.office_id = o.id WHERE r.name = ?"
        office = database.execute(query, [names[0]]).fetchone()[0]
    wulan, yusuf, zahra = names
    operator.page.get_by_role("link", name="Mengikuti bersama").click()
    operator.page.get_by_role("checkbox", name=zahra).check()
    operator.page.get_by_role("button", name="Catat yang dicentang").click()
    expect(operator.page.get_by_text("1 orang dicatat hadir bersama.")).to_be_visible()

    # late in the evening the running session ends with the day, 59 minutes after it began: nothing here lasts longer
    report = HEAD.format(begin=f"{session.begin:%m/%d/%Y %I:%M:%S %p}", end=f"{session.begin:%m/%d/%Y} 11:59:00 PM")
    report += session.row("Panitia", 0, 90, guest="No", email="panitia@example.com")
    report += session.row(f"{office}_{wulan}", 1, 5, waits="Yes")
    report += session.row(f"{office}_{wulan}", 5, 40)
    report += session.row(f"{office}_{wulan} (Galaxy A52)", 30, 55)  # reconnected, 10 minutes on two devices
    report += session.row(yusuf, 0, 50)
    report += session.row(f"{office} (ruang rapat)", 0, 60)
    report += session.row("iPhone", 0, 60)
    file = tmp_path / "peserta-zoom.csv"
    file.write_text(report, encoding="utf-8")

    sari = walk(size=DESK)
    log_in(sari, *site.login("panitia"))
    page = sari.go(f"/events/{site.live_id}/zoom").page
    sari.look_around()
    upload(page, file)
    kept = sari.path
    for said in ("1 orang dikenali", "1 perlu ditanyakan", "1 layar kantor", "1 tidak dikenali"):
        expect(page.get_by_role("main")).to_contain_text(said)
    assert minutes(site, session, wulan) is None, "nothing before it is saved"
    question = page.get_by_role("listitem").filter(has_text=f"“{yusuf}”: siapa ini?")
    question.get_by_role("button", name=yusuf).click()
    page.get_by_role("link", name="Layar kantor").or_(page.get_by_role("link", name="ruang")).first.click()
    expect(page.get_by_text("1 orang dicentang; kursi ini dihitung sebagai ruangan")).to_be_visible()
    sari.look_around()
    page.get_by_role("button", name="Simpan kehadiran 2 orang").click()
    expect(page.get_by_text("2 sudah disimpan.")).to_be_visible(timeout=40_000)
    assert minutes(site, session, wulan) == (50, "zoom"), "the overlap counts once, the waiting room not at all"
    assert minutes(site, session, yusuf) == (50, "zoom")
    found = minutes(site, session, zahra)
    assert found is not None
    assert found[1] == "viewing_group", "whoever sat in the room is there by the office's word"
    page.get_by_role("link", name="tidak dikenali").or_(page.get_by_role("link", name="Tidak dikenali")).first.click()
    expect(page.get_by_text("dibiarkan; tidak ada yang dicatat")).to_be_visible()

    with reading(site) as database:
        before = facts(database)
    sari.go(f"/events/{site.live_id}/zoom")
    upload(page, file)
    assert sari.path == kept, "the same file is the report that is there"
    with reading(site) as database:
        assert facts(database) == before == 2 * 2
