"""The language of a page and the switch for it."""

from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st

from rakor.web import locale
from rakor.web.locale import COOKIE, safe_path
from rakor.web.times import plain
from tests.conftest import Client


@pytest.fixture
def visitor(lite: Flask) -> FlaskClient:
    lite.test_client_class = Client
    return lite.test_client()


def shown(visitor: FlaskClient, wish: str | None) -> str:
    headers = {"Accept-Language": wish} if wish else {}
    return visitor.get("/patterns", headers=headers).get_data(as_text=True)


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        (None, "id"),
        ("id-ID,id;q=0.9", "id"),
        ("en-US,en;q=0.9,id;q=0.5", "en"),
        ("de-DE,de", "id"),
        ("in", "id"),
        ("en;q=0.2,id;q=0.8", "id"),
        ("*", "id"),
        ("en-GB", "en"),
        ("\x7f;;,q=", "id"),
    ],
)
def test_the_browser_wish_is_followed_and_indonesian_is_the_default(
    visitor: FlaskClient, wish: str | None, language: str
) -> None:
    assert f'<html lang="{language}">' in shown(visitor, wish)


def test_the_cookie_wins_over_the_browser(visitor: FlaskClient) -> None:
    visitor.set_cookie(COOKIE, "en")
    assert "Patterns" in shown(visitor, "id")
    visitor.set_cookie(COOKIE, "xx")
    assert "Pola" in shown(visitor, "id")


def test_the_switch_sets_a_cookie_and_comes_back(visitor: FlaskClient) -> None:
    answer = visitor.post("/locale", data={"lang": "en", "next": "/patterns?a=1"})
    assert (answer.status_code, answer.location) == (303, "/patterns?a=1")
    cookie = answer.headers["Set-Cookie"]
    assert all(part in cookie for part in (f"{COOKIE}=en", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Patterns" in shown(visitor, "id")


def test_an_unknown_language_is_refused(visitor: FlaskClient) -> None:
    assert visitor.post("/locale", data={"lang": "xx"}).status_code == 400


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\tevil",
    "/a\r\nSet-Cookie: x=1",
    "javascript:alert(1)",
    "evil",
    "",
    " /patterns",
    "///evil.example",
    "/%0d",
    "http:/evil",
    "/\x00",
    "/" + "a" * 3000,
    "/\u2028",
    "/@evil",
]


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_the_switch_never_leads_off_the_site(visitor: FlaskClient, wanted: str) -> None:
    location = visitor.post("/locale", data={"lang": "id", "next": wanted}).location
    assert location.startswith("/")
    assert not location.startswith("//")
    assert "\\" not in location


@pytest.mark.parametrize("wanted", ["///evil.example", "//evil.example", "/\\evil", "/a b", "https:evil"])
def test_only_a_plain_path_is_a_way_back(wanted: str) -> None:
    assert safe_path(wanted) == "/"
    assert safe_path("/o/token?hari=2") == "/o/token?hari=2"


@given(st.text())
def test_safe_path_stays_here_whatever_comes(wanted: str) -> None:
    path = safe_path(wanted)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))


def test_filters_follow_the_language_even_for_constants(lite: Flask) -> None:
    # a filter that does not ask for the context is computed once, in the language of whoever came first
    template = lite.jinja_env.from_string("{{ 6341|number }} {{ 75.5|percent }}")
    with lite.test_request_context():
        with force_locale("id"):
            assert plain(template.render()) == "6.341 75,5 %"
        with force_locale("en"):
            assert plain(template.render()) == "6,341 75.5%"


def test_caches_are_told_that_pages_differ(visitor: FlaskClient) -> None:
    answer = visitor.get("/patterns")
    assert {"accept-language", "cookie"} <= {name.lower() for name in answer.vary}
    assert answer.headers["Content-Language"] == "id"


def test_outside_a_request_it_is_indonesian(lite: Flask) -> None:
    with lite.app_context():
        assert locale.chosen() == "id"


def test_an_error_page_speaks_both_languages(visitor: FlaskClient) -> None:
    assert "Halaman ini tidak ada." in unescape(visitor.get("/no-such-page").get_data(as_text=True))
    english = visitor.get("/no-such-page", headers={"Accept-Language": "en"})
    assert english.status_code == 404
    assert "This page does not exist." in english.get_data(as_text=True)
