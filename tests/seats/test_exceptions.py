"""Offices invited otherwise than their level, and seats that fell out of the rules: nobody loses a place silently."""

import re
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from rakor import outbox
from rakor.audit import AuditEntry
from rakor.db import db
from rakor.offices.rules import OfficeLevel
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.rules import Mode
from rakor.seats import store
from rakor.seats.models import Seat
from rakor.seats.rules import Exemption, InvitedOffice, Rule, count_seats, expand
from tests.seats.conftest import Invited
from tests.seats.reading import fields

BOTH = (Mode.ONSITE, Mode.ONLINE)
OFFICES = tuple(InvitedOffice(UUID(int=n), OfficeLevel.REGENCY, "93") for n in range(1, 6))
ROLES = (UUID(int=50), UUID(int=51))


class TestRules:
    RULES = (Rule(OfficeLevel.REGENCY, ROLES[0], 1, BOTH),)

    def test_one_more_none_and_other_modes(self) -> None:
        others = [
            Exemption(OFFICES[0].id, ROLES[0], 2, BOTH),
            Exemption(OFFICES[1].id, ROLES[0], 0, BOTH),
            Exemption(OFFICES[2].id, ROLES[0], 1, (Mode.ONLINE,)),
            Exemption(OFFICES[3].id, ROLES[1], 1, BOTH),  # a role that its level does not have
        ]
        found = expand(self.RULES, OFFICES, [], others)
        seats = {(p.office_id.int, p.role_id.int - 50, p.number): len(p.modes) for p in found.added}
        assert seats == {(1, 0, 1): 2, (1, 0, 2): 2, (3, 0, 1): 1, (4, 0, 1): 2, (4, 1, 1): 2, (5, 0, 1): 2}
        counts = count_seats(self.RULES, OFFICES, others)
        assert (counts.total, counts.exempt) == (6, 1)

    @given(
        st.lists(
            st.builds(Exemption, st.sampled_from([o.id for o in OFFICES]), st.sampled_from(ROLES), st.integers(0, 3),
                      st.just(BOTH)),
            max_size=6, unique_by=lambda other: (other.office_id, other.role_id),
        ),
        st.integers(0, 3),
    )  # fmt: skip
    def test_the_counts_before_saving_are_the_seats_that_come(self, others: list[Exemption], quota: int) -> None:
        rules = [Rule(OfficeLevel.REGENCY, ROLES[0], quota, BOTH)] if quota else []
        counts = count_seats(rules, OFFICES, others)
        assert counts.total == len(expand(rules, OFFICES, [], others).added)
        assert sum(seats for _, seats in counts.provinces) == counts.total


def rules_path(invited: Invited) -> str:
    return f"/events/{invited.event_id}/rules"


def save_exception(invited: Invited, browser: FlaskClient, **typed: str) -> str:
    form = fields(browser.get(rules_path(invited)).text, "/exceptions")
    draft = {"office": "Kab. Mappi", "quota": "2", "reason": "Tuan rumah"}
    return browser.post(
        f"/events/{invited.event_id}/exceptions", data=form | draft | typed, follow_redirects=True
    ).text


