"""Badges on the pages: a sample first, then the print; who may, who is left out, and one badge from person and desk."""

from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import select

from rakor import audit, clock
from rakor.accounts.rules import Role
from rakor.audit import AuditEntry
from rakor.checkin.models import Device
from rakor.db import db, transaction
from rakor.documents import badge_jobs
from rakor.documents.models import Badge
from rakor.documents.rules.badges import BadgeChoice, Face
from rakor.documents.store import badges
from rakor.events import store as events
from rakor.events.rules import BadgeColour
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.registrations.tickets import code_of
from tests import make
from tests.cast import Cast
from tests.checkin.hall import open_hall
from tests.conftest import Client
from tests.documents.test_badges import seen
from tests.documents.test_routes import work
from tests.documents.test_store import furnished
from tests.fonts import needs_fonts
from tests.papers import text_of

FORM = {"design": "eight", "role": "all", "province": "all", "office": "all", "only_new": "y"}


@pytest.fixture
def guests(people: Cast, moment: datetime) -> dict[str, UUID]:
    """Two who come, one who follows from afar, one who declined."""
    with people.app.app_context(), transaction(unaudited="test"):
        office, role = make.office(people.institution_id), make.role(people.event_id, colour=BadgeColour.RED)
        found = {}
        for name, mode, state in (
            ("Sari", Mode.ONSITE, RegistrationState.CONFIRMED),
            ("Budi", Mode.ONSITE, RegistrationState.REGISTERED),
            ("Afar", Mode.ONLINE, RegistrationState.CONFIRMED),
            ("Sakit", Mode.ONSITE, RegistrationState.DECLINED),
        ):
            person = make.registration(
                people.event_id, name=f"{name} Contoh", back_title="", mode=mode, state=state, office_id=office.id,
                nip="198609262015051001", phone="+6281200000101",
            )  # fmt: skip
            if name == "Sari":
                make.holding(make.seat(people.event_id, office.id, role.id), person)
            found[name] = person.id
        return found


@needs_fonts
def test_a_sample_then_the_print_then_only_what_changed(
    people: Cast, guests: dict[str, UUID], moment: datetime
) -> None:
    sari, base = people.browser("sari"), f"/events/{people.event_id}/badges"
    assert "Belum ada kartu yang dicetak" in sari.get(base).text
    page = str(sari.post(base, data=FORM).location)
    assert "Sedang disusun" in sari.get(page).text
    assert sari.post(f"{page}/whole").status_code == 303  # nothing to print before the sample is there
    work(people.app)
    shown = sari.get(page).text
    assert "2 kartu, 1 halaman" in shown
    assert "Susun 2 kartu untuk dicetak" in shown
    sample = sari.get(f"{page}/sample")
    assert [one.text for one in zxingcpp.read_barcodes(Image.open(BytesIO(sample.data)))] == ["CONTOH"] * 2
    assert sari.get(f"{page}/file").status_code == 404
    sari.post(f"{page}/whole")
    sari.post(f"{page}/whole")
    work(people.app)
    answer = sari.get(f"{page}/file")
    assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''kartu-eight-2.pdf"
    with people.app.app_context():
        codes = {name: code_of(people.event_id, guests[name], 0) for name in guests}
        numbers = {row.registration_id: row.number for row in db.session.scalars(select(Badge))}
    assert sorted(seen(answer.data, 40)) == sorted([codes["Sari"], codes["Budi"]])
    assert numbers == {guests["Sari"]: 1, guests["Budi"]: 2}  # protocol order: who holds a seat comes first
    words = text_of(answer.data)
    assert {word: word in words for word in ("KETUA", "PESERTA", "1986", "0812")} == {
        "KETUA": True, "PESERTA": True, "1986": False, "0812": False
    }  # fmt: skip

    again = str(sari.post(base, data=FORM).location)
    work(people.app)
    assert "Tidak ada kartu yang perlu dicetak" in sari.get(again).text
    with people.app.app_context(), transaction(unaudited="test"):
        db.session.get_one(Registration, guests["Budi"]).name = "Budiman Contoh"
    person = f"/events/{people.event_id}/people/{guests['Budi']}"
    assert "Isinya berubah" in sari.get(person).text
    third = str(sari.post(base, data=FORM | {"with_online": "y"}).location)
    work(people.app)
    assert "Susun 2 kartu" in sari.get(third).text  # the renamed one, and who follows from afar
    one = str(sari.post(f"{base}/people/{guests['Budi']}").location)
    work(people.app)
    assert sorted(seen(sari.get(f"{one}/file").data, 40)) == [codes["Budi"]]
    assert "Kartu nomor 2" in (now := sari.get(person).text)
    assert "Isinya berubah" not in now
    assert "Kartu dicetak" in now

    other = people.browser("admin")
    assert [other.get(f"{page}{part}").status_code for part in ("", "/progress", "/sample", "/file")] == [404] * 4
    assert people.browser("rina").get(base).status_code == 403
    assert sari.post(f"{base}/people/{guests['Sakit']}").status_code == 404
    assert sari.post(base, data=FORM | {"role": "x"}).status_code == 422
    with people.app.app_context():
        query = select(AuditEntry).where(AuditEntry.chain_id == people.event_id)
        acts = [(row.action, row.detail.get("count")) for row in db.session.scalars(query)]
        assert audit.verify(db.session(), people.event_id) is None
    assert acts.count(("badges.want", None)) == acts.count(("badges.make", 2)) == 1
    assert {("badges.read", None), ("badge.print", None)} <= set(acts)
    with clock.freeze(moment + timedelta(hours=25), everywhere=True):
        work(people.app)
        assert "Sudah dihapus" in (later := people.browser("sari")).get(page).text
        assert [later.get(f"{page}/{part}").status_code for part in ("sample", "file")] == [404, 404]


