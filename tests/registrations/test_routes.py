"""The open form over HTTP: what gets in, what is said when it does not, and that nothing typed is lost."""

from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import EventMode, Stage
from rakor.outbox import Job
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.notice import NOTICE_VERSION
from rakor.registrations.rules import Mode, RegistrationState
from rakor.registrations.work_fields import WorkFields
from tests import make
from tests.conftest import MOMENT
from tests.registrations.form import filled

pytestmark = pytest.mark.usefixtures("moment")


def open_event(app: Flask, **values: object) -> str:
    with app.app_context(), transaction(unaudited="test"):
        institution = make.institution()
        make.office(institution.id, code="3374", name="Kantor Kota Semarang", short_name="Kantor Kota Semarang",
                    province_code="33", regency_code="3374", sort_key="333374")
        make.office(institution.id)
        return str(make.event(institution.id, **{"open_registration": True, "capacity": 40} | values).slug)


def post(client: FlaskClient, slug: str, **changes: object):  # type: ignore[no-untyped-def]
    return client.post(f"/e/{slug}/registration", data=filled(**changes))


def rows(app: Flask) -> list[Registration]:
    with app.app_context():
        return list(db.session.scalars(select(Registration).order_by(Registration.created_at, Registration.id)))


def test_a_good_form_ends_at_the_persons_own_page(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answer = post(client, slug)
    assert answer.status_code == 303
    assert answer.location.startswith("/p/")
    page = client.get(answer.location)
    assert page.status_code == 200
    assert "Dr. Ahmad Contoh, S.T., M.Eng." in page.text
    assert "Terdaftar" in page.text
    (row,) = rows(app)
    assert (row.name, row.front_title, row.back_title) == ("Ahmad Contoh", "Dr.", "S.T., M.Eng.")
    assert (row.state, row.mode, row.phone) == (RegistrationState.REGISTERED, Mode.ONLINE, "+6281200000147")
    assert (row.province_code, row.regency_code, row.notice_version) == ("33", "3374", NOTICE_VERSION)
    assert row.consented_at == MOMENT
    with app.app_context():
        assert db.session.scalar(select(Event.registered_count)) == 1
        assert db.session.scalar(select(func.count()).select_from(Ticket)) == 1
        assert db.session.scalars(select(Job.name)).all() == ["registration.received"]


def test_the_same_sending_twice_is_one_registration_and_one_answer(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    sending = filled()
    first, second = (client.post(f"/e/{slug}/registration", data=sending) for _ in range(2))
    assert first.location == second.location
    assert len(rows(app)) == 1


def test_the_back_button_with_another_name_is_another_person(app: Flask, client: FlaskClient) -> None:
    slug, key = open_event(app), str(uuid4())
    first = post(client, slug, idempotency_key=key)
    second = post(client, slug, idempotency_key=key, name="Siti Contoh")
    assert first.location != second.location
    assert {row.name for row in rows(app)} == {"Ahmad Contoh", "Siti Contoh"}


@pytest.mark.parametrize("change", [{"email": "Ahmad@Contoh.id", "phone": "0812 0000 0999"}, {"email": "x@contoh.id"}])
def test_a_person_who_is_known_gets_the_link_again_and_the_sender_learns_nothing(
    app: Flask, client: FlaskClient, change: dict[str, str]
) -> None:
    slug = open_event(app)
    post(client, slug)
    answer = post(client, slug, name="AHMAD CONTOH, S.T.", **change)
    assert (answer.status_code, answer.location) == (303, f"/e/{slug}/link-requests/sent")
    assert len(rows(app)) == 1
    with app.app_context():
        assert "registration.link_wanted" in db.session.scalars(select(Job.name)).all()


def test_an_office_may_share_its_address(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    post(client, slug)
    assert post(client, slug, name="Siti Contoh").location.startswith("/p/")
    assert len(rows(app)) == 2


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


def test_a_stale_form_without_its_key_still_registers_once_per_person(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    for key in ("", "not-a-uuid", None):
        post(client, slug, idempotency_key=key)
    assert len(rows(app)) == 1


def test_doors_say_when(app: Flask, client: FlaskClient) -> None:
    closed = open_event(app, registration_closes_at=MOMENT - timedelta(hours=1))
    soon = open_event(app, registration_opens_at=MOMENT + timedelta(days=1))
    called_off = open_event(app, stage=Stage.CANCELLED)
    invited = open_event(app, open_registration=False)
    for slug, words in (
        (closed, "Ditutup Selasa, 24\u00a0November, 07.55\u00a0WIB"),
        (soon, "Dibuka Rabu, 25\u00a0November, 08.55\u00a0WIB"),
        (called_off, "dibatalkan"),
        (invited, "untuk yang diundang"),
    ):
        assert words in client.get(f"/e/{slug}/registration").text
        assert post(client, slug).status_code == 409
    assert client.get(f"/e/{open_event(app, stage=Stage.DRAFT)}/registration").status_code == 404
    assert not rows(app)


def test_full_says_so_and_offers_the_waiting_list_with_what_was_typed(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app, capacity=1)
    post(client, slug)
    full = post(client, slug, name="Siti Contoh", phone="0812 0000 0148", email=None)
    assert full.status_code == 409
    assert "Penuh" in full.text
    assert "Siti Contoh" in full.text
    assert 'value="yes"' in full.text
    waits = post(client, slug, name="Siti Contoh", phone="0812 0000 0148", email=None, wait="yes")
    page = client.get(waits.location).text
    assert "Anda nomor 1 di daftar tunggu" in page
    assert 'class="qr"' not in page
    assert client.get(waits.location + "/ticket.png").status_code == 404


def test_full_without_a_waiting_list_is_the_end(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app, capacity=0, waiting_list=False)
    answer = post(client, slug, wait="yes")
    assert answer.status_code == 409
    assert "Tidak ada daftar tunggu" in answer.text


def test_an_event_with_approval_takes_applicants(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app, needs_approval=True, capacity=1)
    page = client.get(post(client, slug).location).text
    assert "sedang diperiksa panitia" in page
    assert rows(app)[0].state is RegistrationState.APPLIED


def ask(client: FlaskClient, slug: str, contact: str):  # type: ignore[no-untyped-def]
    return client.post(f"/e/{slug}/link-requests", data={"contact": contact})


def test_who_asks_for_a_link_is_told_the_same_whether_known_or_not(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    post(client, slug)
    client = app.test_client()  # a stranger's, not the one who has just registered
    known = [ask(client, slug, contact) for contact in ("AHMAD@contoh.id", "+62 812-0000-0147")]
    unknown = [ask(client, slug, contact) for contact in ("siti@contoh.id", "0812 0000 9999")]
    assert len({(a.status_code, a.location, len(a.data)) for a in [*known, *unknown]}) == 1
    pages = [client.get(a.location).data for a in [*known, *unknown]]
    assert len(set(pages)) == 1


def test_an_unreadable_contact_is_asked_again(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    for contact in ("", "ahmad", "0812", "a@b"):
        assert ask(client, slug, contact).status_code == 422


def test_an_address_is_written_to_three_times_an_hour_at_most(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answers = [ask(client, slug, "ahmad@contoh.id") for _ in range(6)]
    assert {a.status_code for a in answers} == {303}
    with app.app_context():
        jobs = select(func.count()).select_from(Job).where(Job.name == "registration.link_request")
        assert db.session.scalar(jobs) == 3


def test_a_flood_from_one_network_is_slowed(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answers = [ask(client, slug, f"a{n}@contoh.id").status_code for n in range(61)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {303}


def test_the_job_rows_hold_no_address(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    post(client, slug)
    ask(client, slug, "ahmad@contoh.id")
    with app.app_context():
        payloads = " ".join(map(str, db.session.scalars(select(Job.payload))))
    assert "ahmad" not in payloads
    assert "81200000147" not in payloads


def test_the_notice_names_every_kind_of_data(app: Flask, client: FlaskClient) -> None:
    page = client.get(f"/e/{open_event(app)}/privacy")
    assert page.status_code == 200
    for words in (NOTICE_VERSION, "Nomor WhatsApp", "NIP", "90 hari setelah laporan disetujui", "3 × 24 jam"):
        assert words in page.text


