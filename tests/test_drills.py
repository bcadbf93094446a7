"""The drills of bench/ run for minutes and seldom: what they sow and whom they know is looked after here."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from bench import _faulty, _post, hostile_mail
from bench._letters import build, dress
from rakor.app import create_app
from rakor.attendance.rules.facts import Fact, House, Ticket
from rakor.attendance.rules.words import Kind, Verdict
from rakor.attendance.store import book as books
from rakor.attendance.store.receipts import Placed
from rakor.db import db
from rakor.messages.rules import Kind as Mail

EVENT, PERSON, DESK, DOOR = (UUID(int=number) for number in range(1, 5))


def test_the_hostile_mails_are_of_every_kind(tmp_path: Path) -> None:
    app = create_app(_post.settings(tmp_path, f"sqlite:///{tmp_path}/rakor.sqlite3"))
    with app.app_context():
        cast = build(app)
        dress(cast, "<b>Agustina</b> Contoh")
        subjects = {name: hostile_mail._mail(row)["Subject"] for name, row in cast.messages.items()}
        db.session.remove()
        db.engine.dispose()
    assert {name.split("/")[0] for name in subjects} == set(Mail)
    assert all(subjects.values())


def test_the_blind_fault_still_blinds(monkeypatch: pytest.MonkeyPatch) -> None:
    def second_verdict() -> Verdict:
        book, ticket = books.Book(EVENT, House()), Ticket(b"1" * 12, EVENT, PERSON)
        book.tickets[ticket.ref] = ticket
        first, second = (
            Fact(UUID(int=number), Kind.TICKET, datetime(2026, 11, 24, tzinfo=UTC), DOOR, DESK, number, ref=ticket.ref)
            for number in (10, 11)
        )
        book.add(Placed(EVENT, first))
        return book.show(second, book.line(second))

    assert second_verdict() is Verdict.ALREADY
    monkeypatch.setattr(books, "judge", getattr(books, "judge"))  # noqa: B009 - put back at the end
    _faulty.blind()
    assert second_verdict() is Verdict.IN
