"""The office's page on a phone: what only scripts do, and that a dropped network loses nothing."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.serving import make_server

from rakor.db import db
from rakor.registrations.models import Registration
from tests import cast
from tests.conftest import Client
from tests.seats.conftest import Invited, invite

pytestmark = pytest.mark.browser


@pytest.fixture
def office(lite: Flask, before_deadline: object) -> Iterator[tuple[Invited, str]]:
    lite.test_client_class = Client
    with lite.app_context():
        people = cast.assemble(lite)
    server = make_server("127.0.0.1", 0, lite, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield invite(lite, people), f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="id")
    yield context
    context.close()


def opened(phone: BrowserContext, office: tuple[Invited, str]) -> Page:
    page = phone.new_page()
    page.goto(office[1] + office[0].page, wait_until="networkidle")
    page.wait_for_function("() => document.querySelector('[data-send] span').textContent.startsWith('Konfirmasi')")
    return page


def names(app: Flask) -> list[str]:
    with app.app_context():
        found = sorted(row.name for row in db.session.scalars(select(Registration)))
        db.session.remove()
    return found


def test_one_touch_fills_and_the_button_counts(lite: Flask, office: tuple[Invited, str], phone: BrowserContext) -> None:
    page = opened(phone, office)
    page.get_by_role("button", name="Semua daring").click()
    assert page.locator("input[value=online]:checked").count() == 5
    page.get_by_label("Nama", exact=True).nth(0).fill("Bonifasius Contoh")
    page.get_by_label("Nama", exact=True).nth(2).fill("Paulus Contoh")
    page.get_by_role("button", name="Konfirmasi 2 kursi").click()
    page.wait_for_url("**/receipt")
    assert "Jawaban diterima 14.58" in page.locator("h1").inner_text()
    assert names(lite) == ["Bonifasius Contoh", "Paulus Contoh"]
    assert page.evaluate("() => localStorage.length") == 0
    assert Axe().run(page).violations_count == 0


def test_what_was_typed_survives_closing_the_page(office: tuple[Invited, str], phone: BrowserContext) -> None:
    page = opened(phone, office)
    page.get_by_label("Nama", exact=True).nth(1).fill("Agustina Contoh")
    page.locator("input[value=onsite]").nth(1).check()
    page.close()
    page = opened(phone, office)
    assert page.get_by_label("Nama", exact=True).nth(1).input_value() == "Agustina Contoh"
    assert page.get_by_text("1 nama yang belum terkirim dipulihkan").is_visible()
    assert page.get_by_role("button", name="Konfirmasi 1 kursi").is_visible()


def test_a_dropped_network_sends_by_itself(lite: Flask, office: tuple[Invited, str], phone: BrowserContext) -> None:
    page = opened(phone, office)
    page.get_by_label("Nama", exact=True).nth(0).fill("Bonifasius Contoh")
    page.locator("input[value=online]").nth(0).check()
    phone.set_offline(True)
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    page.get_by_text("Jaringan terputus. 1 nama tersimpan di ponsel ini").wait_for()
    assert names(lite) == []
    phone.set_offline(False)
    page.wait_for_url("**/receipt", timeout=30_000)
    assert names(lite) == ["Bonifasius Contoh"]


def test_a_sending_goes_on_after_the_page_was_closed(
    lite: Flask, office: tuple[Invited, str], phone: BrowserContext
) -> None:
    """The phone's browser threw the page away while it waited: opened again, the same sending goes on by itself."""
    page = opened(phone, office)
    page.get_by_label("Nama", exact=True).nth(0).fill("Bonifasius Contoh")
    page.locator("input[value=online]").nth(0).check()
    phone.set_offline(True)
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    page.get_by_text("Jaringan terputus.").wait_for()
    with posts_refused(lite):  # a page that closes is let online for a moment before it is gone, and tries again
        page.close()
        phone.set_offline(False)
        page = phone.new_page()
        page.goto(office[1] + office[0].page)
        assert names(lite) == []
    page.wait_for_url("**/receipt", timeout=30_000)
    assert names(lite) == ["Bonifasius Contoh"]
    assert page.evaluate("() => localStorage.length") == 0


@contextmanager
def posts_refused(app: Flask) -> Iterator[None]:
    """Answer every POST as a server does that is being restarted."""
    whole = app.wsgi_app

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        refused = environ["REQUEST_METHOD"] == "POST"
        return ServiceUnavailable()(environ, start_response) if refused else whole(environ, start_response)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(app, "wsgi_app", answer)
        yield


def test_the_same_name_twice_is_offered_as_one_person(
    lite: Flask, office: tuple[Invited, str], phone: BrowserContext
) -> None:
    page = opened(phone, office)
    for place, name in ((0, "Bonifasius Contoh"), (2, "BONIFASIUS CONTOH, S.E.")):
        page.get_by_label("Nama", exact=True).nth(place).fill(name)
        page.locator("input[value=online]").nth(place).check()
    page.get_by_text("Nama ini sama dengan kursi 1. Orang yang sama?").wait_for()
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Ya, satu orang").click()
    page.get_by_role("button", name="Konfirmasi 2 kursi").click()
    page.wait_for_url("**/receipt")
    page.get_by_text("Orang yang sama seperti kursi 1: satu tiket.").wait_for()
    assert names(lite) == ["Bonifasius Contoh"]


def test_a_lost_answer_does_not_make_a_second_person(
    lite: Flask, office: tuple[Invited, str], phone: BrowserContext
) -> None:
    """The server saved, the response never came: the next try is the same sending."""
    page = opened(phone, office)
    lost: list[str] = []

    def swallow(route, request):  # type: ignore[no-untyped-def]
        if request.method == "POST" and not lost:
            route.fetch(max_redirects=0)
            lost.append(request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(f"**{office[0].page}", swallow)
    page.get_by_label("Nama", exact=True).nth(0).fill("Bonifasius Contoh")
    page.locator("input[value=online]").nth(0).check()
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    page.wait_for_url("**/receipt", timeout=20_000)
    assert lost
    assert names(lite) == ["Bonifasius Contoh"]


def test_the_server_s_errors_take_the_page_s_place(office: tuple[Invited, str], phone: BrowserContext) -> None:
    page = opened(phone, office)
    page.get_by_label("Nama", exact=True).nth(0).fill("A")
    page.locator("input[value=online]").nth(0).check()
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    page.get_by_text("Nama paling sedikit 2 huruf.").nth(1).wait_for()
    field = page.get_by_label("Nama", exact=True).nth(0)
    assert field.input_value() == "A"
    field.fill("Agustina Contoh")
    page.get_by_role("button", name="Konfirmasi 1 kursi").click()
    page.wait_for_url("**/receipt")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_fits_and_axe_is_content(chromium: Browser, office: tuple[Invited, str], width: int, scheme: str) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="id")
    page = opened(context, office)
    page.locator("input[value=decline]").nth(1).check()
    assert page.get_by_label("Alasan").nth(1).is_visible()
    assert not page.get_by_label("Alasan").nth(0).is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    context.close()
