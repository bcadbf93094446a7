"""One ticket, two online desks, the same instant: exactly one of them is shown "masuk", round after round."""

import tempfile
import threading
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from bench._desks import Phone, account
from bench._hall import build, environment
from bench._serving import free_port, serving
from tools import postgres

WHAT = 'two online desks, one ticket, the same instant: rounds in which not exactly one showed "masuk"'
FULL, QUICK, BITE = 200, 40, 60


def run(quick: bool) -> dict[str, Any]:
    """Play the rounds on both databases; the fault (verdicts that see no earlier scan) must be seen."""
    rounds = QUICK if quick else FULL
    figures: dict[str, Any] = {"rounds": rounds}
    good = True
    for name in ("sqlite",) if quick else ("sqlite", "postgresql"):
        with (
            postgres.server(durable=True) if name == "postgresql" else nullcontext(None) as running,
            tempfile.TemporaryDirectory() as folder,
        ):
            url = postgres.create_database(running, "door") if running else f"sqlite:///{folder}/rakor.sqlite3"
            fits, figures[name] = play(Path(folder), url, rounds, ["rakor.cli", "web"])
        good &= fits
    with tempfile.TemporaryDirectory() as folder:
        fits, seen = play(Path(folder), f"sqlite:///{folder}/r.sqlite3", BITE, ["bench._faulty", "blind", "web"])
    figures["bites"] = {"verdicts that see no earlier scan": seen["rounds_not_exactly_one"]}
    return {"ok": good and not fits, **figures}


def play(folder: Path, url: str, rounds: int, server: list[str]) -> tuple[bool, dict[str, Any]]:
    """Play the rounds; return whether each had exactly one "masuk" and one "sudah masuk", with the figures."""
    port = free_port()
    hall = build(folder / "hall", url, port, rounds, 2)
    phones = [Phone(hall, cookie, [port]) for cookie in hall.cookies]
    shown: Counter[tuple[str, ...]] = Counter()
    with serving(server, environment(hall), port):
        for phone in phones:
            phone.scan(hall.refs[0])  # each one's first record is its clock
            phone.drain(20)
        for ref in hall.refs:
            shown[tuple(sorted(_together(phones, ref)))] += 1
    wrong = rounds - shown["already", "in"]
    found = account(hall, phones)
    figures = {"rounds_not_exactly_one": wrong, "shown": {"+".join(key): n for key, n in shown.items()}}
    return wrong == 0 and found.good, figures | {"lost": found.lost, "double": found.double}


def _together(phones: list[Phone], ref: str) -> list[str]:
    """Scan one ticket at every desk at once; return the verdicts."""
    gate = threading.Barrier(len(phones))

    def scan(phone: Phone) -> None:
        phone.scan(ref)
        gate.wait()
        phone.drain(20)

    threads = [threading.Thread(target=scan, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [list(phone.verdicts.values())[-1] for phone in phones]
