"""Online presence over HTTP: opened by the organiser, said on the own page, once and by the right person alone."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from rakor import clock
from rakor.attendance.models import FactRow, PresenceRow
from rakor.attendance.rules.words import Source
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.registrations import store
from rakor.registrations.rules import RegistrationState
from rakor.sources.rules import saying
from rakor.sources.store import openings
from tests import make
from tests.cast import Cast
from tests.conftest import MOMENT

pytestmark = pytest.mark.usefixtures("moment")


@pytest.fixture
def paths(people: Cast) -> list[str]:
    """The own pages of two who are in and of one who waits."""
    with people.app.app_context(), transaction(unaudited="test"):
        found = [make.registration(people.event_id, name=f"{name} Contoh") for name in ("Agus", "Bela")]
        found.append(make.registration(people.event_id, name="Cici Contoh", state=RegistrationState.WAITING))
        links.make_links(people.event_id, LinkPurpose.PERSON, [one.id for one in found], now=MOMENT)
        return [store.person_path(people.event_id, one.id) for one in found]


def opened(people: Cast, word: str = "MELAYANI") -> openings.Open:
    sari, base = people.browser("sari"), f"/events/{people.event_id}/presence"
    place = re.search(r'<option selected value="([^"]+)"', sari.get(base).text)
    assert place is not None
    answer = sari.post(base, data={"place": place[1], "word": word, "minutes": "10"})
    assert answer.status_code == 303
    with people.app.app_context():
        [one] = openings.open_now(people.event_id, clock.now())
        return one


def say(client: FlaskClient, path: str, word: str) -> tuple[int, str]:
    answer = client.post(f"{path}/presence", data={"word": word})
    return answer.status_code, answer.text


def facts(people: Cast) -> list[tuple[UUID | None, Source]]:
    with people.app.app_context():
        query = select(FactRow.registration_id, FactRow.source).where(FactRow.event_id == people.event_id)
        return [(row[0], row[1]) for row in db.session.execute(query)]


def test_the_word_counts_once_and_only_while_it_is_open(people: Cast, paths: list[str]) -> None:
    agus, bela, cici = paths
    phone = people.app.test_client()
    assert "Saya hadir" not in phone.get(agus).text
    one = opened(people)
    assert "Saya hadir" in phone.get(agus).text
    assert "Saya hadir" not in phone.get(cici).text
    status, page = say(phone, agus, "melayan")
    assert (status, facts(people)) == (422, [])
    assert "Bukan itu" in page
    assert 'value="melayan"' in page
    assert [say(phone, agus, " Melayani ")[0] for _ in range(2)] == [303, 303]
    assert "Anda tercatat hadir" in phone.get(f"{agus}/presence").text
    assert "Saya hadir" not in phone.get(agus).text
    assert say(phone, cici, "MELAYANI")[0] == 409
    assert [way for _who, way in facts(people)] == [Source.CODE_WORD]
    with people.app.app_context():
        present = select(func.count()).select_from(PresenceRow).where(PresenceRow.present)
        assert db.session.scalar(present) == 1
    with clock.freeze(MOMENT + timedelta(minutes=10), everywhere=True):
        assert say(phone, bela, "MELAYANI")[0] == 409, "ten minutes are over"
    sari = people.browser("sari")
    assert "1 orang menyatakan hadir" in sari.get(f"/events/{people.event_id}/presence").text
    assert sari.post(f"/events/{people.event_id}/presence/{one.id}/closing").status_code == 303
    assert say(phone, bela, "MELAYANI")[0] == 409
    assert len(facts(people)) == 1


def test_five_wrong_words_must_wait(people: Cast, paths: list[str]) -> None:
    opened(people)
    phone = people.app.test_client()
    assert [say(phone, paths[0], f"salah{number}")[0] for number in range(5)] == [422] * 5
    assert say(phone, paths[0], "MELAYANI")[0] == 429
    assert say(phone, paths[1], "MELAYANI")[0] == 303, "another person is not hindered"
    with clock.freeze(MOMENT + timedelta(minutes=9, seconds=59), everywhere=True):
        assert say(phone, paths[0], "MELAYANI")[0] == 303, "a new window has begun"


def test_the_screens_code_leads_to_the_own_page_and_dies(people: Cast, paths: list[str]) -> None:
    one = opened(people, word="")
    sari, phone = people.browser("sari"), people.app.test_client()
    base = f"/events/{people.event_id}/presence/{one.id}"
    code = saying.code(one.key, saying.step_of(MOMENT))
    page = sari.get(f"{base}/screen").text
    assert f"{code[:3]} {code[3:]}" in page
    assert sari.get(f"{base}/code?seen={saying.step_of(MOMENT)}").status_code == 204
    leads_to = f"/e/{people.slug}/presence?code={code}"
    stranger = phone.get(leads_to)
    assert (stranger.status_code, f"{code[:3]} {code[3:]}" in stranger.text) == (200, True)
    phone.get(paths[0])
    own = phone.get(leads_to)
    assert own.location == f"{paths[0]}/presence?code={code}"
    assert f'value="{code}"' in phone.get(own.location).text
    with clock.freeze(MOMENT + timedelta(minutes=1), everywhere=True):
        assert say(phone, paths[0], code)[0] == 422
        fresh = sari.get(f"{base}/code?seen={saying.step_of(MOMENT)}").text
        assert code not in fresh.replace(" ", "")
    assert say(phone, paths[0], code)[0] == 303
    assert [way for _who, way in facts(people)] == [Source.SELF_SCAN]
    assert people.browser("rina").get(f"{base}/screen").status_code == 403, "the code is not for every desk"
