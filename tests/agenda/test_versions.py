"""Published versions: a draft nobody sees, numbers that only rise, marks, and an earlier one brought back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from rakor import outbox
from rakor.agenda import store
from rakor.agenda.models import AgendaItem
from rakor.agenda.rules.versions import is_marked
from rakor.agenda.rules.views import MARKED_FOR, PARTICIPANTS, ItemView
from rakor.agenda.rundown_paper import rundown_content
from rakor.agenda.store import versions
from rakor.attendance.store import checkpoints, endings
from rakor.checkin.relaying.giving import frame
from rakor.checkin.relaying.rows import read as read_row
from rakor.db import transaction
from rakor.documents.rules import Choice, ListKind
from rakor.documents.store.heads import list_head
from rakor.documents.store.people import list_rows
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from tests import make
from tests.agenda.test_routes import GOOD, add, day_ids, item_url, items
from tests.cast import Cast
from tests.counting import statements


@contextmanager
def told(people: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody was told of the event: from now on changes wait to be published."""
    monkeypatch.setattr(versions, "told_by", [lambda event_id: event_id == people.event_id])
    yield


def read(people: Cast) -> list[ItemView]:
    with people.app.app_context():
        return store.programme(people.event_id, PARTICIPANTS)


def change(people: Cast, item: ItemView, **values: str) -> None:
    form = {"day": str(item.day_id)} | GOOD | values
    assert people.browser("sari").post(item_url(people, item), data=form).status_code == 303


def publish(people: Cast) -> str:
    answer = people.browser("sari").post(f"/events/{people.event_id}/agenda/versions")
    assert answer.status_code == 303
    return str(answer.location)


def test_before_anybody_is_told_version_one_follows_every_save(people: Cast) -> None:
    add(people)
    (item,) = items(people)
    change(people, item, starts="09:00")
    with people.app.app_context():
        assert [line.number for line in versions.lines(people.event_id)] == [1]
        assert versions.pending(people.event_id) == []
    (shown,) = read(people)
    assert (shown.starts_at, shown.sequence, shown.mark) == (datetime(2026, 11, 24, 2, 0, tzinfo=UTC), 1, None)


