"""Being present without a desk: stories P3 and P4 of domain.md §6.2."""

import re
from collections.abc import Iterator

from playwright.sync_api import expect

from tests.e2e.acting import answer_for_office, draw_signature, log_in
from tests.e2e.conftest import DESK, Site, Walk
from tests.e2e.people import reading
from tests.e2e.walker import Walker


def test_p3_five_colleagues_watch_together(walk: Walk, offices: list[str]) -> None:
    """The operator names five, opens "mengikuti bersama", ticks them, and the page says so; again changes nothing."""
    walker, names = walk(), [f"Rekan {number} Seruang Contoh" for number in range(5)]
    answer_for_office(walker, offices.pop(), names)
    page = walker.page
    page.get_by_role("link", name="Mengikuti bersama").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mengikuti bersama")
    for name in names:
        page.get_by_role("checkbox", name=name).check()
    walker.look_around()
    page.get_by_role("button", name="Catat yang dicentang").click()
    expect(page.get_by_text("5 orang dicatat hadir bersama.")).to_be_visible()
    for name in names:
        expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text(re.compile(r"Hadir \d\d\.\d\d"))
    expect(page.get_by_role("button", name="Catat yang dicentang")).to_have_count(0)
    for place, name in enumerate(names[:3]):
        page.get_by_role("link", name=f"Tanda tangan {name}").click()
        if place == 2:  # nothing needs drawing alone
            page.get_by_label("Tanda tangan dengan mengetik nama").fill(name)
        else:
            draw_signature(page)
        if place == 0:
            page.get_by_role("button", name="Urungkan").click()
            expect(page.get_by_role("button", name="Hapus")).to_be_disabled()
            draw_signature(page)
            walker.look_around()
            walker.page.set_viewport_size({"width": 360, "height": 740})
        page.get_by_role("button", name="Simpan tanda tangan").click()
        expect(page.get_by_role("listitem").filter(has_text=name)).to_contain_text("Sudah ditandatangani")


def test_p4_the_word_that_the_mc_reads(
    walk: Walk, site: Site, guest: Walker, guest_pages: Iterator[str]
) -> None:
    """The button appears on the open page by itself; a wrong word is said to be one, the right one counts once, also
    from two tabs; a stranger and who comes too late are told so politely.
    """
    panitia = walk(size=DESK)
    log_in(panitia, *site.login("panitia"))
    page = panitia.go(f"/events/{site.live_id}/presence").page
    page.get_by_label("Kata kunci").fill("MELAYANI")
    page.get_by_role("button", name="Buka presensi").click()
    expect(page.get_by_text("Presensi daring dibuka.")).to_be_visible()
    own = guest.page
    expect(own.get_by_role("button", name="Saya hadir")).to_be_visible(timeout=15_000)
    own.get_by_label("Kata kunci dari MC").fill("melayan")
    own.get_by_role("button", name="Saya hadir").click()
    expect(own.get_by_text("Bukan itu kata atau kodenya.")).to_be_visible()
    guest.troubles[:] = [trouble for trouble in guest.troubles if "422" not in trouble]
    tab = own.context.new_page()
    tab.goto(own.url)
    late = walk().go(next(guest_pages))
    for page_of in (own, tab):
        page_of.get_by_label("Kata kunci dari MC").fill("melayani")
    for page_of in (own, tab):
        page_of.get_by_role("button", name="Saya hadir").click()
        expect(page_of.get_by_text("Anda tercatat hadir")).to_be_visible()
    tab.close()
    guest.look_around()
    stranger = walk().go(f"/e/{site.live}/presence")
    expect(stranger.page.get_by_text("Ponsel ini belum pernah membuka halaman Anda.")).to_be_visible()
    stranger.look_around()
    page.reload()
    expect(page.get_by_text("1 orang menyatakan hadir")).to_be_visible()
    page.get_by_role("link", name="Tampilkan layar kode").evaluate("link => link.removeAttribute('target')")
    page.get_by_role("link", name="Tampilkan layar kode").click()
    expect(page.get_by_text(re.compile(r"^\d{3} \d{3}$"))).to_be_visible()
    panitia.look_around()
    page.go_back()
    late.expected |= {409}
    late.page.get_by_label("Kata kunci dari MC").fill("melayani")
    page.get_by_role("button", name="Tutup sekarang").click()
    expect(page.get_by_text("Buka saat MC siap").or_(page.get_by_text("Yang sudah ditutup"))).to_be_visible()
    late.page.get_by_role("button", name="Saya hadir").click()
    expect(late.page.get_by_text("Presensi sedang tidak dibuka.")).to_be_visible()
    with reading(site) as database:
        [(count,)] = database.execute("SELECT count(*) FROM attendance_fact WHERE source = 'code_word'").fetchall()
    assert count == 1
