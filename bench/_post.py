"""Messages under fire: an event whose people have addresses, senders that can be killed, and a clock that can jump.

``python -m bench._post INSTANCE URL SMTP [FAULT]`` is the nursery: it loads rakor once, then forks a sender for each
line on its input and prints its process id. Kill -9 a sender and nothing of it goes on.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import insert, select, update

from bench._hall import SECRET, _event, _person
from bench._serving import ROOT
from rakor import audit, clock, config, mail, outbox
from rakor.app import create_app
from rakor.db import Base, db, transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.messages import campaigns, store
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import MessageState
from rakor.messages.rules.campaigns import Audience, CampaignState, Nature, Timing
from rakor.registrations import store as registrations
from rakor.registrations.models import Registration

CLOCK = "clock.shift"
BODY = "Yth. {nama},\n\nSampai jumpa di {kegiatan}.\n\n{tautan}"


def settings(folder: Path, url: str, smtp: str = "") -> config.Config:
    """The installation under test."""
    return config.Config(
        instance=folder, database_url=url, secret=SECRET, base_url="http://127.0.0.1", smtp_url=smtp,
        mail_from="panitia@contoh.test",
    )  # fmt: skip


def build(app: Flask, people: int) -> tuple[UUID, list[UUID]]:
    """Make an event whose people have an address each; returns its id and theirs. Needs an app context."""
    Base.metadata.create_all(db.engine)
    event_id, now = uuid4(), clock.now()
    with transaction() as session:
        audit.record("bench.post")
        for row in _event(event_id, clock.today("Asia/Jakarta") + timedelta(days=3)):
            session.add(row)
            session.flush()
        people_rows = [_addressed(_person(event_id, uuid4(), n), n) for n in range(people)]
        session.execute(insert(Registration), people_rows)
        ids = [one["id"] for one in people_rows]
        links.make_links(event_id, LinkPurpose.PERSON, ids, now=now)
    return event_id, ids


def _addressed(row: dict[str, Any], number: int) -> dict[str, Any]:
    address = f"peserta{number}@contoh.test"
    return row | {"email": address, "email_index": registrations.email_index(address)}


def queue_campaign(event_id: UUID, ids: list[UUID]) -> None:
    """Leave each of them one message, ready now."""
    now = clock.now()
    with transaction(unaudited="bench"):
        row = Campaign(
            id=uuid4(), event_id=event_id, audience=Audience.PEOPLE, nature=Nature.SERVICE, filters={},
            subject="Kabar {kegiatan}", body=BODY, timing=Timing.NOW, state=CampaignState.SENDING, turn=1,
            created_at=now, updated_at=now,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        for start in range(0, len(ids), 500):
            piece = ids[start : start + 500]
            campaigns.write_messages(row, piece, now=now, runs_at=[now] * len(piece))


def queue_confirmations(event_id: UUID, ids: list[UUID]) -> None:
    """Announce that each of them is confirmed: a letter and an invitation to the calendar follow."""
    with transaction(unaudited="bench"):
        for who in ids:
            payload = {"event_id": str(event_id), "registration_id": str(who)}
            outbox.enqueue("registration.confirmed", payload, event_id=event_id)


def jump(folder: Path, seconds: float) -> None:
    """Move the clock of every sender."""
    passing = folder / f"{CLOCK}.new"
    passing.write_text(str(seconds), encoding="ascii")
    passing.replace(folder / CLOCK)


@dataclass
class Nursery:
    """The process that forks senders, and those that live."""

    process: "subprocess.Popen[str]"
    alive: list[int] = field(default_factory=list)

    def spawn(self) -> None:
        """Start one more sender."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.alive.append(int(self.process.stdout.readline()))

    def kill(self, which: int) -> None:
        """Kill a sender where it stands, and start another."""
        os.kill(self.alive.pop(which), signal.SIGKILL)
        self.spawn()


