"""Follow-ups for the organisers: the preview, the rows, sending again, the map with its evidence, workbooks."""

import re
import threading
from datetime import date
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from rakor import clock
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import AccessLink, Event
from rakor.minutes.follow_up_models import FollowUp, FollowUpRow
from rakor.minutes.rules.evidence import Proof
from rakor.minutes.rules.follow_ups import Assignee, Status
from rakor.minutes.store import follow_ups, roll_up, rows
from rakor.minutes.store.rows import Said
from tests import make
from tests.books import rows_of
from tests.cast import Cast
from tests.counting import noted
from tests.minutes import asking
from tests.minutes.asking import DUE, NOW, TEXT

pytestmark = pytest.mark.usefixtures("moment")
FORM = {"text": TEXT, "due_on": "2026-12-24", "assignee": "regencies", "conclusion": ""}


def page(people: Cast) -> str:
    return f"/events/{people.event_id}/follow-ups"


def say(people: Cast, row_id: object, status: Status = Status.DONE, *proofs: Proof, note: str = "Sudah") -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        assert rows.answer(people.event_id, row_id, Said(status, note, proofs), now=NOW) is None  # type: ignore[arg-type]
    roll_up.forget()


def test_the_number_is_seen_before_and_each_office_gets_one_row(people: Cast) -> None:
    asking.offices(people)
    sari = people.browser("sari")
    seen = sari.post(f"{page(people)}/new", data=FORM | {"step": "preview"}).text
    assert ("2 kantor akan menerimanya" in seen, TEXT in seen) == (True, True)
    with people.app.app_context():
        assert db.session.scalars(select(FollowUp)).all() == [], "a preview writes nothing"
    made = sari.post(f"{page(people)}/new", data=FORM)
    assert made.status_code == 303
    with people.app.app_context():
        assert len(db.session.scalars(select(FollowUpRow)).all()) == 2
        assert len(db.session.scalars(select(AccessLink).where(AccessLink.purpose == "office")).all()) == 2
    told = sari.get(made.location).text
    assert ("2 kantor menerima" in told, "Papua Selatan" in told, "selesai dari 2" in told) == (True, True, True)
    assert people.browser("lena").post(f"{page(people)}/new", data=FORM).status_code == 403


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "  "}, "wajib"),
        ({"due_on": "2025-12-24"}, "sebelum kegiatan mulai"),
        ({"due_on": "24 Desember"}, "kalender"),
        ({"assignee": "province"}, "Pilih dahulu"),
        ({"assignee": "office", "office": str(uuid4())}, "Pilih dahulu"),
        ({"assignee": "person", "person": ""}, "Tulis namanya"),
        ({"assignee": "everybody"}, "Pilih salah satu"),
        ({"conclusion": str(uuid4())}, "Not a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(lite: Flask, change: dict[str, str], said: str) -> None:
    from tests import cast
    from tests.conftest import Client

    lite.test_client_class = Client
    with lite.app_context():
        people = cast.assemble(lite)
    answer = people.browser("sari").post(f"{page(people)}/new", data=FORM | {"text": "Kalimat saya"} | change)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert "text" in change or "Kalimat saya" in answer.text


def test_again_adds_only_what_is_missing_and_takes_no_answer_back(people: Cast) -> None:
    made = asking.offices(people)
    asked = asking.ask(people)
    say(people, asking.rows(people.app, asked)[made.ids["asmat"]].id)
    with people.app.app_context(), transaction(unaudited="test"):
        make.office(people.institution_id, code="9301", regency_code="9301", sort_key="939301", name="Kantor Merauke")
    sari, one = people.browser("sari"), f"{page(people)}/{asked}"
    assert "1 kantor belum menerima" in sari.get(one).text
    for words in ("1 kantor menerima", "semua sudah menerimanya"):
        assert words in sari.post(f"{one}/rows", follow_redirects=True).text
    narrowed = FORM | {"assignee": "office", "office": str(made.ids["mappi"])}
    assert "tetap tercatat, karena sudah menjawab" in sari.post(
        f"{one}/edit", data=narrowed, follow_redirects=True
    ).text  # fmt: skip
    left = asking.rows(people.app, asked)
    assert set(left) == {made.ids["mappi"], made.ids["asmat"]}, "Merauke had said nothing"
    assert left[made.ids["asmat"]].status is Status.DONE


def test_two_sendings_at_once_give_each_office_one_row(app: Flask, people: Cast) -> None:
    asking.offices(people)
    asked = asking.ask(people, Assignee.PROVINCES)
    with app.app_context(), transaction(unaudited="test"):
        row = db.session.get_one(FollowUp, asked)
        row.assignee = Assignee.BOTH
    gate, added = threading.Barrier(4), []

    def send() -> None:
        with app.app_context():
            gate.wait()
            with transaction():
                found = follow_ups.spread(people.event_id, asked, now=NOW)
            assert found is not None
            added.append(len(found.added))

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [0, 0, 0, 2], "one of them found what was missing"
    assert len(asking.rows(app, asked)) == 3


def test_from_the_map_a_regencys_evidence_is_two_touches_away(people: Cast) -> None:
    made = asking.offices(people)
    asked = asking.ask(people, due_on=date(2026, 11, 23))
    found = asking.rows(people.app, asked)
    with people.app.app_context(), transaction(unaudited="test"):
        from rakor.seats.rules.papers import PaperKind

        proofs = (Proof("bukti-1.jpg", PaperKind.PICTURE, b"\xff\xd8\xff"), Proof("contoh.test", address="https://contoh.test/a"))
        said = Said(Status.DONE, "Dua orang ditunjuk", proofs)
        assert rows.answer(people.event_id, found[made.ids["asmat"]].id, said, now=NOW) is None
    roll_up.forget()
    lena = people.browser("lena")
    shown = lena.get(f"{page(people)}/{asked}").text
    assert ("1 terlambat" in shown, "selesai dari 2" in shown) == (True, True)
    first = f"/events/{people.event_id}/follow-ups/provinces/93?of={asked}"
    assert first.replace("&", "&amp;") in shown
    there = lena.get(first).text
    assert ("Kantor Kabupaten Asmat" in there, "https://contoh.test/a" in there, "Terlambat" in there) == (True,) * 3
    href = there.split("follow-ups/evidence/")[1].split('"')[0]
    file = lena.get(f"{page(people)}/evidence/{href}")
    assert (file.status_code, file.mimetype, file.data) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    late = lena.get(f"{first}&show=late").text
    assert ("Kantor Kabupaten Mappi" in late, "Dua orang ditunjuk" in late) == (True, False)
    assert lena.get(f"{page(people)}/provinces/99").status_code == 404
    assert people.browser("rina").get(first).status_code == 403, "the desk has no business here"


def test_an_organiser_notes_an_answer_and_takes_wrong_evidence_back(people: Cast) -> None:
    made = asking.offices(people)
    row = asking.rows(people.app, asking.ask(people))[made.ids["asmat"]]
    sari, one = people.browser("sari"), f"{page(people)}/rows/{row.id}"
    said = {"status": "obstacle", "note": "", "idempotency_key": str(uuid4())}
    refused = sari.post(one, data=said)
    assert (refused.status_code, "Tulis kendalanya" in refused.text) == (422, True)
    files = {"files": [(asking.photo(), "foto.jpg"), (asking.photo(), "lain.png")]}
    good = said | {"status": "done", "note": "Lewat telepon", "address": "https://contoh.test/berita"}
    for _twice in range(2):
        assert sari.post(one, data=good | {"files": [(asking.photo(), "foto.jpg")]}).status_code == 303
    with people.app.app_context():
        kept = db.session.get_one(FollowUpRow, row.id)
        assert (kept.answer_count, kept.evidence_count, kept.status) == (1, 2, Status.DONE), "the same sending is one"
        [answer] = rows.answers(people.event_id, [row.id])[row.id]
        assert (answer.by_staff, answer.by_id) == (True, people.users["sari"])
    assert sari.post(one, data=good | files | {"idempotency_key": str(uuid4())}).status_code == 303
    shown = sari.get(one).text
    [piece, *_more] = re.findall(r'follow-ups/evidence/([0-9a-f-]{36})"', shown)
    photo = sari.get(f"{page(people)}/evidence/{piece}").data
    assert photo.startswith(b"\xff\xd8\xff")
    assert b"GPS" not in photo, "a photo is drawn anew"
    for _twice in range(2):
        gone = sari.post(f"{page(people)}/evidence/{piece}/removal")
    assert gone.status_code == 404
    assert sari.get(f"{page(people)}/evidence/{piece}").status_code == 404
    assert "sudah ditarik" in sari.get(one).text
    assert people.browser("lena").post(one, data=good).status_code == 403


@pytest.mark.parametrize("address", ["http://a.test", "javascript:alert(1)", "https://a@contoh.test", "contoh.test"])
def test_a_link_is_https_with_a_host(people: Cast, address: str) -> None:
    made = asking.offices(people)
    row = asking.rows(people.app, asking.ask(people))[made.ids["asmat"]]
    answer = people.browser("sari").post(
        f"{page(people)}/rows/{row.id}", data={"status": "done", "note": "Selesai", "address": address}
    )
    assert (answer.status_code, "https://" in answer.text, "Selesai" in answer.text) == (422, True, True)


def test_a_file_that_is_no_evidence_is_refused_whole(people: Cast) -> None:
    made = asking.offices(people)
    row = asking.rows(people.app, asking.ask(people))[made.ids["asmat"]]
    sent = [(asking.photo(), "baik.jpg"), (asking.BytesIO(b"<svg onload=alert(1)>"), "<b>jahat.pdf")]
    answer = people.browser("sari").post(
        f"{page(people)}/rows/{row.id}", data={"status": "done", "note": "Tetap ada", "files": sent}
    )
    assert (answer.status_code, "&lt;b&gt;jahat.pdf" in answer.text, "Tetap ada" in answer.text) == (422, True, True)
    with people.app.app_context():
        assert db.session.get_one(FollowUpRow, row.id).evidence_count == 0


def test_they_leave_as_workbooks_with_the_matrix_of_the_report(people: Cast) -> None:
    made = asking.offices(people)
    asked = asking.ask(people)
    say(people, asking.rows(people.app, asked)[made.ids["asmat"]].id, Status.DONE, Proof("c", address="https://c.test/1"))
    sari = people.browser("sari")
    matrix = rows_of(sari.post(f"{page(people)}/matrix/sheets"))
    assert matrix[0][:3] == ["No", "Uraian", "Penanggung jawab"]
    by_office = {line[2]: line for line in matrix[1:]}
    assert by_office["Kantor Kabupaten Asmat"][5] == "Selesai"
    assert by_office["Kantor Kabupaten Asmat"][7] == "https://c.test/1"
    provinces = rows_of(sari.post(f"{page(people)}/provinces/sheets?of={asked}"))
    assert next(line for line in provinces if line[0] == "93")[2:5] == [2, 1, 0]
    assert len(provinces) == 1 + 38, "the map of 2026"
    assert rows_of(sari.post(f"{page(people)}/sheets"))[1][1] == TEXT
    assert len(rows_of(sari.post(f"{page(people)}/provinces/93/sheets?of={asked}"))) == 1 + 2


def test_the_roll_up_costs_the_same_for_one_row_and_for_many(people: Cast) -> None:
    def cost() -> int:
        roll_up.forget()
        sari = people.browser("sari")
        with people.app.app_context():
            engine = db.engine
        with noted(engine) as seen:
            assert sari.get(page(people)).status_code == 200
        return len(seen)

    made = asking.offices(people)
    asking.ask(people, Assignee.PROVINCES)
    few = cost()
    for _more in range(3):
        asking.ask(people)
        asking.ask(people, Assignee.OFFICE, office_id=made.ids["asmat"])
    assert cost() == few


def test_a_class_is_counted_by_the_events_own_map(people: Cast) -> None:
    asking.offices(people)
    with people.app.app_context(), transaction(unaudited="test"):
        row = db.session.get_one(Event, people.event_id)
        row.regions_as_of = date(2021, 10, 27)
    asked = asking.ask(people, Assignee.BOTH)
    with people.app.app_context():
        event = events.event(people.event_id)
        assert event is not None
        lines = roll_up.count_up(event, now=clock.now(), today=DUE).lines
        assert {line.province_code for line in lines} == {"91"}, "Papua Selatan was Papua then"
    assert len(asking.rows(people.app, asked)) == 2, "and had no office of its own"


def test_what_was_withdrawn_is_gone_for_everybody(people: Cast) -> None:
    asking.offices(people)
    asked = asking.ask(people)
    sari = people.browser("sari")
    for _twice in range(2):
        assert sari.post(f"{page(people)}/{asked}/withdrawal").status_code == 303
    assert sari.get(f"{page(people)}/{asked}").status_code == 404
    assert TEXT not in sari.get(page(people)).text
