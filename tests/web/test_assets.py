"""Static files, their headers, and the two health checks."""

import os
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from rakor.db import db
from rakor.web import assets
from tests.conftest import Client


@pytest.fixture
def visitor(lite: Flask) -> FlaskClient:
    lite.test_client_class = Client
    return lite.test_client()


def test_a_script_is_served_as_one(visitor: FlaskClient) -> None:
    answer = visitor.get(assets.asset("js/app.js"))
    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]


def test_only_the_decoder_may_compile_webassembly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (assets.DECODER, "js/other.js", "dist/build.txt", "vendor/x.wasm"):
        path = tmp_path / "static" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("0123456789ab")
    monkeypatch.setattr(assets, "folder_of", lambda name: tmp_path / name)
    assets.build.cache_clear()
    try:
        app = Flask("small")
        assets.install(app)
        visitor = app.test_client()
        decoder = visitor.get(assets.asset(assets.DECODER))
        assert assets.build() == "0123456789ab"
        assert "script-src 'self' 'wasm-unsafe-eval'" in decoder.headers["Content-Security-Policy"]
        other = visitor.get(assets.asset("js/other.js"))
        assert "wasm-unsafe-eval" not in other.headers["Content-Security-Policy"]
        assert "immutable" in other.headers["Cache-Control"]
        assert visitor.get(assets.asset("vendor/x.wasm")).mimetype == "application/wasm"
        assert visitor.get("/static/0123456789ab/../../secret").status_code == 404
        assert visitor.get("/static/000000000000/js/other.js").status_code == 404
    finally:
        assets.build.cache_clear()


def test_an_edited_source_is_served_fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    static = tmp_path / "static"
    for name, text in {
        "dist/build.txt": "0123456789ab",
        "css/order.txt": "a.css\nb.css",
        "css/a.css": "",
        "js/a.js": "",
    }.items():
        (static / name).parent.mkdir(parents=True, exist_ok=True)
        (static / name).write_text(text)
    later = (static / "dist" / "build.txt").stat().st_mtime + 10
    os.utime(static / "js" / "a.js", (later, later))
    monkeypatch.setattr(assets, "folder_of", lambda name: tmp_path / name)
    assets.build.cache_clear()
    try:
        app = Flask("small")
        assets.install(app)
        assert assets.stylesheets() == ["/static/dev/css/a.css", "/static/dev/css/b.css"]
        assert "immutable" not in app.test_client().get("/static/dev/js/a.js").headers["Cache-Control"]
    finally:
        assets.build.cache_clear()


def test_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").get_data(as_text=True) == "ok\n"
    assert client.get("/readyz").status_code == 200


def test_not_ready_without_a_database(visitor: FlaskClient, lite: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    with lite.app_context():
        monkeypatch.setattr(db.session, "execute", broken)
        assert visitor.get("/readyz").status_code == 503
        assert visitor.get("/healthz").status_code == 200


def test_the_fonts_that_the_stylesheet_names_are_served(visitor: FlaskClient) -> None:
    """The scripts of Java and Bali among them: not every computer has letters for them."""
    named = re.findall(r'url\("\.\./(fonts/[^"]+)"\)', visitor.get(assets.asset("dist/rakor.css")).text)
    assert {"fonts/noto-sans-javanese.woff2", "fonts/noto-sans-balinese.woff2"} < set(named)
    for name in named:
        assert visitor.get(assets.asset(name)).data.startswith(b"wOF2"), name