class TestThePage:
    def test_one_office_gets_one_more(self, app: Flask, invited: Invited) -> None:
        sari = invited.people.browser("sari")
        page = save_exception(invited, sari)
        assert "+ 1 karena pengecualian = 16 kursi" in page
        assert "Kepala Kantor: 2 kursi" in page
        assert "Tuan rumah" in page
        assert len(_seats(app, invited)) == 15
        sari.post(f"/events/{invited.event_id}/seats")
        assert [line.label for line in _lines(app, invited, "mappi")][:2] == ["Kepala Kantor 1", "Kepala Kantor 2"]
        lift = next(part for part in page.split('action="') if "/removal" in part).split('"')[0]
        page = sari.post(lift, follow_redirects=True).text
        assert "Akan ditarik" in page
        assert "Kepala Kantor 2 · Kantor Kabupaten Mappi" in page
        sari.post(f"/events/{invited.event_id}/seats")
        assert len(_lines(app, invited, "mappi")) == 5

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"office": "Kantor"}, "Ada beberapa"),
            ({"office": "Dinas Antariksa"}, "Kantor ini tidak ada"),
            ({"quota": "99"}, "Tulis angka 0 sampai 50"),
            ({"quota": "satu"}, "Tulis angka 0 sampai 50"),
            ({"reason": ""}, "Isian ini wajib"),
        ],
    )
    def test_what_is_unclear_is_asked_and_nothing_typed_is_lost(
        self, invited: Invited, typed: dict[str, str], words: str
    ) -> None:
        page = save_exception(invited, invited.people.browser("sari"), **typed)
        assert words in page
        again = fields(page, "/exceptions")
        for name, value in ({"office": "Kab. Mappi", "quota": "2", "reason": "Tuan rumah"} | typed).items():
            assert again[name] == value

    def test_required_is_stored_and_shown_again(self, invited: Invited) -> None:
        sari = invited.people.browser("sari")
        form = fields(sari.get(rules_path(invited)).text, rules_path(invited))
        key = next(name for name in form if name.startswith("quota-") and name.endswith("-regency")).split("-")[1]
        sari.post(rules_path(invited), data=form | {f"required-{key}-regency": "on"})
        again = fields(sari.get(rules_path(invited)).text, rules_path(invited))
        assert f"required-{key}-regency" in again
        assert f"required-{key}-province" not in again

    def test_a_new_role_takes_its_place_in_the_order(self, app: Flask, invited: Invited) -> None:
        sari = invited.people.browser("sari")
        form = fields(sari.get(rules_path(invited)).text, rules_path(invited))
        first = next(name for name in form if name.startswith("quota-")).split("-")[1]
        typed = {"role-new1": "Wakil Kepala", "after-new1": first, "quota-new1-regency": "1"}
        sari.post(rules_path(invited), data=form | typed)
        sari.post(f"/events/{invited.event_id}/seats")
        roles = [line.role for line in _lines(app, invited, "asmat")]
        assert roles[:3] == ["Kepala Kantor", "Wakil Kepala", "Sekretaris"]


