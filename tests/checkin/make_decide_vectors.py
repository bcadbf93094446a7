"""Write ``decide_vectors.json``: what a desk without network shows, and lines of the roster, for Python and JavaScript.

Run ``python -m tests.checkin.make_decide_vectors`` from the project's root; the same bytes come out every time.
"""

import json
import random
from base64 import b64encode
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from rakor import codes
from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Direction, Kind
from rakor.checkin import packed, sealing
from rakor.checkin.roster import Coming, Line
from rakor.checkin.rules import Door, Known, decide
from rakor.events.rules import Admission

HERE = Path(__file__).parent
START = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
DESK = UUID(int=7)


def at(rng: random.Random) -> datetime:
    return START + timedelta(seconds=rng.randrange(0, 4 * 3600))


def fact(rng: random.Random, number: int, **values: Any) -> Fact:
    way = rng.choice([Direction.IN, Direction.IN, Direction.OUT])
    kind = rng.choice([Kind.TICKET, Kind.TICKET, Kind.MANUAL])
    given: dict[str, Any] = {"direction": way, "kind": kind, "wall_at": at(rng)} | values
    return Fact(UUID(int=100 + number), device_id=DESK, device_seq=number, **given)


def door(rng: random.Random) -> Door:
    return Door(rng.choice([Admission.OPEN, *Admission]), rng.randrange(1, 4), rng.randrange(1, 4))


def world(rng: random.Random) -> tuple[Known | None, list[Fact], Fact]:
    ref = rng.randbytes(12)
    own = [fact(rng, number) for number in range(rng.choice([0, 0, 1, 2, 3]))]
    if own and rng.random() < 0.3:
        taken = rng.choice(own).scan_id
        own.append(fact(rng, 50, kind=Kind.VOID, target_id=taken))
    now = fact(rng, 90, wall_at=START + timedelta(hours=5), override=rng.random() < 0.1, ref=ref)
    if rng.random() < 0.2:
        return None, own, now
    first = at(rng) if rng.random() < 0.5 else None
    out = first + timedelta(minutes=rng.randrange(1, 90)) if first and rng.random() < 0.3 else None
    revoked = rng.random() < 0.2
    return Known(ref, revoked, revoked and rng.random() < 0.5, first, out), own, now


def millis(moment: datetime | None) -> int | None:
    return round(moment.timestamp() * 1000) if moment else None


def as_json(one: Fact) -> dict[str, Any]:
    said = {
        "scan_id": str(one.scan_id),
        "kind": one.kind,
        "wall_at": millis(one.wall_at),
        "device_id": str(one.device_id),
        "device_seq": one.device_seq,
        "direction": one.direction,
        "override": one.override,
    }
    if one.ref is not None:
        said |= {"ref": one.ref.hex()}
    return said | ({"target_id": str(one.target_id)} if one.target_id else {})


def decisions(rng: random.Random) -> list[dict[str, Any]]:
    made = []
    for _ in range(400):
        known, own, now = world(rng)
        at_door = door(rng)
        line = known and {
            "revoked": known.revoked,
            "replaced": known.replaced,
            "first_in_at": millis(known.first_in_at),
            "last_out_at": millis(known.last_out_at),
        }
        said = {"line": line, "own": [as_json(one) for one in own], "fact": as_json(now), "door": asdict(at_door)}
        made.append(said | {"verdict": decide(known, own, now, at_door)})
    return made


def tickets(rng: random.Random) -> dict[str, Any]:
    """A packed roster of forty tickets, with the code and what each line says."""
    words, said = ["Ketua", "KPU Kab. Asmat", "Ägir", "blue"], []
    lines: list[Line] = []
    comings: dict[UUID, Coming] = {}
    for number in range(40):
        secret = codes.ticket_secret(b"k" * 32, UUID(int=number), 0)
        office = "Kantor Contoh" if rng.random() < 0.5 else 1
        person: list[str | int] = [f"Orang {number} Contoh, S.H.", number % 3, office, f"Kamar {number}", 3]
        dead = number % 10 == 9
        sealed = b"" if dead else sealing.seal(secret, person)
        line = Line(codes.ref(secret), UUID(int=number), 0, number, 5 if dead else None, dead, sealed)
        lines.append(line)
        if number % 4 == 0:
            out = START + timedelta(hours=1) if number % 8 == 0 else None
            comings[line.registration_id] = Coming(START, out, out is None, "Meja 3", number)
        shown = None if dead else [words[part] if isinstance(part, int) else part for part in person]
        said.append({"code": codes.encode(secret), "ref": line.ref.hex(), "revoked": dead, "who": shown})
    header = {"checkpoint": "hall", "change_seq": 40, "server_epoch": "e1", "words": words}
    content = packed.pack(header, lines, comings)
    return {"packed": b64encode(content).decode(), "tickets": said}


def main(folder: Path = HERE) -> None:
    """Write the file into ``folder``."""
    rng = random.Random(20261124)
    made = {"decisions": decisions(rng), "roster": tickets(rng)}
    lines = ",\n".join(json.dumps(one, sort_keys=True) for one in made["decisions"])
    roster = json.dumps(made["roster"], sort_keys=True)
    (folder / "decide_vectors.json").write_text(f'{{"decisions": [\n{lines}\n],\n"roster": {roster}}}\n', "ascii")


if __name__ == "__main__":
    main()
