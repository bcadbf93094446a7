"""O5 and P2: a reminder to exactly those who have not answered, seen as one of them; and a round by WhatsApp."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.acting import log_in
from tests.e2e.conftest import DESK, PHONE, Site, Walk
from tests.e2e.walker import Walker


def organiser(walk: Walk, site: Site, **wishes: object) -> tuple[Walker, Page, str]:
    walker = walk(**wishes)
    log_in(walker, *site.login("panitia"))
    return walker, walker.page, f"/events/{site.live_id}"


def test_o5_a_reminder_to_who_has_not_answered(walk: Walk, site: Site) -> None:
    walker, page, event = organiser(walk, site, size=DESK)
    walker.go(f"{event}/messages").look_around()
    page.get_by_role("link", name="Tulis").first.click()
    expect(page.get_by_label("Keadaan tautan kantor")).to_have_value("silent")
    page.get_by_label("Perihal", exact=True).fill("Mohon jawaban {kantor}")
    page.get_by_label("Kapan dikirim").select_option("now")
    page.get_by_label("Isi pesan").fill("Yth. {kantor},\n\nMohon isi {kursi_terbuka} kursi:\n{tautan}")
    page.get_by_role("button", name="Simpan konsep").click()

    # seen as another office than the first
    chosen = page.get_by_label("Lihat sebagai")
    second = chosen.locator("option").nth(1).inner_text()
    chosen.select_option(label=second)
    page.get_by_role("button", name="Lihat", exact=True).click()
    expect(page.get_by_text(f"Mohon jawaban {second}")).to_be_visible()
    matching = re.search(r"([\d.]+) kantor cocok sekarang", page.inner_text("main"))
    assert matching
    walker.look_around()
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.get_by_text("Selesai ditulis")).to_be_visible(timeout=60_000)
    # without a mail server every one is kept, and can be read
    kept = page.get_by_role("listitem").filter(has_text="Disimpan di sini")
    everyone = kept.get_by_role("link", name=f"{matching[1]} pesan")
    expect(everyone).to_be_visible(timeout=120_000)
    everyone.click()
    page.get_by_label("Cari penerima").fill(second)
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name=second).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Mohon jawaban {second}")
    walker.look_around()


def test_p2_a_session_reminder_is_scheduled_and_taken_back(walk: Walk, site: Site) -> None:
    walker, page, event = organiser(walk, site, size=PHONE)
    walker.go(f"{event}/messages/new?preset=session")
    sessions = page.locator("#item option")
    page.locator("#item").select_option(index=sessions.count() - 1)
    walker.look_around()
    page.get_by_role("button", name="Simpan konsep").click()
    expect(page.get_by_text(re.compile(r"WIB \(\d\d\.\d\d WI(TA|T) waktu Anda\)|\d\d\.\d\d WIB")).first).to_be_visible()
    page.get_by_role("button", name="Jadwalkan").click()
    expect(page.get_by_text("Dijadwalkan", exact=True)).to_be_visible()
    page.get_by_role("button", name="Jadikan konsep lagi").click()
    expect(page.get_by_text("Konsep", exact=True)).to_be_visible()
    page.get_by_role("button", name="Hapus konsep").click()
    expect(page.get_by_text("Konsep dihapus.")).to_be_visible()


def test_a_round_by_whatsapp_is_one_touch_a_stop(walk: Walk, site: Site) -> None:
    walker, page, event = organiser(walk, site, size=PHONE)
    walker.go(f"{event}/rounds").look_around()
    page.get_by_role("button", name="Mulai dari kantor pertama").click()
    expect(page.get_by_role("link", name="Buka WhatsApp, lalu lanjut")).to_be_visible()
    first = page.get_by_role("heading", level=1).inner_text()
    walker.look_around()
    page.context.route("https://wa.me/**", lambda route: route.fulfill(body="WhatsApp"))
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Buka WhatsApp, lalu lanjut").click()
    assert opened.value.url.startswith("https://wa.me/")
    opened.value.close()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    expect(page.get_by_text("1 diteruskan, 0 dilewati")).to_be_visible()
    second = page.get_by_role("heading", level=1).inner_text()
    walker.go(f"{event}/rounds")
    page.get_by_role("link", name="Lanjutkan").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(second)
    page.get_by_role("button", name="Lewati").click()
    expect(page.get_by_text("1 diteruskan, 1 dilewati")).to_be_visible()
