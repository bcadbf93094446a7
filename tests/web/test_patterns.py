"""The page of patterns in a real browser: both languages, both widths, both schemes; and what each behaviour does."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.datastructures import MultiDict
from werkzeug.serving import make_server

from rakor.web.patterns import SampleForm
from tests.conftest import Client


@pytest.fixture(scope="module")
def address(sqlite_app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, sqlite_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(autouse=True)
def _closed(chromium: Browser) -> Iterator[None]:
    """Close what a test opened: a page left open draws on, beside all later tests."""
    before = {id(one) for one in chromium.contexts}
    yield
    for context in [one for one in chromium.contexts if id(one) not in before]:
        context.close()


def opened(
    chromium: Browser,
    address: str,
    *,
    width: int = 1280,
    scheme: str = "light",
    language: str = "id",
    path: str = "/patterns",
    **more: object,
) -> tuple[Page, list[str]]:
    """A page and everything its console complained about (a broken policy, a missing file, an exception)."""
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, locale=language, **more
    )
    page, complaints = context.new_page(), list[str]()
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address + path, wait_until="networkidle")
    return page, complaints


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_component_fits_and_axe_is_content(
    chromium: Browser, address: str, width: int, scheme: str, language: str
) -> None:
    page, complaints = opened(chromium, address, width=width, scheme=scheme, language=language)
    page.locator("details").first.evaluate("element => { element.open = true }")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.locator("h1").count() == 1
    assert page.evaluate("() => document.fonts.check('16px \"Plus Jakarta Sans\"')")
    assert complaints == []


def test_copy_puts_the_text_on_the_clipboard_and_says_so(chromium: Browser, address: str) -> None:
    page, _ = opened(chromium, address, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Salin kode").click()
    page.get_by_role("button", name="Tersalin").wait_for()
    assert page.evaluate("() => navigator.clipboard.readText()") == "K7QM4-0D2XV"


def test_copy_works_where_the_clipboard_is_refused(chromium: Browser, address: str) -> None:
    page, _ = opened(chromium, address)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')) }")
    page.get_by_role("button", name="Salin kode").click()
    page.get_by_role("button", name="Tersalin").wait_for()


def test_without_javascript_the_text_is_there_and_no_dead_button(chromium: Browser, address: str) -> None:
    page, complaints = opened(chromium, address, java_script_enabled=False)
    assert page.get_by_text("K7QM4-0D2XV").is_visible()
    assert not page.get_by_text("Salin kode").is_visible()
    share = page.get_by_role("link", name="Bagikan")
    assert (share.get_attribute("href") or "").startswith("https://wa.me/?text=Undangan")
    assert complaints == []


@pytest.mark.parametrize("javascript", [True, False])
def test_the_language_switch_comes_back_to_the_page(chromium: Browser, address: str, javascript: bool) -> None:
    page, _ = opened(chromium, address, java_script_enabled=javascript)
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", level=1, name="Patterns").wait_for()
    assert page.url == f"{address}/patterns"
    page.get_by_role("button", name="Bahasa Indonesia").click()
    page.get_by_role("heading", level=1, name="Pola").wait_for()


def test_the_keyboard_finds_the_content_first(chromium: Browser, address: str) -> None:
    page, _ = opened(chromium, address)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Langsung ke isi"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "isi"


def test_a_field_with_an_error_says_so_to_everybody(lite: Flask) -> None:
    page = _client(lite).get("/patterns").get_data(as_text=True)
    assert 'aria-describedby="phone-error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="phone-error"' in page


def test_the_summary_leads_to_each_field_and_keeps_hostile_text_as_text(lite: Flask) -> None:
    form = SampleForm(MultiDict({"name": "<script>alert(1)</script>" * 9, "mode": "no", "province": "99"}))
    form.validate()
    template = (
        '{% from "macros/forms.html" import summary, field, choice %}{{ summary(form) }}{{ field(form.name) }}'
        "{{ choice(form.mode) }}"
    )
    with lite.test_request_context():
        shown = render_template_string(template, form=form)
    assert all(f'href="#{name}"' in shown for name in ("name", "phone", "province"))
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def _client(app: Flask) -> FlaskClient:
    app.test_client_class = Client
    return app.test_client()
