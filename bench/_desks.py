"""Phones at desks that keep every record until the server has named it stored, and what the ledger says of them.

A phone here does what ``static/js/checkin`` does: one outbox, batches, the same scan id for ever, a copy of what was
acknowledged, and all of it offered again under a new server epoch. Its faults are for showing that a drill bites.
"""

import http.client
import json
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bench._hall import Hall, Scanner
from rakor.app import create_app
from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.attendance.rules.words import Verdict
from rakor.checkin.models import Device
from rakor.db import db

BATCH = 200
DURABLE = {"stored", "duplicate", "quarantined"}


@dataclass
class Phone:
    """One phone. ``ports`` are the servers it may ask, in turn; ``forgets`` is the fault of a careless client."""

    hall: Hall
    cookie: str
    ports: Sequence[int]
    forgets: bool = False
    scanner: Scanner = field(init=False)
    waiting: "deque[dict[str, Any]]" = field(default_factory=deque)
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    epoch: str = ""
    asked: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    took_ms: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.scanner = Scanner(self.hall, self.cookie)

    def scan(self, ref: str, *, minutes_ago: float = 0.0) -> None:
        """Show green: the record is in the outbox from now on."""
        record = self.scanner.record(ref)
        record["t_wall"] -= round(minutes_ago * 60_000)
        if "server_time" in record:
            record["server_time"] -= round(minutes_ago * 60_000)
        with self.lock:
            self.waiting.append(record)

    def sync(self) -> bool:
        """Send one batch; False where no server took it. What was not named stays in the outbox."""
        with self.lock:
            batch = [self.waiting[n] for n in range(min(BATCH, len(self.waiting)))]
        if not batch and self.epoch:
            return True
        answer = self._post({"records": batch, "changes": 0, "waiting": max(0, len(self.waiting) - len(batch))})
        if self.forgets and answer is None:
            self._drop(one["scan_id"] for one in batch)
        if answer is None:
            return False
        again = self.epoch and answer["server_epoch"] != self.epoch
        self.epoch = answer["server_epoch"]
        for one in answer["records"]:
            if one["status"] in DURABLE:
                self.verdicts.setdefault(one["scan_id"], one["verdict"])
        durable = {one["scan_id"] for one in answer["records"] if one["status"] in DURABLE}
        if again:  # the server came back from a backup: offer again all that is kept
            with self.lock:
                self.waiting.extendleft(reversed(self.kept.values()))
            self.kept.clear()
        self.kept |= {one["scan_id"]: one for one in batch if one["scan_id"] in durable}
        self._drop(durable)
        return True

    def drain(self, within_s: float) -> bool:
        """Sync with back-off until nothing waits; True where that came to an end in time."""
        deadline, pause = time.monotonic() + within_s, 0.05
        while time.monotonic() < deadline:
            if self.sync():
                pause = 0.05
                if not self.waiting:
                    return True
            else:
                time.sleep(pause)
                pause = min(pause * 2, 1.0)
        return False

    def _drop(self, scan_ids: Iterable[str]) -> None:
        gone = set(scan_ids)
        with self.lock:
            self.waiting = deque(one for one in self.waiting if one["scan_id"] not in gone)

    def _post(self, body: dict[str, Any]) -> dict[str, Any] | None:
        self.asked += 1
        port = self.ports[self.asked % len(self.ports)]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        url = self.hall.settings.base_url
        headers = {"Host": url.removeprefix("http://"), "Origin": url, "Cookie": self.cookie}
        began = time.perf_counter()
        try:
            content = json.dumps(body, separators=(",", ":"))
            connection.request("POST", "/scan/v1/batches", content, headers | {"Content-Type": "application/json"})
            answer = connection.getresponse()
            said = answer.read()
            if answer.status != 200:
                self.refused[str(answer.status)] += 1
                return None
            self.took_ms.append((time.perf_counter() - began) * 1000)
            found: dict[str, Any] = json.loads(said)
            return found
        except (OSError, http.client.HTTPException, ValueError) as failure:
            self.refused[type(failure).__name__] += 1
            return None
        finally:
            connection.close()


@dataclass(frozen=True)
class Account:
    """What the ledger has of what the phones showed or got acknowledged: figures, and whether they are right."""

    acknowledged: int
    stored: int
    lost: int
    double: int
    people_shown_in_twice: int
    people_missing: int
    gaps: int

    @property
    def good(self) -> bool:
        """True where every scan is there once, and everybody scanned is present."""
        wrong = (self.lost, self.double, self.people_shown_in_twice, self.people_missing, self.gaps)
        return wrong == (0, 0, 0, 0, 0)

    def figures(self) -> dict[str, int]:
        """Return the figures by name."""
        return dict(vars(self))


def account(hall: Hall, phones: Sequence[Phone]) -> Account:
    """Compare what the phones keep with what the database holds."""
    kept = {scan: record for phone in phones for scan, record in phone.kept.items()}
    with create_app(hall.settings).app_context():
        facts = list(db.session.execute(select(FactRow.scan_id, FactRow.device_id, FactRow.device_seq, FactRow.ref)))
        held = list(db.session.scalars(select(HeldRecord.scan_id)))
        present = set(
            db.session.scalars(select(PresenceRow.registration_id).where(PresenceRow.present))
        )
        gaps = sum(bool(beyond) for beyond in db.session.scalars(select(Device.beyond)))
        shown = list(
            db.session.scalars(select(FactRow.registration_id).where(FactRow.shown == Verdict.IN))
        )
        db.session.remove()
        db.engine.dispose()
    stored = {str(fact.scan_id) for fact in facts} | {str(scan) for scan in held}
    numbers = Counter((fact.device_id, fact.device_seq) for fact in facts)
    scanned = {record["ref"] for record in kept.values() if record["kind"] == "ticket"}
    known = {fact.ref.hex() for fact in facts if fact.ref}
    return Account(
        acknowledged=len(kept),
        stored=len(stored),
        lost=len(set(kept) - stored),
        double=sum(count - 1 for count in numbers.values()),
        people_shown_in_twice=sum(count > 1 for count in Counter(shown).values()),
        people_missing=max(0, len(scanned | known) - len(present)),
        gaps=gaps,
    )


def percentile(numbers: Iterable[float], share: float) -> float:
    """Return the value below which ``share`` of the numbers lie, to a tenth."""
    ordered = sorted(numbers)
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1) if ordered else 0.0


