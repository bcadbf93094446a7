"""Calendar mails built and handed over to a local server by one worker, each read again on the other side."""

import tempfile
import threading
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from icalendar import Calendar
from sqlalchemy import func, select

from bench._invited import Invited, build, working
from bench._serving import free_port
from rakor import outbox
from rakor.db import db
from rakor.messages.models import Message, MessageState
from rakor.messages.store import SEND

WHAT = "2,740 calendar mails, built and handed over to a local server by one worker"
PEOPLE, QUICK = 2740, 300
PER_SECOND = 30.0


class Sink:
    """Takes every mail and notes when."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.first_at = self.last_at = 0.0
        self.lock = threading.Lock()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail."""
        with self.lock:
            self.last_at = time.monotonic()
            self.first_at = self.first_at or self.last_at
            self.mails.append(bytes(envelope.content))
        return "250 OK"


def run(quick: bool, *, fault: str = "") -> dict[str, Any]:
    """Queue them all, let one worker run; ``fault="no worker"`` lets none, for the test that this can fail."""
    people, sink, port = QUICK if quick else PEOPLE, Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            world = build(Path(folder) / "instance", free_port(), people, smtp_url=f"smtp://127.0.0.1:{port}")
            _write_all(world)
            if fault != "no worker":
                with working(world.settings):
                    _await(sink, people, patience=60 + people / 5)
                    settled = _await_settled(world, people)
            else:
                settled = 0
    finally:
        controller.stop()
    took = sink.last_at - sink.first_at
    per_second = (len(sink.mails) - 1) / took if took else 0.0
    whole = sum(map(_is_whole, sink.mails))
    identities = {message_from_bytes(mail, policy=default)["Message-ID"] for mail in sink.mails}
    ok = per_second >= PER_SECOND and whole == len(identities) == len(sink.mails) == settled == people
    return {
        "ok": ok,
        "mails": len(sink.mails),
        "per_s": round(per_second, 1),
        "whole": whole,
        "distinct": len(identities),
        "noted_as_sent": settled,
        "kilobytes_each": round(sum(map(len, sink.mails)) / max(len(sink.mails), 1) / 1000, 1),
        "limits": {"per_s": PER_SECOND},
    }


def _write_all(world: Invited) -> None:
    """Let the messages be left, so that only sending remains."""
    with world.app.app_context():
        while db.session.scalar(select(outbox.Job.id).where(outbox.Job.name != SEND, _open()).limit(1)):
            assert outbox.run_next()


def _open() -> Any:
    return outbox.Job.state == outbox.JobState.QUEUED


def _await(sink: Sink, people: int, patience: float) -> None:
    until = time.monotonic() + patience
    while len(sink.mails) < people and time.monotonic() < until:
        time.sleep(0.2)


def _await_settled(world: Invited, people: int) -> int:
    """Return how many are noted as sent, once the worker has written down the last."""
    query = select(func.count()).select_from(Message).where(Message.state == MessageState.SENT)
    found, until = 0, time.monotonic() + 10
    while found < people and time.monotonic() < until:
        with world.app.app_context():
            found = db.session.scalar(query) or 0
            db.session.remove()
        time.sleep(0.1)
    return found


def _is_whole(mail: bytes) -> bool:
    """True where a mail carries one invitation, to its own addressee, as alternative and as file alike."""
    received = message_from_bytes(mail, policy=default)
    parts: dict[str, Any] = {part.get_content_type(): part.get_payload(decode=True) for part in received.walk()}
    calendar = Calendar.from_ical(parts["text/calendar"])
    [event] = calendar.events
    return (
        calendar["method"] == "REQUEST"
        and event["attendee"] == f"mailto:{received['To']}"
        and parts["text/calendar"] == parts["application/ics"]
    )
