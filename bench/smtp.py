"""A mail server that is down, refuses, breaks off and sleeps, and senders that are killed: what arrives, how often.

Down is refused connections for an hour of the senders' clock. A break is a connection closed after the text, which was
not kept. A duplicate is one Message-ID that arrived again; it must be the same mail, its calendar part too.
"""

import random
import socket
import tempfile
import threading
import time
from collections import Counter
from email import message_from_bytes
from email.policy import default
from hashlib import sha256
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import func, select

from bench import _post
from rakor.app import create_app
from rakor.db import db
from rakor.messages.models import Message, MessageState

WHAT = "SMTP down 1 h, 451, breaks after DATA, 120 s of sleep, senders killed: lost, duplicates, seconds to drain"
MESSAGES, FEW = 2_000, 80
KILLS, FEW_KILLS = 50, 4
HOUR = 3600.0
DRAINED_S = 600.0
SEED = 20261129


class Server:
    """A sink on loopback that does as it is told, and counts what arrives by Message-ID."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.arrived: dict[str, list[str]] = {}
        self.refusing = self.breaking = 0.0
        self.asleep: list[float] = []
        self.said: Counter[str] = Counter()
        self._luck, self._lock = random.Random(SEED), threading.Lock()
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        """Where senders find it."""
        return f"smtp://127.0.0.1:{self.port}"

    def up(self) -> None:
        """Begin to answer."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def down(self) -> None:
        """Refuse connections."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Take a mail, or not."""
        import asyncio

        luck = self._luck.random()
        if luck < self.refusing:
            self.said["451"] += 1
            return "451 4.7.1 greylisted"
        if luck < self.refusing + self.breaking:
            self.said["broken off"] += 1
            server.transport.abort()
            return "451 never heard"
        if self.asleep:
            pause = self.asleep.pop()
            self.said["slept"] += 1
            await asyncio.sleep(pause)
        self._keep(envelope.content)
        return "250 OK"

    def _keep(self, content: bytes) -> None:
        received = message_from_bytes(content, policy=default)
        parts = [(part.get_content_type(), part.get_content()) for part in received.walk() if not part.is_multipart()]
        heads = [(name, str(value)) for name, value in received.items() if name != "Content-Type"]
        digest = sha256(repr((heads, parts)).encode()).hexdigest()
        with self._lock:
            self.arrived.setdefault(str(received["Message-ID"]), []).append(digest)

    @property
    def duplicates(self) -> int:
        """How many mails came again."""
        return sum(len(each) - 1 for each in self.arrived.values())

    @property
    def changed(self) -> int:
        """How many of those that came again were another mail under the same name."""
        return sum(len(set(each)) > 1 for each in self.arrived.values())


def run(quick: bool) -> dict[str, Any]:
    """Down for an hour, then trouble and kills, then sleep; and each fault once, smaller."""
    count, kills = (FEW, FEW_KILLS) if quick else (MESSAGES, KILLS)
    down = _down(count, 4.0 if quick else 60.0)
    killed = _killed(count, kills)
    asleep = _asleep(2.0 if quick else 120.0)
    bites = {
        "given up while down": _down(8, 1.0, "gives_up")["lost"],
        "noted as sent before it is": _killed(30, 5, "settles_first")["lost"],
        "a new Message-ID each time": _renamed(),
    }
    figures = {"down_1_h": down, "killed": killed, "asleep": asleep, "bites": bites, "seed": SEED}
    clean = down["lost"] == down["duplicates"] == killed["lost"] == killed["changed"] == 0
    once = asleep["lost"] == asleep["duplicates"] == 0
    in_time = down["drained_s"] <= DRAINED_S and killed["duplicates"] <= killed["kills"]
    ok = clean and once and in_time and all(bites.values())
    limits = {"lost": 0, "duplicates_while_down": 0, "duplicates_per_kill": 1, "drained_s": DRAINED_S}
    return {"ok": ok, "messages": count, **figures, "limits": limits}


def _down(count: int, real_s: float, fault: str = "") -> dict[str, Any]:
    """Queue everything while nothing answers, let an hour pass, come back."""
    server = Server()
    with tempfile.TemporaryDirectory() as place:
        folder, url = Path(place), f"sqlite:///{place}/rakor.sqlite3"
        app = create_app(_post.settings(folder, url, server.url))
        with app.app_context():
            _post.queue_campaign(*_post.build(app, count))
        with _post.nursery(folder, url, server.url, 2, fault):
            until = time.monotonic() + real_s
            while (left := until - time.monotonic()) > 0:
                _post.jump(folder, HOUR * (1 - left / real_s))
                time.sleep(0.1)
            early = len(server.arrived)
            server.up()
            started = time.monotonic()
            _wait(app, 120 + count * 0.2)
            drained = time.monotonic() - started
        server.down()
        lost = _lost(app, server)
    return {
        "arrived_while_down": early, "lost": lost, "duplicates": server.duplicates, "drained_s": round(drained, 1),
        "per_s": round(count / drained, 1),
    }  # fmt: skip


