"""The whole list leaves only with the right, the password shown again, and a reason that is kept."""

import io
from uuid import uuid4

from flask import url_for
from python_calamine import CalamineWorkbook
from sqlalchemy import select, update

from rakor import clock
from rakor.accounts import store as accounts
from rakor.accounts.models import LoginSession
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events.listings import KNOWN
from rakor.registrations.models import Registration
from tests import make
from tests.books import rows_of
from tests.cast import Cast

NIP, PHONE = "198609262015051001", "+6281200000147"
OF_ONE = {"person_history", "coverage_province", "follow_up_province", "import_rows", "zoom_lines"}
"""Lists of one person, province, import or report: each has its own test."""


def prepare(people: Cast) -> str:
    with people.app.app_context(), transaction(unaudited="test"):
        make.registration(people.event_id, nip=NIP, phone=PHONE, name="=1+1 Contoh", search_key="1 contoh")
    return f"/events/{people.event_id}/people/sheets/whole"


def prove(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        for known in db.session.scalars(select(LoginSession.id)):
            accounts.prove_session(known, now=clock.now())


def test_the_password_comes_first_and_then_a_reason(people: Cast) -> None:
    address = prepare(people)
    sari = people.browser("sari")
    with people.app.app_context(), transaction(unaudited="test") as session:
        session.execute(update(LoginSession).values(proved_at=make.AT))
    assert "/login/proof" in str(sari.get(address).location)
    assert sari.post(address, data={"reason": "Manifes hotel rombongan"}).status_code == 403
    prove(people)
    assert "Untuk apa daftar ini dipakai?" in sari.get(address).text
    short = sari.post(address, data={"reason": "hotel"}, query_string={"q": "contoh"})
    assert short.status_code == 422
    assert "Tulis alasannya paling sedikit 10 huruf." in short.text
    assert "q=contoh" in short.text


def test_whole_numbers_leave_as_text_and_the_reason_is_on_record(people: Cast) -> None:
    address = prepare(people)
    sari = people.browser("sari")
    prove(people)
    answer = sari.post(address, data={"reason": "Manifes hotel rombongan"})
    assert answer.headers["Cache-Control"] == "no-store"
    cells = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert "Untuk: Manifes hotel rombongan" in str(cells[1])
    assert NIP in cells[-1]
    assert "0812-0000-0147" in cells[-1]
    assert any(str(cell).startswith("=1+1 Contoh") for cell in cells[-1])
    with people.app.app_context():
        query = select(AuditEntry.detail).where(AuditEntry.action == "list.export_whole")
        detail = db.session.scalars(query).one()
    assert detail == {"fields": ["phone", "email", "nip", "answers"], "count": 1, "reason": "Manifes hotel rombongan"}


def test_who_works_at_the_desk_never_gets_it(people: Cast) -> None:
    address = prepare(people)
    prove(people)
    assert people.browser("rina").get(address).status_code == 403
    assert "nomor dan kontak disamarkan" in str(
        CalamineWorkbook.from_filelike(
            io.BytesIO(people.browser("sari").post(f"/events/{people.event_id}/people/sheets").data)
        )
        .get_sheet_by_index(0)
        .to_python()[1]
    )


def test_the_log_keeps_the_filter_but_not_what_was_typed(people: Cast) -> None:
    prepare(people)
    sari = people.browser("sari")
    path = f"/events/{people.event_id}/people"
    page = sari.get(f"{path}?q=contoh&state=confirmed&page=1").text
    assert "people/sheets?q=contoh&amp;state=confirmed" in page
    sari.post(f"{path}/sheets?q=contoh&state=confirmed&sort=x")
    with people.app.app_context():
        entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "list.export")).one()
    assert (entry.object_kind, entry.detail) == ("people", {"count": 1, "narrowing": {"q": "…", "state": "confirmed"}})
    log = sari.get(f"/events/{people.event_id}/exports").text
    assert "Peserta" in log
    assert "dicari · Konfirmasi" in log
    assert people.browser("rina").get(f"/events/{people.event_id}/exports").status_code == 403


