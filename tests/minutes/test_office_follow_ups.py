"""An office answers from its link: by its voice, whole or not at all, after the event too; the province sees counts."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from rakor import clock
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.events.rules import Stage
from rakor.minutes.follow_up_models import FollowUpAnswer, FollowUpRow
from rakor.minutes.rules.follow_ups import Status
from rakor.minutes.store import rows
from rakor.seats.office_models import OfficeSpeaker
from rakor.seats.rules.ways import province_subject
from rakor.web.times import plain
from tests.cast import Cast
from tests.minutes import asking
from tests.minutes.asking import TEXT

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def asked(people: Cast) -> tuple[asking.Offices, FollowUpRow]:
    made = asking.offices(people)
    return made, asking.rows(people.app, asking.ask(people))[made.ids["asmat"]]


def said(**changes: str) -> dict[str, str]:
    return {"status": "done", "note": "Dua orang", "idempotency_key": str(uuid4()), "phone": "0812 0000 1111"} | changes


def test_an_office_answers_from_its_link_with_evidence(people: Cast, asked: tuple[asking.Offices, FollowUpRow]) -> None:
    made, row = asked
    phone, one = people.app.test_client(), f"{made.page}/{row.id}"
    assert TEXT in phone.get(made.page).text
    assert "1 menunggu jawaban" in phone.get(made.page.removesuffix("/follow-ups")).text
    answer = phone.post(one, data=said(operator="Boni Contoh") | {"files": [(asking.photo(), "f.jpg")]})
    assert answer.status_code == 303
    shown = phone.get(answer.location).text
    assert ("Jawaban tersimpan 10.55" in plain(shown), "bukti-1.jpg" in shown, "Selesai" in shown) == (True, True, True)
    with people.app.app_context():
        assert db.session.get_one(FollowUpRow, row.id).status is Status.DONE
        assert db.session.scalars(select(OfficeSpeaker.name)).one() == "Boni Contoh"
    assert "Semua 1 sudah selesai" in phone.get(made.page.removesuffix("/follow-ups")).text


def test_another_phone_needs_the_number_of_the_first(people: Cast, asked: tuple[asking.Offices, FollowUpRow]) -> None:
    made, row = asked
    one = f"{made.page}/{row.id}"
    people.app.test_client().post(one, data=said() | {"files": [(asking.photo(), "f.jpg")]})
    other = people.app.test_client()
    shown = other.get(one).text
    assert ("berakhiran 11" in shown, "follow-ups/evidence/" in shown) == (True, False)
    with people.app.app_context():
        piece = rows.evidence(people.event_id, [row.id])[row.id][0].id
    assert other.get(f"{made.page}/evidence/{piece}").status_code == 403
    assert other.post(f"{made.page}/evidence/{piece}/removal").status_code == 409
    refused = other.post(one, data=said(phone="0812 9999 9999", status="obstacle", note="Kalimat yang panjang"))
    assert (refused.status_code, "Kalimat yang panjang" in refused.text) == (409, True)
    assert other.post(one, data=said(status="working", note="Belum")).status_code == 303
    with people.app.app_context():
        assert len(db.session.scalars(select(FollowUpAnswer)).all()) == 2, "both are kept"
    assert other.get(f"{made.page}/evidence/{piece}").status_code == 200
    assert other.post(f"{made.page}/evidence/{piece}/removal").status_code == 303


def test_what_is_refused_leaves_no_voice_and_loses_no_word(
    people: Cast, asked: tuple[asking.Offices, FollowUpRow]
) -> None:
    made, row = asked
    one, phone = f"{made.page}/{row.id}", people.app.test_client()
    refused = phone.post(one, data=said(status="obstacle", note="", operator="Boni Contoh"))
    assert refused.status_code == 422
    assert ("Tulis kendalanya" in refused.text, "Boni Contoh" in refused.text) == (True, True)
    heavy = phone.post(one, data=said() | {"files": [(asking.BytesIO(b"bukan bukti"), "surat.pdf")]})
    assert (heavy.status_code, "Dua orang" in heavy.text) == (422, True)
    with people.app.app_context():
        assert db.session.scalars(select(OfficeSpeaker)).all() == []
        assert db.session.get_one(FollowUpRow, row.id).answer_count == 0


def test_a_link_opens_its_own_office_only(people: Cast, asked: tuple[asking.Offices, FollowUpRow]) -> None:
    made, _row = asked
    with people.app.app_context():
        mappi = db.session.scalars(select(FollowUpRow).where(FollowUpRow.office_id == made.ids["mappi"])).one()
        other = links.path_of(people.event_id, LinkPurpose.OFFICE, made.ids["mappi"])
    phone = people.app.test_client()
    assert phone.get(f"{made.page}/{mappi.id}").status_code == 404
    assert phone.post(f"{made.page}/{mappi.id}", data=said()).status_code == 404
    phone.post(f"{other}/follow-ups/{mappi.id}", data=said() | {"files": [(asking.photo(), "f.jpg")]})
    with people.app.app_context():
        piece = rows.evidence(people.event_id, [mappi.id])[mappi.id][0].id
    assert phone.get(f"{made.page}/evidence/{piece}").status_code == 404
    assert phone.post(f"{made.page}/evidence/{piece}/removal").status_code == 404


def test_an_office_answers_after_the_event_and_after_the_day(people: Cast) -> None:
    made = asking.offices(people)
    row = asking.rows(people.app, asking.ask(people, due_on=date(2026, 12, 1)))[made.ids["asmat"]]
    with clock.freeze(datetime(2027, 3, 1, 3, tzinfo=UTC), everywhere=True):
        phone = people.app.test_client()
        assert "Terlambat" in phone.get(made.page).text
        assert phone.post(f"{made.page}/{row.id}", data=said()).status_code == 303
        assert "Terlambat" not in phone.get(made.page).text


def test_a_draft_shows_nothing(people: Cast, asked: tuple[asking.Offices, FollowUpRow]) -> None:
    made, row = asked
    with people.app.app_context(), transaction(unaudited="test"):
        db.session.get_one(Event, people.event_id).stage = Stage.DRAFT
    assert people.app.test_client().get(f"{made.page}/{row.id}").status_code == 404


def test_a_province_reads_counts_and_words_but_no_note(people: Cast, asked: tuple[asking.Offices, FollowUpRow]) -> None:
    made, row = asked
    people.app.test_client().post(f"{made.page}/{row.id}", data=said(note="Rahasia kantor"))
    with people.app.app_context():
        page = links.path_of(people.event_id, LinkPurpose.PROVINCE, province_subject("93"))
    shown = people.app.test_client().get(f"{page}/follow-ups").text
    assert ("1 dari 2" in shown, "Kantor Kabupaten Mappi" in shown, "Rahasia" in shown) == (True, True, False)
    assert shown.count("/o/") == 1, "only Mappi is still to be asked"


def test_the_same_sending_is_one_answer_on_both_databases(app: Flask, people: Cast) -> None:
    made = asking.offices(people)
    row = asking.rows(app, asking.ask(people))[made.ids["asmat"]]
    phone, once = app.test_client(), said()
    for _again in range(3):
        assert phone.post(f"{made.page}/{row.id}", data=once).status_code == 303
    with app.app_context():
        assert db.session.get_one(FollowUpRow, row.id).answer_count == 1