def test_whom(lite: Flask) -> None:
    with lite.app_context():
        with transaction(unaudited="test"):
            hall = furnished()
            both = hall.sit(0, 1, "Dua Kursi Contoh")
            make.holding(make.seat(hall.event.id, hall.offices[1], hall.roles[0]), both)
            hall.sit(1, 1, "Asmat Contoh", on_behalf=True, post="Kasubbag")
            make.registration(hall.event.id, name="Tanpa Kursi Contoh", back_title="", institution="Universitas Contoh")
            event = events.event(hall.event.id)
        assert event is not None

        def names(**choice: object) -> list[str]:
            return [face.name for face in badges.faces(event, BadgeChoice(**choice))]  # type: ignore[arg-type]

        assert names() == ["Dua Kursi Contoh", "Asmat Contoh", "Tanpa Kursi Contoh"]
        assert names(role_id=hall.roles[0]) == ["Dua Kursi Contoh"]
        assert names(office_id=hall.offices[1]) == ["Dua Kursi Contoh", "Asmat Contoh"]
        assert names(province_code="93") == names()[:2]
        two, deputy, _loose = badges.faces(event, BadgeChoice(role_id=None))
        assert (two.post, two.role) == ("Sekretaris / Ketua", "Sekretaris")
        assert deputy.post == "Kasubbag, mewakili Sekretaris"
        by_second_seat = badges.faces(event, BadgeChoice(role_id=hall.roles[0]))[0]
        assert by_second_seat == two  # narrowed by any seat, a badge says the same


def test_many_are_bound_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    set_in: list[int] = []

    def press(_template: str, content: dict[str, list[object]], **_how: object) -> bytes:
        set_in.append(len(content["people"]))
        return b"%PDF"

    monkeypatch.setattr(badge_jobs, "compile_pdf", press)
    head = badges.BadgeHead("Acara Contoh", "", b"", False)
    faces = [Face(UUID(int=n), f"Nama {n}", "", "Kantor", "Ketua", None, "1" * 20, n) for n in range(1, 2101)]
    done: list[tuple[int, int]] = []
    book, kind = badge_jobs.bound(head, badge_jobs.BadgeDesign.FOUR, faces, lambda *now: done.append(now))
    assert (set_in, done, kind) == ([1000, 1000, 100], [(1000, 2100), (2000, 2100), (2100, 2100)], "application/zip")
    with ZipFile(BytesIO(book)) as parts:
        assert parts.namelist()[-1] == "kartu-02001-02100.pdf"


@needs_fonts
def test_a_desk_prints_one_badge_where_a_registrar_stands(lite: Flask, moment: datetime) -> None:
    lite.test_client_class = Client
    with lite.app_context():
        hall = open_hall(lite)
        desk, other, person = hall.desk("Meja 1"), hall.desk("Meja 2"), hall.person()
        asked = f"/scan/badges?ref={hall.ref(person)}"
        with transaction(unaudited="test"):
            user = make.user("Sari")
            make.grant(hall.event_id, user.id, Role.REGISTRAR)
        assert desk.client.post(asked).status_code == 403  # a borrowed phone
        with transaction(unaudited="test"):
            db.session.get_one(Device, desk.id).user_id = user.id
        assert desk.client.post(f"/scan/badges?ref={'0' * 24}").status_code == 404
        answer = desk.client.post(asked)
        assert answer.status_code == 201
        progress = answer.get_json()["progress"]
        assert desk.client.get(progress).get_json() == {"state": "making", "file": None}
        db.session.close()
        work(lite)
        ready = desk.client.get(progress).get_json()
        assert ready["state"] == "ready"
        assert seen(desk.client.get(ready["file"]).data, 40) == [code_of(hall.event_id, person.id, person.epoch)]
        assert other.client.get(progress).status_code == other.client.get(ready["file"]).status_code == 404
        acts = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "badge.print")).all()
        assert [row.object_id for row in acts] == [person.id]


