"""The activity report (story O8 of domain.md §6.2), the preparation that leads to it, and what is released."""

import io
from pathlib import Path
from zipfile import ZipFile

from docx import Document
from PIL import Image
from playwright.sync_api import expect

from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.papers import words_of

COST = "Rp250 juta dari DIPA Kementerian Contoh"


def test_o8_a_report_in_a_minute(walk: Walk, site: Site) -> None:
    """She writes what the data cannot say, loses no sentence without network, presses "Susun laporan", takes it."""
    panitia = walk(size=DESK)
    log_in(panitia, *site.login("panitia"))
    page = panitia.go(f"/events/{site.live_id}/report").page
    panitia.look_around()
    expect(page.get_by_text("bagian terisi")).to_be_visible()
    page.get_by_role("link", name="Biaya", exact=True).click()
    panitia.look_around()
    cost = page.locator("#cost")
    words = cost.get_by_label("Tulisan Anda")

    page.context.set_offline(True)
    words.fill(COST)
    expect(cost.get_by_role("status")).to_have_text("Belum tersimpan; ditulis di perangkat ini dan dicoba lagi.")
    page.context.set_offline(False)
    expect(cost.get_by_role("status")).to_contain_text("Disimpan")
    panitia.troubles[:] = [trouble for trouble in panitia.troubles if "ERR_INTERNET_DISCONNECTED" not in trouble]
    page.reload()
    expect(words).to_have_value(COST)

    panitia.go(f"/events/{site.live_id}/report")
    page.get_by_role("button", name="Susun laporan").click()
    expect(page.get_by_role("link", name="Unduh DOCX")).to_be_visible(timeout=60_000)
    panitia.look_around()
    with page.expect_download() as docx:
        page.get_by_role("link", name="Unduh DOCX").click()
    read = Document(io.BytesIO(Path(docx.value.path()).read_bytes()))
    headings = [one.text for one in read.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings[:3] == ["I. Latar belakang", "II. Dasar hukum", "III. Maksud dan tujuan"]
    assert headings[12] == "XIII. Saran dan rekomendasi"
    assert sum(title.startswith("Lampiran ") for title in headings) == 9
    text = "\n".join(one.text for one in read.paragraphs)
    assert COST in text
    assert "belum diisi" in text
    with page.expect_download() as pdf:
        page.get_by_role("link", name="Unduh PDF").click()
    said = words_of(Path(pdf.value.path()).read_bytes())
    assert "Diundang : " in said
    assert "Dihitung : " in said
    with page.expect_download() as taken:
        page.get_by_role("link", name="Unduh semua dengan lampiran (ZIP)").click()
    names = ZipFile(Path(taken.value.path())).namelist()
    assert "lampiran/1-kak/kak-01.pdf" in names
    assert any(name.startswith("lampiran/4-daftar-hadir/") for name in names)


def test_a_step_is_added_ticked_and_gone_from_the_summary(walk: Walk, site: Site) -> None:
    """What is due today stands on the summary until somebody ticks it."""
    panitia = walk(size=DESK)
    log_in(panitia, *site.login("panitia"))
    page = panitia.go(f"/events/{site.live_id}/preparation").page
    panitia.look_around()
    expect(page.get_by_text("langkah selesai")).to_be_visible()
    today = page.evaluate("new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Jakarta' }).format(new Date())")
    page.get_by_label("Nama langkah").fill("Cek katering siang")
    page.get_by_label("Tanggal").fill(today)
    page.get_by_label("Penanggung jawab").select_option(label="Sari Wulandari Contoh")
    page.get_by_role("button", name="Tambah langkah").click()
    expect(page.get_by_text("Langkah ditambahkan.")).to_be_visible()
    summary = panitia.go(f"/events/{site.live_id}").page.get_by_role("main")
    expect(summary.get_by_text("Cek katering siang")).to_be_visible()
    panitia.go(f"/events/{site.live_id}/preparation")
    page.get_by_role("button", name="Selesai: Cek katering siang").click()
    panitia.go(f"/events/{site.live_id}")
    expect(summary.get_by_text("Cek katering siang")).to_have_count(0)


def test_a_photo_and_a_quotation_reach_everybody(walk: Walk, site: Site, tmp_path: Path) -> None:
    """Drafts first, then released; a stranger reads them, takes the photo, and finds no place in it."""
    photo, exif = tmp_path / "IMG_0001.jpg", Image.Exif()
    exif[0x010E] = "RAHASIA-LETAK"
    Image.new("RGB", (900, 600), "#0b6b4b").save(photo, exif=exif)
    panitia, guest = walk(size=DESK), walk()
    log_in(panitia, *site.login("panitia"))
    page = panitia.go(f"/events/{site.live_id}/release").page
    panitia.look_around()
    page.get_by_text("Tambah foto").click()
    page.get_by_label("Foto (JPEG atau PNG").set_input_files(photo)
    page.get_by_label("Apa yang terjadi").fill("Peserta menyanyikan Indonesia Raya")
    page.get_by_label("Yang terlihat").fill("Ruang penuh orang berdiri")
    page.get_by_label("Ada pemberitahuan di tempat").check()
    page.get_by_role("button", name="Simpan foto").click()
    expect(page.get_by_text("Foto disimpan sebagai rancangan.")).to_be_visible()
    stranger = guest.go(f"/e/{site.live}").page
    expect(stranger.get_by_text("Peserta menyanyikan Indonesia Raya")).to_have_count(0)
    page.get_by_role("button", name="Siarkan Peserta menyanyikan Indonesia Raya").click()

    page.get_by_text("Tambah kutipan").click()
    page.get_by_label("Siapa, dalam mata acara apa").select_option(index=1)
    page.get_by_label("Kutipan, kata demi kata").fill("Kita mulai dari daftar yang jujur.")
    page.get_by_role("button", name="Simpan kutipan").click()
    page.locator("#quotations").get_by_role("button", name="Siarkan").click()
    panitia.look_around()

    stranger.wait_for_timeout(5_500)  # a public page is at most five seconds old
    guest.go(f"/e/{site.live}")
    expect(stranger.get_by_text("“Kita mulai dari daftar yang jujur.”")).to_be_visible()
    shown = stranger.get_by_alt_text("Ruang penuh orang berdiri")
    shown.scroll_into_view_if_needed()
    guest.look_around()
    with stranger.expect_download() as taken:
        shown.click()
    content = Path(taken.value.path()).read_bytes()
    assert b"RAHASIA-LETAK" not in content
    with Image.open(io.BytesIO(content)) as drawn:
        assert drawn.size == (900, 600)