def test_headings_are_indonesian_whatever_the_reader_reads(people: Cast) -> None:
    prepare(people)
    answer = people.browser("sari").post(
        f"/events/{people.event_id}/people/sheets", headers={"Cookie": "rakor_lang=en", "Accept-Language": "en"}
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert "Cara mengikuti" in rows[3]
    assert "Konfirmasi" in rows[4]


def test_every_list_leaves_as_indonesian_and_on_record(people: Cast) -> None:
    prepare(people)
    sari = people.browser("sari")
    offered = [listing for _owner, listing in KNOWN.values() if listing.name not in OF_ONE]
    with people.app.test_request_context():
        addresses = {one.name: url_for(f"{KNOWN[one.name][0]}.{one.name}_sheet", event_id=people.event_id)
                     for one in offered}  # fmt: skip
    assert len(addresses) > 25
    for address in addresses.values():
        answer = sari.post(address)
        assert answer.status_code == 200, address
        assert all(rows_of(answer)[0]), address
    with people.app.app_context():
        query = select(AuditEntry.object_kind).where(AuditEntry.action == "list.export")
        assert set(addresses) <= set(db.session.scalars(query))


def test_the_log_shows_the_template_of_an_import_too(people: Cast) -> None:
    prepare(people)
    sari = people.browser("sari")
    assert sari.post(f"/events/{people.event_id}/imports/template").status_code == 200
    log = sari.get(f"/events/{people.event_id}/exports").text
    assert "Templat impor" in log
    assert "Tanpa samaran" not in log


def test_the_history_of_one_person_leaves_and_no_foreign_one(people: Cast) -> None:
    prepare(people)
    sari = people.browser("sari")
    with people.app.app_context():
        who = db.session.scalars(select(Registration.id)).one()
    sari.post(f"/events/{people.event_id}/people/{who}/name", data={"name": "Ani Contoh"})
    page = sari.get(f"/events/{people.event_id}/people/{who}").text
    assert f"people/{who}/history/sheets" in page
    told = rows_of(sari.post(f"/events/{people.event_id}/people/{who}/history/sheets"))
    assert told[1][1] == "Nama dibetulkan"
    assert sari.post(f"/events/{people.event_id}/people/{uuid4()}/history/sheets").status_code == 404


def test_addresses_of_the_team_leave_only_whole(people: Cast) -> None:
    sari = people.browser("sari")
    address = f"/events/{people.event_id}/team/sheets"
    assert "Email" not in rows_of(sari.post(address))[0]
    assert "@" not in str(rows_of(sari.post(address)))
    prove(people)
    whole = rows_of(sari.post(f"{address}/whole", data={"reason": "Daftar panitia untuk SK"}))
    assert "@" in str(whole)


def test_the_own_events_leave_as_their_cards(people: Cast) -> None:
    answer = people.browser("sari").post("/events/sheets")
    rows = rows_of(answer)
    assert rows[0][0] == "Kegiatan"
    assert len(rows) == 2
    with people.app.app_context():
        query = select(AuditEntry).where(AuditEntry.action == "list.export", AuditEntry.object_kind == "events")
        assert db.session.scalars(query).one().detail == {"count": 1}


def test_the_role_stays_in_the_filter_and_in_the_sheet(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        role = make.role(people.event_id, "Sekretaris")
        make.registration(people.event_id, name="Ani Contoh", search_key="ani contoh", role_id=role.id)
        make.registration(people.event_id, name="Budi Contoh", search_key="budi contoh")
        role_id = str(role.id)
    sari, path = people.browser("sari"), f"/events/{people.event_id}/people?role={role_id}"
    page = sari.get(path).text
    assert f'value="{role_id}" selected' in page
    assert "Budi Contoh" not in page
    rows = rows_of(sari.post(f"/events/{people.event_id}/people/sheets?role={role_id}&province=93"))
    assert len(rows) == 1
    assert "Papua Selatan · Sekretaris" in sari.get(f"/events/{people.event_id}/exports").text
    assert len(rows_of(sari.post(f"/events/{people.event_id}/people/sheets?role={role_id}"))) == 2
