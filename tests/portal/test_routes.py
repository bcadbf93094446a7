"""The public face through HTTP, on both databases."""

import re
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from rakor.agenda.rules import Visibility
from rakor.agenda.store import versions
from rakor.db import db, transaction
from rakor.events.models import EventDay
from rakor.events.rules import Stage
from rakor.offices.rules import OfficeLevel
from rakor.portal import cache
from rakor.registrations.rules import Mode
from rakor.reports import summary
from rakor.seats.models import SeatAnswer
from tests import make
from tests.cast import Cast
from tests.counting import statements


@pytest.fixture(autouse=True)
def _fresh(moment: datetime) -> None:
    summary.forget()
    cache.forget()


def page(people: Cast, query: str = "", client: FlaskClient | None = None) -> str:
    answer = (client or people.app.test_client()).get(f"/e/{people.slug}{query}")
    assert answer.status_code == 200
    return str(answer.text.replace("\u00a0", " ").replace("\u2060", ""))


def test_the_agenda_stands_in_three_zones_and_hides_what_is_not_public(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        day = db.session.query(EventDay).filter_by(event_id=people.event_id, number=2).one()
        make.item(people.event_id, day.id)
        make.item(people.event_id, day.id, title="Rapat tertutup", visibility=Visibility.PARTICIPANTS)
        make.item(people.event_id, day.id, title="Tanpa jam", starts_at=None, ends_at=None)
    text = page(people)
    assert "08.00–10.00 WIB" in text
    assert "09.00–11.00 WITA" in text
    assert "10.00–12.00 WIT" in text
    assert "Sekarang" in text
    assert "Rapat tertutup" not in text
    assert "waktu tidak tercatat" in text


def test_a_page_that_is_drawn_asks_eight_questions_at_most(people: Cast) -> None:
    """The figure of ``bench/agenda.py``; the numbers are kept longer than the page, and asked for by themselves."""
    with people.app.app_context(), transaction(unaudited="test"):
        day = db.session.query(EventDay).filter_by(event_id=people.event_id, number=2).one()
        make.item(people.event_id, day.id)
        versions.publish(people.event_id, by=None, now=make.AT)
    page(people)

    def draw() -> None:
        cache.forget()
        page(people)

    asked = statements(people.app, draw)
    assert len(asked) <= 8, "\n".join(one[:160] for one in asked)


def test_nothing_of_a_participant_is_in_reach(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        office = make.office(people.institution_id)
        role = make.role(people.event_id)
        seat = make.seat(people.event_id, office.id, role.id)
        person = make.registration(
            people.event_id, name="Burungkenari Contoh", phone="+6281200009999", nip="197001011995011010"
        )
        make.holding(seat, person)
    text = page(people)
    for secret in ("Burungkenari", "9999", "19700101"):
        assert secret not in text


def test_drafts_do_not_exist_here(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        event = db.session.get(make.Event, people.event_id)
        assert event is not None
        event.stage = Stage.DRAFT
    client = people.app.test_client()
    assert client.get(f"/e/{people.slug}").status_code == 404
    assert "Rakornas Pelayanan" not in client.get("/").text
    assert client.get("/e/tidak-ada").status_code == 404


def test_the_press_text_leads_with_the_readers_office(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        for code, name in (("3322", "KPU Kabupaten Semarang"), ("3374", "KPU Kota Semarang")):
            make.office(people.institution_id, code=code, name=name, short_name=name, regency_code=code, sort_key=code)
    assert "KPU Kota Semarang mengikuti" in page(people, "?office=kota+semarang")
    both = page(people, "?office=semarang")
    assert "Yang mana?" in both
    assert "mengikuti Rapat" not in both
    assert "Tidak ada kantor undangan bernama" in page(people, "?office=Atlantis")


def test_links_unfold_with_title_date_and_zone(people: Cast) -> None:
    text = page(people)
    assert '<meta property="og:title" content="Rapat Koordinasi Nasional Pelayanan Informasi 2026">' in text
    assert "23–25 November 2026 (WIB)" in text


def test_a_kept_page_is_only_for_strangers_and_answers_304(people: Cast) -> None:
    client = people.app.test_client()
    first = client.get(f"/e/{people.slug}")
    assert first.headers["Cache-Control"] == "public, max-age=5"
    again = client.get(f"/e/{people.slug}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    known = people.browser("sari").get(f"/e/{people.slug}")
    assert known.headers["Cache-Control"] == "no-store"
    assert "Sari Contoh" in known.text
    assert "Sari Contoh" not in client.get(f"/e/{people.slug}").text


def test_english_and_indonesian_do_not_mix_in_the_kept_pages(people: Cast) -> None:
    assert "Press material" in page(people, client=_speaking(people, "en"))
    assert "Bahan rilis" in page(people, client=_speaking(people, "id"))


def _speaking(people: Cast, language: str) -> FlaskClient:
    client = people.app.test_client()
    client.set_cookie("rakor_lang", language, domain="localhost")
    return client


def test_home_shows_what_runs_first(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        make.event(
            people.institution_id,
            title="Sudah lewat",
            starts_on=datetime(2026, 9, 1, tzinfo=UTC).date(),
            ends_on=datetime(2026, 9, 1, tzinfo=UTC).date(),
        )
    text = people.app.test_client().get("/").text
    assert text.index("Berlangsung sekarang") < text.index("Sudah lewat")
    assert "Selesai" in text


def test_the_numbers_stand_by_mode_and_province_with_their_time(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        centre = make.office(
            people.institution_id, code="0000", level=OfficeLevel.NATIONAL, province_code=None, regency_code=None
        )
        office = make.office(
            people.institution_id, code="3374", name="KPU Kota Semarang", short_name="KPU Kota Semarang",
            regency_code="3374", province_code="33", sort_key="3374",
        )  # fmt: skip
        role = make.role(people.event_id)
        make.seat(people.event_id, centre.id, role.id)
        seat = make.seat(people.event_id, office.id, role.id, answer=SeatAnswer.CONFIRMED)
        make.holding(seat, make.registration(people.event_id, name="Burungkenari Contoh", mode=Mode.ONLINE))
    text = page(people, "/counts")
    assert "dihitung" in text
    assert "Burungkenari" not in text
    rows = {row[0]: row[1:] for row in (re.findall(r">([^<>]+)</t[hd]>", line) for line in text.split("<tr>")) if row}
    assert rows["Jawa Tengah"] == ["1", "1"]
    assert rows["Tanpa provinsi"] == ["1", "0"]
    assert rows["Seluruhnya"] == ["2", "1"]
    assert rows["Daring"] == ["1"]


def test_without_anything_counted_there_are_no_numbers_to_show(people: Cast) -> None:
    assert people.app.test_client().get(f"/e/{people.slug}/counts").status_code == 404
    assert "/counts" not in page(people)


def test_every_open_item_leads_to_its_calendar_file(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        day = db.session.query(EventDay).filter_by(event_id=people.event_id, number=2).one()
        made = make.item(people.event_id, day.id)
        link = f"/e/{people.slug}/items/{made.id}.ics"
    assert f'href="{link}"' in page(people)
    assert people.app.test_client().get(link).status_code == 200