def _killed(count: int, kills: int, fault: str = "") -> dict[str, Any]:
    """Half of the mails carry invitations; the server refuses and breaks off, and senders die at random moments."""
    server, luck = Server(), random.Random(SEED)
    server.refusing, server.breaking = 0.1, 0.03
    with tempfile.TemporaryDirectory() as place:
        folder, url = Path(place), f"sqlite:///{place}/rakor.sqlite3"
        app = create_app(_post.settings(folder, url, server.url))
        with app.app_context():
            event_id, ids = _post.build(app, count // 2)
            _post.queue_confirmations(event_id, ids)
        server.up()
        with _post.nursery(folder, url, server.url, 2, fault) as senders:
            done, since = 0, len(server.arrived)
            pace = max(count // (kills + 2), 1)
            deadline = time.monotonic() + 60 + count * 0.3
            while done < kills and time.monotonic() < deadline:
                if len(server.arrived) - since >= pace or not _waiting(app):
                    since = len(server.arrived)
                    time.sleep(luck.random() * 0.03)
                    senders.kill(luck.randrange(len(senders.alive)))
                    done += 1
                time.sleep(0.005)
            _pass_time(folder, app, 90)
        server.down()
        lost = _lost(app, server)
        log = (folder / "senders.log").read_text(encoding="utf-8")
    return {
        "kills": done, "lost": lost, "duplicates": server.duplicates, "changed": server.changed,
        "mails": len(server.arrived), "server_said": dict(server.said), "errors": log.count("Traceback"),
    }  # fmt: skip


def _asleep(seconds: float) -> dict[str, Any]:
    """The server takes the text of three mails and answers only after a long while."""
    server = Server()
    server.asleep = [seconds] * 3
    with tempfile.TemporaryDirectory() as place:
        folder, url = Path(place), f"sqlite:///{place}/rakor.sqlite3"
        app = create_app(_post.settings(folder, url, server.url))
        with app.app_context():
            _post.queue_campaign(*_post.build(app, 30))
        server.up()
        with _post.nursery(folder, url, server.url, 2):
            _wait(app, seconds * 3 + 60)
        server.down()
        lost = _lost(app, server)
    return {"seconds": seconds, "slept": server.said["slept"], "lost": lost, "duplicates": server.duplicates}


def _renamed() -> int:
    """With a Message-ID of its own each try, a mail that comes again is nobody's duplicate: it must show as lost."""
    server = Server()
    with tempfile.TemporaryDirectory() as place:
        folder, url = Path(place), f"sqlite:///{place}/rakor.sqlite3"
        app = create_app(_post.settings(folder, url, server.url))
        with app.app_context():
            _post.queue_campaign(*_post.build(app, 10))
        server.up()
        with _post.nursery(folder, url, server.url, 1, "new_identity"):
            _wait(app, 30)
        server.down()
        return _lost(app, server)


def _waiting(app: Any) -> int:
    """Messages, or jobs that leave some, that are not done with."""
    from rakor.outbox import Job, JobState

    with app.app_context():
        busy = (JobState.QUEUED, JobState.RUNNING)
        return int(db.session.scalar(select(func.count()).where(Job.state.in_(busy))) or 0)


def _wait(app: Any, most_s: float) -> None:
    deadline = time.monotonic() + most_s
    while _waiting(app) and time.monotonic() < deadline:
        time.sleep(0.2)


def _pass_time(folder: Path, app: Any, most_s: float) -> None:
    """Let the senders' clock run 120 times as fast until nothing waits: pauses and leases end."""
    started = time.monotonic()
    while _waiting(app) and time.monotonic() - started < most_s:
        _post.jump(folder, 120 * (time.monotonic() - started))
        time.sleep(0.1)


def _lost(app: Flask, server: Server) -> int:
    """Messages of the database that never arrived under their own name; a rejected or unsent one is lost too."""
    with app.app_context():
        rows = db.session.execute(select(Message.id, Message.state)).all()
        lost: int = sum(f"<{row.id}@127.0.0.1>" not in server.arrived or row.state != MessageState.SENT for row in rows)
        db.session.remove()
        db.engine.dispose()
    return lost
