"""The desk's modules with one fault sown in their text, for showing that a drill of the client bites."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench._serving import ROOT

CHECKIN = Path("static/js/checkin")


class Mutant(NamedTuple):
    """In ``module``, ``text`` (there once) becomes ``instead``."""

    module: str
    text: str
    instead: str


FORGETS = Mutant(
    "uplink.js", "this.failures += 1;", "this.failures += 1; this.store.settle(records.map((one) => one.scan_id), 'e');"
)
"""What was sent counts as stored, also when no answer came."""

SETTLES_ALL = Mutant(
    "uplink.js", "await this.#stored(reply.body);",
    "await this.store.settle(records.map((one) => one.scan_id), 'e'); await this.#stored(reply.body);",
)  # fmt: skip
"""What was sent counts as stored, whatever the answer names."""

DEAF_TO_EPOCHS = Mutant("uplink.js", "if (known !== body.server_epoch || fell)", "if (fell)")
"""A restored server is not noticed."""

DEAF_TO_FALLS = Mutant("uplink.js", "const fell = body.ack_through < this.#acknowledged;", "const fell = false;")
"""An acknowledgement that falls is not noticed."""

FORGETFUL = {
    "what was sent counts as stored when no answer comes": FORGETS,
    "what was sent counts as stored, whatever the answer names": SETTLES_ALL,
    "a restored server is not noticed": DEAF_TO_EPOCHS,
    "an acknowledgement that falls is not noticed": DEAF_TO_FALLS,
}
"""Every way of forgetting too early (I10)."""


@contextmanager
def modules(mutant: Mutant | None = None, *also: str) -> Iterator[Path]:
    """Give a folder with the desk's modules, the mutant sown, and the other files of the repository named ``also``."""
    if mutant is None and not also:
        yield ROOT
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "static" / "js", copy / "static" / "js")
        for name in ("package.json", *also):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
        if mutant is not None:
            _sow(copy / CHECKIN / mutant.module, mutant)
        yield copy


def _sow(path: Path, mutant: Mutant) -> None:
    content = path.read_text()
    if content.count(mutant.text) != 1:
        raise ValueError(f"{mutant.module} says {mutant.text!r} {content.count(mutant.text)} times")
    path.write_text(content.replace(mutant.text, mutant.instead))
