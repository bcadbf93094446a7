"""Two real servers, a phone at each, and a cable between them that is cut: nothing is lost, nothing doubled."""

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

import pytest

from rakor.checkin import packed
from tests.cli.running import children_of, environment, eventually, free_port, rakor, status

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


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    server = Server(tmp_path_factory.mktemp("server"), free_port())
    relay = Server(tmp_path_factory.mktemp("relay"), free_port())
    base_url = f"http://127.0.0.1:{server.port}"
    made = rakor(server.instance, "demo", "--json", "--people", "400", RAKOR_BASE_URL=base_url)
    assert made.returncode == 0, made.stderr
    demo = json.loads(made.stdout)
    event_id = str(demo["events"]["live"])
    cable = Cable(server.port)
    try:
        server.start()
        organiser = log_in(server.port, *demo["logins"]["panitia"].values())
        far = Phone(server.port, {"rakor-desk": demo["desk"]["token"]}, checkpoint=demo["desk"]["checkpoint_id"])
        [(last,)] = server.rows("SELECT ack_through FROM device WHERE id = ?", UUID(demo["desk"]["device_id"]).hex)
        far.seq = int(last)
        link = f"http://127.0.0.1:{cable.port}/desk/join#{link_of_relay(organiser, event_id)}"
        joined = rakor(relay.instance, "relay", "join", link)
        assert joined.returncode == 0, joined.stderr
        again = rakor(relay.instance, "relay", "join", link)
        assert again.returncode == 1
        added = rakor(relay.instance, "user", "add", "--admin", "sari@contoh.go.id", "Sari Contoh", typed=PASSWORD)
        assert added.returncode == 0, added.stderr
        relay.start()
        keeper = log_in(relay.port, "sari@contoh.go.id", PASSWORD)
        _, content, _ = far.ask("GET", "/scan/v1/roster")
        refs = iter([row[0] for row in packed.unpack(content)[1] if row[1] == 0])
        found = Hall(server, relay, cable, event_id, organiser, keeper, far, far, refs)
        found.near = found.desk_at("Meja Aula")
        yield found
    finally:
        cable.close()
        relay.stop()
        server.stop()


def test_a_relay_begins_with_all_that_the_door_needs_and_nothing_more(hall: Hall) -> None:
    assert eventually(hall.agree, 120)
    roster = packed.unpack(hall.near.ask("GET", "/scan/v1/roster")[1])
    theirs = packed.unpack(hall.far.ask("GET", "/scan/v1/roster")[1])
    assert {row[0] for row in roster[1]} == {row[0] for row in theirs[1]}
    names = "SELECT count(*) FROM registration WHERE event_id = ? AND name <> ''"
    event = UUID(hall.event_id).hex
    assert hall.relay.rows(names, event) == hall.server.rows(names, event)
    secret = "SELECT count(*) FROM registration WHERE phone IS NOT NULL OR email IS NOT NULL OR nip IS NOT NULL"
    assert hall.relay.rows(secret) == [(0,)]
    assert hall.server.rows(secret) != [(0,)]
    assert len(hall.relay.rows("SELECT id FROM event")) == 1
    assert hall.relay.rows("SELECT count(*) FROM access_link") == [(0,)]


def test_each_side_knows_soon_who_came_in_at_the_other(hall: Hall) -> None:
    one, other = next(hall.refs), next(hall.refs)
    assert (hall.far.scan(one), hall.near.scan(other)) == ("in", "in")
    assert eventually(hall.agree, 120)
    assert (hall.near.scan(one), hall.far.scan(other)) == ("already", "already")
    assert eventually(hall.agree, 120)


def test_a_cut_cable_and_a_killed_relay_lose_nothing_and_double_nothing(hall: Hall) -> None:
    shared, alone = next(hall.refs), [next(hall.refs) for _ in range(5)]
    hall.cable.cut()
    assert (hall.far.scan(shared), hall.near.scan(shared)) == ("in", "in")
    kept = [hall.near.record(ref) for ref in alone]
    first = hall.near.send(*kept[:3])
    assert {one["status"] for one in first["records"]} == {"stored"}
    tries = hall.failed_tries()
    assert eventually(lambda: hall.failed_tries() > tries + 1)
    hall.relay.kill()
    hall.relay.start()
    again = hall.near.send(*kept)
    assert [one["status"] for one in again["records"]] == ["duplicate"] * 3 + ["stored"] * 2
    tries = hall.failed_tries()
    assert eventually(lambda: hall.failed_tries() > tries + 1)
    assert not hall.agree()
    hall.cable.join()
    assert eventually(hall.agree, 180)
    [(duplicates,)] = hall.server.rows(
        "SELECT p.duplicate_count FROM presence p JOIN ticket t ON t.registration_id = p.registration_id "
        "WHERE t.ref = ? AND p.checkpoint_id = ?",
        shared,
        UUID(hall.far.checkpoint).hex,
    )
    same_place = hall.far.checkpoint == hall.near.checkpoint
    assert duplicates == int(same_place)
    assert {one["scan_id"].replace("-", "") for one in kept} <= hall.facts(hall.server)
    device = "SELECT ack_through, beyond FROM device WHERE name = 'Meja Aula'"
    assert hall.server.rows(device) == [(hall.near.seq, "[]")]


