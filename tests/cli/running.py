"""Real commands on a scratch instance, and a real server on a free loopback port."""

import contextlib
import http.client
import multiprocessing
import multiprocessing.context
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from rakor.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(instance: Path, **more: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RAKOR_")}
    return {**clean, "RAKOR_INSTANCE": str(instance), "PYTHONPATH": str(ROOT), **more}


def rakor(instance: Path, *words: str, typed: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end, in a process of its own that finds rakor imported already."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {"stdin": typed, "stdout": "", "stderr": ""}.items():
            Path(folder, name).write_text(text)
        process = _forks().Process(target=_command, args=(words, environment(instance, **more), folder))
        process.start()
        process.join(120)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"rakor {' '.join(words)} took over two minutes")
        said = [Path(folder, name).read_text() for name in ("stdout", "stderr")]
    return subprocess.CompletedProcess(words, process.exitcode, *said)


@cache
def _forks() -> "multiprocessing.context.ForkServerContext":
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["rakor.app", "rakor.cli"])
    return context


def _command(words: tuple[str, ...], env: dict[str, str], folder: str) -> None:
    os.environ.clear()
    os.environ.update(env)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        os.dup2(os.open(Path(folder, name), os.O_RDWR | os.O_APPEND), number)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.exit(main(list(words)))


def status(port: int, path: str = "/healthz") -> int | None:
    """The status a path is answered with; None where nothing answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def eventually(true: Callable[[], bool], within: float = 120.0) -> bool:
    """Whether something becomes true in time."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.1)
    return False


def children_of(pid: int) -> dict[int, str]:
    """The living children of a process and their command lines."""
    found = {}
    for folder in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if fields[0] != "Z" and int(fields[1]) == pid:
                found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
    return found


def child(pid: int, word: str) -> int | None:
    """The child whose command names ``word``."""
    return next((number for number, line in children_of(pid).items() if f" {word}" in line), None)


class Running:
    """A `rakor serve` under test."""

    def __init__(self, instance: Path, *words: str) -> None:
        self.port, self.log = free_port(), instance / "log.txt"
        instance.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "rakor.cli", "serve", "--port", str(self.port), *words]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=environment(instance), stdout=log, stderr=log)

    def answers(self) -> bool:
        return status(self.port) == 200

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Stop it and return the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(15)
        return time.monotonic() - began


@contextlib.contextmanager
def serving(instance: Path, *words: str) -> Iterator[Running]:
    running = Running(instance, *words)
    try:
        assert eventually(running.answers), running.log.read_text()
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()
            running.process.wait(15)
