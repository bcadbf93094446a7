"""One name twice is asked about, with one office or phone; whoever is said to be two stays two."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from rakor.db import db, transaction
from rakor.registrations import twins
from rakor.registrations.models import Registration
from rakor.registrations.rules.twins import Somebody, pair_of
from rakor.registrations.rules.twins import twins as twins_of
from tests import make
from tests.cast import Cast
from tests.registrations.test_people import register

SOMEBODY = st.builds(
    Somebody,
    st.uuids(),
    st.sampled_from(["", "ana", "budi"]),
    st.sampled_from(["", "a", "b"]),
    st.sampled_from([None, 1]),
)


@given(st.lists(SOMEBODY, max_size=12, unique_by=lambda one: one.id), st.booleans())
def test_each_pair_is_asked_once_and_not_after_it_was_answered(people: list[Somebody], answered: bool) -> None:
    found = list(twins_of(people, ()))
    assert len({pair_of(*pair) for pair in found}) == len(found)
    known = {one.id: one for one in people}
    for first, second in found:
        one, other = known[first], known[second]
        assert one.name == other.name != ""
        assert (one.office and one.office == other.office) or (one.phone and one.phone == other.phone)
    assert list(twins_of(people, {pair_of(*pair) for pair in found})) == []


@pytest.mark.usefixtures("moment")
def test_twins_are_shown_told_apart_and_never_merged(people: Cast) -> None:
    one = register(people, "Dr. Ana Contoh", institution="Dinas Contoh", phone=None)
    other = register(people, "ANA CONTOH, S.T.", institution="DINAS CONTOH", phone="+6281200000199")
    register(people, "Ana Contoh", institution="Badan Lain", phone="+6281200000155")
    sari, url = people.browser("sari"), f"/events/{people.event_id}/people/doubles"
    page = sari.get(url).text
    assert page.count("Bukan orang yang sama") == 1
    assert "ANA CONTOH, S.T." in page
    assert sari.post(f"{url}/{one}/{one}").status_code == 404
    with people.app.app_context(), transaction(unaudited="test"):
        stranger: UUID = make.registration(make.event(people.institution_id).id).id
    assert sari.post(f"{url}/{one}/{stranger}").status_code == 404
    assert sari.post(f"{url}/{one}/{uuid4()}").status_code == 404
    assert people.browser("rina").post(f"{url}/{one}/{other}").status_code == 403
    for _twice in range(2):
        assert sari.post(f"{url}/{other}/{one}").status_code == 303
    assert "Tidak ada nama ganda" in sari.get(url).text
    with people.app.app_context():
        assert twins.pairs(people.event_id) == []
        mine = select(func.count()).select_from(Registration).where(Registration.event_id == people.event_id)
        assert db.session.scalar(mine) == 3
