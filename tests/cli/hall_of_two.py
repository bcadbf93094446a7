"""Two real servers, a phone at each, and a cable between them that can be cut."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4

from tests.cli.running import children_of, environment, eventually, status

PASSWORD = "kabut-melayang-ungu-73"
BATCH = "/scan/v1/batches"


class Cable:
    """A TCP proxy on loopback that can be cut and joined again."""

    def __init__(self, to_port: int) -> None:
        self.to_port, self.whole = to_port, True
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.whole = False
        for one in list(self._open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def join(self) -> None:
        self.whole = True

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                if not self.whole:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.to_port), 5)
                self._open |= {near, far}
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while self.whole and (piece := one.recv(65536)):
                other.sendall(piece)
        for end in (one, other):
            self._open.discard(end)
            end.close()


@dataclass
class Server:
    """A `rakor serve` with its folder."""

    instance: Path
    port: int
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        command = [sys.executable, "-m", "rakor.cli", "serve", "--port", str(self.port), "--workers", "1"]
        with (self.instance / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(command, env=environment(self.instance), stdout=log, stderr=log)
        assert eventually(lambda: status(self.port) == 200), (self.instance / "log.txt").read_text()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)

    def kill(self) -> None:
        """kill -9, all of it, at once."""
        assert self.process is not None
        children = children_of(self.process.pid)
        grandchildren = [one for child in children for one in children_of(child)]
        for pid in (self.process.pid, *children, *grandchildren):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(10)

    def rows(self, sql: str, *values: Any) -> list[Any]:
        with contextlib.closing(sqlite3.connect(self.instance / "rakor.sqlite3", timeout=20)) as connection:
            return connection.execute(sql, values).fetchall()

    def write(self, sql: str) -> None:
        with contextlib.closing(sqlite3.connect(self.instance / "rakor.sqlite3", timeout=20)) as connection:
            connection.execute(sql)
            connection.commit()


@dataclass
class Browser:
    """Somebody at a server: cookies, forms, JSON."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> tuple[int, bytes, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Sec-Fetch-Site": "same-origin", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            said = answer.read()
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, said, urlsplit(answer.headers.get("Location") or "").path

    def form(self, path: str, **fields: str) -> str:
        code, said, place = self.ask("POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded")
        assert code == 303, (path, code, said[-600:])
        return place


@dataclass
class Phone(Browser):
    """A desk that keeps every record until the server names it."""

    checkpoint: str = ""
    seq: int = 0
    segment: str = field(default_factory=lambda: str(uuid4()))

    def record(self, ref: bytes, **values: Any) -> dict[str, Any]:
        self.seq += 1
        now = round(time.time() * 1000)
        base = {"scan_id": str(uuid4()), "device_seq": self.seq, "kind": "ticket", "checkpoint": self.checkpoint}
        times = {"t_wall": now, "t_mono": now % 10**8, "segment": self.segment, "roster_seq": 0}
        return base | times | {"ref": ref.hex()} | values

    def send(self, *records: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps({"records": records, "changes": 500}).encode()
        code, said, _ = self.ask("POST", BATCH, body, "application/json")
        assert code == 200, (code, said)
        found: dict[str, Any] = json.loads(said)
        return found

    def scan(self, ref: bytes) -> str:
        return str(self.send(self.record(ref))["records"][0]["verdict"])


@dataclass
class Hall:
    """The server, its relay in the hall, the cable between them, and who stands at both."""

    server: Server
    relay: Server
    cable: Cable
    event_id: str
    organiser: Browser
    keeper: Browser
    far: Phone
    near: Phone
    refs: Iterator[bytes]

    def present(self, server: Server) -> list[Any]:
        """Who is present where, since when, with what flags and how many duplicates, as one server has it."""
        return sorted(
            server.rows(
                "SELECT registration_id, checkpoint_id, present, inside, first_in_at, duplicate_count, flags "
                "FROM presence WHERE event_id = ? AND (present OR fact_count > 0)",
                UUID(self.event_id).hex,
            )
        )

    def facts(self, server: Server) -> set[str]:
        """The facts that desks made, as one server has them."""
        found = server.rows(
            "SELECT scan_id FROM attendance_fact WHERE event_id = ? AND source <> 'auto'", UUID(self.event_id).hex
        )
        return {row[0] for row in found}

    def agree(self) -> bool:
        there, here = self.server, self.relay
        return self.facts(there) == self.facts(here) and self.present(there) == self.present(here)

    def failed_tries(self) -> int:
        """How often the relay tried in vain to reach its server."""
        return (self.relay.instance / "log.txt").read_text(encoding="utf-8").count("relay of ")

    def desk_at(self, name: str) -> Phone:
        """A phone becomes a desk of the relay, by the relay's own page."""
        page = self.keeper.ask("GET", f"/events/{self.event_id}/desks")[1].decode()
        chosen = re.search(r'<option selected value="([0-9a-f-]{36})"', page)
        place = chosen or re.search(r'value="([0-9a-f-]{36})"', page)
        assert place is not None
        self.keeper.form(f"/events/{self.event_id}/desks", name=name, place=place[1])
        token = self.keeper.cookies.pop("rakor-desk")
        return Phone(self.relay.port, {"rakor-desk": token}, checkpoint=self.near_checkpoint(name))

    def near_checkpoint(self, name: str) -> str:
        [(found,)] = self.relay.rows("SELECT checkpoint_id FROM device WHERE name = ?", name)
        return str(UUID(found))


def link_of_relay(organiser: Browser, event_id: str) -> str:
    place = organiser.form(f"/events/{event_id}/desks/relays")
    page = organiser.ask("GET", place)[1].decode()
    found = re.search(r"/desk/join#([a-z2-7]{26})", page)
    assert found is not None, page[:3000]
    return found[1]


def log_in(port: int, email: str, password: str) -> Browser:
    browser = Browser(port)
    browser.form("/login", email=email, password=password)
    return browser
