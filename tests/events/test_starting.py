"""An event is made: a small one without a matrix, once for a double click."""

from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from rakor.events.rules import Stage
from rakor.events.store import team
from tests.cast import Cast
from tests.events.acting import event_of, start


def test_a_small_event_is_created_and_announced_without_a_matrix(people: Cast, client: FlaskClient) -> None:
    joko = people.browser("joko")  # has an account, and works on nothing yet
    assert "Belum ada kegiatan" in joko.get("/events").text
    assert joko.get("/events/new").status_code == 200
    made = start(joko)
    assert made.status_code == 303
    setup = joko.get(made.location)
    assert "Siap diumumkan?" in setup.text
    assert "Terbuka, 40 tempat" in setup.text
    event_id = UUID(made.location.split("/")[2])
    row = event_of(people, event_id)
    assert (row.slug, row.capacity, row.open_registration) == ("bimtek-pengelola-informasi-2026", 40, True)
    assert row.starts_on == row.ends_on
    assert client.get(f"/e/{row.slug}/registration").status_code == 404
    assert joko.post(f"/events/{event_id}/publication").status_code == 303
    assert client.get(f"/e/{row.slug}/registration").status_code == 200
    assert event_of(people, event_id).stage is Stage.PUBLISHED
    assert joko.post(f"/events/{event_id}/publication").status_code == 303  # twice is no error
    assert "Bimtek Pengelola" in joko.get("/events").text


def test_a_double_click_makes_one_event(people: Cast) -> None:
    sari, key = people.browser("sari"), str(uuid4())
    first, second = start(sari, idempotency_key=key), start(sari, idempotency_key=key)
    assert first.location == second.location
    with people.app.app_context():
        assert len(team.events_of(people.users["sari"], everything=False)) == 2
    assert start(people.browser("joko"), idempotency_key=key).location != first.location


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": ""}, "Isian ini wajib."),
        ({"title": "x" * 241}, "Paling banyak 240 karakter."),
        ({"title": "nol\x00 byte"}, "karakter yang tidak dapat disimpan"),
        ({"starts_on": ""}, "Isian ini wajib."),
        ({"starts_on": "2026-02-30"}, "Tulis tanggal yang ada di kalender."),
        ({"starts_on": "0001-01-01"}, "Periksa tahunnya."),
        ({"ends_on": "2026-12-01"}, "Tanggal selesai mendahului tanggal mulai."),
        ({"ends_on": "2027-12-01"}, "Kegiatan paling lama 31 hari."),
        ({"kind": "pesta"}, "Pilih salah satu."),
        ({"zone": "Mars/Olympus"}, "Pilih salah satu."),
        ({"capacity": "banyak"}, "Tulis angka saja."),
        ({"capacity": "0"}, "Tulis angka dari 1"),
        ({"institution_name": ""}, "Tulis nama instansi penyelenggara."),
    ],
)
def test_what_was_typed_stays_and_the_field_says_why(people: Cast, more: dict[str, str], said: str) -> None:
    answer = start(people.browser("joko"), **more)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Aula Contoh" in answer.text


def test_a_foreign_institution_cannot_be_chosen(people: Cast) -> None:
    """The offices and contacts of an institution are for those who edit its events."""
    chosen = {"institution": str(people.institution_id), "institution_name": ""}
    assert start(people.browser("sari"), **chosen).status_code == 303
    refused = start(people.browser("joko"), **chosen)
    assert refused.status_code == 422
    assert str(people.institution_id) not in refused.text
