"""Links for leaders: made, renewed, ended, over by themselves."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor import clock
from rakor.events.store import leaders
from tests import cast

LINK = re.compile(r"/l/[a-z2-7]{20,}")


@pytest.fixture
def sari(app: Flask, people: cast.Cast, moment: datetime) -> Iterator[FlaskClient]:
    with app.app_context():
        yield people.browser("sari")


def add(sari: FlaskClient, event_id: object, name: str = "Plh. Ketua Contoh") -> str:
    """Add a leader on the page and return the path of the link it shows."""
    page = sari.post(f"/events/{event_id}/leaders", data={"name": name, "post": "Plh. Ketua"}, follow_redirects=True)
    assert page.status_code == 200, page.text
    found = LINK.search(page.text)
    assert found
    return found.group()


def test_a_leader_reads_the_numbers_without_an_account(
    sari: FlaskClient, people: cast.Cast, client: FlaskClient
) -> None:
    path = add(sari, people.event_id)
    page = client.get(path)
    assert page.status_code == 200
    seen = re.search(rf"{path}/live\?seen=([^\"&]+)", page.text)
    assert seen
    assert client.get(f"{path}/live", query_string={"seen": seen.group(1)}).status_code == 204
    assert client.get(f"{path}/live", query_string={"seen": "another"}).status_code == 200


def test_a_new_link_kills_the_old_one_and_ending_kills_both(
    sari: FlaskClient, people: cast.Cast, client: FlaskClient
) -> None:
    old = add(sari, people.event_id)
    [leader] = leaders.leaders(people.event_id)
    sari.post(f"/events/{people.event_id}/leaders/{leader.id}/link")
    [renewed] = leaders.leaders(people.event_id)
    assert renewed.path not in (None, old)
    assert client.get(old).status_code == 404
    assert client.get(str(renewed.path)).status_code == 200
    sari.post(f"/events/{people.event_id}/leaders/{leader.id}/link/revocation")
    assert client.get(str(renewed.path)).status_code == 404
    assert leaders.leaders(people.event_id)[0].path is None


def test_a_link_ends_by_itself_after_the_review_month(
    sari: FlaskClient, people: cast.Cast, client: FlaskClient
) -> None:
    path = add(sari, people.event_id)
    [leader] = leaders.leaders(people.event_id)
    assert leader.expires_at is not None
    assert leader.expires_at > clock.now() + timedelta(days=29)
    with clock.freeze(leader.expires_at - timedelta(seconds=1), everywhere=True):
        assert client.get(path).status_code == 200
    with clock.freeze(leader.expires_at, everywhere=True):
        assert client.get(path).status_code == 404


def test_a_name_is_needed_and_what_was_typed_stays(sari: FlaskClient, people: cast.Cast) -> None:
    page = sari.post(f"/events/{people.event_id}/leaders", data={"name": "", "post": "Ketua yang tetap"})
    assert page.status_code == 422
    assert "Ketua yang tetap" in page.text
    assert leaders.leaders(people.event_id) == []


def test_a_leader_of_another_event_is_nobody_here(sari: FlaskClient, people: cast.Cast) -> None:
    assert sari.post(f"/events/{people.event_id}/leaders/{people.event_id}/link").status_code == 404


def test_the_day_is_chosen_and_the_last_use_is_seen(
    sari: FlaskClient, people: cast.Cast, client: FlaskClient, moment: datetime
) -> None:
    base, form = f"/events/{people.event_id}/leaders", {"name": "Lena Contoh", "post": ""}
    for until in ("2026-11-23", "2028-01-01"):
        assert sari.post(base, data={**form, "until": until}).status_code == 422
    page = sari.post(base, data={**form, "until": "2026-11-24"}, follow_redirects=True)
    assert "Belum pernah dibuka" in page.text
    found = LINK.search(page.text)
    assert found
    path = found.group()
    [leader] = leaders.leaders(people.event_id)
    assert leader.expires_at == datetime(2026, 11, 24, 17, tzinfo=UTC)  # midnight in Jakarta
    for more in ("", "/words", "/card.png", "/board", "/board/live"):
        assert client.get(path + more).status_code == 200, more
    assert leaders.leaders(people.event_id)[0].used_at == moment
    assert "Terakhir dibuka" in sari.get(base).text
    sari.post(f"{base}/{leader.id}/link")  # a new link ends when the old one would, and nobody has used it
    [renewed] = leaders.leaders(people.event_id)
    assert (renewed.expires_at, renewed.used_at) == (leader.expires_at, None)
    for more in ("", "/words", "/card.png", "/board", "/board/live"):
        assert client.get(path + more).status_code == 404, more
