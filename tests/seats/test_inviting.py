"""The matrix as a form, and the seats it gives."""

import pytest
from flask import Flask
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import AccessLink
from rakor.events.rules import EventKind
from rakor.events.rules.role_sets import first_roles
from rakor.events.store import setting_up
from rakor.seats import store
from rakor.seats.models import Seat
from tests import make
from tests.cast import Cast
from tests.seats.conftest import Invited
from tests.seats.reading import fields


class TestTheInvitation:
    def test_o1_seats_from_rules_by_the_map_of_2021(self, app: Flask, invited: Invited) -> None:
        """The whole way: offices by the ready pattern, a ready set, the counts, the seats; twice nothing twice."""
        with app.app_context(), transaction(unaudited="test") as session:
            body = make.institution(name="Komisi Contoh")
            event = make.event(body.id, regions_as_of=make.date(2021, 10, 27))
            make.grant(event.id, invited.people.users["sari"], make.Role.OWNER)
            event_id = event.id
            assert session is not None
        sari = invited.people.browser("sari")
        assert "Belum ada kantor" in sari.get(f"/events/{event_id}/rules").text
        made = sari.post(f"/events/{event_id}/offices", data={"ready": "commission"}, follow_redirects=True)
        assert "549 kantor dibuat" in made.text
        page = sari.post(f"/events/{event_id}/rules", data={"ready": "commission"}, follow_redirects=True)
        assert "34 provinsi × 5 + 514 kabupaten/kota × 5 = 2.740 kursi" in page.text
        with app.app_context():
            assert db.session.scalar(select(Seat.id).where(Seat.event_id == event_id)) is None
        done = sari.post(f"/events/{event_id}/seats", follow_redirects=True)
        assert "2.740 kursi dibuat" in done.text
        assert "548 kantor, 548 belum menjawab" in done.text
        assert "Tidak ada yang berubah" in sari.post(f"/events/{event_id}/seats", follow_redirects=True).text
        with app.app_context():
            assert len(db.session.scalars(select(Seat.id).where(Seat.event_id == event_id)).all()) == 2740
            of_event = select(AccessLink.id).where(AccessLink.event_id == event_id)
            assert len(db.session.scalars(of_event).all()) == 548 + 34  # offices and their provinces

    @pytest.mark.parametrize(
        ("ready", "order"),
        [
            ("commission", ["Ketua", "Anggota Divisi", "Anggota", "Sekretaris", "Kabag", "Kasubbag", "Operator"]),
            ("office", ["Kepala", "Ketua", "Anggota", "Sekretaris", "Kabid"]),
        ],
    )
    def test_a_ready_set_stands_in_its_protocol_order_among_the_roles_of_the_start(
        self, app: Flask, people: Cast, ready: str, order: list[str]
    ) -> None:
        """Seen red: what a set added stood behind the speakers and the committee, Sekretaris before Anggota Divisi."""
        with app.app_context(), transaction(unaudited="test"):
            drafts = [(role.name, role.short_name, role.group) for role in first_roles(EventKind.RAKORNAS)]
            setting_up.add_roles(people.event_id, drafts)
        people.browser("sari").post(f"/events/{people.event_id}/rules", data={"ready": ready})
        with app.app_context():
            stands = [role.short_name for role in events.roles(people.event_id)]
        assert stands[: len(order)] == order
        assert stands[-3:] == ["Narasumber", "Moderator", "Panitia"]

    def test_the_matrix_as_a_form(self, app: Flask, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/rules"
        form = fields(sari.get(path).text, path)
        quota = next(name for name in form if name.startswith("quota-") and name.endswith("regency"))
        form |= {quota: "2", quota.replace("quota", "modes"): "online"}
        form |= {"role-new1": "Kepala Bagian Hukum", "quota-new1-province": "1"}
        page = sari.post(path, data=form, follow_redirects=True)
        assert "1 provinsi × 6 + 2 kabupaten/kota × 6 = 18 kursi" in page.text
        assert "Kepala Bagian Hukum" in page.text
        sari.post(f"/events/{invited.event_id}/seats")
        with app.app_context():
            lines = store.seats_with_holders(invited.event_id, [invited.offices["asmat"]])
            assert [line.label for line in lines][:2] == ["Kepala Kantor 1", "Kepala Kantor 2"]
            assert [len(line.modes) for line in lines][:3] == [1, 1, 2]

    @pytest.mark.parametrize("quota", ["-1", "99", "dua", "1,5"])
    def test_a_bad_quota_keeps_what_was_typed(self, invited: Invited, quota: str) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/rules"
        form = fields(sari.get(path).text, path)
        name = next(name for name in form if name.startswith("quota-"))
        page = sari.post(path, data=form | {name: quota, "role-new1": "Peran baru sekali", "quota-new1-province": "3"})
        assert page.status_code == 422
        again = fields(page.text, path)
        assert (again[name], again["role-new1"], again["quota-new1-province"]) == (quota, "Peran baru sekali", "3")

    def test_desk_and_strangers_stay_outside(self, invited: Invited) -> None:
        for who, status in (("rina", 403), ("joko", 404)):
            assert invited.people.browser(who).get(f"/events/{invited.event_id}/rules").status_code == status
            assert invited.people.browser(who).get(f"/events/{invited.event_id}/office-links").status_code == status
