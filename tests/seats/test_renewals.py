"""A link that travelled too far: the new one opens, the old one is dead, answers stay."""

from datetime import datetime

from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.seats.rules.ways import province_subject
from tests import make
from tests.cast import Cast


def test_an_office_gets_a_new_link(people: Cast, moment: datetime) -> None:
    with people.app.app_context():
        with transaction(unaudited="a test"):
            office = make.office(people.institution_id)
            make.seat(people.event_id, office.id, make.role(people.event_id).id)
            links.make_links(people.event_id, LinkPurpose.OFFICE, [office.id], now=make.AT)
            office_id = office.id
        old = links.path_of(people.event_id, LinkPurpose.OFFICE, office_id)
    anybody, sari = people.app.test_client(), people.browser("sari")
    assert anybody.get(old).status_code == 200
    answer = sari.post(f"/events/{people.event_id}/office-links/{office_id}/link", follow_redirects=True)
    assert "tidak berlaku lagi" in answer.text
    assert anybody.get(old).status_code == 404
    with people.app.app_context():
        token = links.open_token(people.event_id, LinkPurpose.OFFICE, office_id)
        db.session.remove()
    assert anybody.get(f"/o/{token}").status_code == 200


def test_a_province_and_a_person_too(people: Cast, moment: datetime) -> None:
    with people.app.app_context():
        with transaction(unaudited="a test"):
            person = make.registration(people.event_id)
            links.make_links(people.event_id, LinkPurpose.PERSON, [person.id], now=make.AT)
            links.make_links(people.event_id, LinkPurpose.PROVINCE, [province_subject("93")], now=make.AT)
            person_id = person.id
        before = links.open_token(people.event_id, LinkPurpose.PROVINCE, province_subject("93"))
        db.session.remove()
    sari, old = people.browser("sari"), links.path_of(people.event_id, LinkPurpose.PERSON, person_id)
    assert people.app.test_client().get(old).status_code == 200
    assert sari.post(f"/events/{people.event_id}/people/{person_id}/link").status_code == 303
    assert people.app.test_client().get(old).status_code == 404
    assert sari.post(f"/events/{people.event_id}/province-links/93/link").status_code == 303
    with people.app.app_context():
        assert links.open_token(people.event_id, LinkPurpose.PROVINCE, province_subject("93")) != before
        db.session.remove()


def test_a_link_that_was_never_made_is_not_renewed(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="a test"):
        office_id = make.office(people.institution_id).id
    assert people.browser("sari").post(f"/events/{people.event_id}/office-links/{office_id}/link").status_code == 404
    assert people.browser("rina").post(f"/events/{people.event_id}/province-links/93/link").status_code in (403, 404)
