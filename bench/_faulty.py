"""rakor with one fault sown, for showing that a drill bites: ``python -m bench._faulty FAULT web …``."""

import random
import sys
import time
from typing import Any

from rakor.attendance.rules import facts
from rakor.attendance.store import book, write
from rakor.cli import main


def blind() -> None:
    """A verdict is given as though nobody had been scanned before."""
    real = getattr(book, "judge")  # noqa: B009 - imported there, not its own

    def judge(fact: Any, ticket: Any, prior: Any, *rest: Any, **named: Any) -> Any:
        return real(fact, ticket, facts.ABSENT, *rest, **named)

    setattr(book, "judge", judge)  # noqa: B010


def early() -> None:
    """One fact in fifty is acknowledged and never stored."""
    real, luck = write.facts, random.Random(1)

    def careless(connection: Any, entries: Any, change_seq: Any, now: Any) -> None:
        real(connection, [entry for entry in entries if luck.random() > 0.02], change_seq, now)

    write.facts = careless


def slow() -> None:
    """Whoever has the turn keeps it for a tenth of a second."""
    real = write.facts

    def resting(connection: Any, entries: Any, change_seq: Any, now: Any) -> None:
        time.sleep(0.1)
        real(connection, entries, change_seq, now)

    write.facts = resting


FAULTS = {"blind": blind, "early": early, "slow": slow}

if __name__ == "__main__":
    FAULTS[sys.argv[1]]()
    sys.exit(main(sys.argv[2:]))
