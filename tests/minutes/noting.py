"""Writing minutes as people do in the tests of this folder."""

import re
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from rakor.accounts.rules import Role
from rakor.agenda.models import AgendaSpeaker, Speaker
from rakor.agenda.rules import SpeakerPart
from rakor.db import transaction
from rakor.events import store as events
from tests import make
from tests.cast import Cast

JSON = {"Accept": "application/json"}


def a_session(people: Cast) -> UUID:
    """A session on the second day with a speaker and a moderator; Joko and Rina are note takers of the event."""
    with people.app.app_context(), transaction(unaudited="test"):
        day = events.days(people.event_id)[1]
        item = make.item(people.event_id, day.id)
        for name, part in (("Bambang Contoh", SpeakerPart.SPEAKER), ("Citra Contoh", SpeakerPart.MODERATOR)):
            person = make._add(Speaker(event_id=people.event_id, name=name, post="Ketua", organization="Kemencontoh"))
            make._add(AgendaSpeaker(event_id=people.event_id, item_id=item.id, speaker_id=person.id, part=part))
        for name in ("joko", "rina"):
            make.grant(people.event_id, people.users[name], Role.NOTE_TAKER)
        return UUID(str(item.id))


def url(people: Cast, item_id: UUID, path: str = "") -> str:
    return f"/events/{people.event_id}/minutes/{item_id}{path}"


def write(
    browser: FlaskClient, base: str, text: str, *, note: UUID | None = None, edit: UUID | None = None,
    parents: str = "", json: bool = True, **fields: str,
) -> TestResponse:  # fmt: skip
    """Send one edit."""
    sent = {
        "kind": "discussion", "speaker": "", "speaker_name": "", "speaker_post": "", "text": text, "removed": "",
        "note": str(note or uuid4()), "edit": str(edit or uuid4()), "parents": parents, "position": "i0000000",
    } | fields  # fmt: skip
    return browser.post(f"{base}/edits", data=sent, headers=JSON if json else {})


def parents_on(page: str, note: UUID) -> str:
    """Return what the page says the next edit of a note has to name."""
    found = re.search(rf'data-note="{note}" data-position="[^"]*" data-parents="([^"]*)"', page)
    assert found, page
    return found[1]


def head(browser: FlaskClient, base: str, **fields: str) -> TestResponse:
    """Name who leads and who keeps."""
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', browser.get(f"{base}/head").text)
    assert seen
    typed = {"chair_name": "Pimpinan Contoh", "chair_post": "Ketua", "taker_name": "Notulis Contoh", "seen": seen[1]}
    return browser.post(f"{base}/head", data=typed | fields)


def approve(people: Cast, base: str) -> TestResponse:
    """Sari, who owns the event, approves what she reads."""
    sari = people.browser("sari")
    assert sari.post(f"{base}/review").status_code == 303
    mark = re.search(r'name="mark" value="([^"]*)"', sari.get(base).text)
    assert mark, sari.get(base).text
    return sari.post(f"{base}/approval", data={"mark": mark[1]}, follow_redirects=True)
