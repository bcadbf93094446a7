"""The way of the links: centre, province, office; passed on by whom, opened first when; what unfolds in a chat."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.seats.rules.ways import (
    LinkFacts,
    LinkState,
    is_in,
    only_unfolds,
    province_subject,
)
from rakor.seats.store import ways
from tests import make
from tests.counting import selects
from tests.seats.conftest import Invited
from tests.seats.reading import fields

CHAT = {"User-Agent": "WhatsApp/2.23.20.0"}


@pytest.fixture
def province(app: Flask, invited: Invited) -> str:
    """The page of Papua Selatan."""
    with app.app_context():
        return links.path_of(invited.event_id, LinkPurpose.PROVINCE, province_subject("93"))


def answer(app: Flask, client: FlaskClient, invited: Invited, name: str = "Bonifasius Contoh") -> None:
    form = fields(client.get(invited.page).text, invited.page)
    key = next(field.removeprefix("name-") for field in form if field.startswith("name-"))
    sent = client.post(invited.page, data=form | {f"name-{key}": name, f"choice-{key}": "online"})
    assert sent.status_code == 303


class TestRules:
    @pytest.mark.parametrize(
        ("facts", "states"),
        [
            (LinkFacts(False, False, 0), {LinkState.NOT_PASSED_ON, LinkState.NOT_OPENED, LinkState.SILENT}),
            (LinkFacts(True, False, 0), {LinkState.NOT_OPENED, LinkState.SILENT}),
            (LinkFacts(False, True, 0), {LinkState.SILENT}),  # it got there by some other way
            (LinkFacts(True, True, 0), {LinkState.SILENT}),
            (LinkFacts(False, False, 2), set()),
        ],
    )
    def test_which_filters_list_a_link(self, facts: LinkFacts, states: set[LinkState]) -> None:
        assert {state for state in LinkState if is_in(facts, state)} == states

    def test_a_chat_that_unfolds_is_nobody(self) -> None:
        assert only_unfolds("WhatsApp/2.23.20.0 A")
        assert only_unfolds("facebookexternalhit/1.1")
        assert not only_unfolds("Mozilla/5.0 (Linux; Android 12) Chrome/120")


class TestTheProvince:
    def test_shows_counts_and_words_but_nobody(
        self, app: Flask, client: FlaskClient, invited: Invited, province: str
    ) -> None:
        with app.app_context(), transaction(unaudited="test"):
            make.office(
                invited.people.institution_id, code="3374", regency_code="3374", province_code="33", sort_key="333374",
                name="Kantor Kota Semarang", short_name="Kantor Kota Semarang",
            )  # fmt: skip
        page = client.get(province)
        assert page.status_code == 200
        for words in ("Papua Selatan", "0 dari 3 kantor", "Kantor Kabupaten Mappi", "0 dari 5 kursi", "19.00\u00a0WIT"):
            assert words in page.text
        assert f"http://localhost{invited.page}" in page.text
        assert "Semarang" not in page.text
        answer(app, client, invited)
        page = client.get(province).text
        assert "1 dari 3 kantor" in page
        assert "1 dari 5 kursi" in page
        assert "Bonifasius" not in page
        assert "Asmat" not in client.get(province + "?silent=1").text

    def test_passing_on_is_seen_by_the_centre(self, client: FlaskClient, invited: Invited, province: str) -> None:
        sari, mappi = invited.people.browser("sari"), invited.offices["mappi"]
        path = f"/events/{invited.event_id}/office-links"
        assert "Mappi</b>" in sari.get(path + "?state=not_passed_on").text
        sent = client.post(f"{province}/offices/{mappi}")
        assert (sent.status_code, sent.location) == (303, f"{province}#o-{mappi.hex}")
        assert "Diteruskan Kamis" in client.get(province).text
        assert "oleh provinsi" in sari.get(path).text
        assert "Mappi</b>" not in sari.get(path + "?state=not_passed_on").text
        assert "Mappi</b>" in sari.get(path + "?state=not_opened").text
        assert "1 dari 3 kantor diteruskan" in sari.get(f"/events/{invited.event_id}/province-links").text
        client.post(f"{province}/offices/{mappi}", data={"undo": "1"})
        assert "oleh provinsi" not in sari.get(path).text

    def test_cannot_touch_an_office_of_another_province(
        self, app: Flask, client: FlaskClient, invited: Invited, province: str
    ) -> None:
        with app.app_context(), transaction(unaudited="test"):
            other = make.office(
                invited.people.institution_id, code="3374", regency_code="3374", province_code="33", sort_key="333374",
                name="Kantor Kota Semarang", short_name="Kantor Kota Semarang",
            ).id  # fmt: skip
        sari = invited.people.browser("sari")
        sari.post(f"/events/{invited.event_id}/seats")
        assert client.post(f"{province}/offices/{other}").status_code == 404
        assert "oleh provinsi" not in sari.get(f"/events/{invited.event_id}/office-links").text

    def test_an_office_link_is_no_province_link(self, client: FlaskClient, invited: Invited, province: str) -> None:
        token = invited.page.rsplit("/", 1)[1]
        assert client.get(f"/v/{token}").status_code == 404
        assert client.get("/o/" + province.rsplit("/", 1)[1]).status_code == 404

    def test_the_centre_marks_what_it_sent(self, invited: Invited) -> None:
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/province-links"
        page = sari.get(path).text
        assert "Mohon teruskan tautan 3 kantor di provinsi Anda" in page
        assert sari.post(f"{path}/93").status_code == 303
        assert "dikirim Kamis" in sari.get(path).text
        assert sari.post(f"{path}/12").status_code == 404

    def test_old_invitations_get_their_province_links(self, app: Flask, invited: Invited) -> None:
        from rakor.events.models import AccessLink

        with app.app_context(), transaction(unaudited="test") as session:
            session.query(AccessLink).filter_by(purpose=LinkPurpose.PROVINCE).delete()
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/province-links"
        assert "Belum ada tautan provinsi" in sari.get(path).text
        assert "Papua Selatan" in sari.post(path, follow_redirects=True).text

    def test_a_constant_number_of_queries(
        self, app: Flask, client: FlaskClient, invited: Invited, province: str
    ) -> None:
        client.get(province)
        counts = []
        for codes in ((), ("9301", "9302")):
            with app.app_context(), transaction(unaudited="test"):
                for code in codes:
                    body = invited.people.institution_id
                    made = make.office(body, code=code, regency_code=code, sort_key=f"93{code}")
                    role = make.role(invited.event_id, f"Peran {code}")
                    make.seat(invited.event_id, made.id, role.id)
            counts.append(selects(app, client, province))
        assert counts[0] == counts[1] <= 8


class TestOpening:
    def test_the_first_opening_is_noted_once_and_a_preview_never(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        def opened() -> bool:
            with app.app_context():
                row = ways._link(invited.event_id, LinkPurpose.OFFICE, invited.offices["asmat"])
                assert row is not None
                return row.opened_at is not None

        assert client.get(invited.page, headers=CHAT).status_code == 200
        assert not opened()
        client.get(invited.page)
        assert opened()
        sari, path = invited.people.browser("sari"), f"/events/{invited.event_id}/office-links"
        assert "dibuka Kamis" in sari.get(path).text
        assert "Asmat</b>" not in sari.get(path + "?state=not_opened").text


class TestUnfolding:
    def test_links_unfold_with_title_date_zone_and_no_person(
        self, app: Flask, client: FlaskClient, invited: Invited, province: str
    ) -> None:
        answer(app, client, invited)
        with app.app_context():
            from rakor.registrations.models import Registration

            person_id = db.session.query(Registration.id).scalar()
            person = links.path_of(invited.event_id, LinkPurpose.PERSON, person_id)
        for path, whose in ((invited.page, "Kantor Kabupaten Asmat"), (province, "Papua Selatan"), (person, "")):
            head = client.get(path, headers=CHAT).text.split("</head>")[0]
            og = dict(re.findall(r'property="og:([a-z:]+)" content="([^"]*)"', head))
            assert og["title"] == "Rapat Koordinasi Nasional Pelayanan Informasi 2026"
            assert "23–25 November 2026 (WIB)" in og["description"]
            assert whose in og["description"]
            assert og["image"] == f"http://localhost/e/{invited.people.slug}/card.png"
            assert "Bonifasius" not in "".join(og.values())
            assert "noindex" in head

    def test_the_picture_is_a_picture_and_a_draft_has_none(
        self, app: Flask, client: FlaskClient, invited: Invited
    ) -> None:
        from io import BytesIO

        from PIL import Image

        from rakor.events.models import Event
        from rakor.events.rules import Stage

        answered = client.get(f"/e/{invited.people.slug}/card.png")
        assert Image.open(BytesIO(answered.data)).size == (1200, 630)
        assert len(answered.data) < 60_000
        with app.app_context(), transaction(unaudited="test") as session:
            session.get_one(Event, invited.event_id).stage = Stage.DRAFT
        assert client.get(f"/e/{invited.people.slug}/card.png").status_code == 404