def test_afterwards_a_change_waits_and_is_read_by_nobody_until_it_is_published(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(people)
    (before,) = read(people)
    with told(people, monkeypatch):
        change(people, before, starts="09:00", ends="11:00")
        assert read(people) == [before]
        page = people.browser("sari").get(f"/events/{people.event_id}/agenda?day=2026-11-24").text
        assert "1 perubahan belum terbit" in page
        assert "Terbitkan versi 2" in page
        waiting = people.browser("sari").get(f"/events/{people.event_id}/agenda/publication").text
        assert "08.00 → 09.00" in waiting
        assert publish(people).endswith("/agenda/versions/2")
        (after,) = read(people)
    assert (after.id, after.sequence) == (before.id, before.sequence + 1)
    assert after.mark is not None
    assert after.mark.starts_at == before.starts_at
    assert items(people)[0].sequence == after.sequence


def test_a_draft_moves_no_door_no_printed_list_and_no_relay(
    people: Cast, monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> None:
    """Seen red: a session moved in the draft was announced at the door, and printed, with times nobody was told."""
    add(people, speakers="Ratna Contoh; Direktur", moderators="")
    (before,) = read(people)
    paper = Choice(ListKind.SPEAKERS, before.day_id, before.id)
    with told(people, monkeypatch):
        trial = {"starts": "10:00", "ends": "11:00", "title": "Sesi yang masih dicoba", "speakers": "Hendra Contoh"}
        change(people, before, **trial, moderators="")
        add(people, title="Hanya konsep", starts="13:00", ends="14:00")
        for published in (False, True):
            wanted = {before.title: before.starts_at}
            if published:
                publish(people)
                wanted = {item.title: item.starts_at for item in read(people)}
                assert len(wanted) == 2
            with people.app.app_context(), transaction(unaudited="test"):
                doors = [place for place in checkpoints.places(people.event_id) if place.item_id]
                assert {door.name: door.starts_at for door in doors} == wanted
                event = events.locked_event(people.event_id)
                head = list_head(event, paper, counted_at=moment)
                assert (head.session, head.starts_at) == next(iter(wanted.items()))
                speaks = "Hendra Contoh" if published else "Ratna Contoh"
                assert [row.name for row in list_rows(event, paper)[0]] == [speaks]
                paper_days = rundown_content(event, made_at=moment)["days"]
                assert {row["title"] for day in paper_days for row in day["rows"]} == set(wanted)  # type: ignore[attr-defined]
                sent = [read_row(AgendaItem, row) for row in frame(people.event_id)["agenda_item"]]
                assert {one["title"]: one["starts_at"] for one in sent if one["removed_at"] is None} == wanted
                checkpoints.ensure(people.event_id, now=moment)
                [place] = [one for one in checkpoints.checkpoints(people.event_id) if one.item_id == before.id]
                [now] = [item for item in store.sessions(people.event_id) if item.id == before.id]
                assert endings.end_of(people.event_id, place.id) == now.ends_at
                assert place.name == now.title
        tomorrow = day_ids(people)[2]  # seen red: the session's checkpoint was made a second time
        change(people, before, starts="10:00", ends="11:00", day=tomorrow, moderators="")
        publish(people)
        with people.app.app_context(), transaction(unaudited="test"):
            found = checkpoints.ensure(people.event_id, now=moment)
            assert [str(one.day_id) for one in found if one.item_id == before.id] == [tomorrow]


def test_an_older_version_stays_readable_to_whoever_could_read_it_less_what_was_closed_since(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Seen red: an item that was made internal later stood open in the version before."""
    add(people, title="Sesi terbuka", room="Ruang Melati")
    add(people, title="Sesi peserta", visibility="participants", starts="13:00", ends="14:00")
    add(people, title="Arahan tertutup", starts="15:00", ends="16:00")
    with people.app.app_context(), transaction(unaudited="test"):
        row = make.registration(people.event_id)
        links.make_links(people.event_id, LinkPurpose.PERSON, [row.id], now=make.AT)
        me = f"/p/{links.token_of(people.event_id, LinkPurpose.PERSON, row.id)}"
    opened, _peserta, closed = items(people)
    with told(people, monkeypatch):
        change(people, opened, title="Sesi terbuka", starts="09:00", ends="11:00")
        change(people, closed, title="Arahan tertutup", starts="15:00", ends="16:00", visibility="organizers")
        publish(people)
        change(people, closed, title="Arahan tertutup lagi", starts="15:00", ends="16:00", visibility="organizers")
        publish(people)
        people.browser("sari").post(f"{item_url(people, closed)}/removal")
        publish(people)
    anybody = people.app.test_client()
    for path, mine in ((f"/e/{people.slug}", False), (me, True)):
        old, second = (anybody.get(f"{path}/agenda/versions/{n}").text for n in (1, 2))
        assert "08.00–" in old
        assert "09.00–11.00" not in old
        assert "Yang berlaku: versi 4" in old
        assert ("Sesi peserta" in old) is mine
        assert "08.00 → 09.00" in second
        assert "Arahan tertutup" not in old + second + anybody.get(f"{path}/agenda/versions/3").text
        assert anybody.get(f"{path}/agenda/versions/5").status_code == 404
        assert f"{path}/agenda/versions/4" in anybody.get(path if not mine else f"{me}/agenda").text


def test_publishing_twice_makes_one_version_and_one_job(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    add(people)
    with told(people, monkeypatch):
        change(people, items(people)[0], title="Judul baru")
        publish(people)
        assert publish(people).endswith(f"/events/{people.event_id}/agenda")
        with people.app.app_context():
            assert [line.number for line in versions.lines(people.event_id)] == [2, 1]


def test_a_note_for_organisers_raises_no_sequence_and_marks_nothing(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(people)
    (before,) = read(people)
    with told(people, monkeypatch):
        change(people, before, in_charge="Tata")
        publish(people)
        (after,) = read(people)
    assert (after.sequence, after.mark, after.in_charge) == (before.sequence, None, "Tata")


def test_what_is_taken_off_leaves_with_the_next_version_and_comes_back_under_its_own_id(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(people)
    add(people, title="Sesi kedua", starts="13:00", ends="14:00", room="Ruang Cendana")
    first, second = read(people)
    with told(people, monkeypatch):
        assert people.browser("sari").post(item_url(people, first, "/removal")).status_code == 303
        assert items(people) == [replace_number(second, 1)]
        assert [item.id for item in read(people)] == [first.id, second.id]
        publish(people)
        assert [item.id for item in read(people)] == [second.id]
        page = people.browser("sari").get(f"/events/{people.event_id}/agenda/versions/2").text
        assert "Dihapus: Standar layanan informasi di daerah" in page
        url = f"/events/{people.event_id}/agenda/versions/1/restoration"
        assert people.browser("sari").post(url).location.endswith("/agenda/versions/3")
        back, still = read(people)
        old = people.browser("sari").get(f"/events/{people.event_id}/agenda/versions/2").text
    assert (back.id, back.title, back.room) == (first.id, first.title, first.room)
    assert [person.name for person in back.speakers] == [person.name for person in first.speakers]
    assert back.sequence > first.sequence
    assert still.id == second.id
    assert "Versi lama" in old


def replace_number(item: ItemView, number: int) -> ItemView:
    return replace(item, session_number=number)


def test_an_event_that_is_older_than_versions_keeps_what_people_read(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    day_id = UUID(day_ids(people)[1])
    with people.app.app_context(), transaction(unaudited="a test's own row"):
        row = make.item(people.event_id, day_id, title="Lama")
    with told(people, monkeypatch):
        assert [item.title for item in read(people)] == ["Lama"]
        change(people, items(people)[0], title="Baru")
        assert [(item.id, item.title) for item in read(people)] == [(row.id, "Lama")]


def test_a_mark_is_news_for_three_days_and_not_after_the_item(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    add(people)
    with told(people, monkeypatch):
        change(people, items(people)[0], starts="09:00")
        publish(people)
        (item,) = read(people)
    assert item.mark
    assert item.ends_at
    early = item.ends_at - timedelta(days=10)
    item = replace(item, mark=replace(item.mark, at=early))
    assert is_marked(item, early + MARKED_FOR)
    assert not is_marked(item, early + MARKED_FOR + timedelta(seconds=1))
    fresh = replace(item, mark=replace(item.mark, at=item.ends_at - timedelta(hours=1)))
    assert is_marked(fresh, item.ends_at - timedelta(seconds=1))
    assert not is_marked(fresh, item.ends_at)


def test_the_text_for_groups_names_every_zone_and_nothing_that_only_organisers_see(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(people, title="Sesi 2: Standar layanan")
    add(people, title="Rapat panitia", visibility="organizers", room="Cendana", speakers="", moderators="")
    public, secret = (next(item for item in items(people) if item.title.startswith(word)) for word in ("Sesi", "Rapat"))
    with told(people, monkeypatch):
        change(people, public, title="Sesi 2: Standar layanan", starts="14:00", ends="16:00")
        change(
            people, secret, title="Rapat panitia", visibility="organizers", starts="19:00", ends="20:00", room="Cendana"
        )
        publish(people)
        page = people.browser("sari").get(f"/events/{people.event_id}/agenda/versions/2").text
    text = page.split('id="wa-text">')[1].split("</p>")[0]
    assert "semula Selasa, 24 November 2026, 08.00–10.00 WIB / 09.00–11.00 WITA / 10.00–12.00 WIT" in text
    assert "menjadi Selasa, 24 November 2026, 14.00–16.00 WIB / 15.00–17.00 WITA / 16.00–18.00 WIT" in text
    assert "Rapat panitia" not in text
    assert "Rapat panitia" in page


def test_readers_without_the_right_neither_publish_nor_bring_back(people: Cast) -> None:
    add(people)
    for who, expected in (("lena", 403), ("rina", 403), ("joko", 404)):
        browser = people.browser(who)
        assert browser.post(f"/events/{people.event_id}/agenda/versions").status_code == expected
        assert browser.post(f"/events/{people.event_id}/agenda/versions/1/restoration").status_code == expected


def test_a_published_programme_costs_one_query(people: Cast) -> None:
    add(people)

    def look() -> None:
        with people.app.app_context():
            store.programme(people.event_id, PARTICIPANTS)

    assert len(statements(people.app, look)) == 1


def test_publishing_announces_its_number_in_its_own_transaction(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[dict[str, str]] = []
    monkeypatch.setattr(outbox, "announce", lambda _name, payload, **_event: announced.append(payload))
    add(people)
    with told(people, monkeypatch):
        change(people, items(people)[0], title="Judul baru")
        publish(people)
    assert [one["version"] for one in announced] == ["1", "2"]
