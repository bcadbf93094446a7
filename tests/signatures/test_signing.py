"""Signing the attendance list: on the own page, on the office's phone, at the desk; the newest counts."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from rakor import clock
from rakor.attendance.models import PresenceRow
from rakor.db import db, transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState
from rakor.registrations.store import person_path
from rakor.signatures import store
from rakor.signatures.models import Signature
from rakor.signatures.rules import SignedVia
from tests import make
from tests.cast import Cast
from tests.conftest import MOMENT

DRAWN = "20,100 120,40 220,160 320,60;400,150 500,50"
STARTS, ENDS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.usefixtures("moment")
def test_who_is_present_signs_and_nobody_else(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        office = make.office(people.institution_id, code="9304", sort_key="9304")
        inside = {"office_id": office.id, "state": RegistrationState.CONFIRMED}
        mine, other = (make.registration(people.event_id, name=f"Rekan {n} Contoh", **inside) for n in range(2))
        item = make.item(people.event_id, events.days(people.event_id)[1].id, starts_at=STARTS, ends_at=ENDS)
        links.make_links(people.event_id, LinkPurpose.OFFICE, [office.id], now=MOMENT)
        links.make_links(people.event_id, LinkPurpose.PERSON, [mine.id], now=MOMENT)
        room = f"/o/{links.token_of(people.event_id, LinkPurpose.OFFICE, office.id)}/together"
        own, session = person_path(people.event_id, mine.id), str(item.id)
        mine_id, other_id = mine.id, other.id
    phone = people.app.test_client()
    page = phone.get(f"{own}/signature").text
    assert "Saat ini belum ada yang perlu ditandatangani" in page
    assert phone.post(f"{own}/signature", data={"place": session, "drawn": DRAWN}).status_code == 409
    assert phone.get(f"{room}/{mine_id}?session={session}").status_code == 303, "who is not ticked has nothing to sign"
    assert phone.post(room, data={"session": session, "person": str(mine_id)}).status_code == 303
    assert "Tanda tangan Rekan 0 Contoh" in phone.get(room).text

    # on the office's phone
    colleague = f"{room}/{mine_id}"
    assert "<canvas" in phone.get(f"{colleague}?session={session}").text
    bad = phone.post(colleague, data={"session": session, "drawn": "1,1 2,2"})
    assert (bad.status_code, "terlalu pendek" in bad.text) == (422, True)
    assert phone.post(colleague, data={"session": session}).status_code == 422
    assert phone.post(colleague, data={"session": session, "drawn": DRAWN}).status_code == 303
    stranger = people.app.test_client()
    assert stranger.post(colleague, data={"session": session, "drawn": DRAWN}).status_code == 403
    assert phone.post(f"{room}/{other_id}", data={"session": session, "drawn": DRAWN}).status_code == 303
    assert "Sudah ditandatangani" in phone.get(room).text

    # on the own page, by typing the name; the newer counts and the older stays
    page = phone.get(f"{own}/signature").text
    assert "Sudah ditandatangani" in page
    place = re.search(r'name="place" value="([^"]+)"', page)
    assert place is not None
    with clock.freeze(MOMENT + timedelta(minutes=1), everywhere=True):
        typed = phone.post(f"{own}/signature", data={"place": place[1], "typed": "Rekan Nol"})
    assert typed.status_code == 303
    with people.app.app_context():
        found = store.newest(people.event_id, [UUID(place[1])])
        assert found[mine_id, UUID(place[1])].typed == "Rekan Nol"
        rows = store.of_person(people.event_id, mine_id)
        assert [(row.via, row.strokes, row.typed) for row, _name in rows] == [
            (SignedVia.ROOM, DRAWN, None), (SignedVia.OWN, None, "Rekan Nol")
        ]  # fmt: skip
        raw = db.session.connection().exec_driver_sql("SELECT strokes, typed FROM signature").all()
        assert not any(b"Rekan" in bytes(cell) or b"20,100" in bytes(cell) for row in raw for cell in row if cell)
        presence = db.session.scalars(select(PresenceRow.registration_id).where(PresenceRow.present)).all()
        assert set(presence) == {mine_id}, "a signature is no presence"

    # "Data saya" says so, and the signatures go with the person
    assert "Rekan Nol" in phone.get(f"{own}/data").text
    told = json.loads(phone.get(f"{own}/data.json").data)["signatures"]
    assert [one["strokes"] for one in told] == [DRAWN, None]
    with people.app.app_context(), transaction(unaudited="test"):
        db.session.execute(delete(Registration).where(Registration.id == mine_id))
        assert db.session.scalars(select(Signature.id)).all() == []


@pytest.mark.usefixtures("moment")
def test_the_desk_asks_only_where_the_event_lets_it(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        who = make.registration(people.event_id, name="Rekan Contoh", state=RegistrationState.CONFIRMED)
        make.item(people.event_id, events.days(people.event_id)[1].id, starts_at=STARTS, ends_at=ENDS)
        path = f"/events/{people.event_id}/people/{who.id}/signature"
        presence = f"/events/{people.event_id}/people/{who.id}/presence"
        who_id = who.id
    sari = people.browser("sari")
    assert sari.get(path).status_code == 404
    switch = f"/events/{people.event_id}/presence/signing"
    assert sari.post(switch, data={"at_desk": "yes"}).status_code == 303
    assert "belum tercatat hadir" in sari.get(path).text
    form = sari.get(presence).text
    place = re.search(r'<option selected value="([^"]+)"', form)
    assert place is not None
    sari.post(presence, data={"place": place[1], "reason": "Lupa kartu", "form_id": str(who_id)})
    page = sari.get(path).text
    spot = re.search(r'name="place" value="([^"]+)"', page)
    assert spot is not None, page
    assert sari.post(path, data={"place": spot[1], "drawn": DRAWN}).status_code == 303
    with people.app.app_context():
        [(row, _name)] = store.of_person(people.event_id, who_id)
        assert (row.via, row.strokes) == (SignedVia.DESK, DRAWN)
        assert db.session.get(Registration, who_id) is not None
