"""What is done on a page before its picture is taken."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pypdfium2
from playwright.sync_api import Page

PAPER_WIDTH = 1123
Demo = dict[str, Any]
"""What ``rakor demo --json`` says."""


def entry(who: str) -> Callable[[Demo], str]:
    """The path by which one of the demo's people comes in."""
    return lambda demo: urlsplit(demo["entries"][who]).path


def staff(rest: str) -> Callable[[Demo], str]:
    """A page of the running event's organisers."""
    return lambda demo: f"/events/{demo['events']['live']}{rest}"


def show_verdict(page: Page, demo: Demo) -> None:
    """Make this phone a desk and try the first ticket."""
    page.get_by_role("button", name="Jadikan ponsel ini meja").click()
    page.get_by_text("Tiket contoh untuk dicoba").click()
    page.get_by_role("button", name="Sudah masuk").click()
    page.get_by_role("region", name="Hasil pindai").get_by_text("SUDAH MASUK").wait_for()


def show_search(page: Page, demo: Demo) -> None:
    """Make this phone a desk, let somebody in, and find another by office and role."""
    page.get_by_role("button", name="Jadikan ponsel ini meja").click()
    page.get_by_text("tiket siap tanpa jaringan").wait_for()
    page.get_by_text("Tiket contoh untuk dicoba").click()
    page.get_by_role("button", name="Belum masuk").click()
    page.get_by_role("region", name="Hasil pindai").get_by_text("MASUK").wait_for()
    page.get_by_role("region", name="Siap memindai").wait_for()
    page.get_by_text("Tiket contoh untuk dicoba").click()
    page.get_by_label("Tanpa QR").fill("asm ket")
    page.get_by_role("list", name="Hasil cari").get_by_role("listitem").first.wait_for()
    page.evaluate("() => scrollTo(0, 0)")


def set_paper(page: Page, demo: Demo) -> bytes:
    """Ask for the list of the running session; the picture is the first page of the PDF."""
    page.get_by_label("Provinsi").select_option(label="Papua Selatan")
    page.get_by_role("button", name="Susun daftar hadir").click()
    take = page.get_by_role("link", name="Unduh")
    take.wait_for(timeout=60_000)
    with page.expect_download() as coming:
        take.click()
    first = pypdfium2.PdfDocument(coming.value.path().read_bytes())[0]
    drawn = BytesIO()
    first.render(scale=PAPER_WIDTH / first.get_width()).to_pil().save(drawn, "PNG")
    return drawn.getvalue()


def show_sample(page: Page, demo: Demo) -> None:
    """The sample of badges that is shown before all are printed."""
    page.get_by_text("4 tiap lembar A4").click()
    page.get_by_label("Provinsi").select_option(label="Papua Selatan")
    page.get_by_role("button", name="Lihat contoh kartu").click()
    page.get_by_role("main").locator("img").wait_for(timeout=60_000)


def open_own_follow_ups(page: Page, demo: Demo) -> None:
    """What is asked of this office."""
    page.get_by_role("link", name=re.compile("^Tindak lanjut")).click()


def show_ticket(page: Page, demo: Demo) -> None:
    """The ticket, in the middle of the screen."""
    page.locator("svg.qr").evaluate("qr => qr.scrollIntoView({ block: 'center' })")


def open_more(page: Page, demo: Demo) -> None:
    """The rarer answers of the first open seat, with a name and a way chosen."""
    seat = page.locator("li[data-seat]:has(div.seat)").first
    seat.get_by_label("Nama", exact=True).fill("Paulus Contoh, S.Sos.")
    seat.get_by_role("radio", name="Daring").check()
    seat.get_by_text("Orang yang sama, mewakili, Plh./Plt.").click()
    seat.scroll_into_view_if_needed()


def send_answer(page: Page, demo: Demo) -> None:
    """Answer what is open and stand on the receipt."""
    for place, name in enumerate(("Paulus Contoh, S.Sos.", "Yosepina Contoh, S.Kom.")):
        seat = page.locator("li[data-seat]:has(div.seat)").nth(place)
        seat.get_by_label("Nama", exact=True).fill(name)
        seat.get_by_role("radio", name="Daring").check()
    page.get_by_label("Nomor WhatsApp Anda").fill("0812 0000 0147")
    page.get_by_role("button", name="Konfirmasi 2 kursi").click()
    page.get_by_role("heading", name="Jawaban diterima").wait_for()


def show_question(page: Page, demo: Demo) -> None:
    """The question for the number that answered first, whole."""
    page.get_by_text("Tidak tahu nomornya?").scroll_into_view_if_needed()
    page.mouse.wheel(0, 120)
    page.wait_for_timeout(300)


def show_slips(page: Page, demo: Demo) -> None:
    """Say on this phone which number answered first, then the page of tickets to print."""
    page.goto(f"{page.url}/receipt")
    page.get_by_label("Nomor WhatsApp").fill("0812 0000 0147")
    page.get_by_role("button", name="Buka di ponsel ini").click()
    page.get_by_role("link", name="Cetak tiket").click()
    page.get_by_role("heading", name="Tiket").wait_for()


def open_speaker(page: Page, demo: Demo) -> None:
    """Make the links of the speakers and stand on the first one's own page."""
    page.get_by_role("button", name="Buat tautan yang belum ada").click()
    page.goto(re.findall(r"/s/[a-z2-7]{26}", page.get_by_role("main").inner_html())[0])


def open_session(page: Page, demo: Demo) -> None:
    """The minutes of the session that runs now."""
    page.get_by_role("link", name=re.compile("^Sesi 2")).click()
    page.get_by_text("Semua butir tersimpan").wait_for()
