"""Rounds by WhatsApp over HTTP: the next office, one touch, and where one was; on both databases."""

import re
from datetime import timedelta
from itertools import count
from urllib.parse import unquote

from flask.testing import FlaskClient
from sqlalchemy import select, update

from rakor import clock
from rakor.db import db, transaction
from rakor.events.models import AccessLink, LinkPurpose
from rakor.seats.models import Seat
from rakor.seats.rules import SeatAnswer
from rakor.seats.store import ways
from tests.seats.conftest import Invited, before_deadline, invited

__all__ = ["before_deadline", "invited"]

SECONDS = count(1)
WORDS = "Yth. {kantor}, {kursi_terbuka} kursi & 100%:\n{tautan}"


def begin(sari: FlaskClient, invited: Invited, **values: str) -> str:
    typed = {"over": "offices", "way": "silent", "body": WORDS} | values
    answer = sari.post(f"/events/{invited.event_id}/rounds", data=typed)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def name(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found
    return found[1]


def step(sari: FlaskClient, path: str, what: str) -> None:
    """Take the stop that the page shows; each is taken a second after the one before."""
    subject = re.search(r'name="subject" value="([0-9a-f-]+)"', sari.get(path).text)
    assert subject
    with clock.freeze(clock.now() + timedelta(seconds=next(SECONDS)), everywhere=True):
        assert sari.post(f"{path}/steps", data={"subject": subject[1], "step": what}).status_code == 303


def test_one_office_after_another_with_its_own_link(invited: Invited) -> None:
    sari = invited.people.browser("sari")
    path = begin(sari, invited)
    page = sari.get(path).text
    assert name(page) == "Kantor Provinsi Papua Selatan"
    assert "1 dari 3" in page
    link = re.search(r'href="(https://wa.me/[^"]*)"', page)
    assert link
    text = unquote(link[1].split("text=")[1])
    assert text.startswith("Yth. Kantor Provinsi Papua Selatan, 5 kursi & 100%:\nhttp://localhost/o/")
    step(sari, path, "passed_on")
    assert name(sari.get(path).text) == "Kantor Kabupaten Mappi"
    step(sari, path, "skipped")
    again = invited.people.browser("sari").get(path).text  # another day, another phone: the same place
    assert name(again) == "Kantor Kabupaten Asmat"
    assert "1 diteruskan, 1 dilewati" in again
    with invited.people.app.app_context():
        query = select(AccessLink).where(AccessLink.purpose == LinkPurpose.OFFICE, AccessLink.passed_on_at.is_not(None))
        assert [row.subject_id for row in db.session.scalars(query)] == [invited.offices["papua"]]


def test_who_answers_meanwhile_is_no_stop_any_more(invited: Invited) -> None:
    sari = invited.people.browser("sari")
    path = begin(sari, invited)
    step(sari, path, "passed_on")
    with invited.people.app.app_context(), transaction(unaudited="test") as session:
        mappi = Seat.office_id == invited.offices["mappi"]
        session.execute(update(Seat).where(mappi).values(answer=SeatAnswer.DECLINED))
    page = sari.get(path).text
    assert name(page) == "Kantor Kabupaten Asmat"
    assert "2 dari 2" in page
    step(sari, path, "passed_on")
    assert name(sari.get(path).text) == "Putaran selesai"
    assert "Selesai" in sari.get(f"/events/{invited.event_id}/rounds").text
    sari.post(f"{path}/return")
    assert name(sari.get(path).text) == "Kantor Kabupaten Asmat"


def test_provinces_with_their_page(invited: Invited) -> None:
    sari = invited.people.browser("sari")
    with invited.people.app.app_context(), transaction(unaudited="test"):
        ways.make_province_links(invited.event_id, ["93"], now=invited_at())
    path = begin(sari, invited, over="provinces", body="{provinsi}: {belum_menjawab} dari {jumlah_kantor}\n{tautan}")
    page = sari.get(path).text
    assert name(page) == "Papua Selatan"
    assert "Papua Selatan: 3 dari 3" in page
    assert "/v/" in page
    step(sari, path, "passed_on")
    assert name(sari.get(path).text) == "Putaran selesai"


def invited_at():  # type: ignore[no-untyped-def]
    from rakor import clock

    return clock.now()


def test_what_is_not_understood_is_said(invited: Invited) -> None:
    sari = invited.people.browser("sari")
    answer = sari.post(f"/events/{invited.event_id}/rounds", data={"over": "offices", "body": "Yth. {provinsi}"})
    assert answer.status_code == 422
    assert "Penanda {provinsi} tidak dikenal" in answer.text
    path = begin(sari, invited)
    assert sari.post(f"{path}/steps", data={"subject": "x", "step": "passed_on"}).status_code == 400
    foreign = {"subject": str(invited.people.institution_id), "step": "passed_on"}
    assert sari.post(f"{path}/steps", data=foreign).status_code == 404
    assert invited.people.browser("lena").get(path).status_code == 403
