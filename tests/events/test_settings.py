"""What an event says about itself; a stale form overwrites nothing unseen."""

from html.parser import HTMLParser
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from rakor.db import transaction
from rakor.events import store
from tests import make
from tests.cast import Cast
from tests.events.acting import event_of


def settings_of(browser: FlaskClient, event_id: UUID) -> dict[str, str]:
    """What the settings form holds when it is opened, as a browser would send it back."""

    class Fields(HTMLParser):
        found: dict[str, str] = {}
        select = textarea = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            known = dict(attrs)
            name, value = known.get("name") or "", known.get("value")
            if tag == "input" and (known.get("type") not in ("radio", "checkbox") or "checked" in known):
                self.found[name] = value or ("y" if known.get("type") == "checkbox" else "")
            if tag == "select":
                self.select = name
            if tag == "option" and "selected" in known:
                self.found[self.select] = value or ""
            self.textarea = name if tag == "textarea" else ""

        def handle_data(self, data: str) -> None:
            if self.textarea:
                self.found[self.textarea] = data.strip()
                self.textarea = ""

    reader = Fields()
    reader.found = {}
    page = browser.get(f"/events/{event_id}/settings")
    assert page.status_code == 200
    reader.feed(page.text.split("<main")[1].split('action="/events')[1])
    return reader.found


def test_settings_are_saved_as_the_zone_reads_them(people: Cast) -> None:
    sari = people.browser("sari")
    typed = settings_of(sari, people.event_id) | {
        "theme": "O'Brien & <b>kawan</b>",
        "zone": "Asia/Jayapura",
        "answer_by": "2026-11-20T17:00",
        "open_registration": "y",
        "opens": "2026-11-01T08:00",
        "closes": "2026-11-19T08:00",
    }
    assert sari.post(f"/events/{people.event_id}/settings", data=typed).status_code == 303
    row = event_of(people, people.event_id)
    assert row.answer_by_at is not None
    assert row.answer_by_at.isoformat() == "2026-11-20T08:00:00+00:00"
    assert (row.theme, row.version) == ("O'Brien & <b>kawan</b>", 2)
    page = sari.get(f"/events/{people.event_id}/settings").text
    assert "O&#39;Brien &amp; &lt;b&gt;kawan&lt;/b&gt;" in page
    assert 'value="2026-11-20T17:00"' in page


def test_a_stale_form_keeps_both_and_the_second_sending_wins(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/settings"
    mine, theirs = settings_of(sari, people.event_id), settings_of(sari, people.event_id)
    assert sari.post(url, data=theirs | {"venue": "Gedung Lain"}).status_code == 303
    stale = sari.post(url, data=mine | {"theme": "Tema saya"})
    assert stale.status_code == 409
    assert "Gedung Lain" in stale.text
    assert "Tema saya" in stale.text
    assert event_of(people, people.event_id).theme == ""
    assert 'name="version" type="hidden" value="2"' in stale.text
    assert sari.post(url, data=mine | {"theme": "Tema saya", "version": "2"}).status_code == 303
    row = event_of(people, people.event_id)
    assert (row.theme, row.venue) == ("Tema saya", "Hotel Contoh")


def test_the_same_words_sent_twice_are_no_conflict(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/settings"
    typed = settings_of(sari, people.event_id) | {"theme": "Sekali saja"}
    assert [sari.post(url, data=typed).status_code for _ in range(2)] == [303, 303]
    assert event_of(people, people.event_id).version == 2


def test_a_day_with_an_item_is_kept_and_said(people: Cast) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        make.item(people.event_id, store.days(people.event_id)[2].id, starts_at=None, ends_at=None)
    sari = people.browser("sari")
    typed = settings_of(sari, people.event_id) | {"ends_on": "2026-11-24"}
    answer = sari.post(f"/events/{people.event_id}/settings", data=typed, follow_redirects=True)
    assert "Rabu, 25" in answer.text
    assert "tetap disimpan karena ada isinya" in answer.text
    with people.app.app_context():
        assert len(store.days(people.event_id)) == 3


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"closes": "2026-11-01T08:00", "opens": "2026-11-02T08:00"}, "Pendaftaran ditutup sebelum dibuka."),
        ({"answer_by": "2027-01-01T08:00"}, "Batas jawab jatuh sesudah kegiatan selesai."),
        ({"answer_by": "besok"}, "Tulis tanggal dan jam"),
        ({"contact_email": "bukan email"}, "Tulis alamat email yang lengkap."),
        ({"title": ""}, "Isian ini wajib."),
    ],
)
def test_settings_that_cannot_be_kept_say_why(people: Cast, more: dict[str, str], said: str) -> None:
    sari = people.browser("sari")
    typed = settings_of(sari, people.event_id) | {"theme": "Tema saya"} | more
    answer = sari.post(f"/events/{people.event_id}/settings", data=typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Tema saya" in answer.text


def test_columns_that_no_form_names_never_change(people: Cast) -> None:
    sari = people.browser("sari")
    before = event_of(people, people.event_id)
    extra = dict.fromkeys(("id", "event_id", "slug", "stage", "change_seq", "registered_count", "demo_world"), "1")
    typed = settings_of(sari, people.event_id) | extra
    assert sari.post(f"/events/{people.event_id}/settings", data=typed).status_code == 303
    after = event_of(people, people.event_id)
    assert {name: getattr(after, name) for name in extra if name != "event_id"} == {
        name: getattr(before, name) for name in extra if name != "event_id"
    }


def test_a_number_that_is_refused_stays_as_it_was_typed(people: Cast) -> None:
    answer = people.browser("sari").post(f"/events/{people.event_id}/identity", data={"signatory_nip": "1986 0926-20"})
    assert answer.status_code == 422
    assert "1986 0926-20" in answer.text