class TestTheDecision:
    @pytest.fixture
    def orphaned(self, app: Flask, invited: Invited, client: FlaskClient) -> UUID:
        """Asmat named somebody for its first seat; then that role was taken out of the rules."""
        form = fields(client.get(invited.page).text, invited.page)
        seat = _lines(app, invited, "asmat")[0].seat_id
        client.post(invited.page, data=form | {f"name-{seat.hex}": "Bonifasius Contoh", f"choice-{seat.hex}": "online"})
        assert _lines(app, invited, "asmat")[0].name == "Bonifasius Contoh"
        sari = invited.people.browser("sari")
        form = fields(sari.get(rules_path(invited)).text, rules_path(invited))
        name = next(name for name in form if name.startswith("quota-") and name.endswith("-regency"))
        sari.post(rules_path(invited), data=form | {name: "0"})
        return seat

    def test_it_is_listed_by_name_and_stays_until_somebody_decides(
        self, app: Flask, invited: Invited, orphaned: UUID
    ) -> None:
        sari = invited.people.browser("sari")
        page = sari.get(rules_path(invited)).text
        assert "1 kursi perlu keputusan" in page
        assert "Bonifasius Contoh" in page
        done = sari.post(f"/events/{invited.event_id}/seats")
        assert done.location.endswith("#decide")
        assert orphaned in {line.seat_id for line in _lines(app, invited, "asmat")}
        assert len(_lines(app, invited, "mappi")) == 4

    def test_kept_it_needs_no_decision_again(self, app: Flask, invited: Invited, orphaned: UUID) -> None:
        sari = invited.people.browser("sari")
        sari.post(f"/events/{invited.event_id}/seats")
        path = f"/events/{invited.event_id}/seats/{orphaned}/decision"
        page = sari.post(path, data={"keep": "yes"}, follow_redirects=True).text
        assert "perlu keputusan" not in page
        assert "Tetap diundang: sudah menjawab" in page
        assert "Undangan sudah sesuai aturan" in page
        assert sari.post(path, data={"keep": "no"}).status_code == 404
        assert _lines(app, invited, "asmat")[0].name == "Bonifasius Contoh"

    def test_taken_back_the_ticket_dies_and_it_is_on_record(self, app: Flask, invited: Invited, orphaned: UUID) -> None:
        sari = invited.people.browser("sari")
        sari.post(f"/events/{invited.event_id}/seats")
        sari.post(f"/events/{invited.event_id}/seats/{orphaned}/decision", data={"keep": "no"})
        assert len(_lines(app, invited, "asmat")) == 4
        with app.app_context():
            assert db.session.scalars(select(Ticket)).one().revoked_at is not None
            assert db.session.scalars(select(Registration)).one().state == "cancelled"
            actions = set(db.session.scalars(select(AuditEntry.action)))
            assert {"seats.withdraw", "seats.expand", "seats.rules_save"} <= actions
            seat = db.session.get_one(Seat, orphaned)
            assert (seat.answer, seat.withdrawn_at is None) == (None, False)

    def test_the_office_is_told_on_its_page_and_by_a_message(
        self, app: Flask, invited: Invited, orphaned: UUID, client: FlaskClient
    ) -> None:
        sari = invited.people.browser("sari")
        sari.post(f"/events/{invited.event_id}/seats")
        assert "Panitia menarik" not in client.get(invited.page).text
        sari.post(f"/events/{invited.event_id}/seats/{orphaned}/decision", data={"keep": "no"})
        with app.app_context():
            while outbox.run_next():
                pass
        for page in (invited.page, f"{invited.page}/receipt"):
            said = client.get(page).text
            assert "Panitia menarik 1 kursi kantor ini" in said
            assert "Kepala Kantor: Bonifasius Contoh" in said
        messages = f"/events/{invited.event_id}/outbox"
        listed = sari.get(messages).text
        assert "Kursi ditarik" in listed
        found = re.search(rf'href="({messages}/[^"]+)">Kantor Kabupaten Asmat<', listed)
        assert found
        letter = sari.get(found[1]).text
        assert "Bonifasius Contoh" in letter
        assert invited.page in letter

    def test_all_at_once_needs_a_tick_to_take_back(self, app: Flask, invited: Invited, orphaned: UUID) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/seats/decisions"
        sari.post(f"/events/{invited.event_id}/seats")
        assert "Belum ada yang ditarik" in sari.post(path, data={"keep": "no"}, follow_redirects=True).text
        assert orphaned in {line.seat_id for line in _lines(app, invited, "asmat")}
        assert "1 kursi tetap diundang" in sari.post(path, data={"keep": "yes"}, follow_redirects=True).text
        assert "perlu keputusan" not in sari.get(rules_path(invited)).text

    def test_all_at_once_taken_back(self, app: Flask, invited: Invited, orphaned: UUID) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/seats/decisions"
        sari.post(f"/events/{invited.event_id}/seats")
        assert "1 kursi ditarik" in sari.post(path, data={"keep": "no", "sure": "1"}, follow_redirects=True).text
        assert orphaned not in {line.seat_id for line in _lines(app, invited, "asmat")}

    def test_a_seat_that_the_rules_want_is_no_matter_of_decision(self, app: Flask, invited: Invited) -> None:
        seat = _lines(app, invited, "asmat")[1].seat_id
        sari = invited.people.browser("sari")
        path = f"/events/{invited.event_id}/seats/{seat}/decision"
        assert sari.post(path, data={"keep": "no"}).status_code == 404
        assert len(_lines(app, invited, "asmat")) == 5


def _seats(app: Flask, invited: Invited) -> list[store.SeatLine]:
    with app.app_context():
        return store.seats_with_holders(invited.event_id)


def _lines(app: Flask, invited: Invited, office: str) -> list[store.SeatLine]:
    with app.app_context():
        return store.seats_with_holders(invited.event_id, [invited.offices[office]])
