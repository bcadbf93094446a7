"""Where somebody comes from, changed by oneself until the cut-off; numbers of service; one person's page."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.quota import QuotaPool
from rakor.registrations import pool_sizes
from rakor.registrations.field_models import FormAnswer, FormField
from rakor.registrations.field_presets import Preset, wishes
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.pool_sizes import PoolWish
from rakor.registrations.rules.fields import FieldKind
from rakor.registrations.rules.work import (
    Acting,
    Employment,
    NipAnswer,
    WorkProblem,
    judge_nip,
    judge_nrp,
    rank_named,
    service_of,
    split_acting,
)
from tests.cast import Cast
from tests.conftest import MOMENT
from tests.registrations.form import filled

pytestmark = pytest.mark.usefixtures("moment")
TODAY = date(2026, 11, 24)
NIK = "3374081205900001"


@pytest.mark.parametrize(
    ("typed", "acting", "post"),
    [
        ("Plt. Sekretaris", Acting.PLT, "Sekretaris"),
        ("plh Ketua", Acting.PLH, "Ketua"),
        ("Pelaksana Tugas Kepala Dinas", Acting.PLT, "Kepala Dinas"),
        ("Plt.", "", "Plt."),
        ("Pltu Besar", "", "Pltu Besar"),
        ("Sekretaris", "", "Sekretaris"),
    ],
)
def test_acting_is_parted_from_the_post(typed: str, acting: str, post: str) -> None:
    assert split_acting(typed) == (acting, post)


def test_an_nrp_has_five_to_eighteen_figures() -> None:
    assert judge_nrp("8512.0345") == NipAnswer(digits="85120345")
    assert judge_nrp("") == NipAnswer()
    assert judge_nrp("1234").problem is WorkProblem.NRP
    assert judge_nip(Employment.MILITARY_POLICE, "x1234567", TODAY, sure=True).problem is WorkProblem.NRP


def test_a_nip_tells_the_service_and_a_grade_the_rank() -> None:
    assert service_of("198609262015051001", TODAY) is Employment.PNS
    assert service_of("199009132025242014", TODAY) is Employment.PPPK
    assert service_of("123", TODAY) is None
    found = rank_named("gol. III/a")
    assert found is not None
    assert found.display() == "Penata Muda (III/a)"
    assert rank_named("Laksamana") is None


def register(people: Cast, **changes: object) -> tuple[FlaskClient, str]:
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).open_registration = True
    client = people.app.test_client()
    answer = client.post(f"/e/{people.slug}/registration", data=filled(**changes))
    assert answer.status_code == 303, answer.text
    return client, str(answer.location)


def row(app: Flask) -> Registration:
    with app.app_context():
        return db.session.scalars(select(Registration)).one()


def test_somebody_without_an_institution_registers(people: Cast) -> None:
    client = people.app.test_client()
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).open_registration = True
    refused = client.post(f"/e/{people.slug}/registration", data=filled(institution=None))
    assert refused.status_code == 422
    assert "Atau centang bahwa Anda mendaftar tanpa instansi." in refused.text
    register(people, institution="tak terpakai", alone="y")
    found = row(people.app)
    assert (found.institution, found.office_id, found.regency_code) == ("", None, "3374")


def test_the_form_unfolds_in_a_chat(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).open_registration = True
    for page in ("", "/group"):
        text = people.app.test_client().get(f"/e/{people.slug}/registration{page}").text
        assert 'property="og:title"' in text
        assert "card.png" in text


def test_acting_and_nrp_from_the_open_form(people: Cast) -> None:
    register(people, acting="plt", employment="military_police", nip="8512 0345")
    found = row(people.app)
    assert (found.acting, found.employment, found.nip) == ("plt", Employment.MILITARY_POLICE, "85120345")


def test_institution_and_region_are_changed_where_the_pool_has_a_place(people: Cast) -> None:
    client, own = register(people)
    with people.app.app_context(), transaction(unaudited="test"):
        pool_sizes.add(people.event_id, PoolWish("Bali", None, None, ("51",), 0))
    page = client.get(f"{own}/origin")
    assert "Dinas Contoh" in page.text
    full = client.post(f"{own}/origin", data={"province": "51", "regency": "5171", "institution": "Dinas Bali"})
    assert full.status_code == 409
    assert "Penuh" in full.text
    assert row(people.app).institution == "Dinas Contoh"
    moved = client.post(f"{own}/origin", data={"province": "33", "regency": "3302", "institution": "Dinas Lain"})
    assert moved.status_code == 303
    found = row(people.app)
    assert (found.institution, found.regency_code) == ("Dinas Lain", "3302")
    assert "dinas lain" in found.search_key
    with people.app.app_context():
        used = dict(db.session.execute(select(QuotaPool.name, QuotaPool.used)).all())
        assert sum(used.values()) == 1
        assert "registration.origin" in db.session.scalars(select(AuditEntry.action)).all()


def test_after_the_cut_off_neither_work_nor_origin_changes_for_imported_people_too(people: Cast) -> None:
    client, own = register(people)
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).self_service_until_at = MOMENT - timedelta(hours=1)
        db.session.scalars(select(Registration)).one().source = RegistrationSource.IMPORT
    for part in ("work", "origin", "name"):
        assert client.get(f"{own}/{part}").status_code == 303
        assert client.post(f"{own}/{part}", data={"post": "Ketua"}).status_code == 303
    assert row(people.app).post == "Kepala Subbagian Humas"


def test_a_nik_needs_a_written_purpose_and_is_masked(people: Cast) -> None:
    sari, base = people.browser("sari"), f"/events/{people.event_id}/questions"
    draft = {"label": "NIK", "kind": "nik", "purpose": "travel"}
    assert sari.post(base, data=draft).status_code == 422
    assert sari.post(base, data=draft | {"purpose_note": "manifes penerbangan rombongan"}).status_code == 303
    with people.app.app_context():
        field = db.session.scalars(select(FormField)).one()
        name = f"x-{field.id.hex}"
    register(people, **{name: NIK})
    assert "manifes penerbangan rombongan" in people.app.test_client().get(f"/e/{people.slug}/registration").text
    with people.app.app_context():
        assert db.session.scalars(select(FormAnswer.value)).one() == NIK
        raw = db.session.connection().exec_driver_sql("SELECT value FROM form_answer").scalar_one()
        assert NIK.encode() not in bytes(raw)
    page = sari.get(f"/events/{people.event_id}/people/{row(people.app).id}").text
    assert NIK not in page
    assert "•••• 0001" in page
    wrong = people.app.test_client().post(f"/e/{people.slug}/registration", data=filled(**{name: "337408"}))
    assert wrong.status_code == 422


def test_ready_questions_come_with_one_touch_and_once(people: Cast) -> None:
    sari, base = people.browser("sari"), f"/events/{people.event_id}/questions"
    for preset in [*Preset, Preset.ROOMING]:
        assert sari.post(f"{base}/presets", data={"preset": str(preset)}).status_code == 303
    with people.app.app_context():
        fields = list(db.session.scalars(select(FormField).order_by(FormField.position)))
        labels = [one.label for one in fields]
        assert len(labels) == len(set(labels)) == sum(len(wishes(preset)) for preset in Preset)
        mate = next(one for one in fields if one.label == "Nama teman sekamar")
        assert mate.shown_by_id == fields[0].id
        assert fields[0].kind is FieldKind.CHOICE
    assert sari.post(f"{base}/presets", data={"preset": "x"}).status_code == 400
    assert people.browser("rina").post(f"{base}/presets", data={"preset": "diet"}).status_code == 403


def test_an_applicant_is_refused_on_the_own_page_with_a_reason(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).needs_approval = True
    register(people)
    sari, path = people.browser("sari"), f"/events/{people.event_id}/people/{row(people.app).id}"
    sari.post(f"{path}/rejection", data={"reason": " "})
    assert row(people.app).state == "applied"
    sari.post(f"{path}/rejection", data={"reason": "Kuota instansi Anda terpenuhi"})
    assert row(people.app).state == "rejected"
    assert "Kuota instansi Anda terpenuhi" in sari.get(path).text


def test_applicants_are_searched_and_paged(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        events.locked_event(people.event_id).needs_approval = True
    for number in range(52):
        register(people, name=f"Pendaftar {chr(65 + number % 26)}{number} Contoh", email=f"a{number}@contoh.id")
    sari, path = people.browser("sari"), f"/events/{people.event_id}/approvals"
    first, second = sari.get(path).text, sari.get(f"{path}?page=2").text
    assert (first.count('name="person"'), second.count('name="person"')) == (50, 2)
    assert sari.get(f"{path}?q=pendaftar+b27").text.count('name="person"') == 1
    assert sari.get(f"{path}?province=11").text.count('name="person"') == 0


def test_opening_a_number_for_whatsapp_is_on_record(people: Cast) -> None:
    register(people)
    who: UUID = row(people.app).id
    sari, path = people.browser("sari"), f"/events/{people.event_id}/people/{who}"
    assert "0812-0000-0147" not in sari.get(path).text
    shown = sari.post(f"{path}/whatsapp")
    assert "https://wa.me/6281200000147" in shown.text
    assert "Nomornya dibuka untuk WhatsApp" in sari.get(path).text
    assert people.browser("rina").post(f"{path}/whatsapp").status_code == 403


def test_one_act_for_everybody_the_filter_leaves(people: Cast) -> None:
    for number in range(3):
        register(people, name=f"Orang {'ABC'[number]} Contoh", email=f"b{number}@contoh.id", mode="online")
    sari, path = people.browser("sari"), f"/events/{people.event_id}/people/acts"
    sari.post(path, data={"act": "onsite", "everybody": "yes", "q": "orang a"})
    sari.post(path, data={"act": "onsite", "q": "orang b"})
    with people.app.app_context():
        modes = {one.name: one.mode for one in db.session.scalars(select(Registration))}
    assert modes == {"Orang A Contoh": "onsite", "Orang B Contoh": "online", "Orang C Contoh": "online"}


def test_a_pool_gets_another_name(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        made = pool_sizes.add(people.event_id, PoolWish("Bali", None, None, ("51",), 5))
        assert isinstance(made, QuotaPool)
        pool_id = made.id
    sari, path = people.browser("sari"), f"/events/{people.event_id}/quota/{pool_id}/name"
    sari.post(path, data={"name": "  "})
    sari.post(path, data={"name": "Peserta Bali"})
    with people.app.app_context():
        assert db.session.get_one(QuotaPool, pool_id).name == "Peserta Bali"
