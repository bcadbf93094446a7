"""Jobs: written with their cause, claimed once, retried, finished after a worker's death."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from rakor import clock, outbox
from rakor.db import db, transaction
from rakor.outbox import Job, JobState
from tests.conftest import MOMENT

ran: list[str] = []


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = dict(outbox._handlers)
    ran.clear()
    outbox._handlers["test.note"] = [lambda payload, progress: ran.append(payload["n"])]
    outbox._handlers["test.break"] = [_break]
    yield
    outbox._handlers.clear()
    outbox._handlers.update(before)


def _break(payload: dict[str, str], progress: outbox.Progress) -> None:
    progress(1, 3)
    raise ConnectionError("SMTP says 451")


def put(name: str, n: int = 0, **values: object) -> None:
    with transaction(unaudited="test"):
        outbox.enqueue(name, {"n": str(n)}, **values)  # type: ignore[arg-type]


def test_a_job_of_a_failed_act_does_not_exist(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(ZeroDivisionError), transaction(unaudited="test"):  # noqa: PT012 - the act fails at its end
            outbox.enqueue("test.note", {"n": "1"})
            raise ZeroDivisionError
        assert not outbox.run_next()


def test_jobs_run_in_order_and_once(app: Flask) -> None:
    with app.app_context():
        for n in range(3):
            with clock.freeze(MOMENT + timedelta(seconds=n)):
                put("test.note", n)
        with clock.freeze(MOMENT + timedelta(minutes=1)):
            while outbox.run_next():
                pass
        assert ran == ["0", "1", "2"]
        assert db.session.scalar(select(func.count()).where(Job.state == JobState.DONE)) == 3


def test_the_same_unique_key_is_one_job(app: Flask) -> None:
    with app.app_context():
        put("test.note", 1, unique_key="one")
        put("test.note", 2, unique_key="one")
        while outbox.run_next():
            pass
        assert ran == ["1"]


def test_a_failing_job_waits_longer_and_keeps_its_reason(app: Flask, moment: object) -> None:
    with app.app_context():
        put("test.break")
        assert outbox.run_next()
        assert not outbox.run_next()
        kept = db.session.scalars(select(Job)).one()
        assert (kept.state, kept.attempts, kept.done_count, kept.total_count) == (JobState.QUEUED, 1, 1, 3)
        assert kept.error == "ConnectionError: SMTP says 451"
        assert kept.run_at > MOMENT


def test_a_dead_workers_job_is_run_by_another(app: Flask) -> None:
    with app.app_context():
        with clock.freeze(MOMENT):
            put("test.note", 7)
            assert outbox.lease_next(clock.now()) is not None  # this worker dies here
            assert not outbox.run_next()
        with clock.freeze(MOMENT + outbox.LEASE + timedelta(seconds=1)):
            assert outbox.run_next()
        assert ran == ["7"]


def test_four_workers_claim_nothing_twice(app: Flask) -> None:
    with app.app_context(), transaction(unaudited="test"):
        for n in range(60):
            outbox.enqueue("test.note", {"n": str(n)})

    def work() -> None:
        with app.app_context():
            while outbox.run_next():
                pass

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(map(int, ran)) == list(range(60))
