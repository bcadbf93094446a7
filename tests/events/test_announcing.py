"""Announced, cancelled, announced again; what cards say of that."""

from uuid import UUID

from rakor.events.rules import Stage
from tests.cast import Cast
from tests.events.acting import event_of, start


def test_an_event_without_a_place_is_not_announced(people: Cast) -> None:
    joko = people.browser("joko")
    location = start(joko, venue="", city="").location
    event_id = UUID(location.split("/")[2])
    answer = joko.post(f"/events/{event_id}/publication")
    assert answer.status_code == 422
    assert "Belum dapat diumumkan" in answer.text
    assert "Umumkan kegiatan" not in answer.text
    assert event_of(people, event_id).stage is Stage.DRAFT


def test_a_cancelled_event_can_be_announced_again(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}"
    assert "Ya, batalkan kegiatan" in sari.get(f"{url}/cancellation").text
    assert sari.post(f"{url}/cancellation").status_code == 303
    assert event_of(people, people.event_id).stage is Stage.CANCELLED
    assert "Umumkan lagi" in sari.get(f"{url}/setup").text
    assert sari.post(f"{url}/publication").status_code == 303
    row = event_of(people, people.event_id)
    assert (row.stage, row.cancelled_at) == (Stage.PUBLISHED, None)


def test_cards_say_where_one_stands(people: Cast, moment: object) -> None:
    page = people.browser("rina").get("/events").text
    assert "Berlangsung sekarang" in page
    assert "Petugas meja" in page
    assert f'href="/desk/{people.event_id}"' in page
    assert "Pengaturan" not in page.split("<main")[1]