def test_a_card_that_dies_while_the_cable_is_cut_is_nobody_s_fault(hall: Hall) -> None:
    ref = next(hall.refs)
    assert eventually(hall.agree, 120)
    known = int(hall.near.send()["change_seq"])
    [(person,)] = hall.server.rows("SELECT registration_id FROM ticket WHERE ref = ?", ref)
    hall.cable.cut()
    hall.organiser.form(f"/events/{hall.event_id}/people/{UUID(person)}/tickets")
    time.sleep(0.05)
    clocked = hall.near.record(ref, kind="clock", server_time=round(time.time() * 1000), rtt=5)
    del clocked["ref"], clocked["checkpoint"]
    shown = hall.near.send(clocked, hall.near.record(ref, roster_seq=known))
    assert shown["records"][1]["verdict"] == "in"
    hall.cable.join()
    assert eventually(hall.agree, 120)
    flags = "SELECT flags FROM presence WHERE registration_id = ?"
    assert eventually(lambda: "stale" in str(hall.server.rows(flags, person)), 60), hall.server.rows(flags, person)
    assert eventually(lambda: hall.server.rows(flags, person) == hall.relay.rows(flags, person), 60)
    later = int(hall.near.send()["change_seq"])
    assert hall.near.send(hall.near.record(ref, roster_seq=later))["records"][0]["verdict"] == "old_card"
    assert eventually(hall.agree, 120)


def test_sending_everything_again_changes_nothing(hall: Hall) -> None:
    assert eventually(hall.agree, 120)
    before, present = hall.facts(hall.server), hall.present(hall.server)
    hall.relay.write("UPDATE upstream SET sent_seq = 0, pulled_seq = 0")
    assert eventually(lambda: hall.relay.rows("SELECT min(sent_seq, pulled_seq) > 0 FROM upstream") == [(1,)], 120)
    assert hall.near.scan(next(hall.refs)) == "in"
    assert eventually(lambda: len(hall.facts(hall.server)) == len(before) + 1 and hall.agree(), 120)
    assert set(present) <= set(hall.present(hall.server))
    assert hall.server.rows("SELECT count(*) FROM attendance_held") == [(0,)]


def test_what_the_relay_holds_is_held_at_the_server(hall: Hall) -> None:
    held = hall.near.record(next(hall.refs), checkpoint=str(uuid4()))
    assert hall.near.send(held)["records"][0]["status"] == "quarantined"
    query = "SELECT count(*) FROM attendance_held WHERE scan_id = ?"
    assert eventually(lambda: hall.server.rows(query, UUID(held["scan_id"]).hex) == [(1,)], 120)
    assert eventually(hall.agree, 120)
    [(device_id, hold)] = hall.server.rows("SELECT device_id, hold FROM attendance_held")
    lot = {"device": str(UUID(device_id)), "hold": hold}
    hall.organiser.form(f"/events/{hall.event_id}/coordination/held", decision="reject", **lot)
    undecided = "SELECT count(*) FROM attendance_held WHERE decided_at IS NULL"
    assert eventually(lambda: hall.relay.rows(undecided) == [(0,)], 120)


def test_the_event_is_changed_on_its_server_alone(hall: Hall) -> None:
    form = "application/x-www-form-urlencoded"
    code, _, _ = hall.keeper.ask("POST", f"/events/{hall.event_id}/cancellation", b"", form)
    assert code == 409


def test_a_desk_revoked_at_the_server_is_revoked_in_the_hall(hall: Hall) -> None:
    desk = hall.desk_at("Meja Pinjaman")
    assert desk.scan(next(hall.refs)) == "in"
    there = "SELECT lower(hex(id)), id FROM device WHERE name = 'Meja Pinjaman'"
    assert eventually(lambda: len(hall.server.rows(there)) == 1, 120)
    [(_, device_id)] = hall.server.rows(there)
    hall.cable.cut()
    late = desk.record(next(hall.refs))
    assert desk.send(late)["records"][0]["status"] == "stored"
    hall.organiser.form(f"/events/{hall.event_id}/desks/{UUID(device_id)}/revocation")
    hall.cable.join()
    held = "SELECT count(*) FROM attendance_held WHERE scan_id = ?"
    assert eventually(lambda: hall.server.rows(held, UUID(late["scan_id"]).hex) == [(1,)], 120)
    assert eventually(lambda: hall.present(hall.server) == [one for one in hall.present(hall.relay) if one[2]], 120)
    assert eventually(lambda: bool(desk.send()["wipe"]), 120)


def test_a_revoked_relay_fills_the_quarantine_and_learns_nothing_more(hall: Hall) -> None:
    [(relay_id,)] = hall.server.rows("SELECT id FROM device WHERE is_relay")
    hall.organiser.form(f"/events/{hall.event_id}/desks/{UUID(relay_id)}/revocation")
    late, elsewhere = hall.near.record(next(hall.refs)), next(hall.refs)
    hall.near.send(late)
    assert hall.far.scan(elsewhere) == "in"
    held = "SELECT count(*) FROM attendance_held WHERE scan_id = ?"
    assert eventually(lambda: hall.server.rows(held, UUID(late["scan_id"]).hex) == [(1,)], 120)
    assert eventually(lambda: hall.relay.rows("SELECT refused_at IS NOT NULL FROM upstream") == [(1,)], 120)
    assert hall.near.scan(elsewhere) == "in"
