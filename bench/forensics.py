"""What a stolen phone tells: the whole browser profile is searched for names, codes and secrets."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench._phone import FREE, KEPT_CACHE, Site, keep_names, phone, site
from rakor import codes

WHAT = "the browser's profile after a day at the desk, searched byte by byte for names, codes and secrets"
PEOPLE, QUICK_PEOPLE = 5_000, 300
SCANS, QUICK_SCANS = 200, 6
GUESTS = 5


READABLE = {
    "the ticket's secret is kept": """const key = SubtleCrypto.prototype.importKey;
      SubtleCrypto.prototype.importKey = function (kind, secret, ...rest) {
        if (kind === 'raw') localStorage.setItem('last', String.fromCharCode(...new Uint8Array(secret)));
        return key.call(this, kind, secret, ...rest); };""",
    "the names shown are kept": """const read = JSON.parse; JSON.parse = (text, ...rest) => {
        const found = read(text, ...rest);
        if (Array.isArray(found) && found.length === 5) localStorage.setItem('name', found[0]);
        return found; };""",
}
"""Faults, each sown into the phone of another profile: what it keeps must be found."""
OPENED_KEPT = """const read = Response.prototype.json; Response.prototype.json = async function () {
  const found = await read.call(this);
  if (found.titles) localStorage.setItem('names', JSON.stringify(found.people)); return found; };"""
"""The same for the list of names that a supervisor opens."""
BITE_SCANS = 2


def run(quick: bool) -> dict[str, Any]:
    """Sync, scan online and offline, write guests down, close; then read every file that the browser kept."""
    from playwright.sync_api import sync_playwright

    people, scans = (QUICK_PEOPLE, QUICK_SCANS) if quick else (PEOPLE, SCANS)
    with site(people) as where, sync_playwright() as play:
        found, size = _day(play, where, range(scans), GUESTS)
        after = range(scans, scans + BITE_SCANS)
        bites = {fault: len(_day(play, where, after, 0, sown)[0]) for fault, sown in READABLE.items()}
        phrase = keep_names(where)
        found |= _listed(play, where, phrase)
        bites["the names opened are kept"] = len(_listed(play, where, phrase, OPENED_KEPT))
    return {
        "ok": not found and all(bites.values()),
        "found": sorted(found)[:10],
        "bites": bites,
        "megabytes_read": round(size / 1e6, 1),
        "tickets": people,
        "scans": scans,
        "guests": GUESTS,
    }


def _day(play: Any, where: Site, numbers: range, guests: int, sown: str = "") -> tuple[set[str], int]:
    """Work a day at a desk with a fresh profile, close; return the files that tell something, and the bytes read."""
    with TemporaryDirectory() as profile:
        with phone(play, where, Path(profile), sown=sown) as page:
            page.wait_for_function(KEPT_CACHE)
            for number in numbers:
                page.context.set_offline(number % 2 == 1)
                page.wait_for_function(FREE)
                page.evaluate("([address]) => window.show(address, true)", [where.picture(number)])
            for number in range(guests):
                _guest(page, f"Tamu Rahasia {number} Contoh")
        return _search(Path(profile), _secrets(where))


def _listed(play: Any, where: Site, phrase: str, sown: str = "") -> set[str]:
    """Open the names with a fresh profile, find and mark somebody without network; the files that tell something."""
    with TemporaryDirectory() as profile:
        with phone(play, where, Path(profile), sown=sown) as page:
            page.locator("summary", has_text="Mode daftar").click()
            page.get_by_label("Frasa sandi dari penyelia").fill(phrase)
            page.get_by_role("button", name="Buka daftar nama").click()
            page.get_by_text("nama terbuka, hanya di memori").wait_for()
            page.context.set_offline(True)
            page.get_by_label("Tanpa QR").fill(where.names[-1])
            page.get_by_role("list", name="Hasil cari").get_by_role("button").first.click()
            page.get_by_role("region", name="Hasil pindai").wait_for()
        kept = {form.encode() for form in (phrase, phrase.replace("-", ""))}
        return _search(Path(profile), _secrets(where) | kept)[0]


def _guest(page: Any, name: str) -> None:
    page.wait_for_function(FREE)
    page.locator("summary", has_text="Tamu tanpa undangan").click()
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_label("Kantor atau lembaga").fill("Kantor Rahasia Contoh")
    page.get_by_role("button", name="Minta persetujuan panitia").click()
    screen = page.get_by_role("region", name="Hasil pindai")
    screen.wait_for()
    screen.click()


def _secrets(where: Site) -> set[bytes]:
    """Return what must stand nowhere: names, codes as typed and printed, the secrets' bytes."""
    texts = {"Tamu Rahasia", "Kantor Rahasia", *where.names, *where.codes, *map(codes.group, where.codes)}
    raw = {codes.secret_of(codes.Code(code)) for code in where.codes}
    return {form for text in texts for form in (text.encode(), text.encode("utf-16-le"))} | raw


def _search(profile: Path, secrets: set[bytes]) -> tuple[set[str], int]:
    found, size = set(), 0
    sample = {secret[:12] for secret in secrets}
    for path in profile.rglob("*"):
        if not path.is_file() or path.is_symlink():
            continue
        content = path.read_bytes()
        size += len(content)
        seen = {content[place : place + 12] for place in range(len(content) - 11)} & sample
        if seen:
            found |= {str(path.relative_to(profile)) for secret in secrets if secret[:12] in seen and secret in content}
    return found, size
