"""Random days (bench/_days.py) through the desk's real modules, a bad line and a real server.

Who comes when is drawn here; what a phone makes of it, keeps, sends and sends again is the client's own code under
Node (bench/client). The server's clock follows the day. What must hold at the end is what holds for every day.
"""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench._days import Day, Phone
from bench._hall import SECRET, keep_secret
from bench._line import Line, line
from bench._mutants import CHECKIN, Mutant, modules
from bench._serving import ROOT, free_port, serving
from rakor import config, upgrade
from rakor.app import create_app
from rakor.checkin import wire
from rakor.checkin.routes import cookie_name
from rakor.db import db
from rakor.registrations.models import Ticket
from rakor.registrations.tickets import code_of


@dataclass
class Clients:
    """Every phone of a day, in one Node process; ``clock`` is the file whose time the server takes for its own."""

    process: "subprocess.Popen[str]"
    line: Line
    clock: Path

    def ask(self, phone_id: str, at: float, what: str, **more: Any) -> Any:
        """Let a phone do something at a moment (milliseconds) and return what it says when all is quiet."""
        os.utime(self.clock, ns=(int(at * 1e6), int(at * 1e6)))
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": what, "id": phone_id, "now": at, **more}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"failed": "the phones ended"}')
        if "failed" in answer:
            raise RuntimeError(answer["failed"])
        return answer["said"]


@dataclass
class ClientDay(Day):
    """A day whose phones are the real client."""

    clients: Clients = field(kw_only=True)

    def _ask(self, phone: Phone, what: str, **more: Any) -> Any:
        return self.clients.ask(str(phone.device.id), wire.millis(self.now), what, **more)

    def _open(self) -> None:
        self.clients.line.begin(self.seed)
        super()._open()
        for phone in self.phones:
            begun = {"skew": phone.skew / timedelta(milliseconds=1), "booted_at": wire.millis(phone.booted_at)}
            mine = {"name": phone.device.name, "checkpoint": str(self.places[0]), "rtt": self.luck.randrange(5, 400)}
            self._ask(phone, "enrol", cookie=f"{cookie_name()}={phone.token}", **begun, **mine)

    def scan(self) -> None:
        """A guest comes or goes: decided, kept and sent by the client."""
        phone, fields = self._drawn()
        code = self._codes().get(fields["ref"])
        scan_id = self._ask(phone, "scan", code=code, **fields)
        phone.made.append({"scan_id": scan_id, "kind": "ticket"})

    def _codes(self) -> dict[str, str]:
        query = select(Ticket.ref, Ticket.registration_id, Ticket.epoch).where(Ticket.event_id == self.event_id)
        codes = {bytes(ref).hex(): code_of(self.event_id, who, epoch) for ref, who, epoch in db.session.execute(query)}
        db.session.close()
        return codes

    def take_back(self) -> None:
        """An operator voids an earlier scan, of any desk."""
        phone = self.luck.choice(self.phones)
        scans = [one["scan_id"] for other in self.phones for one in other.made]
        if scans:
            self._ask(phone, "take", target=self.luck.choice(scans))

    def restart(self) -> None:
        """The app is killed; half of the time the phone was off too, and its steady clock begins anew."""
        phone = self.luck.choice(self.phones)
        self._ask(phone, "restart", booted_at=wire.millis(self.now) if self.luck.random() < 0.5 else None)

    def lose_network(self) -> None:
        """A phone goes off line for up to four hours."""
        until = self.now + timedelta(minutes=self.luck.randrange(1, 240))
        self._ask(self.luck.choice(self.phones), "cut", until=wire.millis(until))

    def sync(self) -> None:
        """A phone asks for news and sends what waits, as it does twice a minute."""
        self._ask(self.luck.choice(self.phones), "sync")

    def _come_back(self) -> None:
        """The line is good again, and whoever was off line is back."""
        self.clients.line.settle()
        super()._come_back()

    def _drain(self, phone: Phone) -> None:
        self._ask(phone, "sync")
        kept = self._ask(phone, "kept")
        phone.made, phone.seq = kept["records"], max((one["device_seq"] for one in kept["records"]), default=0)
        phone.waiting = [{}] * kept["waiting"]

    def _again(self, phone: Phone, records: list[dict[str, Any]]) -> None:
        status = self._ask(phone, "again", records=records)
        if status != 200:
            raise RuntimeError(f"a repeat was answered {status}")


@dataclass(frozen=True)
class Place:
    """A server with the bad line before it, and the file that is its clock; needs an app context on its database."""

    line: Line
    clock: Path
    address: str

    def play(self, seeds: Iterable[int], mutant: Mutant | None = None) -> Iterator[list[str]]:
        """Play a day for every seed with the client, or a mutant of it, and tell of each what went wrong."""
        with modules(mutant) as root, _node(root, self.address) as process:
            for seed in seeds:
                yield ClientDay(seed, clients=Clients(process, self.line, self.clock)).play()


@contextmanager
def place(url: str, folder: Path) -> Iterator[Place]:
    """Hold an app context on a fresh database, a server on it, and a bad line before that."""
    port, bad = free_port(), free_port()
    settings = config.Config(instance=folder, database_url=url, secret=SECRET, base_url=f"http://127.0.0.1:{bad}")
    environment = {
        "RAKOR_INSTANCE": str(folder), "RAKOR_DATABASE_URL": url, "RAKOR_BASE_URL": settings.base_url,
    }  # fmt: skip
    keep_secret(folder)
    moved = folder / "clock"
    moved.touch()
    with create_app(settings).app_context():
        upgrade.upgrade()
        with serving(["bench._clocked", str(moved), "web"], environment, port), line(bad, port) as held:
            yield Place(held, moved, settings.base_url)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _node(root: Path, address: str) -> Iterator["subprocess.Popen[str]"]:
    command = ["node", str(ROOT / "bench" / "client" / "phones.mjs"), str(root / CHECKIN), address]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.wait(15)
