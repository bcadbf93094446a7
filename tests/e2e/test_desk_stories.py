"""The stories of the desk, whole: one scan in detail (D1), again elsewhere (D2), hours without network at two desks
(D3), codes that somebody made up (D6), and a film of badges. D4 stands in test_desk.py, D5 in test_desk_offline.py.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from rakor import codes
from rakor.qr import qr_png
from tests.e2e.acting import go_on, log_in, open_desk, verdict
from tests.e2e.conftest import Site, Walk
from tests.e2e.people import Awaited, awaited, changing, reading, stored
from tests.e2e.test_desk_offline import KEPT, forgive, ready, show
from tests.e2e.walker import Walker

# how long green stays, and what the hand feels meanwhile
WATCHED = """() => { window.shaken = []; navigator.vibrate = (much) => window.shaken.push(much);
  const screen = document.querySelector('[data-part=verdict]'); let since = 0;
  new MutationObserver(() => { if (!screen.hidden && !since) since = performance.now();
    if (screen.hidden && since) window.stayed = performance.now() - since; })
  .observe(screen, { attributes: true }); }"""
DRAINED = "() => document.querySelector('[data-part=pending]').hidden"


def at_desk(walk: Walk, site: Site, name: str) -> Walker:
    walker = walk()
    log_in(walker, *site.login("meja"))
    open_desk(walker, site.live_id, name)
    ready(walker.page)
    return walker


def drained(page: Page) -> None:
    """Wait until everything is sent."""
    page.wait_for_function(DRAINED, timeout=20_000)


def test_one_scan_shows_all_that_the_door_needs_and_another_desk_knows_it(walk: Walk, site: Site) -> None:
    desk = at_desk(walk, site, "Meja Lengkap")
    page = desk.page
    person = awaited(site, page)[0]
    placed(site, person, "kamar 312", "blue")
    page.evaluate(WATCHED)
    show(page, person.code)
    said = verdict(page, "MASUK")
    for part in (person.name, person.office, "kamar 312", "kartu biru", "Siap lagi sendiri dalam 1 detik"):
        assert part in said
    desk.accessible()
    expect(page.get_by_role("region", name="Siap memindai")).to_be_visible()
    assert page.evaluate("() => window.shaken").count([60]) == 1
    assert 900 < page.evaluate("() => window.stayed") < 3000
    other = at_desk(walk, site, "Meja Kedua")
    show(other.page, person.code)
    again = verdict(other.page, "SUDAH MASUK")
    assert "· Meja Lengkap" in again
    assert "Tidak dicatat dua kali" in again
    other.fits()


def placed(site: Site, person: Awaited, placing: str, colour: str) -> None:
    """Give somebody a room, and the role a colour, as organisers do from their lists."""
    with changing(site) as database:
        where = {"ref": codes.ref(codes.secret_of(codes.Code(person.code))), "placing": placing, "colour": colour}
        who = "SELECT registration_id FROM ticket WHERE ref = :ref"
        database.execute(f"UPDATE registration SET placing = :placing WHERE id = ({who})", where)
        role = f"SELECT role_id FROM registration WHERE id = ({who})"
        database.execute(f"UPDATE event_role SET colour = :colour WHERE id = ({role})", where)


def test_hours_without_network_at_two_desks_end_with_everything_once(walk: Walk, site: Site) -> None:
    first, second = at_desk(walk, site, "Meja Timur"), at_desk(walk, site, "Meja Barat")
    east, west = first.page, second.page
    found, named, alone = awaited(site, east)[5:8]
    chief = walk()
    log_in(chief, *site.login("panitia"))
    phrase = passphrase(chief, site, "Meja Timur")
    east.reload()
    ready(east)
    unlock(east, phrase)
    first.accessible()
    first.fits()
    for page in (east, west):
        page.context.set_offline(True)
    show(east, found.code)
    verdict(east, "MASUK")
    go_on(east)
    show(west, found.code)  # neither can know of the other
    verdict(west, "MASUK")
    go_on(west)
    show(west, alone.code)
    verdict(west, "MASUK")
    go_on(west)
    east.get_by_label("Tanpa QR").fill(f"{named.name.removesuffix(' Contoh')} {named.office.split()[-1]}")
    hit = east.get_by_role("list", name="Hasil cari").get_by_role("listitem").filter(has_text=named.office).first
    hit.get_by_role("button").first.click()
    assert named.name in verdict(east, "MASUK")
    go_on(east)
    guest(east, "Rina Tanpa Undangan Contoh")
    kept = east.evaluate(KEPT)
    assert named.name not in kept
    assert phrase.replace("-", "") not in kept.replace("-", "")
    assert "Rina" not in kept
    for page in (east, west):
        page.context.set_offline(False)
        drained(page)
    assert stored(site, "Meja Timur") == stored(site, "Meja Timur", "manual") == (1, 1)
    assert stored(site, "Meja Barat") == (2, 2)
    listed = chief.go(f"/events/{site.live_id}/coordination?matter=duplicate").page
    case = listed.get_by_role("article", name=found.name).filter(has_text="Meja Timur")
    expect(case).to_contain_text("Meja Barat")
    theirs = chief.go(f"/events/{site.live_id}/desks").page
    expect(theirs.get_by_role("link", name="tamu tanpa undangan menunggu persetujuan")).to_be_visible()
    for walker in (first, second):
        forgive(walker)


def passphrase(chief: Walker, site: Site, desk: str) -> str:
    """Turn mode daftar on for a desk; what its supervisor types."""
    page = chief.go(f"/events/{site.live_id}/desks").page
    page.get_by_role("link", name=f"Mode daftar {desk}").click()
    chief.accessible()
    chief.fits()
    page.get_by_role("button", name="Nyalakan untuk meja ini").click()
    expect(page.get_by_role("heading", name="Frasa sandi meja ini")).to_be_visible()
    chief.look_around()
    return page.locator("main code").inner_text()


def unlock(page: Page, phrase: str) -> None:
    """Open the names on a phone: a wrong passphrase first."""
    page.get_by_text("Mode daftar: cari nama tanpa jaringan").click()
    page.get_by_label("Frasa sandi dari penyelia").fill("aaaa-bbbb-cccc-dddd")
    page.get_by_role("button", name="Buka daftar nama").click()
    expect(page.get_by_text("Frasa sandi tidak cocok.")).to_be_visible()
    page.get_by_label("Frasa sandi dari penyelia").fill(phrase.upper())
    page.get_by_role("button", name="Buka daftar nama").click()
    expect(page.get_by_text("nama terbuka, hanya di memori")).to_be_visible()


def guest(page: Page, name: str) -> None:
    """Write somebody down who has no invitation."""
    page.get_by_text("Tamu tanpa undangan").first.click()
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_label("Kantor atau lembaga").fill("Dinas Contoh")
    page.get_by_role("button", name="Minta persetujuan panitia").click()
    verdict(page, "MENUNGGU PERSETUJUAN")
    go_on(page)


def test_made_up_codes_get_one_neutral_answer_and_slow_the_desk_down(walk: Walk, site: Site) -> None:
    desk = at_desk(walk, site, "Meja Palsu")
    page = desk.page
    good = awaited(site, page)[1].code
    desk.expected |= {429}
    answers: list[int] = []
    page.on("response", lambda one: answers.append(one.status) if one.url.endswith("/scan/v1/batches") else None)
    for number in range(21):  # a minute holds ten; the next one may begin between two of them
        if 429 in answers:
            break
        show(page, codes.encode(bytes([number]) * 11 + b"\x40"))
        verdict(page, "PERIKSA IDENTITAS")
        go_on(page)
    assert 429 in answers
    assert answers.index(429) >= 10
    show(page, "198001012005011001")  # an identity number is no code at all: nothing is kept
    changed = good[:-1] + ("0" if good[-1] != "0" else "1")
    show(page, changed)
    expect(page.get_by_role("region", name="Hasil pindai")).to_be_hidden()
    kept = page.evaluate(KEPT)
    assert "198001012005011001" not in kept
    assert changed not in kept
    with reading(site) as database:
        logged = database.execute("SELECT count(*) FROM audit_entry WHERE action = 'scan.guessing'").fetchone()[0]
    assert logged >= 1


def test_a_film_of_badges_with_the_network_cut_in_the_middle(
    desk_with_camera: Callable[..., Walker], site: Site
) -> None:
    people = awaited(site)[-6:]
    phone = desk_with_camera(*(qr_png(one.code, 12) for one in people), seconds=1.8)
    log_in(phone, *site.login("meja"))
    page = open_desk(phone, site.live_id, "Meja Film")
    ready(page)
    came(page, 2)
    page.context.set_offline(True)
    came(page, 4)
    page.context.set_offline(False)
    came(page, len(people))
    drained(page)
    scans, persons = stored(site, "Meja Film")
    assert persons == len(people) <= scans
    forgive(phone)


def came(page: Page, number: int) -> None:
    """Wait until so many are in; whoever comes round again in the film is sent on by a touch."""
    page.wait_for_function(
        """(number) => { const screen = document.querySelector('[data-part=verdict]');
        if (!screen.hidden && screen.dataset.verdict === 'already') screen.click();
        return parseInt(document.querySelector('[data-part=count]').textContent) >= number; }""",
        arg=number,
        timeout=40_000,
        polling=100,
    )
