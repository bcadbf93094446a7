"""What is typed into the open form: regions, offices, names of any script; what is wrong is said, nothing is lost."""

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor.db import transaction
from rakor.events import store as events
from rakor.events.rules import EventMode
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.registrations.work_fields import WorkFields
from tests import make
from tests.registrations.form import filled, open_event, post, rows

pytestmark = pytest.mark.usefixtures("moment")


def test_province_then_regency_without_javascript_keeps_what_was_typed(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    first = client.get(f"/e/{slug}/registration")
    assert "Jawa Tengah" in first.text
    assert "Kota Semarang" not in first.text
    answer = post(client, slug, step="province", regency=None, consent=None)
    assert answer.status_code == 200
    assert 'value="3374">Kota Semarang' in answer.text
    assert "Kantor Kota Semarang" in answer.text
    assert "Kantor Kabupaten Asmat" not in answer.text
    for typed in ("Dr. Ahmad Contoh, S.T., M.Eng.", "Kepala Subbagian Humas", "0812 0000 0147", "ahmad@contoh.id"):
        assert typed in answer.text
    assert not rows(app)
    assert 'value="3374">Kota Semarang' in client.get(f"/e/{slug}/registration?province=33").text


def test_a_region_of_another_province_is_refused_in_words_and_nothing_is_lost(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answer = post(client, slug, province="93", regency="3374")
    assert answer.status_code == 422
    assert "bukan bagian dari provinsi yang dipilih" in answer.text
    assert "Dr. Ahmad Contoh, S.T., M.Eng." in answer.text
    assert "Kabupaten Asmat" in answer.text
    assert not rows(app)


def test_an_office_of_the_list_is_kept_by_its_key_and_a_foreign_one_is_refused(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    with app.app_context():
        event = events.event_by_slug(slug)
        assert event is not None
        with transaction(unaudited="test"):
            other = make.office(make.institution(name="Lain").id, code="3374", province_code="33", regency_code="3374")
    offices = client.get(f"/e/{slug}/places/33.json").json
    assert [name for _, name, _ in offices] == ["Kantor Kota Semarang"]
    refused = post(client, slug, office=str(other.id), institution="")
    assert refused.status_code == 422
    assert post(client, slug, office=offices[0][0], institution="").status_code == 303
    (row,) = rows(app)
    assert (str(row.office_id), row.institution) == (offices[0][0], "Kantor Kota Semarang")


def test_all_regencies_come_in_one_answer_that_browsers_keep(app: Flask, client: FlaskClient) -> None:
    answer = client.get(f"/e/{open_event(app)}/places.json")
    assert sum(len(regencies) for regencies in answer.json.values()) == 514
    assert ["3374", "Kota Semarang"] in answer.json["33"]
    assert "max-age" in answer.headers["Cache-Control"]


def test_a_hybrid_event_asks_how_and_an_online_one_does_not(app: Flask, client: FlaskClient) -> None:
    assert post(client, open_event(app), mode="").status_code == 422
    slug = open_event(app, mode=EventMode.ONLINE)
    assert post(client, slug, mode="onsite").status_code == 303
    assert rows(app)[0].mode is Mode.ONLINE


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "A", "Nama paling sedikit 2 huruf"),
        ("name", "B" * 200, "Nama paling panjang 120 huruf"),
        ("name", "\x00Ahmad", "Ada karakter yang tidak dapat disimpan"),
        ("name", "1234", "Nama harus memuat huruf"),
        ("name", "", "Isian ini wajib"),
        ("post", "Kepala\u202eBagian", "Ada karakter yang tidak dapat disimpan"),
        ("phone", "0812", "Nomor kurang panjang"),
        ("phone", "", "Isian ini wajib"),
        ("email", "ahmad", "Email memerlukan tanda @"),
        ("institution", "", "Tulis nama instansi Anda"),
        ("consent", None, "Centang ini"),
        ("province", "", "Pilih salah satu"),
        ("mode", "sideways", "Pilih salah satu"),
    ],
)
def test_bad_input_is_a_sentence(app: Flask, client: FlaskClient, field: str, value: str | None, words: str) -> None:
    answer = post(client, open_event(app), **{field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert not rows(app)


@pytest.mark.parametrize("broken", [b"%ED%A0%80", b"%FF%FE", b"%C3", b"%00"])
def test_broken_bytes_are_a_sentence_too(app: Flask, client: FlaskClient, broken: bytes) -> None:
    slug = open_event(app)
    parts = [f"{name}={quote(value)}".encode() for name, value in filled(name=None).items()]
    body = b"&".join([*parts, b"name=Ahmad" + broken + b"Contoh"])
    kind = "application/x-www-form-urlencoded"
    answer = client.post(f"/e/{slug}/registration", data=body, content_type=kind)
    assert answer.status_code == 422
    assert "Ada karakter yang tidak dapat disimpan" in answer.text


@pytest.mark.parametrize("name", ["محمد نور", "ꦗꦮꦶ ꦕꦺꦴꦤ꧀ꦠꦺꦴꦃ", "O'Brien, S.T., M.Eng.", "Su", "Ng Contoh"])
def test_names_of_any_script_are_taken_and_shown(app: Flask, client: FlaskClient, name: str) -> None:
    slug = open_event(app)
    page = client.get(post(client, slug, name=name).location)
    assert page.status_code == 200
    assert name.replace("'", "&#39;") in page.text
    ticket = client.get(page.request.path + "/ticket.png")
    assert ticket.data.startswith(b"\x89PNG")


def test_extra_fields_change_nothing(app: Flask, client: FlaskClient) -> None:
    """Mass assignment (security.md T15): every column of the model is posted too."""
    slug = open_event(app)
    asked = set(WorkFields()._fields)
    columns = {column.name: "confirmed" for column in Registration.__table__.columns if column.name not in asked}
    extra = {name: value for name, value in columns.items() if name not in filled()}
    answer = post(client, slug, **extra, is_admin="1", role="owner", status="confirmed", next="https://jahat.test")
    assert answer.location.startswith("/p/")
    (row,) = rows(app)
    assert (row.state, row.epoch, row.nip, row.role_id, row.queue_number) == (
        RegistrationState.REGISTERED, 0, None, None, None
    )
