"""O2 and O3: three thousand rows in other columns, damaged numbers, aliases, and one name that means two offices."""

import io
import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from rakor.offices.rules import KPU, OfficeDraft, OfficeLevel, PatternRefusal, expand
from rakor.regions.rules import reference
from rakor.sheets import Column, write_table
from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.test_matrix import start
from tests.e2e.walker import Walker

HEADINGS = ("No.", "NO. HP/WA", "JABATAN", "NAMA LENGKAP (dengan gelar)", "SATKER", "NIP", "LURING/DARING")
ROW_COUNT, DAMAGED = 3_000, 40
SITARO, SOLO, SEMARANG = "7109", "3372", "3374"
LONG = 120_000


def posts(office: OfficeDraft) -> tuple[str, ...]:
    """The five seats of an office, as the sheet writes them."""
    head = "Kabag" if office.level is OfficeLevel.PROVINCE else "KASUBBAG"
    return ("Ketua", "Anggota Divisi", "Sekretaris", head, "operator")


def as_typed(office: OfficeDraft) -> str:
    """An office as its operator writes it."""
    named = {SITARO: "KPU Kab. Sitaro ", SOLO: "Kota Solo"}
    return named.get(office.code) or office.short_name.replace("Kabupaten", "Kab.")


def nip(number: int) -> str:
    """A NIP that nobody else has; every so many-th one as Excel leaves it."""
    if number < DAMAGED:
        return "1.98E+17" if number % 2 else f"1970{1 + number % 12:02}01201505{1 + number % 2}000"
    born = f"{1968 + number % 25}{1 + number % 12:02}{1 + number % 28:02}"
    return f"{born}2015051{number % 999 + 1:03}" if number % 3 == 0 else ""


def rows() -> Iterator[tuple[str, ...]]:
    """2,760 people for as many seats, one of them from "KPU Semarang", then 240 for whom there is none."""
    offices: list[OfficeDraft] = []
    for pattern in KPU[1:]:
        made = expand(pattern, reference())
        assert not isinstance(made, PatternRefusal)
        offices += made
    number = 0
    for office in offices:
        for post in posts(office):
            number += 1
            typed = "KPU Semarang" if (office.code, post) == (SEMARANG, "Ketua") else as_typed(office)
            person = f"Dr. Orang{number} {office.code} Contoh, M.Si."
            mode = "Daring" if number % 4 else "luring"
            yield (str(number), f"8120{number:07}", post, person, typed, nip(number), mode)
    for extra in range(number + 1, ROW_COUNT + 1):
        office = offices[extra % len(offices)]
        yield (str(extra), "", "Ketua", f"Kelebihan{extra} Contoh", office.short_name, "", "Daring")


def cells(book: bytes) -> list[list[object]]:
    """What stands in the first sheet of a workbook."""
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def ready_event(walker: Walker, title: str, institution: str) -> str:
    """An event whose 2,760 seats are invited; the first part of its staff pages' paths."""
    event = start(walker, title, institution)
    page = walker.go(f"{event}/rules").page
    page.get_by_role("link", name="Buat kantor dari pola").click()
    page.get_by_role("button", name=re.compile("^Pola siap")).click()
    expect(page.get_by_text("553 kantor dibuat.")).to_be_visible()
    walker.go(f"{event}/rules")
    page.get_by_role("button", name=re.compile("Ketua, Anggota Divisi")).click()
    page.get_by_role("button", name="Buat undangan").click()
    expect(page.get_by_text("2.760 kursi dibuat, 0 ditarik.")).to_be_visible()
    return event


def upload(page: Page, name: str, content: bytes) -> None:
    """Give a file to the page of imports."""
    page.get_by_label("Berkas XLSX atau CSV").set_input_files({"name": name, "mimeType": "x/y", "buffer": content})
    page.get_by_role("button", name="Unggah dan periksa").click()


