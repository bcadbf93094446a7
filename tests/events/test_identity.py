"""Logo, letterhead, signatory and colour."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image

from rakor.db import db, transaction
from rakor.events import store
from rakor.events.rules import Stage
from tests.cast import Cast


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "#0b6b4b").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_is_drawn_anew_and_served_harmlessly(people: Cast, client: FlaskClient, kind: str) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/logo"
    hidden = picture(kind) + b"<script>alert(1)</script>"
    sent = sari.post(url, data={"logo": (BytesIO(hidden), "logo.svg")})
    assert sent.status_code == 303
    with people.app.app_context():
        file_id = store.identity(people.event_id).logo_file_id
    for browser, path in ((sari, f"{url}/{file_id}"), (client, f"/e/{people.slug}/logo/{file_id}")):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert answer.content_type == "image/png"
        assert b"script" not in answer.data
        assert Image.open(BytesIO(answer.data)).size == (60, 40)
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert sari.post(f"{url}/removal").status_code == 303
    assert client.get(f"/e/{people.slug}/logo/{file_id}").status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Pilih berkasnya dahulu."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan gambar PNG atau JPEG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "bukan gambar PNG atau JPEG"),
        (picture("GIF"), "bukan gambar PNG atau JPEG"),
        (picture()[:60], "bukan gambar PNG atau JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * (1024 * 1024), "lebih dari 1 MB"),
        (picture(size=(5000, 4000)), "Gambar terlalu besar"),
    ],
)
def test_what_is_no_small_picture_is_refused(people: Cast, content: bytes, said: str) -> None:
    sari = people.browser("sari")
    answer = sari.post(f"/events/{people.event_id}/logo", data={"logo": (BytesIO(content), "logo.png")})
    assert answer.status_code == 422
    assert said in answer.text


def test_a_drafts_logo_is_not_public(people: Cast, client: FlaskClient) -> None:
    people.browser("sari").post(f"/events/{people.event_id}/logo", data={"logo": (BytesIO(picture()), "a.png")})
    with people.app.app_context(), transaction(unaudited="test"):
        store.locked_event(people.event_id).stage = Stage.DRAFT
        file_id = store.identity(people.event_id).logo_file_id
    assert client.get(f"/e/{people.slug}/logo/{file_id}").status_code == 404


def test_identity_is_checked_and_kept(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/identity"
    typed = {"letterhead": "KEMENTERIAN CONTOH\nBiro Humas", "signatory_name": "Dr. Ratna Contoh, M.Si."}
    pale = sari.post(url, data=typed | {"accent": "#ffd98f"})
    assert pale.status_code == 422
    assert "kontras 1,3, perlu 4,5" in pale.text
    assert "Biro Humas" in pale.text
    assert "18 angka" in sari.post(url, data=typed | {"signatory_nip": "1986 0926"}).text
    good = typed | {"accent": "0B6B4B", "signatory_nip": "19860926 201505 1 001"}
    assert sari.post(url, data=good).status_code == 303
    with people.app.app_context():
        row = store.identity(people.event_id)
        assert (row.accent, row.signatory_nip) == ("#0b6b4b", "198609262015051001")
        stored = db.session.execute(db.text("SELECT signatory_nip FROM event_identity")).scalar_one()
        assert b"19860926" not in bytes(stored)


def test_an_events_colour_comes_as_a_stylesheet_of_its_own(people: Cast, client: FlaskClient) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/identity"
    assert "/theme/" not in sari.get(url).text
    sari.post(url, data={"letterhead": "KEMENTERIAN CONTOH", "accent": "#7a1f5c"})
    assert "/theme/7a1f5c.css" in client.get(f"/e/{people.slug}").text
    assert "/theme/7a1f5c.css" in sari.get(url).text
    sheet = client.get("/theme/7a1f5c.css")
    assert sheet.mimetype == "text/css"
    assert "light-dark(#7a1f5c, " in sheet.text
    for wrong in ("7A1F5C", "ffd98f", "xyz", "7a1f5c0"):
        assert client.get(f"/theme/{wrong}.css").status_code == 404
