"""A copied event: what is chosen comes along, every date moves, and nobody is in it."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from rakor.agenda import store as agenda
from rakor.agenda.models import Speaker
from rakor.agenda.rules.views import EVERYTHING
from rakor.db import Base, db, transaction
from rakor.events import store
from rakor.events.models import EventChannel, EventIdentity
from rakor.offices.rules import OfficeLevel
from rakor.registrations.field_models import FormField
from rakor.seats.letter_models import InvitationLetter
from rakor.seats.models import InvitationRule
from tests import make
from tests.agenda.test_routes import add
from tests.cast import Cast

ALL = ["identity", "agenda", "rules", "texts"]
SENT = {"title": "Rakornas 2027", "starts_on": "2027-03-01", "idempotency_key": str(UUID(int=7))}


def furnish(people: Cast) -> None:
    """Give the event something of every part, and a person."""
    with people.app.app_context(), transaction(unaudited="a test's own rows"):
        role = make.role(people.event_id)
        make.registration(people.event_id, name="Agustina Contoh")
        event = store.locked_event(people.event_id)
        event.theme, event.contact_name = "Layanan yang sama baiknya", "Tata Contoh"
        db.session.add(
            EventIdentity(
                event_id=event.id,
                letterhead="KEMENTERIAN CONTOH",
                signatory_post="Direktur",
                signatory_name="Dr. Ratna Contoh",
                accent="",
                signatory_nip="198609262015051001",
            )
        )
        db.session.add(EventChannel(event_id=event.id, kind="zoom", label="Zoom", url="https://zoom.contoh.test/j/1"))
        db.session.add(
            InvitationRule(
                event_id=event.id,
                institution_id=people.institution_id,
                role_id=role.id,
                office_level=OfficeLevel.REGENCY,
                quota=2,
                modes=["onsite"],
            )
        )
        db.session.add(InvitationLetter(event_id=event.id, subject="Undangan", updated_at=make.AT))
    add(people, roles=str(role.id), in_charge="Tata Contoh")


def copied(people: Cast, parts: list[str]) -> UUID:
    """Copy by the form; returns the new event's id."""
    url = f"/events/{people.event_id}/copies"
    answer = people.browser("sari").post(url, data=SENT | {"parts": parts})
    assert answer.status_code == 303
    return UUID(answer.location.split("/")[2])


def count(model: type[Base], event_id: UUID) -> int:
    query: Any = select(func.count()).select_from(model).where(model.event_id == event_id)  # type: ignore[attr-defined]
    return db.session.scalar(query) or 0


def test_everything_chosen_comes_along_and_every_date_moves(people: Cast) -> None:
    furnish(people)
    new_id = copied(people, ALL)
    with people.app.app_context():
        event = store.event(new_id)
        assert event
        (item,) = agenda.items(new_id, EVERYTHING)
        assert (event.title, event.stage, event.theme) == ("Rakornas 2027", "draft", "Layanan yang sama baiknya")
        assert (event.starts_on, event.ends_on) == (date(2027, 3, 1), date(2027, 3, 3))
        assert event.answer_by_at == datetime(2027, 2, 26, 10, 0, tzinfo=UTC)
        assert item.starts_at == datetime(2027, 3, 2, 1, 0, tzinfo=UTC)
        assert (item.held_on, item.room, item.takes_attendance) == (date(2027, 3, 2), "Ruang Pleno", True)
        assert [role.name for role in item.roles] == ["Ketua"]
        assert item.roles[0].id in {role.id for role in store.roles(new_id)}
        assert count(InvitationRule, new_id) == 1
        letter = db.session.get(InvitationLetter, new_id)
        assert letter
        assert letter.subject == "Undangan"
        assert store.identity(new_id).letterhead == "KEMENTERIAN CONTOH"


def test_no_person_ever_comes_along(people: Cast) -> None:
    furnish(people)
    new_id = copied(people, ALL)
    with people.app.app_context():
        event, identity = store.event(new_id), store.identity(new_id)
        (item,) = agenda.items(new_id, EVERYTHING)
        assert event
        assert (item.speakers, item.moderators, item.in_charge) == ((), (), "")
        assert (event.contact_name, event.contact_phone, event.contact_email) == ("", "", "")
        assert (identity.signatory_name, identity.signatory_nip, identity.signatory_post) == ("", None, "Direktur")
        assert [channel.url for channel in store.channels(new_id)] == [None]
        personal = [
            mapper.class_
            for mapper in Base.registry.mappers
            if "event_id" in mapper.columns
            and any("personal_purpose" in column.info for column in mapper.columns)
            and mapper.class_ not in (EventIdentity,)
        ]
        assert Speaker in personal
        assert {model.__name__: count(model, new_id) for model in personal if count(model, new_id)} == {}


def test_what_is_not_chosen_stays_behind(people: Cast) -> None:
    furnish(people)
    new_id = copied(people, [])
    with people.app.app_context():
        event = store.event(new_id)
        assert event
        assert (event.theme, event.answer_by_at) == ("", None)
        assert agenda.items(new_id, EVERYTHING) == []
        assert [count(model, new_id) for model in (InvitationRule, InvitationLetter, FormField, EventChannel)] == [
            0
        ] * 4


def test_the_same_form_sent_twice_makes_one_event(people: Cast) -> None:
    furnish(people)
    assert copied(people, ALL) == copied(people, ALL)


def test_a_copy_needs_a_name_and_a_day_and_the_right(people: Cast) -> None:
    url = f"/events/{people.event_id}/copies"
    refused = people.browser("sari").post(url, data=SENT | {"starts_on": "", "parts": ALL})
    assert refused.status_code == 422
    assert 'value="Rakornas 2027"' in refused.text
    assert people.browser("lena").post(url, data=SENT).status_code == 403
    assert people.browser("joko").get(f"{url}/new").status_code == 404
