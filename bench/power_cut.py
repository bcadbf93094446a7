"""The power fails at random moments: images rebuilt from a recorded trace of writes and fsyncs.

What was synced is there; of what was written since, each write is there, missing, or torn at a sector, independently
(``strace`` records; the rest is Python). Every image must open, be sound, and hold every scan acknowledged by then.
Names of files are taken to be durable once made; ``-shm`` never is, and is made anew.
"""

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench._serving import ROOT
from rakor.engine import sqlite_driver

WHAT = "power cuts at random moments, rebuilt from a trace of writes and fsyncs: images sound and whole"
FULL, QUICK, BITE, SEED = 200, 40, 20, 20261124
SECTOR = 512
DATABASE = "rakor.sqlite3"
CALL = re.compile(r"^\d+ +(\w+)\(\d+<([^>]*)>(?:, )?(.*)\) += (\d+)$")


@dataclass(frozen=True)
class Step:
    """One thing the writer did to a file: a write, a cut to a length, a sync, or an acknowledgement."""

    what: str
    file: str
    data: bytes = b""
    at: int = 0


@dataclass
class Disk:
    """One file as the disk holds it: what is synced, and what was written since."""

    synced: bytearray
    since: list[Step] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Follow one step."""
        if step.what != "sync":
            self.since.append(step)
            return
        for one in self.since:
            _apply(self.synced, one)
        self.since.clear()

    def after_cut(self, rng: random.Random) -> bytearray:
        """Return what is found when the power comes back."""
        found = bytearray(self.synced)
        for step in self.since:
            luck = rng.random()
            if luck < 0.5:
                _apply(found, step)
            elif luck < 0.65 and step.what == "write":
                torn = rng.randrange(0, len(step.data) + 1, SECTOR)
                _apply(found, Step("write", step.file, step.data[:torn], step.at))
        return found


def run(quick: bool) -> dict[str, Any]:
    """Rebuild the images; the fault (synchronous=OFF) must be seen."""
    if shutil.which("strace") is None:
        return {"ok": False, "error": "strace is not on this machine (apt-get install strace)"}
    good, figures = cuts("as set", QUICK if quick else FULL)
    _fits, seen = cuts("OFF", BITE)
    figures["bites"] = {"synchronous=OFF": {"images": BITE, "bad": BITE - seen["whole"]}}
    return {"ok": good and seen["whole"] < BITE, **figures, "seed": SEED}


def cuts(synchronous: str, images: int) -> tuple[bool, dict[str, Any]]:
    """Record one run of the writer and cut its power ``images`` times."""
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "hall"
        _run([sys.executable, "-m", "bench._cut_writer", str(folder)])  # its end leaves one file, whole by itself
        start = (folder / DATABASE).read_bytes()
        steps = list(_recorded(folder, Path(name) / "trace", synchronous))
        disks = {DATABASE: Disk(bytearray(start)), f"{DATABASE}-wal": Disk(bytearray())}
        moments = sorted(rng.sample(range(len(steps)), images))
        sound = whole = 0
        acknowledged: list[str] = []
        for number, step in enumerate(steps):
            if step.what == "ack":
                acknowledged += step.data.decode().split()
            else:
                disks[step.file].take(step)
            if moments and number == moments[0]:
                moments.pop(0)
                ok, missing = _look(Path(name) / "image", disks, acknowledged, rng)
                sound += ok
                whole += ok and not missing
        syncs = sum(step.what == "sync" for step in steps)
    figures = {
        "images": images,
        "sound": sound,
        "whole": whole,
        "acknowledged_scans": len(acknowledged),
        "writes": sum(step.what == "write" for step in steps),
        "syncs": syncs,
    }
    return sound == whole == images, figures


def _look(folder: Path, disks: dict[str, Disk], acknowledged: list[str], rng: random.Random) -> tuple[bool, int]:
    """Write an image, open it as the server would, and return whether it is sound and how many scans it misses."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, disk in disks.items():
        (folder / name).write_bytes(disk.after_cut(rng))
    connection = sqlite_driver.connect(str(folder / DATABASE))
    try:
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        stored = {row[0] for row in connection.execute("SELECT scan_id FROM attendance_fact")}
    except sqlite_driver.DatabaseError:
        return False, len(acknowledged)
    finally:
        connection.close()
    return sound, sum(scan.replace("-", "") not in stored for scan in acknowledged)


def _apply(content: bytearray, step: Step) -> None:
    if step.what == "cut":
        del content[step.at :]
        content.extend(bytes(step.at - len(content)))
        return
    if len(content) < step.at:
        content.extend(bytes(step.at - len(content)))
    content[step.at : step.at + len(step.data)] = step.data


def _recorded(folder: Path, trace: Path, synchronous: str) -> Iterator[Step]:
    """Run the writer under strace and yield what it did to its files, in order."""
    watched = [folder / DATABASE, folder / f"{DATABASE}-wal", folder / "acks"]
    calls = "trace=write,pwrite64,pwritev,pwritev2,fsync,fdatasync,ftruncate"
    command = ["strace", "-f", "-q", "-y", "-xx", "-s", "1000000", "-e", calls, "-o", str(trace)]
    command += [part for path in watched for part in ("-P", str(path))]
    writer = [sys.executable, "-m", "bench._cut_writer", str(folder), synchronous]
    _run([*command, *writer])
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            if "<unfinished" in line or "pwritev" in line:
                raise RuntimeError(f"a call that this drill cannot follow: {line[:80]}")
            if called := CALL.match(line):
                yield _step(*called.groups())


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)


def _step(call: str, path: str, rest: str, result: str) -> Step:
    name = Path(_plain(path).decode()).name
    if call in ("fsync", "fdatasync"):
        return Step("sync", name)
    if call == "ftruncate":
        return Step("cut", name, at=int(rest))
    data = _plain(rest.split('"')[1])
    if call == "write":
        assert name == "acks"
        return Step("ack", name, data)
    assert len(data) == int(result)
    return Step("write", name, data, int(rest.rsplit(", ", 1)[1]))


def _plain(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))
