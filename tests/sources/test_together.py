"""Following together: the office's operator ticks who sits in the room, each once, and nobody of another office."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from rakor import clock
from rakor.attendance.models import FactRow
from rakor.attendance.rules.words import Source
from rakor.db import db, transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.registrations.rules import RegistrationState
from rakor.sources.rules.together import AFTER, BEFORE, seen_at, tickable
from rakor.sources.store import together
from tests import make
from tests.cast import Cast
from tests.conftest import MOMENT

STARTS, ENDS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "may"),
    [
        (STARTS - BEFORE - timedelta(seconds=1), False),
        (STARTS - BEFORE, True),
        (ENDS, True),
        (ENDS + AFTER - timedelta(seconds=1), True),
        (ENDS + AFTER, False),
    ],
)
def test_a_session_is_ticked_around_its_time(now: datetime, may: bool) -> None:
    assert tickable(STARTS, ENDS, now) is may
    assert not tickable(None, None, now), "a day has no time of its own"
    assert seen_at(ENDS, now) < ENDS, "so the session's close finds everybody inside"


@pytest.mark.usefixtures("moment")
def test_five_marks_for_five_people_and_the_room_is_nobody(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        office, other = (make.office(people.institution_id, code=code, sort_key=code) for code in ("9304", "9305"))
        mine = [make.registration(people.event_id, name=f"Rekan {n} Contoh", office_id=office.id) for n in range(6)]
        declined = RegistrationState.DECLINED
        not_in = make.registration(people.event_id, name="Dodi Contoh", office_id=office.id, state=declined)
        stranger = make.registration(people.event_id, name="Eka Contoh", office_id=other.id)
        item = make.item(people.event_id, events.days(people.event_id)[1].id, starts_at=STARTS, ends_at=ENDS)
        links.make_links(people.event_id, LinkPurpose.OFFICE, [office.id], now=MOMENT)
        path = f"/o/{links.token_of(people.event_id, LinkPurpose.OFFICE, office.id)}/together"
        everybody = [str(one.id) for one in (*mine[:5], not_in, stranger)] + ["kosong"]
        session = str(item.id)
    phone, other_phone = people.app.test_client(), people.app.test_client()
    page = phone.get(path).text
    assert len(re.findall('type="checkbox"', page)) == 6
    assert "Dodi" not in page
    said = {"session": session, "person": everybody}
    assert [phone.post(path, data=said).status_code for _again in range(2)] == [303, 303]
    assert other_phone.post(path, data={"session": session, "person": str(mine[5].id)}).status_code == 403
    assert len(re.findall('type="checkbox"', phone.get(path).text)) == 1
    with people.app.app_context():
        facts = db.session.scalars(select(FactRow)).all()
        assert {fact.registration_id for fact in facts} == {one.id for one in mine[:5]}
        assert [fact.source for fact in facts] == [Source.VIEWING_GROUP] * 5
        assert together.rooms(people.event_id, [facts[0].checkpoint_id]) == {office.id: 5}
    with clock.freeze(ENDS + AFTER, everywhere=True):
        assert "Belum ada sesi" in phone.get(path).text
        assert phone.post(path, data={"session": session, "person": str(mine[5].id)}).status_code == 303
    with people.app.app_context():
        assert len(db.session.scalars(select(FactRow.scan_id)).all()) == 5
