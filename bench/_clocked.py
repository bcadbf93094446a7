"""rakor whose clock is the time of a file: ``python -m bench._clocked FILE web …``; a drill moves it by hours."""

import os
import sys
from datetime import UTC, datetime

from rakor import clock
from rakor.cli import main


def follow(path: str) -> None:
    """Let every reading of the clock say when the file was last touched."""
    clock.now = lambda: datetime.fromtimestamp(os.stat(path).st_mtime_ns / 1e9, UTC)


if __name__ == "__main__":
    follow(sys.argv[1])
    sys.exit(main(sys.argv[2:]))
