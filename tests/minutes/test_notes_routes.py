"""Writing minutes through HTTP: several at once, nothing overwritten, the same edit once, who may and who may not."""

import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from rakor import clock
from rakor.agenda import store as agenda
from rakor.db import db, transaction
from rakor.minutes.notes_models import MinutesEdit
from rakor.minutes.store import notes
from tests.cast import Cast
from tests.counting import selects
from tests.minutes.noting import JSON, a_session, head, parents_on, url, write


@pytest.fixture
def base(people: Cast, moment: datetime) -> str:
    return url(people, a_session(people))


def item_of(base: str) -> UUID:
    return UUID(base.rsplit("/", 1)[1])


def edits(people: Cast) -> list[MinutesEdit]:
    with people.app.app_context():
        return list(db.session.scalars(select(MinutesEdit)))


def test_two_write_different_notes_and_each_sees_the_others(people: Cast, base: str) -> None:
    joko, rina = people.browser("joko"), people.browser("rina")
    assert joko.get(f"{base}/notes?seen=0").status_code == 204
    assert write(joko, base, "Paparan dimulai.").json == {"outcome": "stored", "words": ""}
    assert write(rina, base, "Bagaimana bila jaringan putus?", kind="question", speaker="other",
                 speaker_name="Dewi Contoh", speaker_post="Kantor Kabupaten Asmat").status_code == 200  # fmt: skip
    page = joko.get(f"{base}/notes?seen=0")
    assert page.status_code == 200
    assert "Paparan dimulai." in page.text
    assert "Dewi Contoh" in page.text
    assert "Kantor Kabupaten Asmat" in page.text
    seen = re.search(r'data-seen="([^"]+)"', page.text)
    assert seen
    assert joko.get(f"{base}/notes?seen={seen[1]}").status_code == 204
    listed = people.browser("sari").get(base.rsplit("/", 1)[0]).text
    assert "2 butir" in listed
    assert re.search("(Joko|Rina) Contoh", listed)
    assert "Draf" in listed


def test_who_asks_again_gets_what_was_written_since(people: Cast, base: str) -> None:
    joko, old, new = people.browser("joko"), uuid4(), uuid4()
    write(joko, base, "Kalimat lama.", note=old)
    with clock.freeze(clock.now() + timedelta(minutes=5), everywhere=True):
        write(joko, base, "Kalimat kemudian.", position="j")
        seen = re.search(r'data-seen="([^"]+)"', joko.get(base).text)
        assert seen
    with clock.freeze(clock.now() + timedelta(minutes=6), everywhere=True):
        write(joko, base, "Kalimat baru.", note=new, position="k")
        page = joko.get(f"{base}/notes?seen={seen[1]}").text
    assert "Kalimat lama." not in page
    assert f'data-known data-note="{old}"' in page
    assert "Kalimat kemudian." in page, "it might have been on its way"
    assert "Kalimat baru." in page
    for other in ("", "0", "1-draft-2-x", "1-draft-2-99999999999999"):
        assert "Kalimat lama." in joko.get(f"{base}/notes?seen={other}").text


def test_a_speaker_of_the_agenda_is_named_with_post(people: Cast, base: str) -> None:
    joko = people.browser("joko")
    chosen = re.search(r'<option value="([0-9a-f-]{36})"[^>]*>Bambang Contoh', joko.get(base).text)
    assert chosen
    write(joko, base, "Standar disampaikan.", speaker=chosen[1])
    [row] = edits(people)
    assert str(row.speaker_id) == chosen[1]
    assert (row.speaker_name, row.speaker_post) == ("Bambang Contoh", "Ketua, Kemencontoh")


def test_the_same_edit_sent_twice_is_one_and_an_id_cannot_be_used_for_another_text(people: Cast, base: str) -> None:
    joko, note, edit = people.browser("joko"), uuid4(), uuid4()
    for _ in range(3):
        assert write(joko, base, "Sekali.", note=note, edit=edit).status_code == 200
    answer = write(joko, base, "Lain.", note=note, edit=edit)
    assert (answer.status_code, answer.json["outcome"]) == (409, "taken")  # type: ignore[index]
    assert [row.text for row in edits(people)] == ["Sekali."]


def test_two_who_change_the_same_note_keep_both_until_one_chooses(people: Cast, base: str) -> None:
    joko, rina, note = people.browser("joko"), people.browser("rina"), uuid4()
    write(joko, base, "Awal.", note=note)
    base_of_both = parents_on(joko.get(base).text, note)
    write(joko, base, "Awal. Kalimat Joko.", note=note, parents=base_of_both)
    write(rina, base, "Awal. Kalimat Rina.", note=note, parents=base_of_both)
    page = rina.get(base).text
    assert "diubah bersamaan" in page
    assert "Kalimat Joko." in page
    assert "Kalimat Rina." in page
    both = parents_on(page, note)
    assert len(both.split(",")) == 2
    # in a conflict nothing can be reviewed
    assert "Pilih dahulu isi" in rina.post(f"{base}/review", follow_redirects=True).text
    write(rina, base, "Awal. Kalimat Joko. Kalimat Rina.", note=note, parents=both)
    settled = joko.get(base).text
    assert "diubah bersamaan" not in settled
    assert "Awal. Kalimat Joko. Kalimat Rina." in settled


