"""Campaigns over HTTP and through the worker, on both databases: exactly those who have not acted, each once."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from rakor import clock, outbox
from rakor.db import db, transaction
from rakor.messages import campaigns, sending, told
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import MessageState
from rakor.messages.rules.campaigns import CampaignState
from rakor.registrations.rules import Mode, RegistrationState
from tests import make
from tests.cast import Cast
from tests.counting import statements
from tests.messages.campaigning import TEXT, draft, letters, send, state_of, work
from tests.messages.test_delivery import person, smtp
from tests.messages.test_mail import Postbox, postbox
from tests.seats.conftest import before_deadline, invited

__all__ = ["before_deadline", "invited", "postbox", "smtp"]


def test_a_text_reaches_whom_it_was_written_for(people: Cast, smtp: Postbox, moment: datetime) -> None:
    here = person(people, name="Ani Contoh", mode=Mode.ONSITE)
    person(people, name="Budi Contoh", mode=Mode.ONLINE, email="budi@contoh.test")
    person(people, name="Cici Contoh", state=RegistrationState.CANCELLED, email="cici@contoh.test")
    sari = people.browser("sari")
    path = draft(sari, people.event_id, mode="onsite")
    page = sari.get(path).text
    assert "1 orang cocok sekarang" in page
    assert "Kabar untuk Ani Contoh" in page
    send(sari, path)
    work(people.app)
    [row] = letters(people.app)
    assert (row.recipient_id, row.state) == (here, MessageState.SENT)
    assert b"Sampai jumpa di" in smtp.mails[0]
    assert state_of(people.app) is CampaignState.SENT
    assert "Terkirim" in sari.get(path).text


def test_nobody_who_left_is_written_to_without_being_asked_for(people: Cast, moment: datetime) -> None:
    for state in RegistrationState:
        person(people, state=state, email=f"{state}@contoh.test")
    sari = people.browser("sari")
    path = draft(sari, people.event_id)
    assert "2 orang cocok sekarang" in sari.get(path).text  # registered and confirmed
    assert "1 orang cocok sekarang" in sari.get(draft(sari, people.event_id, state="declined")).text


def test_a_second_press_and_a_second_worker_write_nobody_twice(people: Cast, moment: datetime) -> None:
    for n in range(5):
        person(people, email=f"a{n}@contoh.test")
    sari = people.browser("sari")
    path = draft(sari, people.event_id)
    send(sari, path)
    send(sari, path)
    work(people.app)
    with people.app.app_context():
        row = db.session.scalars(select(Campaign)).one()
        with transaction(unaudited="test"):
            db.session.execute(update(Campaign).values(state=CampaignState.SENDING))
        payload = {"event_id": str(row.event_id), "campaign_id": str(row.id), "turn": str(row.turn)}
        sending.send_when_due(payload, lambda done, total: None)
    work(people.app)
    assert len(letters(people.app)) == 5


def test_a_worker_that_dies_midway_leaves_each_one_message(
    people: Cast, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(7):
        person(people, email=f"a{n}@contoh.test")
    monkeypatch.setattr(sending, "PIECE", 2)
    sari = people.browser("sari")
    send(sari, draft(sari, people.event_id))
    real, told = campaigns.write_messages, []

    def dies(*args: Any, **kw: Any) -> int:
        told.append(1)
        if len(told) == 3:
            raise KeyboardInterrupt  # as kill -9: nothing after it runs
        return real(*args, **kw)

    monkeypatch.setattr(campaigns, "write_messages", dies)
    with people.app.app_context(), pytest.raises(KeyboardInterrupt):
        outbox.run_next()
    assert len(letters(people.app)) == 4
    with clock.freeze(moment + timedelta(minutes=10), everywhere=True):
        work(people.app)
    found = letters(people.app)
    assert len(found) == len({row.recipient_id for row in found}) == 7
    assert state_of(people.app) is CampaignState.SENT


def test_what_is_taken_back_does_not_leave(people: Cast, moment: datetime) -> None:
    person(people)
    sari = people.browser("sari")
    path = draft(sari, people.event_id, timing="at", send_at="2026-11-24T10:00")
    send(sari, path)
    work(people.app)
    assert sari.post(f"{path}/draft").status_code == 303
    with clock.freeze(moment + timedelta(hours=3), everywhere=True):
        work(people.app)
        assert letters(people.app) == []
        answer = sari.post(f"{path}/text", data=TEXT | {"subject": "Baru"})
        assert answer.status_code == 303
        send(sari, path)
        work(people.app)
        assert len(letters(people.app)) == 1


def test_each_reads_the_own_language_and_the_own_time(people: Cast, smtp: Postbox, moment: datetime) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        day = db.session.scalar(select(make.EventDay.id).where(make.EventDay.event_id == people.event_id).limit(1))
        assert day is not None
        item = make.item(people.event_id, day, starts_at=moment + timedelta(hours=1)).id
    person(people, name="Ani Contoh", mode=Mode.ONLINE, province_code="93", language="en")
    sari = people.browser("sari")
    path = draft(
        sari, people.event_id, timing="before_session", lead_hours="2", item=str(item), subject="Pengingat",
        body="{sesi} mulai {waktu_sesi}", subject_en="Reminder", body_en="{sesi} starts {waktu_sesi}",
    )  # fmt: skip
    send(sari, path)
    work(people.app)
    received = smtp.mails[0].decode()
    assert "Subject: Reminder" in received
    assert "09:55 WIB (11:55 WIT your time)" in received.replace("=\r\n", "")


def test_a_trial_goes_to_oneself_without_anybodys_link(people: Cast, smtp: Postbox, moment: datetime) -> None:
    who = person(people, name="Ani Contoh")
    sari = people.browser("sari")
    path = draft(sari, people.event_id)
    assert sari.post(f"{path}/trials", data={"as": str(who)}).status_code == 303
    work(people.app)
    mail = smtp.mails[0].decode()
    assert "To: sari@contoh.test" in mail
    assert "Subject: [Uji coba] Kabar untuk Ani Contoh" in mail
    assert "/p/" not in mail
    assert letters(people.app) == []
    with people.app.app_context():
        assert not told.any_written(people.event_id), "a trial ends the phase in which saving publishes by itself"


def test_a_broadcast_can_be_stopped_a_service_message_cannot(people: Cast, smtp: Postbox, moment: datetime) -> None:
    who = person(people)
    sari, me = people.browser("sari"), people.app.test_client()
    send(sari, draft(sari, people.event_id, nature="broadcast"))
    work(people.app)
    first = smtp.mails[0].decode()
    stop = re.search(r"List-Unsubscribe: <http://localhost(/p/[a-z2-7]+/broadcasts)>", first.replace("\r\n ", ""))
    assert stop
    assert "Berhenti menerima kabar umum" in me.get(stop[1]).text
    me.post(stop[1])
    send(sari, draft(sari, people.event_id, nature="broadcast"))
    send(sari, draft(sari, people.event_id, nature="service"))
    work(people.app)
    assert len(smtp.mails) == 2
    assert "List-Unsubscribe" not in smtp.mails[1].decode()
    assert "Berhenti menerima kabar umum" in sari.get(f"/events/{people.event_id}/people/{who}").text
    me.post(stop[1], data={"again": "1"})
    send(sari, draft(sari, people.event_id, nature="broadcast"))
    work(people.app)
    assert len(smtp.mails) == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"body": "Yth. {nip}"}, "Penanda {nip} tidak dikenal"),
        ({"subject": "{0}"}, "Penanda {0} tidak dikenal"),
        ({"timing": "at"}, "Tulis tanggal dan jam pengirimannya"),
        ({"timing": "at", "send_at": "2020-01-01T08:00"}, "Waktu ini sudah lewat"),
        ({"timing": "before_session"}, "Pilih sesinya"),
        ({"body": "Mulai {waktu_sesi}"}, "Pilih sesinya"),
        ({"body_en": "Hello"}, "Isi keduanya dalam bahasa Inggris"),
        ({"subject": "a\x00b"}, "karakter yang tidak dapat disimpan"),
    ],
)
def test_what_cannot_be_sent_is_said_and_kept(people: Cast, moment: datetime, wrong: dict[str, str], said: str) -> None:
    answer = people.browser("sari").post(f"/events/{people.event_id}/messages/new", data=TEXT | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Sampai jumpa" in answer.text or "body" in wrong


def test_only_editors_write_and_each_act_is_on_record(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    path = draft(sari, people.event_id)
    for who in ("rina", "lena"):
        assert people.browser(who).post(f"{path}/schedule").status_code == 403
        assert people.browser(who).get(path).status_code == 403
    assert people.browser("joko").get(path).status_code == 404
    assert sari.get(f"/events/{people.event_id}/messages/{uuid4()}").status_code == 404
    assert sari.post(f"{path}/removal").status_code == 303
    assert sari.get(path).status_code == 404


def test_a_broadcast_does_not_fall_upon_the_server_at_once(people: Cast, moment: datetime) -> None:
    for n in range(4):
        person(people, email=f"a{n}@contoh.test")
    sari = people.browser("sari")
    send(sari, draft(sari, people.event_id))
    with people.app.app_context():
        assert outbox.run_next()
        query = select(outbox.Job.run_at).where(outbox.Job.name == "message.send").order_by(outbox.Job.run_at)
        times = list(db.session.scalars(query))
    assert times[1] - times[0] == timedelta(minutes=1) / 1200
    assert times == sorted(times)


def test_the_list_costs_the_same_for_one_and_for_three(people: Cast, moment: datetime) -> None:
    sari = people.browser("sari")
    costs = []
    for more in (1, 2):
        for _turn in range(more):
            draft(sari, people.event_id, state="confirmed")
        costs.append(len(statements(people.app, lambda: sari.get(f"/events/{people.event_id}/messages"))))
    assert costs[0] == costs[1]
