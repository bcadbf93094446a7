"""Headers, CSRF by header, hosts, and the shape of errors."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor.web.safety import shown_path


def test_every_answer_carries_the_headers(lite: Flask) -> None:
    for path in ("/healthz", "/login", "/nowhere"):
        headers = lite.test_client().get(path).headers
        assert "'unsafe-inline'" not in headers["Content-Security-Policy"]
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "none"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://elsewhere.test"}, 403),
        ({}, 403),
    ],
)
def test_a_foreign_page_cannot_post(lite: Flask, headers: dict[str, str], status: int) -> None:
    lite.test_client_class = FlaskClient
    answer = lite.test_client().post("/locale", data={"lang": "en", "next": "/"}, headers=headers)
    assert answer.status_code == status


def test_a_foreign_host_is_refused(lite: Flask) -> None:
    assert lite.test_client().get("/healthz", headers={"Host": "evil.test"}).status_code == 400


def test_errors_speak_both_languages_and_one_json_shape(lite: Flask) -> None:
    client = lite.test_client()
    assert "Halaman ini tidak ada." in client.get("/nowhere").text
    assert "This page does not exist." in client.get("/nowhere", headers={"Accept-Language": "en"}).text
    body = client.get("/scan/v1/nowhere").get_json()
    assert set(body["error"]) == {"status", "code", "message", "request_id"}


def test_logs_never_show_the_secret_of_a_link() -> None:
    assert shown_path("/o/abcdefgh/receipt") == "/o/…/receipt"
    assert shown_path("/events/1") == "/events/1"