def test_o2_and_o3_three_thousand_rows(walk: Walk, site: Site) -> None:
    walker = walk(size=DESK)
    log_in(walker, *site.login("panitia"))
    event = ready_event(walker, "Rapat Impor Contoh", "Komisi Contoh O2")
    page = walker.go(f"{event}/people").page
    page.get_by_role("link", name="Impor dari Excel").click()
    walker.look_around()
    book = write_table("Peserta", [Column(heading) for heading in HEADINGS], rows(), notes=["DAFTAR PESERTA"])
    upload(page, "Daftar Peserta.xlsx", book)

    # O3: never a silent guess
    question = page.get_by_text("“KPU Semarang”: kantor yang mana?")
    expect(question).to_be_visible(timeout=LONG)
    expect(page.get_by_role("button", name="KPU Kabupaten Semarang")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Simpan"))).to_have_text("Simpan 2.720 baris")
    page.get_by_role("link", name=re.compile("^Bermasalah")).click()
    expect(page.get_by_text("NIP rusak oleh Excel").first).to_be_visible()
    walker.look_around()
    page.get_by_role("button", name="KPU Kota Semarang").click()
    save = page.get_by_role("button", name="Simpan 2.721 baris")
    expect(save).to_be_visible(timeout=LONG)
    expect(question).to_have_count(0)

    # O2: the good rows are saved, the rest comes back with its reasons
    save.click()
    expect(page.get_by_role("heading", name=re.compile(r"^2\.721 baris tersimpan"))).to_be_visible(timeout=LONG)
    walker.look_around()
    with page.expect_download() as coming:
        page.get_by_role("button", name=re.compile("^Unduh 279 baris")).click()
    rest = cells(coming.value.path().read_bytes())
    heading = next(place for place, row in enumerate(rest) if row[0] == "Baris")
    assert rest[heading][2:] == list(HEADINGS)
    assert len(rest) - heading - 1 == 279
    damaged = [row for row in rest if row[7] == "1.98E+17"]
    assert damaged
    assert all("NIP rusak oleh Excel" in str(row[1]) for row in damaged)
    for words, office in (("Sitaro", "Tagulandang"), (SOLO, "Surakarta"), (f"{SEMARANG} Contoh", "Kota Semarang")):
        walker.go(f"{event}/people?q={words}" if words != "Sitaro" else f"{event}/people?q={SITARO}")
        expect(page.get_by_role("row").nth(1)).to_contain_text(office)

    # the same file again finds everybody there
    walker.go(f"{event}/imports")
    upload(page, "lagi.xlsx", book)
    expect(page.get_by_role("link", name=re.compile(r"^Sudah sama \(2\.72"))).to_be_visible(timeout=LONG)


def test_a_small_sheet_is_undone_as_one(walk: Walk, site: Site) -> None:
    walker, event = walk(size=DESK), f"/events/{site.live_id}"
    log_in(walker, *site.login("panitia"))
    page = walker.go(f"{event}/imports").page
    with page.expect_download() as coming:
        page.get_by_role("button", name="Unduh templat").click()
    sheet = cells(coming.value.path().read_bytes())
    top = next(place for place, row in enumerate(sheet) if row[0] == "Kode baris")
    free = next(row for row in sheet[top + 1 :] if not row[4])
    line = [str(cell) for cell in free]
    heading = [str(cell) for cell in sheet[top]]
    line[4], line[heading.index("Cara mengikuti")] = "Sementara Impor Contoh", "Daring"
    upload(page, "satu.csv", "\n".join(";".join(map(str, row)) for row in (sheet[top], line)).encode("cp1252"))
    page.get_by_role("button", name="Simpan 1 baris").click(timeout=LONG)
    expect(page.get_by_role("heading", name=re.compile("^1 baris tersimpan"))).to_be_visible(timeout=LONG)
    page.get_by_text("Batalkan impor ini", exact=True).click()
    page.get_by_role("button", name="Ya, batalkan impor ini").click()
    expect(page.get_by_text("Impor ini sudah dibatalkan.")).to_be_visible(timeout=LONG)
    walker.look_around()
    walker.go(f"{event}/people?q=Sementara+Impor&state=confirmed")
    expect(page.get_by_text("Tidak ada yang cocok.")).to_be_visible()


def test_a_locked_file_says_what_to_do(walk: Walk, site: Site) -> None:
    walker = walk()
    log_in(walker, *site.login("panitia"))
    page = walker.go(f"/events/{site.live_id}/imports").page
    upload(page, "terkunci.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") * 9)
    expect(page.get_by_text("Berkas ini dikunci kata sandi.")).to_be_visible(timeout=LONG)
    walker.look_around()
