"""One conclusion to 514 offices: their rows, sent out again, an answer of each by its link, and how far they are."""

import logging
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bench.dashboard import NOW, build, counted
from rakor import clock
from rakor.accounts import routes as accounts_routes
from rakor.db import db
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.minutes.follow_up_models import FollowUp, FollowUpRow
from rakor.minutes.rules.follow_ups import Status
from rakor.minutes.store import follow_ups, roll_up, rows

WHAT = "one conclusion to 514 offices: rows, again, 514 answers by link, and the roll-up counted anew"
OFFICES, ROWS_S, ROLL_UP_MS = 514, 1.0, 200
FEW = "53"
"""A province: its office and 22 of a regency or city, to count the queries on few rows."""


def run(quick: bool) -> dict[str, Any]:
    """Ask all regencies of something, let each answer, and look; ``quick`` looks fewer times."""
    rounds = 5 if quick else 25
    with tempfile.TemporaryDirectory() as folder, clock.freeze(NOW, everywhere=True):
        organiser = Organiser(*build(Path(folder), seats_per_office=1, facts=100))
        few = organiser.ask({"assignee": "province", "province": FEW})[0]
        queries_few = organiser.statements()
        organiser.drop(few)
        asked, took = organiser.ask({"assignee": "regencies"})
        made = organiser.count()
        again = organiser.again(asked)
        bites_twice = organiser.again_blind(asked)
        per_answer = organiser.answers(asked)
        ms = [organiser.look() for _ in range(rounds)]
        queries = organiser.statements()
        with patch.object(roll_up, "_line", _each_by_itself(roll_up._line)):
            bites_ms, bites_queries = organiser.look(), organiser.statements()
        whole = organiser.tally()
    roll_up_ms = statistics.median(ms)
    good = made == again == whole == OFFICES and took < ROWS_S and roll_up_ms < ROLL_UP_MS and queries == queries_few
    bites = bites_twice and bites_queries > OFFICES and bites_ms > roll_up_ms
    return {
        "ok": good and bites,
        "offices": made,
        "rows_s": round(took, 3),
        "rows_after_again": again,
        "answered": whole,
        "ms_per_answer": round(per_answer, 1),
        "roll_up_ms_p50": round(roll_up_ms, 1),
        "roll_up_ms_max": round(max(ms), 1),
        "queries": queries,
        "queries_few_rows": queries_few,
        "bites": {
            "sent again without looking at the rows": "refused by the database" if bites_twice else "twice",
            "each row's evidence read by itself": {"ms": round(bites_ms, 1), "queries": bites_queries},
        },
        "limits": {"rows_s": ROWS_S, "roll_up_ms": ROLL_UP_MS},
    }


class Organiser:
    """Somebody logged in to an event, and the phones of its offices."""

    def __init__(self, app: Flask, event_id: UUID, token: str) -> None:
        self.app, self.event_id, self.client = app, event_id, app.test_client()
        self.base = f"/events/{event_id}/follow-ups"
        with app.app_context():
            self.client.set_cookie(accounts_routes.cookie_name(), token, domain="localhost")

    def ask(self, whom: dict[str, str]) -> tuple[UUID, float]:
        """Send a follow-up out through the form; returns it, and the seconds until its rows are there."""
        form = {"text": "Menyiapkan ahli kehumasan", "due_on": "2026-12-24", "conclusion": ""} | whom
        started = time.perf_counter()
        self.post(self.client, f"{self.base}/new", form)
        took = time.perf_counter() - started
        with self.app.app_context():
            found = db.session.scalars(select(FollowUp.id).order_by(FollowUp.number.desc())).first()
            assert found is not None
            return found, took

    def drop(self, follow_up_id: UUID) -> None:
        """Withdraw it, and forget its rows for the count."""
        self.post(self.client, f"{self.base}/{follow_up_id}/withdrawal", {})

    def again(self, follow_up_id: UUID) -> int:
        """Send it out again; returns how many rows there are then."""
        self.post(self.client, f"{self.base}/{follow_up_id}/rows", {})
        return self.count()

    def again_blind(self, follow_up_id: UUID) -> bool:
        """The same without looking at what is there: True where the database refuses it."""
        logging.disable(logging.CRITICAL)  # the refusal is what is asked for
        try:
            with patch.object(follow_ups, "_known", lambda *_: []):
                return self.client.post(f"{self.base}/{follow_up_id}/rows", headers=SAME).status_code == 500
        except IntegrityError:
            return True
        finally:
            logging.disable(logging.NOTSET)

    def count(self) -> int:
        """Return the rows of follow-ups that were not withdrawn."""
        with self.app.app_context():
            living = select(FollowUp.id).where(FollowUp.withdrawn_at.is_(None))
            query = select(func.count()).select_from(FollowUpRow).where(FollowUpRow.follow_up_id.in_(living))
            return db.session.scalar(query) or 0

    def answers(self, follow_up_id: UUID) -> float:
        """Let each office answer by its link, from a phone of its own; returns the milliseconds of one."""
        with self.app.app_context():
            query = select(FollowUpRow.id, FollowUpRow.office_id).where(FollowUpRow.follow_up_id == follow_up_id)
            paths = [
                f"{links.path_of(self.event_id, LinkPurpose.OFFICE, office_id)}/follow-ups/{row_id}"
                for row_id, office_id in db.session.execute(query)
                if office_id is not None
            ]
        said = {"status": "done", "note": "Dua orang", "address": "https://contoh.test/berita"}
        started = time.perf_counter()
        for path in paths:
            self.post(self.app.test_client(), path, said | {"idempotency_key": str(uuid4())})
        return (time.perf_counter() - started) * 1000 / len(paths)

    def look(self) -> float:
        """Return the milliseconds of the page with its map, its numbers counted for it."""
        roll_up.forget()
        started = time.perf_counter()
        assert self.client.get(self.base).status_code == 200
        return (time.perf_counter() - started) * 1000

    def statements(self) -> int:
        """Return how many statements that costs."""
        with counted(self.app) as seen:
            self.look()
        return sum(not statement.startswith(("BEGIN", "PRAGMA")) for statement in seen)

    def tally(self) -> int:
        """Return how many offices the roll-up says are done with evidence."""
        with self.app.app_context():
            query = select(func.count()).select_from(FollowUpRow).where(
                FollowUpRow.status == Status.DONE, FollowUpRow.evidence_count == 1
            )
            return db.session.scalar(query) or 0

    def post(self, client: FlaskClient, path: str, form: dict[str, str]) -> None:
        """Send a form that must be taken."""
        answer = client.post(path, data=form, headers=SAME)
        assert answer.status_code == 303, (path, answer.status_code)


SAME = {"Sec-Fetch-Site": "same-origin"}


def _each_by_itself(line: Any) -> Any:
    def made(event: Any, asked: Any, row: Any, today: Any) -> Any:
        rows.evidence(event.id, [row.id])
        return line(event, asked, row, today)

    return made
