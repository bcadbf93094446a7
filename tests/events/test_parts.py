"""Channels and roles of an event; parts of another one do not exist here."""

from uuid import uuid4

import pytest

from rakor.db import transaction
from rakor.events import store
from tests import make
from tests.cast import Cast
from tests.counting import selects
from tests.events.acting import GRANT, start

CHANNEL = {"kind": "zoom", "label": "Zoom utama", "url": "https://zoom.example/j/1", "capacity": "3000"}


def test_a_channel_is_added_changed_and_removed(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/channels"
    assert sari.post(url, data=CHANNEL).status_code == 303
    with people.app.app_context():
        channel_id = store.channels(people.event_id)[0].id
    assert 'value="https://zoom.example/j/1"' in sari.get(f"{url}/{channel_id}").text
    assert sari.post(f"{url}/{channel_id}", data=CHANNEL | {"label": "Zoom dua"}).status_code == 303
    assert "Zoom dua" in sari.get(url).text
    assert sari.post(f"{url}/{channel_id}/removal").status_code == 303
    assert sari.post(f"{url}/{channel_id}/removal").status_code == 404
    assert sari.post(f"{url}/{channel_id}", data=CHANNEL).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "http://zoom.example/j/1",
        "javascript:alert(1)",
        "https://",
        "https://zoom",
        "https://a@zoom.example",
        "zoom.example",
        'https://zoom.example/" onclick=',
        "https://zoom.example:99999/",
        "//zoom.example/j",
    ],
)
def test_only_a_whole_https_address_is_a_link(people: Cast, address: str) -> None:
    sari = people.browser("sari")
    answer = sari.post(f"/events/{people.event_id}/channels", data=CHANNEL | {"url": address})
    assert answer.status_code == 422
    assert "https://" in answer.text
    assert "Zoom utama" in answer.text


def test_roles_are_added_ordered_and_kept_apart(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/roles"
    assert sari.post(url, data={"ready_made": "yes"}).status_code == 303
    assert sari.post(url, data={"name": "Ajudan", "group": "participant"}).status_code == 303
    twice = sari.post(url, data={"name": "ajudan", "group": "participant"})
    assert twice.status_code == 422
    assert "sudah ada" in twice.text
    with people.app.app_context():
        ids = {role.name: role.id for role in store.roles(people.event_id)}
    assert sari.post(f"{url}/{ids['Ajudan']}", data={"move": "up"}).status_code == 303
    renamed = {"name": "Ketua Divisi", "short_name": "Kadiv", "group": "participant"}
    assert sari.post(f"{url}/{ids['Ketua']}", data=renamed).status_code == 303
    assert sari.post(f"{url}/{ids['Sekretaris']}/removal").status_code == 303
    with people.app.app_context():
        names = [role.name for role in store.roles(people.event_id)]
    assert names[0] == "Ketua Divisi"
    assert names[-2:] == ["Ajudan", "Panitia"]
    assert "Sekretaris" not in names


PARTS = ("setup", "settings", "channels", "identity", "roles", "team")


@pytest.mark.parametrize("part", PARTS)
def test_a_desk_officer_is_refused_and_a_stranger_finds_nothing(people: Cast, part: str) -> None:
    path = f"/events/{people.event_id}/{part}"
    assert people.browser("rina").get(path).status_code == 403
    assert people.browser("joko").get(path).status_code == 404
    assert people.browser("sari").get(f"/events/{uuid4()}/{part}").status_code == 404
    assert people.app.test_client().get(path).location == f"/login?next={path}"


def test_parts_of_another_event_do_not_exist_here(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        other = make.event(people.institution_id)
        role = make.role(other.id, "Rahasia")
    sari = people.browser("sari")
    assert sari.get(f"/events/{people.event_id}/roles/{role.id}").status_code == 404
    assert sari.post(f"/events/{people.event_id}/roles/{role.id}", data={"move": "up"}).status_code == 404
    assert sari.post(f"/events/{people.event_id}/roles/{role.id}/removal").status_code == 404


def test_lists_cost_the_same_for_one_and_for_three(people: Cast) -> None:
    sari = people.browser("sari")
    paths = ["/events", *(f"/events/{people.event_id}/{part}" for part in PARTS)]
    before = [selects(people.app, sari, path) for path in paths]
    for number in range(2):
        start(sari, idempotency_key=str(uuid4()))
        sari.post(f"/events/{people.event_id}/channels", data=CHANNEL)
        sari.post(f"/events/{people.event_id}/roles", data={"name": f"Peran {number}", "group": "participant"})
        sari.post(f"/events/{people.event_id}/team", data=GRANT | {"email": f"baru{number}@contoh.test"})
    assert [selects(people.app, sari, path) for path in paths] == before
