"""Stories S4 and L3: from a conclusion to every regency, and a month later two touches to what one of them did."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta

from playwright.sync_api import expect

from rakor import clock
from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, PHONE, Site, Walk

ASKED = "Menyiapkan ahli kehumasan di setiap kabupaten dan kota"


def test_a_conclusion_becomes_a_row_of_each_regency_and_an_answer_is_two_touches_away(walk: Walk, site: Site) -> None:
    """S4, in the event of 2021: its map has 34 provinces and 514 regencies."""
    sari, event = walk(size=DESK), f"/events/{site.demo['events']['history']}"
    due = clock.today("Asia/Jakarta") + timedelta(days=30)
    log_in(sari, *site.login("panitia"))
    page = sari.go(f"{event}/conclusions").page
    page.get_by_label("Isi").fill("Setiap kantor kabupaten dan kota menyiapkan ahli kehumasan.")
    page.get_by_label("Dari sesi").select_option("Sesi 1")
    page.get_by_text("Publik, setelah disetujui").click()
    page.get_by_role("button", name="Simpan butir ini").click()
    expect(page.get_by_text("2. Kesimpulan")).to_be_visible()
    sari.look_around()
    page.get_by_role("link", name="Tindak lanjut 2", exact=True).click()
    page.get_by_label("Yang harus dikerjakan").fill(ASKED)
    page.get_by_label("Tenggat").fill(due.isoformat())
    expect(page.get_by_label("Provinsi")).to_be_hidden()
    page.get_by_role("button", name="Hitung kantornya dahulu").click()
    expect(page.get_by_role("status").filter(has_text="514 kantor akan menerimanya")).to_be_visible()
    expect(page.get_by_label("Yang harus dikerjakan")).to_have_value(ASKED)
    page.get_by_role("button", name="Simpan dan kirim").click()
    expect(page.get_by_text("514 kantor menerima tindak lanjut ini")).to_be_visible()
    expect(page.get_by_text("selesai dari 514")).to_be_visible()
    expect(page.locator(".tile[href]")).to_have_count(34)
    sari.look_around()
    assert reminders(site, event) == [str(due - timedelta(days=7)), str(due - timedelta(days=1))]

    phone = walk(size=PHONE, javascript=False)
    phone.expected.add(422)
    link = office_link(page, event, "Komisi Pemilihan Umum Kabupaten Bantul")
    answered = phone.go(link).page
    answered.get_by_role("link", name=re.compile("Tindak lanjut.*menunggu")).click()
    answered.get_by_role("link", name=re.compile(ASKED)).click()
    answered.get_by_label("Kendala").check()
    answered.get_by_role("button", name="Kirim jawaban").click()
    expect(answered.get_by_text("Tulis kendalanya").first).to_be_visible()
    answered.get_by_label("Selesai").check()
    answered.get_by_label("Catatan").fill("Dua orang ditunjuk")
    answered.get_by_label("Bukti: tautan").fill("https://kab-bantul.contoh.test/ahli")
    answered.get_by_role("button", name="Kirim jawaban").click()
    expect(answered.get_by_text(re.compile("Jawaban tersimpan"))).to_be_visible()
    walk(size=PHONE).go(f"{link}/follow-ups").look_around()

    page.wait_for_timeout(5_500)  # what the map shows is at most five seconds old
    page.reload()
    expect(page.get_by_text("selesai dari 514")).to_be_visible()
    page.locator(".tile").filter(has_text=re.compile(r"^\s*YO")).click()
    proof = page.get_by_role("link", name=re.compile("kab-bantul.contoh.test"))
    expect(proof).to_have_attribute("href", "https://kab-bantul.contoh.test/ahli")
    sari.look_around()


def reminders(site: Site, event: str) -> list[str]:
    """The days on which the event's reminders wait, by the clock of Jakarta."""
    with closing(sqlite3.connect(site.instance / "rakor.sqlite3", timeout=30)) as database:
        query = "SELECT date(run_at, '+7 hours') FROM job WHERE name = 'follow_up.due' AND event_id = ? ORDER BY run_at"
        return [row[0] for row in database.execute(query, (event.rsplit("/", 1)[1].replace("-", ""),))]


def office_link(page, event: str, name: str) -> str:  # type: ignore[no-untyped-def]
    """The address that the organiser passes on to an office."""
    answer = page.request.get(f"{event}/office-links", params={"q": name})
    found = re.search(r"/o/[a-z2-7]{26}", answer.text())
    assert found is not None
    return found[0]


def test_a_leader_sees_who_is_late_and_opens_a_regencys_evidence_in_two_touches(walk: Walk, site: Site) -> None:
    """L3, in the live world, whose offices have answered."""
    lena = walk(size=PHONE)
    log_in(lena, *site.login("pimpinan"))
    page = lena.go(f"/events/{site.live_id}/follow-ups").page
    expect(page.get_by_text(re.compile(r"^\d+ terlambat$")).first).to_be_visible()
    expect(page.get_by_text(re.compile(r"^\d+ tanpa bukti$")).first).to_be_visible()
    page.get_by_role("link", name="Terlambat", exact=True).click()
    late = page.locator(".tile").filter(has_text=re.compile(r"Terlambat: .*, dari \d+ kantor"))
    expect(late.first).to_be_visible()
    lena.look_around()
    page.get_by_role("link", name="Selesai", exact=True).click()
    page.locator(".tile").filter(has_text=re.compile(r"^\s*AC")).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile(r"bukti-1\.jpg")).first.click()
    assert taken.value.suggested_filename == "bukti-1.jpg"
    lena.look_around()
    expect(page.get_by_role("button", name="Simpan jawaban")).to_have_count(0)
