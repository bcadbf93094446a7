"""The outbox leaves with its filter, and without anybody's address."""

from uuid import uuid4

from rakor import clock
from rakor.db import db, transaction
from rakor.messages.models import Message, MessageState
from rakor.messages.rules import Kind
from tests import make
from tests.books import rows_of
from tests.cast import Cast


def written(people: Cast, name: str, state: MessageState, error: str | None) -> None:
    with people.app.app_context(), transaction(unaudited="test"):
        who = make.registration(people.event_id, name=name, search_key=name.lower())
        row = Message(id=uuid4(), event_id=people.event_id, kind=str(Kind.CONFIRMATION), recipient_kind="registration",
                      recipient_id=who.id, state=state, created_at=clock.now(), error=error)  # fmt: skip
        db.session.add(row)


def test_what_failed_leaves_with_its_cause_but_no_address(people: Cast) -> None:
    written(people, "Ani Contoh", MessageState.FAILED, "550 5.1.1 <ani.rahasia@contoh.test>: no such user")
    written(people, "Budi Contoh", MessageState.FAILED, "no_address")
    written(people, "Citra Contoh", MessageState.SENT, None)
    sari, path = people.browser("sari"), f"/events/{people.event_id}/outbox"
    assert "outbox/sheets?state=failed" in sari.get(f"{path}?state=failed").text
    heading, *lines = rows_of(sari.post(f"{path}/sheets?state=failed"))
    told = {str(line[heading.index("Kepada")]): str(line[heading.index("Sebab")]) for line in lines}
    assert told == {
        "Ani Contoh, S.E.": "550 5.1.1 <…@contoh.test>: no such user",
        "Budi Contoh, S.E.": "tanpa alamat email",
    }
    assert len(rows_of(sari.post(f"{path}/sheets?q=citra"))) == 2
