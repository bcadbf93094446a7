"""Twenty stored attacks in a real Chromium: no dialog, no script of theirs, no complaint of the CSP."""

from collections.abc import Iterator
from itertools import cycle
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext
from werkzeug.serving import make_server

from rakor.accounts.routes import cookie_name
from tests.hostile import rows, walk
from tests.hostile.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.long]
RUN = "window.zqran = (window.zqran || 0) + 1; alert(1)"
ATTACKS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea><script>{RUN}</script>",
    f"--><script>{RUN}</script>",
    f'"><script>{RUN}</script>',
    f"'><script>{RUN}</script>",
    "<script src=//zq.example/zq.js></script>",
    f'<img src=zq onerror="{RUN}">',
    f'"><img src=zq onerror="{RUN}">',
    f'<svg onload="{RUN}">',
    f"<svg><script>{RUN}</script></svg>",
    f'<details open ontoggle="{RUN}">',
    f'<input autofocus onfocus="{RUN}">',
    f'" autofocus onfocus="{RUN}',
    f'<iframe srcdoc="<script>{RUN}</script>">',
    f'<body onload="{RUN}">',
    f'<math><mtext><img src=zq onerror="{RUN}"></mtext></math>',
    '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "<style>@import '//zq.example/zq.css'; * { display: none }</style>",
]


@pytest.fixture
def served(lite: Flask, moment: object) -> Iterator[tuple[Walk, str]]:
    """The two events with an attack in every text, on a loopback port."""
    walked = walk.start(lite)
    turn = cycle(ATTACKS)
    assert rows.fill(lite, lambda _name, length: _fitting(turn, length)) > 50
    server = make_server("127.0.0.1", 0, lite, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield walked, f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


def _fitting(turn: "cycle[str]", length: int) -> str:
    return next((one for one in (next(turn) for _ in ATTACKS) if len(one) <= length), "<b>zq</b>")


def shown(walked: Walk) -> list[tuple[str, str]]:
    """Return the pages that show something of what was stored, each for the first who may open it."""
    found: list[tuple[str, str]] = []
    for who, path in walked.pages():
        if path in {known for _who, known in found}:
            continue
        answer = walked.get(who, path)
        if answer.mimetype == "text/html" and ("&lt;s" in answer.text or "zq" in answer.text):
            found.append((who, path))
    return found


def visited(context: BrowserContext, paths: list[str]) -> list[str]:
    """Open one page after another in one tab, as people do, and return what went wrong."""
    troubles: list[str] = []
    page, path = context.new_page(), ""
    page.on("dialog", lambda dialog: (troubles.append(f"dialog on {path}"), dialog.dismiss()))
    page.on("pageerror", lambda error: troubles.append(f"{path}: {error}"))
    page.on("console", lambda one: troubles.append(f"{path}: {one.text}") if _csp(one.text) else None)
    page.on("request", lambda one: troubles.append(f"{path} asks {one.url}") if _theirs(one.url) else None)
    for path in paths:
        page.goto(path, wait_until="load")
        if page.evaluate("() => window.zqran"):
            troubles.append(f"{path} ran it")
    page.close()
    return troubles


def test_stored_attacks_run_nowhere_in_a_browser(served: tuple[Walk, str], chromium: Browser) -> None:
    walked, base = served
    troubles: list[str] = []
    pages = shown(walked)
    assert len(pages) > 20
    for who in sorted({who for who, _ in pages}):
        context = chromium.new_context(base_url=base)
        if who in walked.world.sessions:
            with walked.world.app.app_context():
                name = cookie_name()
            context.add_cookies([{"name": name, "value": walked.world.sessions[who], "url": base}])
        troubles += visited(context, [path for one, path in pages if one == who])
        context.close()
    assert not troubles, "\n".join(troubles)


def _theirs(url: str) -> bool:
    return "zq.example" in url or url.rsplit("/", 1)[-1] == "zq"  # a link's token may hold any letters


def _csp(text: str) -> bool:
    return "Content Security Policy" in text or "Refused to" in text