def test_a_plain_form_keeps_what_was_typed_and_says_what_is_wrong(people: Cast, base: str) -> None:
    joko = people.browser("joko")
    saved = write(joko, base, "Tanpa skrip.", json=False)
    assert saved.status_code == 303
    assert "#note-" in saved.location
    assert "Tanpa skrip." in joko.get(base).text
    long = write(joko, base, "x" * 8001, json=False)
    assert long.status_code == 422
    assert "Paling banyak 8000 karakter" in long.text
    assert "x" * 8001 in long.text
    assert write(joko, base, "", json=False).status_code == 422
    for broken in ({"note": "satu"}, {"position": "DROP TABLE"}, {"parents": "x"}, {"kind": "poetry"}):
        answer = joko.post(f"{base}/edits", data={"text": "Isi.", "kind": "note", **_ids(), **broken}, headers=JSON)
        assert answer.status_code == 422, broken
        assert answer.json["words"]  # type: ignore[index]


def _ids() -> dict[str, str]:
    return {"note": str(uuid4()), "edit": str(uuid4()), "position": "i", "parents": ""}


def test_a_note_is_put_behind_the_one_that_is_named_and_taken_away_and_brought_back(people: Cast, base: str) -> None:
    joko, first, last = people.browser("joko"), uuid4(), uuid4()
    write(joko, base, "Pertama.", note=first, position="b0000000")
    write(joko, base, "Ketiga.", note=last, position="d0000000")
    page = joko.get(f"{base}?after={first}").text
    place = re.search(r'id="new".*?name="position" value="([^"]+)"', page, re.S)
    assert place
    assert "b0000000" < place[1] < "d0000000"
    gone = write(joko, base, "Ketiga.", note=last, parents=parents_on(page, last), json=False, removed="yes")
    assert gone.status_code == 303
    page = joko.get(base).text
    assert f'data-note="{last}"' not in page
    assert "Butir yang dihapus: 1" in page
    with people.app.app_context():
        [note] = [one for one in notes.notes_of(people.event_id, item_of(base)) if one.id == last]
    write(joko, base, "Ketiga.", note=last, parents=",".join(map(str, note.parents)))
    assert f'data-note="{last}"' in joko.get(base).text


def test_a_parent_that_is_not_known_is_let_go_and_both_texts_are_shown(people: Cast, base: str) -> None:
    joko, note = people.browser("joko"), uuid4()
    write(joko, base, "Dari cadangan.", note=note)
    write(joko, base, "Sesudah yang hilang.", note=note, parents=str(uuid4()))
    page = joko.get(base).text
    assert "Dari cadangan." in page
    assert "Sesudah yang hilang." in page
    assert "diubah bersamaan" in page


def test_the_head_is_saved_and_a_second_tab_is_told(people: Cast, base: str) -> None:
    joko = people.browser("joko")
    old = re.search(r'name="seen"[^>]*value="([^"]*)"', joko.get(f"{base}/head").text)
    assert old
    assert head(joko, base, opened="08:05", chair_nip="19860926 201505 1 001").status_code == 303
    with people.app.app_context():
        row = notes.minutes(people.event_id, item_of(base))
        assert row is not None
        assert row.chair_nip == "198609262015051001"
        assert row.opened_at is not None
        assert row.opened_at.isoformat() == "2026-11-24T01:05:00+00:00"
    stale = joko.post(f"{base}/head", data={"chair_name": "Lain", "seen": old[1]})
    assert stale.status_code == 409
    assert "Pimpinan Contoh" in stale.text
    assert 'value="Lain"' in stale.text
    assert head(joko, base, taker_nip="123").status_code == 422
    assert head(joko, base, opened="10:00", closed="09:00").status_code == 422


def test_who_only_reads_cannot_write(people: Cast, base: str) -> None:
    lena = people.browser("lena")
    write(people.browser("joko"), base, "Ada isi.")
    page = lena.get(base)
    assert "Ada isi." in page.text
    assert "data-edit" not in page.text
    assert write(lena, base, "Bukan hak saya.").status_code == 403
    assert lena.get(f"{base}/head").status_code == 403


def test_an_item_with_minutes_is_not_taken_off_the_programme(people: Cast, base: str) -> None:
    write(people.browser("joko"), base, "Ada isi.")
    answer = people.browser("sari").post(
        f"/events/{people.event_id}/agenda/items/{item_of(base)}/removal", follow_redirects=True
    )
    assert "notula" in answer.text
    with people.app.app_context():
        assert agenda.item(people.event_id, item_of(base)) is not None


def test_the_list_asks_the_same_number_of_times_however_many_sessions(people: Cast, base: str) -> None:
    joko, sari, page = people.browser("joko"), people.browser("sari"), base.rsplit("/", 1)[0]
    write(joko, base, "Satu.")
    few = selects(people.app, sari, page)
    write(joko, url(people, a_second(people)), "Dua.")
    assert selects(people.app, sari, page) == few


def a_second(people: Cast) -> UUID:
    from rakor.events import store as events
    from tests import make

    with people.app.app_context(), transaction(unaudited="test"):
        return UUID(str(make.item(people.event_id, events.days(people.event_id)[2].id, title="Sesi lain").id))
