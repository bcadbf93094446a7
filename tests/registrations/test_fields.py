"""The event's own questions: what is asked, what is taken, and that hidden or special data needs more than typing."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select, text

from rakor import clock, files, outbox
from rakor.accounts import store as accounts
from rakor.accounts.models import LoginSession
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.registrations import answers
from rakor.registrations.extra_form import name_of
from rakor.registrations.field_models import FormAnswer
from rakor.registrations.models import Registration
from rakor.registrations.rules.fields import (
    FieldKind,
    FieldPurpose,
)
from tests.cast import Cast
from tests.conftest import MOMENT
from tests.registrations.asking import PDF, ask, told
from tests.registrations.form import filled

pytestmark = pytest.mark.usefixtures("moment")


def test_answers_are_kept_sealed_and_shown_to_who_may_see_them(people: Cast) -> None:
    size = ask(people, "Ukuran kaus", FieldKind.CHOICE, options=("M", "L"), required=True)
    client, url = people.app.test_client(), f"/e/{people.slug}/registration"
    refused = client.post(url, data=filled())
    assert refused.status_code == 422
    assert "Ukuran kaus</a>: Isian ini wajib." in refused.text
    assert "Dr. Ahmad Contoh" in refused.text
    own = client.post(url, data=filled(**{name_of(size): "L"})).location
    assert told(people.app) == {"Ukuran kaus": "L"}
    with people.app.app_context():
        stored = db.session.execute(text("SELECT value FROM form_answer")).scalar_one()
        person = db.session.scalars(select(Registration.id)).one()
    assert bytes(stored) != b"L"
    assert "Ukuran kaus" in people.browser("sari").get(f"/events/{people.event_id}/people/{person}").text
    assert "menyiapkan konsumsi" in client.get(f"{own}/data").text
    assert client.get(f"{own}/data.json").json["answers"][0]["answer"] == "L"


def test_a_hidden_question_is_neither_needed_nor_kept(people: Cast) -> None:
    comes = ask(people, "Menginap?", FieldKind.CHOICE, options=("ya", "tidak"), required=True)
    room = ask(people, "Kamar", required=True, shown_by_id=comes, shown_value="ya")
    client, url = people.app.test_client(), f"/e/{people.slug}/registration"
    assert client.post(url, data=filled(**{name_of(comes): "ya"})).status_code == 422
    sent = {name_of(comes): "tidak", name_of(room): "1 orang"}
    assert client.post(url, data=filled(**sent)).status_code == 303
    assert told(people.app) == {"Menginap?": "tidak"}


def test_health_data_needs_a_consent_of_its_own(people: Cast) -> None:
    diet = ask(people, "Pantangan makanan", purpose=FieldPurpose.SPECIAL_NEEDS)
    client, url = people.app.test_client(), f"/e/{people.slug}/registration"
    refused = client.post(url, data=filled(**{name_of(diet): "kacang"}))
    assert refused.status_code == 422
    assert "Centang persetujuannya" in refused.text
    assert client.post(url, data=filled(**{name_of(diet): "kacang", f"{name_of(diet)}-ok": "yes"})).status_code == 303
    with people.app.app_context():
        assert db.session.scalars(select(FormAnswer.consented_at)).one() == MOMENT


def test_a_file_is_checked_kept_sealed_and_downloaded_by_the_organiser_alone(people: Cast) -> None:
    task = ask(people, "Surat tugas", FieldKind.FILE, required=True)
    client, url = people.app.test_client(), f"/e/{people.slug}/registration"
    bad = filled(**{name_of(task): (BytesIO(b"<script>"), "surat.pdf")})
    assert client.post(url, data=bad, content_type="multipart/form-data").status_code == 422
    good = filled(**{name_of(task): (BytesIO(PDF), "surat tugas.exe")})
    assert client.post(url, data=good, content_type="multipart/form-data").status_code == 303
    with people.app.app_context():
        person = db.session.scalars(select(Registration.id)).one()
    path = f"/events/{people.event_id}/people/{person}/answers/{task}"
    answer = people.browser("sari").get(path)
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert people.browser("rina").get(path).status_code == 403


def test_answers_go_into_the_sheet_and_health_data_only_into_the_whole_one(people: Cast) -> None:
    ask(people, "Ukuran kaus")
    diet = ask(people, "Pantangan", purpose=FieldPurpose.SPECIAL_NEEDS)
    sent = filled(**{name_of(diet): "=kacang()", f"{name_of(diet)}-ok": "yes"})
    people.app.test_client().post(f"/e/{people.slug}/registration", data=sent)
    sari, path = people.browser("sari"), f"/events/{people.event_id}/people/sheets"
    masked = sari.post(path).data
    with people.app.app_context(), transaction(unaudited="test"):
        for session_id in db.session.scalars(select(LoginSession.id)):
            accounts.prove_session(session_id, now=clock.now())
    whole = sari.post(f"{path}/whole", data={"reason": "Konsumsi rombongan"}).data
    for book, said in ((masked, "ada, disamarkan"), (whole, "=kacang()")):
        table = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
        head = next(row for row in table if "Nama" in row)
        assert head[-1] == "Pantangan"  # nobody answered the other one
        assert "Ukuran kaus" not in head
        answered = [row[-1] for row in table[table.index(head) + 1 :] if row[1]]
        assert sorted(answered) == sorted([said, *[""] * (len(answered) - 1)])


def test_a_chosen_file_is_not_lost_with_another_mistake(people: Cast) -> None:
    task, other = ask(people, "Surat tugas", FieldKind.FILE, required=True), ask(people, "Foto", FieldKind.FILE)
    client, url = people.app.test_client(), f"/e/{people.slug}/registration"
    sent = filled(consent=None, **{name_of(task): (BytesIO(PDF), "surat tugas.pdf")})
    refused = client.post(url, data=sent, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "“surat tugas.pdf” sudah sampai" in refused.text
    token = re.search(rf'name="{name_of(task)}-kept" value="([0-9a-f]+)"', refused.text)
    assert token is not None
    forged = client.post(url, data=filled(**{f"{name_of(task)}-kept": token[1][:-1] + "x"}))
    elsewhere = client.post(url, data=filled(**{f"{name_of(other)}-kept": token[1]}))
    assert (forged.status_code, elsewhere.status_code) == (422, 422)
    assert client.post(url, data=filled(**{f"{name_of(task)}-kept": token[1]})).status_code == 303
    assert told(people.app) == {"Surat tugas": "surat tugas.pdf"}
    with people.app.app_context():
        assert [row.purpose for row in db.session.scalars(select(files.StoredFile))] == [answers.FILE]


def test_a_file_whose_form_never_comes_is_thrown_away(people: Cast) -> None:
    task = ask(people, "Surat tugas", FieldKind.FILE)
    sent = filled(consent=None, **{name_of(task): (BytesIO(PDF), "a.pdf")})
    people.app.test_client().post(f"/e/{people.slug}/registration", data=sent, content_type="multipart/form-data")
    with people.app.app_context():
        with clock.freeze(MOMENT + timedelta(hours=23)):
            while outbox.run_next():
                pass
        assert db.session.scalar(select(func.count()).select_from(files.StoredFile)) == 1
        with clock.freeze(MOMENT + timedelta(hours=25)):
            while outbox.run_next():
                pass
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(files.StoredFile)) == 0


def test_answers_are_given_later_and_put_right_on_the_own_page(people: Cast) -> None:
    client, url = people.app.test_client(), f"/e/{people.slug}/registration"
    size = ask(people, "Lingkar dada", FieldKind.NUMBER)
    own = client.post(url, data=filled()).location
    assert "perlu jawaban Anda" not in client.get(own).text
    task = ask(people, "Surat tugas", FieldKind.FILE, required=True)
    assert "Panitia masih perlu jawaban Anda: Surat tugas." in client.get(own).text
    sent = {name_of(size): "98,5", name_of(task): (BytesIO(PDF), "surat.pdf")}
    assert client.post(f"{own}/answers", data={name_of(size): "98,5"}).status_code == 422
    assert client.post(f"{own}/answers", data=sent, content_type="multipart/form-data").status_code == 303
    page = client.get(f"{own}/answers").text
    assert 'value="98,5"' in page
    assert "Tersimpan: “surat.pdf”" in page
    assert client.post(f"{own}/answers", data={name_of(size): "99"}).status_code == 303
    assert told(people.app) == {"Lingkar dada": "99", "Surat tugas": "surat.pdf"}
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).self_service_until_at = MOMENT
    assert client.post(f"{own}/answers", data={name_of(size): "1"}).location == own
    assert told(people.app)["Lingkar dada"] == "99"
