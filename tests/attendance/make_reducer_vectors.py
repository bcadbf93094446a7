"""Write ``reducer_vectors.json``: 120 random histories and what they reduce to, for Python and JavaScript.

Run ``python -m tests.attendance.make_reducer_vectors`` from the project's root; the same bytes come out every
time. The answers are this reducer's own; what they *should* be is held by the named cases in
``test_reducer.py``.
"""

import json
import random
from pathlib import Path

from rakor.attendance.rules.reducer import reduce_all
from tests.attendance.histories import as_json, history, presence_json

HERE = Path(__file__).parent


def vectors(count: int) -> list[dict[str, object]]:
    rng = random.Random(20261124)
    made = []
    for _ in range(count):
        day = history(rng)
        reduced = reduce_all(day.facts, day.tickets, day.admission, day.aliases)
        made.append(
            {
                "facts": [as_json(fact) for fact in day.facts],
                "tickets": [as_json(ticket) for ticket in day.tickets.values()],
                "admission": day.admission,
                "aliases": {str(old): str(new) for old, new in day.aliases.items()},
                "presences": {f"{who} {where}": presence_json(found) for (who, where), found in reduced.items()},
            }
        )
    return made


def main(folder: Path = HERE) -> None:
    """Write the file into ``folder``."""
    lines = [json.dumps(made, sort_keys=True) for made in vectors(120)]
    (folder / "reducer_vectors.json").write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="ascii")


if __name__ == "__main__":
    main()
