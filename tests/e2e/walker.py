"""A page in a real browser that remembers everything that went wrong on it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request, Response

PHONE, DESK = (360, 740), (1280, 900)
# a scheme changes colours and no places, a width places and no colours: two looks see what four would
LOOKS: tuple[tuple[str, tuple[int, int], list[str]], ...] = (
    ("light", PHONE, []),
    ("dark", DESK, ["color-contrast"]),
)
WIDTHS = "() => [document.documentElement.scrollWidth, window.innerWidth]"
WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 3).map(e => e.tagName + '.' + e.className)"""
SQUEEZED = """() => [...document.querySelectorAll('.btn, .badge')].filter(e => {
    const {width, height} = e.getBoundingClientRect();
    return width && width < 130 && height > 3 * parseFloat(getComputedStyle(e).lineHeight);
  }).slice(0, 3).map(e => e.innerText)"""
RUN = "options => axe.run(document, options).then(found => ({violations: found.violations}))"
TWICE = """() => [...Map.groupBy(document.querySelectorAll('[id]'), e => e.id)]
  .filter(([, same]) => same.length > 1).map(([id]) => id)"""
# axe reads the same few colours thousands of times on a page, and each time for as long: what one says stays as it is
REMEMBERS = """(() => {
  const colour = axe.commons.color.Color.prototype, read = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    if (!known.has(text)) known.set(text, (read.call(this, text), [this.r, this.g, this.b, this.alpha]));
    [this.r, this.g, this.b, this.alpha] = known.get(text);
    return this;
  };
})();"""
AXE = f"{Axe().axe_script}\n{REMEMBERS}"


@dataclass
class Walker:
    """``page`` with its troubles: console errors (CSP among them), broken requests, answers of 400 and more."""

    page: Page
    base_url: str
    expected: set[int] = field(default_factory=set)
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answer)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(f"console on {self.page.url}: {message.text}")

    def _failed(self, request: Request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a poll that a new page cut off
            self.troubles.append(f"{request.method} {request.url}: {request.failure}")

    def _answer(self, response: Response) -> None:
        busy = response.status == 409 and response.url.endswith("/scan/v1/batches")  # asked again by itself
        if response.status >= 400 and response.status not in self.expected and not busy:
            self.troubles.append(f"{response.request.method} {response.url} answered {response.status}")

    def go(self, path: str) -> "Walker":
        """Open a path of the site and check that it is a page of ours."""
        self.page.goto(f"{self.base_url}{path}")
        return self

    @property
    def path(self) -> str:
        """Where the browser stands."""
        return urlsplit(self.page.url).path

    def fits(self) -> None:
        """Nothing sticks out sideways, and no button or badge is squeezed to a word a line."""
        wide, room = self.page.evaluate(WIDTHS)
        if wide > room:
            self.troubles.append(f"{self.path} is {wide} px wide in {room}: {self.page.evaluate(WIDE)}")
        self.troubles += [f"{self.path} squeezes {one!r}" for one in self.page.evaluate(SQUEEZED)]

    def once(self) -> None:
        """No id stands twice."""
        self.troubles += [f"id on {self.path} twice: {name}" for name in self.page.evaluate(TWICE)]

    def accessible(self, **options: Any) -> None:
        """Axe finds nothing, and no id stands twice."""
        self.once()
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(RUN, {"resultTypes": ["violations"], **options})
        for one in found["violations"]:
            where = "; ".join(f"{node['target']} {node['html'][:120]}" for node in one["nodes"][:3])
            self.troubles.append(f"axe on {self.path}: {one['id']}: {where}")

    def bring_axe(self) -> "Walker":
        """Have axe on every page from now on, for who looks at each of them: it is sent once."""
        self.page.add_init_script(AXE)
        return self

    def look_around(self) -> None:
        """Check the page in both widths and both schemes."""
        self.page.wait_for_load_state()  # what was seen may have been the page before
        for scheme, (width, height), rules in LOOKS:
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self.page.set_viewport_size({"width": width, "height": height})
            self.fits()
            self.accessible(**({"runOnly": rules} if rules else {}))

    def well(self) -> None:
        """Fail with all troubles at once."""
        assert not self.troubles, "\n".join(self.troubles)