@contextmanager
def nursery(folder: Path, url: str, smtp: str, senders: int, fault: str = "") -> Iterator[Nursery]:
    """Run senders over the messages of an installation."""
    command = [sys.executable, "-m", "bench._post", str(folder), url, smtp, *([fault] if fault else [])]
    with (folder / "senders.log").open("a", encoding="utf-8") as told:
        process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told, text=True
        )
        try:
            found = Nursery(process)
            for _ in range(senders):
                found.spawn()
            yield found
        finally:
            for one in found.alive:
                os.kill(one, signal.SIGKILL)
            process.kill()
            process.wait()


# ---- faults: each must turn a figure red ----------------------------------------------------------------------------


def settles_first() -> None:
    """A sender notes a message as sent, and then sends it."""
    real = mail.send

    def careless(url: str, message: Any) -> Any:
        identity = UUID(str(message["Message-ID"]).strip("<>").split("@")[0])
        with transaction(unaudited="bench"):
            store.settle(identity, MessageState.SENT, "", now=clock.now())
        return real(url, message)

    setattr(mail, "send", careless)  # noqa: B010


def new_identity() -> None:
    """Every try has a Message-ID of its own."""
    real = mail.send

    def renamed(url: str, message: Any) -> Any:
        del message["Message-ID"]
        message["Message-ID"] = f"<{uuid4()}@127.0.0.1>"
        return real(url, message)

    setattr(mail, "send", renamed)  # noqa: B010


def gives_up() -> None:
    """A server that does not answer has refused the message."""
    real = mail.send

    def hasty(url: str, message: Any) -> Any:
        try:
            return real(url, message)
        except mail.MailUnavailable as failure:
            return mail.Outcome.REFUSED, str(failure)

    setattr(mail, "send", hasty)  # noqa: B010


def unlocked() -> None:
    """A job is looked for outside the turn, and taken without asking whether it is still free."""

    def lease_next(now: Any) -> Any:
        query = select(outbox.Job).where(outbox.Job.state == outbox.JobState.QUEUED, outbox.Job.run_at <= now)
        found = db.session.scalars(query.order_by(outbox.Job.run_at, outbox.Job.id).limit(1)).first()
        if found is None:
            return None
        identity, lease = found.id, uuid4()
        time.sleep(0.002)
        taken = {"state": outbox.JobState.RUNNING, "lease": lease, "attempts": outbox.Job.attempts + 1}
        with transaction(unaudited="bench") as session:
            session.execute(update(outbox.Job).where(outbox.Job.id == identity).values(**taken))
        return db.session.get(outbox.Job, identity, populate_existing=True)

    outbox.lease_next = lease_next


FAULTS: dict[str, Callable[[], None]] = {
    "settles_first": settles_first, "new_identity": new_identity, "gives_up": gives_up, "unlocked": unlocked,
}  # fmt: skip


# ---- the nursery ----------------------------------------------------------------------------------------------------


def _follow_clock(folder: Path) -> None:
    real, place = clock.now, folder / CLOCK
    read_at, shift = 0.0, timedelta()

    def now() -> datetime:
        nonlocal read_at, shift
        if time.monotonic() - read_at > 0.05:
            seconds = float(place.read_text(encoding="ascii")) if place.exists() else 0.0
            read_at, shift = time.monotonic(), timedelta(seconds=seconds)
        return real() + shift

    clock.now = now


def _note_claims(folder: Path) -> None:
    """Write down each job that is claimed, by whom."""
    real, kept = outbox.lease_next, (folder / f"claims.{os.getpid()}").open("a", encoding="ascii", buffering=1)

    def noted(now: Any) -> Any:
        found = real(now)
        if found is not None:
            kept.write(f"{found.id}\n")
        return found

    outbox.lease_next = noted


def _send(app: Flask, folder: Path) -> None:
    from rakor.worker import rest_after_one

    _note_claims(folder)
    while True:
        with app.app_context():
            time.sleep(min(rest_after_one(), 0.1))


def main() -> None:
    """Fork a sender for each line that comes."""
    folder, url, smtp, *faults = sys.argv[1:]
    app = create_app(settings(Path(folder), url, smtp))
    with app.app_context():
        db.engine.dispose()
    _follow_clock(Path(folder))
    for fault in faults:
        FAULTS[fault]()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        sender = os.fork()
        if sender == 0:
            _send(app, Path(folder))
        print(sender, flush=True)


if __name__ == "__main__":
    main()
