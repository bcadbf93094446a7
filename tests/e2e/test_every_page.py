"""Every page that can be reached by links: 360 and 1280 px, light and dark, axe finds nothing, nothing sticks out."""

import re
from urllib.parse import urlsplit

import pytest

from tests.e2e.acting import log_in
from tests.e2e.conftest import Site, Walk
from tests.e2e.walker import Walker

HREFS = "() => [...document.querySelectorAll('a[href]')].filter(a => !a.hasAttribute('download')).map(a => a.href)"
UNIQUE = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=^/[oplsv]/)[a-z2-7]{26}|(?<=/provinces/)\d+|(?<=/coverage/)\d+")
pytestmark = pytest.mark.long
A_FILE = re.compile(r"\.(ics|png|json|xlsx|pdf|svg)$|/file$|/login$")
STARTS = {
    "anybody": ["/", "/e/{live}", "/e/{bimtek}", "/e/{bimtek}/registration", "/login", "/patterns"],
    "panitia": ["/events", "/events/{live_id}"],
    "meja": ["/events/{live_id}/desks"],
    "pimpinan": [],
    "kantor": [],
    "peserta": [],
}
STAFF = "/(events|sessions)"
OWN = {"panitia": STAFF, "meja": STAFF, "pimpinan": "/l/", "kantor": "/o/", "peserta": "/p/"}


def kind(path: str) -> str:
    """A path without what differs from thing to thing: one event's page stands for all."""
    return UNIQUE.sub("…", path)


def walk_from(walker: Walker, starts: list[str], own: str) -> list[str]:
    """Look around on one page of every kind that links within ``own`` lead to; the kinds seen."""
    waiting, seen = list(starts), set()
    while waiting:
        path = waiting.pop(0)
        if kind(path) in seen or A_FILE.search(path):
            continue
        seen.add(kind(path))
        walker.go(path).look_around()
        for address in walker.page.evaluate(HREFS):
            parts = urlsplit(address)
            if address.startswith(walker.base_url) and re.match(own, parts.path):
                waiting.append(parts.path)
    return sorted(seen)


@pytest.mark.parametrize("who", STARTS)
def test_every_page_is_well(walk: Walk, site: Site, who: str) -> None:
    walker = walk()
    if who in ("panitia", "meja"):
        log_in(walker, *site.login(who))
    walker.bring_axe()
    names = {name: getattr(site, name) for name in ("live", "live_id", "bimtek")}
    starts = [start.format(**names) for start in STARTS[who]] or [site.entry(who)]
    seen = walk_from(walker, starts, OWN.get(who, "/"))
    assert len(seen) >= len(starts)
    if who == "panitia":
        assert len(seen) > 15, seen
