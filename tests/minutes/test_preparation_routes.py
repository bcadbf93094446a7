"""The checklist through HTTP, on both databases."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from rakor import audit
from rakor.accounts.rules import Role
from rakor.db import db, transaction
from rakor.events.models import AccessLink, LinkPurpose
from rakor.minutes.preparation_models import PreparationStep
from rakor.reports import summary
from tests import make
from tests.cast import Cast
from tests.counting import selects


def address(people: Cast, rest: str = "") -> str:
    return f"/events/{people.event_id}/preparation{rest}"


def invite(people: Cast, count: int, passed_on: int) -> None:
    """``count`` offices with a seat each; the links of the first ``passed_on`` were sent."""
    with people.app.app_context(), transaction():
        audit.record("test.invite")
        role = make.role(people.event_id, f"Ketua {count}")
        for number in range(count):
            office = make.office(people.institution_id, code=f"{count}{number:02}", name=f"Kantor {count}.{number}")
            make.seat(people.event_id, office.id, role.id)
            at = make.AT if number < passed_on else None
            link = {"purpose": LinkPurpose.OFFICE, "subject_id": office.id, "lookup_hash": office.id.bytes * 2}
            db.session.add(AccessLink(event_id=people.event_id, created_at=make.AT, passed_on_at=at, **link))


def page_of(people: Cast, path: str = "") -> str:
    """The page as sari reads it, with plain blanks."""
    return people.browser("sari").get(path or address(people)).text.replace("\xa0", " ")


def kept(people: Cast) -> list[PreparationStep]:
    with people.app.app_context():
        query = select(PreparationStep).where(PreparationStep.event_id == people.event_id)
        return list(db.session.scalars(query.order_by(PreparationStep.title)))


def test_the_page_says_what_the_data_says(people: Cast, moment: datetime) -> None:
    invite(people, 5, 4)
    page = page_of(people)
    assert "undangan dikirim 4 dari 5" in page
    assert "Terlambat 15 hari" in page
    assert "14 hari sebelum hari pertama" in page
    assert "Senin, 9 November 2026" in page
    assert f'href="/events/{people.event_id}/office-links"' in page


def test_the_data_ticks_the_step_when_the_last_invitation_is_sent(people: Cast, moment: datetime) -> None:
    invite(people, 3, 3)
    page = page_of(people)
    row = page.split('id="step-invitations"')[1].split("</li>")[0]
    assert "undangan dikirim 3 dari 3" in row
    assert "Selesai" in row
    assert "<button" not in row


def test_the_page_costs_the_same_whatever_the_size(people: Cast, moment: datetime) -> None:
    browser = people.browser("sari")
    invite(people, 1, 0)
    browser.post(address(people), data={"title": "Langkah", "due_on": "2026-11-19"})
    summary.forget()
    small = selects(people.app, browser, address(people))
    invite(people, 12, 6)
    for number in range(6):
        browser.post(address(people), data={"title": f"Langkah {number}", "due_on": "2026-11-19"})
    summary.forget()
    assert selects(people.app, browser, address(people)) == small


def test_a_hand_ticks_and_unticks(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    assert sari.post(address(people, "/rooms/done")).status_code == 303
    page = page_of(people)
    assert "ditandai dengan tangan" in page.split('id="step-rooms"')[1].split("</li>")[0]
    assert kept(people)[0].done_by_id == people.users["sari"]
    sari.post(address(people, "/rooms/done"))
    assert kept(people)[0].done_at is None


def test_a_step_is_added_renamed_moved_given_to_somebody_and_dropped(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    sent = {"title": "Pesan spanduk", "due_on": "2026-11-20", "assignee": str(people.users["lena"])}
    assert sari.post(address(people), data=sent).status_code == 303
    (own,) = kept(people)
    assert (own.title, own.anchor, own.days, own.assignee_id) == ("Pesan spanduk", "first", -3, people.users["lena"])
    assert sari.get(address(people, f"/{own.id}")).status_code == 200
    changed = {"title": "Pesan spanduk dan bunga", "due_on": "2026-11-26", "assignee": ""}
    assert sari.post(address(people, f"/{own.id}"), data=changed).status_code == 303
    (own,) = kept(people)
    assert (own.title, own.anchor, own.days, own.assignee_id) == ("Pesan spanduk dan bunga", "last", 1, None)
    assert sari.post(address(people, f"/{own.id}/removal")).status_code == 303
    assert kept(people) == []
    assert sari.get(address(people, f"/{own.id}")).status_code == 404


def test_a_ready_made_step_keeps_only_what_differs(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    same = {"title": "Susun daftar kamar", "due_on": "2026-11-21", "assignee": ""}
    assert sari.post(address(people, "/rooms"), data=same).status_code == 303
    sari.post(address(people, "/rooms"), data=same | {"due_on": "2026-11-18"})
    (own,) = kept(people)
    assert (own.ready_key, own.title, own.days) == ("rooms", "", -5)


def test_a_dropped_ready_made_step_comes_back(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    sari.post(address(people, "/decree/removal"))
    page = page_of(people)
    assert 'id="step-decree"' not in page
    assert "Tidak diperlukan" in page
    sari.post(address(people, "/decree/return"))
    assert 'id="step-decree"' in page_of(people)


def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    sent = {"title": "Pesan spanduk", "due_on": "2031-11-20", "assignee": str(people.users["joko"])}
    answer = sari.post(address(people), data=sent)
    assert answer.status_code == 422
    assert "Pilih tanggal paling jauh 400 hari dari kegiatan." in answer.text
    assert "Pilih salah satu anggota tim." in answer.text
    assert 'value="Pesan spanduk"' in answer.text
    assert kept(people) == []


def test_a_weekend_is_said(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    sari.post(address(people), data={"title": "Rapat evaluasi", "due_on": "2026-11-28"})
    assert "akhir pekan; hari kerja sebelumnya 27 November 2026" in page_of(people)


def test_who_is_responsible_may_tick_the_own_step_alone(people: Cast, moment: datetime) -> None:
    with people.app.app_context(), transaction():
        audit.record("test.note_taker")
        nanda = make.user("Nanda")
        make.grant(people.event_id, nanda.id, Role.NOTE_TAKER)
        people.users["nanda"] = nanda.id
    sari, nanda_ = people.browser("sari"), people.browser("nanda")
    given = {"title": "Susun daftar kamar", "due_on": "2026-11-21", "assignee": str(people.users["nanda"])}
    sari.post(address(people, "/rooms"), data=given)
    assert nanda_.post(address(people, "/rooms/done")).status_code == 303
    refused = nanda_.post(address(people, "/terms/done"), follow_redirects=True)
    assert "Langkah ini ditandai oleh penyusun atau penanggung jawabnya." in refused.text
    assert [own.ready_key for own in kept(people) if own.done_at] == ["rooms"]
    assert nanda_.post(address(people, "/rooms"), data=given).status_code == 403
    assert people.browser("rina").get(address(people)).status_code == 403
    assert people.browser("joko").get(address(people)).status_code == 404


def test_what_presses_stands_on_the_summary(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    due = {"title": "Rapat evaluasi harian", "due_on": "2026-11-24", "assignee": str(people.users["sari"])}
    sari.post(address(people), data=due)
    page = sari.get(f"/events/{people.event_id}").text
    assert "Rapat evaluasi harian" in page
    own = kept(people)[0]
    sari.post(address(people, f"/{own.id}/done"))
    assert "Rapat evaluasi harian" not in sari.get(f"/events/{people.event_id}").text


def test_a_copy_brings_steps_and_dates_but_nobody(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    sari.post(address(people), data={"title": "Pesan spanduk", "due_on": "2026-11-20",
                                     "assignee": str(people.users["lena"])})  # fmt: skip
    sari.post(address(people, "/decree/removal"))
    sari.post(address(people, "/rooms/done"))
    sent = {"title": "Rakornas 2027", "starts_on": "2027-03-01", "parts": ["preparation"],
            "idempotency_key": "6d0c8e53-0f4e-4c40-9f55-0a3f4a3a2b11"}  # fmt: skip
    new_id = UUID(sari.post(f"/events/{people.event_id}/copies", data=sent).location.split("/")[2])
    with people.app.app_context():
        query = select(PreparationStep).where(PreparationStep.event_id == new_id)
        rows = {row.ready_key: row for row in db.session.scalars(query)}
    assert (rows[None].title, rows[None].days, rows[None].assignee_id) == ("Pesan spanduk", -3, None)
    assert rows["decree"].dropped_at is not None
    assert rows["rooms"].done_at is None
    page = page_of(people, f"/events/{new_id}/preparation")
    assert "26 Februari 2027" in page


def test_the_list_leaves_as_a_workbook(people: Cast, moment: datetime) -> None:
    answer = people.browser("sari").post(address(people, "/sheets"))
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"


