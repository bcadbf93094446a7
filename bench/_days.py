"""Random days at the doors of one event, over the real store: phones off line, wrong clocks, lost replies, restores.

The phones keep the protocol's rules; the server is the real one without HTTP. At the end the store must hold what the
pure reducer says of the set of facts, each of them once, and sending everything again must change nothing.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, update

from bench._day_over import judge, state
from bench._hall import _event
from rakor import audit, clock
from rakor.attendance.models import FactRow, HeldRecord, PresenceRow
from rakor.attendance.rules.words import Status
from rakor.attendance.store import checkpoints
from rakor.checkin import batches, coordination_decisions, store, wire
from rakor.checkin.coordination_rules import Decision
from rakor.checkin.models import Device, ServerEpoch
from rakor.db import db, table_of, transaction
from rakor.events.models import Event
from rakor.registrations import tickets
from rakor.registrations.models import Registration, RegistrationSource
from rakor.registrations.rules import Mode, RegistrationState
from rakor.web import access

START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
PEOPLE, STEPS, AT_ONCE, LEAP = 5, 45, 17, 1_000_000
OPERATOR = UUID(int=0xC0)
SKEWS = (0, 0, 0, 40, -150, 4000, -86_400, 86_400)


@dataclass
class Phone:
    """One phone: its clocks, its outbox, what it keeps, and until when it is off line."""

    device: access.Device
    token: str
    skew: timedelta
    booted_at: datetime
    segment: UUID
    seq: int = 0
    roster_seq: int = 0
    epoch: str = ""
    offline_until: datetime = START
    made: list[dict[str, Any]] = field(default_factory=list)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Image:
    """What a backup holds of the doors: facts and presences are known by their numbers."""

    facts: list[dict[str, Any]]
    held: list[dict[str, Any]]
    presences: list[dict[str, Any]]
    devices: list[dict[str, Any]]
    change_seq: int


@dataclass
class Day:
    """One history of one event; needs an app context. ``forgetful`` phones drop what they sent (a fault)."""

    seed: int
    forgetful: bool = False
    same_epoch: bool = False
    event_id: UUID = field(default_factory=uuid4)
    now: datetime = START
    told: list[str] = field(default_factory=list)

    def play(self) -> list[str]:
        """Play the day to its end; return what went wrong, nothing where all held."""
        self.luck = random.Random(self.seed)
        self._open()
        self.image = self._picture()
        for _ in range(STEPS):
            self.now += timedelta(seconds=self.luck.choice((1, 4, 9, 30, 400, 1800)))
            step = self.luck.choices(list(ACTS), weights=list(ACTS.values()))[0]
            getattr(self, step.__name__)()
            self.told.append(step.__name__)
        return self._end()

    # ---- the day -------------------------------------------------------------------------------------------------

    def _open(self) -> None:
        with clock.freeze(START), transaction() as session:
            audit.record("drill.day")
            for row in _event(self.event_id, START.date()):
                if isinstance(row, Event):
                    row.slug = f"day-{self.event_id.hex[:20]}"
                session.add(row)
                session.flush()
            self.people = [self._person(n) for n in range(PEOPLE)]
            session.flush()
            self.refs = [bytes(tickets.issue(one, now=START).ref) for one in self.people]
            self.places = [one.id for one in checkpoints.ensure(self.event_id, now=START)]
            names = [f"Meja {n}" for n in range(self.luck.randrange(2, 13 if self.seed % 5 == 0 else 5))]
            ends = START + timedelta(days=9)
            first = self.places[0]
            enrolled = [store.enrol(self.event_id, None, n, first, now=START, expires_at=ends) for n in names]
            session.flush()
            self.phones = [self._phone(*one) for one in enrolled]
        self.person_ids = [one.id for one in self.people]
        db.session.close()

    def _person(self, number: int) -> Registration:
        row = Registration(
            id=uuid4(), event_id=self.event_id, source=RegistrationSource.OPEN, state=RegistrationState.CONFIRMED,
            mode=Mode.ONSITE, name=f"Orang {number} Contoh", created_at=START, updated_at=START, epoch=0,
        )  # fmt: skip
        db.session.add(row)
        return row

    def _phone(self, device: Device, token: str) -> Phone:
        who = access.Device(device.id, self.event_id, None, False, device.name)
        skew = timedelta(seconds=self.luck.choice(SKEWS))
        return Phone(who, token, skew, START - timedelta(seconds=self.luck.randrange(9000)), self._uuid())

    def _uuid(self) -> UUID:
        return UUID(int=self.luck.getrandbits(128), version=4)

    def _record(self, phone: Phone, kind: str, **values: Any) -> None:
        phone.seq += 1
        base = {
            "scan_id": str(self._uuid()),
            "device_seq": phone.seq,
            "kind": kind,
            "t_wall": wire.millis(self.now + phone.skew),
            "t_mono": round((self.now - phone.booted_at).total_seconds() * 1000),
            "segment": str(phone.segment),
            "roster_seq": phone.roster_seq,
        }
        phone.made.append(base | values)
        phone.waiting.append(base | values)

    def scan(self) -> None:
        """A guest comes or goes at some desk; now and then with a code that nobody knows."""
        phone, fields = self._drawn()
        self._record(phone, "ticket", **fields)

    def _drawn(self) -> tuple[Phone, dict[str, Any]]:
        """Draw who scans whom, and where."""
        phone, ref = self.luck.choice(self.phones), self.luck.choice(self.refs)
        if self.luck.random() < 0.05:
            ref = b"nobody knows"
        direction = self.luck.choice(("in", "in", "in", "out"))
        place = self.places[0] if self.luck.random() < 0.8 else self.luck.choice(self.places)
        override = self.luck.random() < 0.1
        return phone, {"ref": ref.hex(), "checkpoint": str(place), "direction": direction, "override": override}

    def take_back(self) -> None:
        """An operator voids an earlier scan, of any desk: its id was on the screen of both."""
        phone = self.luck.choice(self.phones)
        scans = [one for other in self.phones for one in other.made if one["kind"] == "ticket"]
        if scans:
            self._record(phone, "void", target=self.luck.choice(scans)["scan_id"], reason="keliru")

    def restart(self) -> None:
        """The app is killed: a new segment; what was shown green is in its storage."""
        phone = self.luck.choice(self.phones)
        phone.segment = self._uuid()
        if self.luck.random() < 0.5:
            phone.booted_at = self.now

    def lose_network(self) -> None:
        """A phone goes off line for up to four hours."""
        self.luck.choice(self.phones).offline_until = self.now + timedelta(minutes=self.luck.randrange(1, 240))

    def reissue(self) -> None:
        """Somebody gets a new ticket, or loses the old one."""
        number = self.luck.randrange(PEOPLE)
        with clock.freeze(self.now), transaction() as session:
            row = session.get_one(Registration, self.person_ids[number])
            audit.record("drill.reissue", event_id=self.event_id)
            if self.luck.random() < 0.6:
                self.refs.append(bytes(tickets.reissue(row, now=self.now).ref))
            else:
                tickets.revoke(row, now=self.now)

    def rule(self) -> None:
        """The coordinator voids or restores a scan that has arrived."""
        with clock.freeze(self.now), transaction(unaudited="nothing to rule on") as session:
            known = select(FactRow.scan_id).where(FactRow.event_id == self.event_id, FactRow.kind == "ticket")
            scans = sorted(session.scalars(known))
            if scans:
                decision = self.luck.choice((Decision.VOID, Decision.RESTORE))
                scan = self.luck.choice(scans)
                coordination_decisions.rule(self.event_id, scan, decision, operator_id=OPERATOR, now=self.now)

    def sync(self) -> None:
        """A phone that has network sends some of its outbox, in any order; the reply may be lost."""
        phone = self.luck.choice(self.phones)
        if phone.offline_until > self.now:
            return
        if phone.epoch and self.luck.random() < 0.6:
            self._clock(phone)
        some = self.luck.sample(phone.waiting, self.luck.randrange(len(phone.waiting) + 1))
        self._send(phone, some, lost=self.luck.random() < 0.2)

    def _clock(self, phone: Phone) -> None:
        self._record(phone, "clock", server_time=wire.millis(self.now), rtt=self.luck.randrange(5, 400))

    def _send(self, phone: Phone, some: list[dict[str, Any]], *, lost: bool) -> None:
        if self.forgetful:
            phone.waiting = [one for one in phone.waiting if one not in some or not lost]
        with clock.freeze(self.now):
            batch = wire.Batch(records=[dict(one) for one in some], roster_seq=phone.roster_seq)
            if lost and self.luck.random() < 0.5:
                return  # it never arrived
            entered = batches.turns.submit(batches.sent(phone.device, batch))
            receipts = entered.receipts()
        if lost:
            return
        durable = {str(one.scan_id) for one in receipts if one.status in set(Status)}
        known, phone.epoch = phone.epoch, str(entered.server_epoch)
        if known and known != phone.epoch:
            phone.waiting = phone.kept + phone.waiting
            phone.kept = []
        phone.kept += [one for one in some if one["scan_id"] in durable]
        phone.waiting = [one for one in phone.waiting if one["scan_id"] not in durable]
        phone.roster_seq = max(phone.roster_seq, entered.change_seq)

    def back_up(self) -> None:
        """A backup is taken."""
        self.image = self._picture()

    def restore(self) -> None:
        """The server comes back from the backup, under a new epoch; only what the desks did since is lost."""
        if self.luck.random() < 0.5:
            return
        mine = {FactRow: self.image.facts, HeldRecord: self.image.held, PresenceRow: self.image.presences}
        with transaction(unaudited="the drill restores") as session:
            for model, rows in mine.items():
                table = table_of(model)
                session.execute(delete(table).where(table.c.event_id == self.event_id))
                if rows:
                    session.execute(insert(table), rows)
            for row in self.image.devices:
                session.execute(update(Device).where(Device.id == row["id"]).values(row))
            session.execute(update(Event).where(Event.id == self.event_id).values(change_seq=Event.change_seq + LEAP))
            if not self.same_epoch:
                session.execute(update(ServerEpoch).values(epoch=self._uuid()))

    def _picture(self) -> Image:
        def rows(model: Any) -> list[dict[str, Any]]:
            table = table_of(model)
            found = db.session.execute(select(table).where(table.c.event_id == self.event_id))
            return [dict(row._mapping) for row in found]

        kept = ("id", "ack_through", "beyond")
        devices = [{name: row[name] for name in kept} for row in rows(Device)]
        seq = db.session.scalar(select(Event.change_seq).where(Event.id == self.event_id)) or 0
        image = Image(rows(FactRow), rows(HeldRecord), rows(PresenceRow), devices, seq)
        db.session.close()
        return image

    # ---- its end -------------------------------------------------------------------------------------------------

    def _end(self) -> list[str]:
        """Everybody comes back and is drained; then judge, send it all again in another order, and judge again."""
        self.now += timedelta(hours=5)
        self._come_back()
        wrong = [f"I10: {len(phone.waiting)} still wait" for phone in self.phones if phone.waiting]
        wrong += judge(self, START.date())
        before = state(self.event_id)
        for phone in self.luck.sample(self.phones, len(self.phones)):
            again = self.luck.sample(phone.made, len(phone.made))
            for start in range(0, len(again), AT_ONCE):
                self._again(phone, again[start : start + AT_ONCE])
        if state(self.event_id) != before:
            wrong.append("I2: sending again changed the state")
        db.session.close()
        return wrong

    def _come_back(self) -> None:
        for _round in range(3):  # one to hear of a new epoch, one to offer again, one more
            for phone in self.luck.sample(self.phones, len(self.phones)):
                self._drain(phone)

    def _drain(self, phone: Phone) -> None:
        self._clock(phone)
        self._send(phone, list(phone.waiting), lost=False)

    def _again(self, phone: Phone, records: list[dict[str, Any]]) -> None:
        self._send(phone, records, lost=False)


ACTS: dict[Callable[[Day], None], int] = {
    Day.scan: 18,
    Day.sync: 14,
    Day.take_back: 2,
    Day.restart: 2,
    Day.lose_network: 2,
    Day.reissue: 2,
    Day.rule: 2,
    Day.back_up: 1,
    Day.restore: 1,
}
