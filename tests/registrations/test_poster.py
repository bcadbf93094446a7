"""The poster: one A4 page whose QR leads to the open form."""

from io import BytesIO

import pikepdf
import pytest

from rakor import outbox
from rakor.db import db
from rakor.events import store as events
from rakor.registrations import poster
from tests.cast import Cast

pytestmark = pytest.mark.usefixtures("moment")


def test_sari_asks_for_the_poster_and_takes_it(people: Cast) -> None:
    sari, url = people.browser("sari"), f"/events/{people.event_id}/poster"
    assert sari.get(f"{url}.pdf").location == url
    assert sari.post(url).status_code == 303
    assert "Sedang disusun" in sari.get(url).text
    with people.app.app_context():
        while outbox.run_next():
            pass
        db.session.remove()
    answer = sari.get(f"{url}.pdf")
    assert answer.mimetype == "application/pdf"
    with pikepdf.open(BytesIO(answer.data)) as made:
        assert len(made.pages) == 1
        assert [round(float(one)) for one in made.pages[0].mediabox[2:]] == [595, 842]
    assert sari.post(url).status_code == 303  # a new one replaces it


def test_the_words_are_those_of_the_event(people: Cast) -> None:
    with people.app.app_context():
        event = events.event(people.event_id)
        assert event is not None
        said = poster.poster_content(event)
    assert said["address"] == f"localhost/e/{people.slug}/registration"
    assert said["facts"] == ["23–25 November 2026", "Hotel Contoh, Bogor dan daring"]
