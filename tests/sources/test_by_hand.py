"""A mark by hand with a reason and an officer, and absences with their papers."""

import re
from datetime import UTC, datetime
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from rakor.attendance.models import FactRow, PresenceRow
from rakor.attendance.rules.reducer import reduce
from rakor.audit import AuditEntry
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.rules import Admission
from rakor.sources.rules.marking import by_hand
from rakor.sources.rules.words import AbsenceKind
from rakor.sources.store import absences
from tests import make
from tests.cast import Cast

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize("admission", list(Admission))
def test_an_officers_word_counts_whoever_is_let_in(admission: Admission) -> None:
    facts = by_hand(uuid4(), uuid4(), uuid4(), AT, admission)
    assert reduce(facts, {}, admission).present
    assert not reduce(facts[:1], {}, Admission.STRICT).present, "the mark alone would not"


@pytest.mark.usefixtures("moment")
def test_a_mark_by_hand_is_one_mark_with_its_reason_and_officer(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        person = make.registration(people.event_id).id
    sari, base = people.browser("sari"), f"/events/{people.event_id}/people/{person}/presence"
    page = sari.get(base).text
    form = {name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1] for name in ("form_id",)}
    form["place"] = re.search(r'<option selected value="([^"]+)"', page)[1]
    refused = sari.post(base, data=form | {"at": "2026-11-24T23:00", "reason": ""})
    assert (refused.status_code, "belum tiba" in refused.text, form["form_id"] in refused.text) == (422, True, True)
    for _again in range(2):
        assert sari.post(base, data=form | {"at": "2026-11-24T08:10", "reason": "Ponsel mati"}).status_code == 303
    with people.app.app_context():
        [fact] = db.session.scalars(select(FactRow)).all()
        assert (fact.reason, fact.operator_id) == ("Ponsel mati", people.users["sari"])
        presence = db.session.scalars(select(PresenceRow)).one()
        assert (presence.present, presence.first_in_at) == (True, datetime(2026, 11, 24, 1, 10, tzinfo=UTC))
        acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action == "presence.mark")).all()
        assert len(acts) == 1
    page = sari.get(f"/events/{people.event_id}/people/{person}").text
    assert "Dicatat petugas" in page
    assert people.browser("lena").get(base).status_code == 403
    broken = sari.post(base, data=form | {"form_id": "x", "at": "", "reason": "Lagi"})
    assert broken.status_code == 303, "a broken id is no reason to lose a mark"


@pytest.mark.usefixtures("moment")
def test_an_absence_keeps_its_paper_and_says_nothing_about_presence(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        person = make.registration(people.event_id).id
        day = events.days(people.event_id)[1].id
    sari, base = people.browser("sari"), f"/events/{people.event_id}/people/{person}"
    photo = BytesIO()
    Image.new("RGB", (40, 30), "white").save(photo, "JPEG")
    said = {"day": str(day), "kind": "sick", "why": "Demam"}
    refused = sari.post(f"{base}/absences", data=said | {"paper": (BytesIO(b"<svg/>"), "surat.pdf")})
    assert (refused.status_code, "Demam" in refused.text) == (422, True)
    sent = said | {"paper": (BytesIO(photo.getvalue()), "surat.jpg")}
    assert sari.post(f"{base}/absences", data=sent).status_code == 303
    assert sari.post(f"{base}/absences", data=said | {"kind": "excused", "why": "Dinas lain"}).status_code == 303
    with people.app.app_context():
        [row] = absences.absences(people.event_id, person)
        assert (row.kind, row.reason, row.file_id is not None) == (AbsenceKind.EXCUSED, "Dinas lain", True)
        assert absences.absent_on(people.event_id, day) == {person: AbsenceKind.EXCUSED}
        assert db.session.scalars(select(PresenceRow)).all() == []
    paper = sari.get(f"{base}/absences/{row.id}/file")
    assert (paper.status_code, paper.mimetype, paper.data[:2]) == (200, "image/jpeg", b"\xff\xd8")
    assert "Dinas lain" in sari.get(base).text
    assert "Dinas lain" not in people.browser("lena").get(base).text, "why is for those who keep it"
    assert sari.post(f"{base}/absences/{row.id}/removal").status_code == 303
    assert sari.get(f"{base}/absences/{row.id}/file").status_code == 404
