"""The web server as a process of its own, on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 32
SETTLING_S = 2.0
"""The port is open before the workers live: whichever came first would take every connection for good."""


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(
    module: Sequence[str], environment: dict[str, str], port: int, *, workers: int = WORKERS, threads: int = THREADS
) -> Iterator[None]:
    """Run a web server (``python -m`` ``module`` with the options of ``rakor web``) and stop it afterwards."""
    numbers = {"--port": port, "--workers": workers, "--threads": threads}
    options = ["--host", "127.0.0.1", *(part for name, value in numbers.items() for part in (name, str(value)))]
    process = subprocess.Popen(
        [sys.executable, "-m", *module, *options],
        cwd=ROOT,
        env={**os.environ, **environment, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await_port(port, process)
        time.sleep(SETTLING_S)
        yield
    finally:
        process.terminate()
        process.wait(15)


def _await_port(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError("the server stopped")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")
