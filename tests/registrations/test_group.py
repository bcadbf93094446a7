"""Forty names pasted from Excel: understood in any order, each problem beside its row, sent twice only once."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.events import store as events
from rakor.registrations import answers
from rakor.registrations.answers import FieldWish
from rakor.registrations.extra_form import name_of
from rakor.registrations.models import Registration
from rakor.registrations.rules import NameProblem, PhoneProblem
from rakor.registrations.rules.fields import FieldKind, FieldPurpose
from rakor.registrations.rules.paste import MOST_ROWS, RowProblem, read_rows
from tests import make
from tests.cast import Cast
from tests.conftest import MOMENT
from tests.registrations.form import filled

pytestmark = pytest.mark.usefixtures("moment")


def test_cells_are_known_by_what_they_hold() -> None:
    first = "1\tDr. Ana Contoh, M.Si.\tKepala Dinas\t0812 0000 0147\tana@contoh.id"
    ana, budi, citra = read_rows(f"{first}\n2\tBudi Contoh\t\t\t\n\nCitra Contoh")
    assert ana.name is not None
    assert (ana.name.display(), ana.post, ana.phone, ana.email) == (
        "Dr. Ana Contoh, M.Si.", "Kepala Dinas", "+6281200000147", "ana@contoh.id",
    )  # fmt: skip
    assert [row.name.name for row in (budi, citra) if row.name] == ["Budi Contoh", "Citra Contoh"]
    assert not any(row.problems for row in (ana, budi, citra))


def test_headings_name_the_columns_in_any_order() -> None:
    (row,) = read_rows("Email;No. HP;Nama Lengkap;Jabatan\nana@contoh.id;0812 0000 0147;Ana Contoh;Staf")
    assert row.name is not None
    assert (row.name.name, row.post, row.phone, row.email) == ("Ana Contoh", "Staf", "+6281200000147", "ana@contoh.id")


def test_each_row_says_what_is_wrong() -> None:
    rows = read_rows("Ana Contoh\nA\nANA CONTOH\nBudi Contoh\t6.28E+12")
    assert [row.problems for row in rows] == [
        (), (NameProblem.TOO_SHORT,), (RowProblem.TWICE,), (PhoneProblem.EXCEL_SCIENTIFIC,),
    ]  # fmt: skip
    many = read_rows("\n".join(f"Orang {chr(65 + n % 26)}{chr(65 + n // 26)} Contoh" for n in range(MOST_ROWS + 1)))
    assert many[-1].problems == (RowProblem.TOO_MANY,)
    assert not many[-2].problems


@given(st.text(alphabet=st.characters(blacklist_categories=()), max_size=300))
def test_any_paste_is_read(pasted: str) -> None:
    assert all(row.problems or row.name for row in read_rows(pasted))


def open_event(app: Flask, **values: object) -> str:
    with app.app_context(), transaction(unaudited="test"):
        return str(make.event(make.institution().id, **{"open_registration": True} | values).slug)


def sending(people: str, step: str = "send", **changes: str) -> dict[str, str]:
    lines = people.replace("\n", "\r\n")  # as browsers send them
    return filled(name=None, post=None, email=None, people=lines, step=step, **changes)


def forty() -> str:
    return "\n".join(f"{n}\tOrang {chr(65 + n // 10)}{chr(65 + n % 10)} Contoh\tStaf" for n in range(40))


def names(app: Flask) -> list[str]:
    with app.app_context():
        return sorted(db.session.scalars(select(Registration.name)))


def test_forty_are_looked_at_and_then_registered_once(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app, capacity=30)
    url = f"/e/{slug}/registration/group"
    look = client.post(url, data=sending(forty(), "look"))
    assert look.status_code == 200
    assert "40 baris siap" in look.text
    assert "Daftarkan 40 orang" in look.text
    assert names(app) == []
    sent = sending(forty())
    first, second = client.post(url, data=sent), client.post(url, data=sent)
    assert len(names(app)) == 40
    for answer in (first, second):
        assert answer.text.count("/p/") >= 40
        assert answer.text.count("Menunggu tempat") == 10


def test_good_rows_go_and_the_rest_stays_in_the_box(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answer = client.post(f"/e/{slug}/registration/group", data=sending("Ana Contoh\nX\nBudi Contoh"))
    assert names(app) == ["Ana Contoh", "Budi Contoh"]
    assert ">\r\nX</textarea>" in answer.text
    assert "Nama paling sedikit 2 huruf" in answer.text


def test_what_is_missing_is_asked_for_and_the_paste_stays(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    answer = client.post(f"/e/{slug}/registration/group", data=sending("Ana Contoh\tStaf", phone="", consent=None))
    assert answer.status_code == 422
    assert "Ana Contoh\tStaf</textarea>" in answer.text
    assert names(app) == []


def test_who_is_known_is_not_shown_to_the_sender(app: Flask, client: FlaskClient) -> None:
    slug = open_event(app)
    client.post(f"/e/{slug}/registration", data=filled(name="Ana Contoh", email=None))
    answer = client.post(f"/e/{slug}/registration/group", data=sending("Ana Contoh"))
    assert "Sudah terdaftar; tautannya dikirim" in answer.text
    assert 'href="http://localhost/p/' not in answer.text


def test_required_questions_do_not_stop_a_group_and_each_answers_on_the_own_page(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).open_registration = True
        wish = FieldWish(FieldKind.TEXT, "Ukuran kaus", "", True, (), None, "", FieldPurpose.LOGISTICS)
        field = answers.add(people.event_id, wish, now=MOMENT).id
    client, url = people.app.test_client(), f"/e/{people.slug}/registration/group"
    assert "Kegiatan ini juga menanyakan: Ukuran kaus." in client.get(url).text
    page = client.post(url, data=sending("Ana Contoh\nBudi Contoh")).text
    ana, budi = re.findall(r'href="http://localhost(/p/[a-z0-9]+)"', page)
    listed = f"/events/{people.event_id}/people?missing=answers"
    assert "2 orang sesuai saringan" in people.browser("sari").get(listed).text
    assert client.post(f"{ana}/answers", data={name_of(field): "L"}).status_code == 303
    assert "perlu jawaban Anda" not in client.get(ana).text
    assert "perlu jawaban Anda: Ukuran kaus" in client.get(budi).text
    assert "1 orang sesuai saringan" in people.browser("sari").get(listed).text
