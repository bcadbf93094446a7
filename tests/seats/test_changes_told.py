"""Changes of an invitation that went out: listed before, told to the offices after, and nobody's choice is lost."""

import io
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from rakor import clock, outbox
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.registrations.rules import Mode
from rakor.seats import store
from rakor.seats.rules import Exemption
from rakor.seats.store import exceptions, news
from rakor.sheets import Column, write_table
from tests.seats.acting import BONI, keys_of, name, send
from tests.seats.conftest import BEFORE, Invited

BOTH = (Mode.ONSITE, Mode.ONLINE)


def _later(hours: int) -> datetime:
    return BEFORE + timedelta(hours=hours)


def except_asmat(app: Flask, invited: Invited, quota: int, modes: tuple[Mode, ...] = BOTH, **more: bool) -> None:
    with app.app_context(), transaction(unaudited="test"):
        line = store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])[0]
        wanted = Exemption(invited.offices["asmat"], line.role_id, quota, modes, **more)
        exceptions.except_office(invited.event_id, wanted, "Tuan rumah", now=clock.now())


def make_seats(app: Flask, invited: Invited) -> None:
    assert invited.people.browser("sari").post(f"/events/{invited.event_id}/seats").status_code == 303


def jobs(app: Flask) -> list[str]:
    with app.app_context():
        return [job.payload["office_id"] for job in db.session.scalars(select(outbox.Job)) if job.name == news.CHANGED]


def test_an_office_that_knew_of_its_invitation_is_told_what_changed(app: Flask, invited: Invited) -> None:
    browser = app.test_client()
    assert "Undangan kantor ini berubah" not in browser.get(invited.page).text  # and so the link was opened
    except_asmat(app, invited, 2)
    with clock.freeze(_later(1), everywhere=True):
        make_seats(app, invited)
    page = browser.get(invited.page).text
    assert "Undangan kantor ini berubah" in page
    assert "Kursi baru" in page
    assert jobs(app) == [str(invited.offices["asmat"])]


def test_seats_withdrawn_and_narrowed_are_said_until_the_office_answers(app: Flask, invited: Invited) -> None:
    browser = app.test_client()
    key = keys_of(app, invited)[0]
    send(browser, invited, name(key, BONI, "online"))
    except_asmat(app, invited, 1, (Mode.ONSITE,))
    sari, rules = invited.people.browser("sari"), f"/events/{invited.event_id}/rules"
    preview = sari.get(rules).text
    assert "memilih cara lain" in preview
    assert BONI in preview
    with clock.freeze(_later(1), everywhere=True):
        make_seats(app, invited)
    assert "sekarang hanya luring" in browser.get(invited.page).text
    with app.app_context():
        line = store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])[0]
        assert (line.name, line.mode, line.modes) == (BONI, Mode.ONLINE, (Mode.ONSITE,))
    with clock.freeze(_later(2), everywhere=True):
        send(browser, invited, name(keys_of(app, invited)[1], "Agustina Contoh", "online"))
    assert "sekarang hanya luring" not in browser.get(invited.page).text


def test_an_unanswered_seat_that_goes_is_said(app: Flask, invited: Invited) -> None:
    browser = app.test_client()
    browser.get(invited.page)
    except_asmat(app, invited, 0)
    with clock.freeze(_later(1), everywhere=True):
        make_seats(app, invited)
    assert "Tidak diundang lagi" in browser.get(invited.page).text
    with app.app_context():
        found = news.at(invited.event_id, invited.offices["asmat"], _later(1))
        assert len(found.withdrawn) == 1
        assert not news.at(invited.event_id, invited.offices["mappi"], _later(1))


def test_required_by_an_exception_is_asked_on_the_page(app: Flask, invited: Invited) -> None:
    except_asmat(app, invited, 1, required=True)
    make_seats(app, invited)
    with app.app_context():
        lines = store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])
        assert [line.required for line in lines].count(True) == 1
        others = store.seats_with_holders(invited.event_id, [invited.offices["mappi"]])
        assert not any(line.required for line in others)
    assert "wajib" in app.test_client().get(invited.page).text


def test_exceptions_are_paged_and_every_orphan_is_reachable(app: Flask, invited: Invited) -> None:
    browser = app.test_client()
    key = keys_of(app, invited)[0]
    send(browser, invited, name(key, BONI, "online"))
    except_asmat(app, invited, 0)
    sari = invited.people.browser("sari")
    page = sari.get(f"/events/{invited.event_id}/seats/decisions").text
    assert BONI in page
    assert "Tarik kursi" in page
    rows = sari.post(f"/events/{invited.event_id}/rules/changes/sheets")
    assert rows.status_code == 200


def test_all_offices_of_the_filter_are_marked_as_passed_on(app: Flask, invited: Invited) -> None:
    sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/office-links"
    assert "Kantor Kabupaten Asmat" in sari.get(f"{path}?q=ásmat").text
    sari.post(f"{path}?q=asmat")
    with app.app_context():
        event = events.event(invited.event_id)
        assert event is not None
        marked = [one.name for one in store.office_progress(event.id, event.regions_as_of) if one.passed_on_at]
    assert marked == ["Kantor Kabupaten Asmat"]
    assert invited.people.browser("rina").post(path).status_code == 403


def test_contacts_come_from_a_workbook(app: Flask, invited: Invited) -> None:
    columns = [Column(heading) for heading in ("Nama", "Kantor", "No WA")]
    book = write_table("x", columns, [("Yosepina Contoh", "Kantor Kabupaten Asmat", "0812 0000 0147")])
    sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/contacts"
    looked = sari.post(path, data={"sheet": (io.BytesIO(book), "narahubung.xlsx"), "step": "save"})
    assert "1 baris siap disimpan" in looked.text
    assert "Yosepina Contoh" in looked.text
    assert "Yosepina" not in sari.get(path).text
    rows = "Nama\tKantor\tNo WA\nYosepina Contoh\tKantor Kabupaten Asmat\t0812 0000 0147"
    sari.post(path, data={"rows": rows, "step": "save"})
    assert "Yosepina Contoh" in sari.get(f"{path}?q=ASMAT").text
    broken = sari.post(path, data={"sheet": (io.BytesIO(b"PK\x03\x04x"), "x.xlsx")})
    assert broken.status_code == 422
