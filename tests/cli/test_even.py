"""Two workers share the connections of a hall's phones evenly, and one that is gone keeps nothing from the other."""

import http.client
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bench._hall import ROOT, _await_port, free_port
from rakor.serve.even import NOBODY, PATIENCE_S, gives_way

PHONES = 8
TELLING = """
import os, sys
from argparse import Namespace
from flask import Flask
from rakor.serve.web import Server, settings_of

app = Flask("telling")
app.get("/")(lambda: str(os.getpid()))
chosen = Namespace(host="127.0.0.1", port=int(sys.argv[1]), workers=2, threads=8, tls=None)
Server(app, settings_of(chosen) | {"post_fork": lambda server, worker: None, "accesslog": None}).run()
"""


@contextmanager
def telling() -> Iterator[int]:
    """Run a server whose answer is the process that made it; yields its port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-c", TELLING, str(port)], cwd=ROOT)
    try:
        _await_port(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(15)


def asked(phone: http.client.HTTPConnection) -> str:
    phone.request("GET", "/")
    return phone.getresponse().read().decode()


def both_answer(port: int) -> None:
    """Wait until both processes take calls: the port is open before they are there."""
    seen: set[str] = set()
    until = time.monotonic() + 30
    while len(seen) < 2 and time.monotonic() < until:
        phones = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(4)]
        seen |= {asked(phone) for phone in phones}
        for phone in phones:
            phone.close()
        time.sleep(0.2)  # the last calls are over


def test_who_holds_fewer_takes_the_next_call() -> None:
    assert gives_way(2, [NOBODY, 1], 0)
    assert not gives_way(2, [NOBODY, 2], 0)
    assert not gives_way(2, [NOBODY, NOBODY], 0)
    assert not gives_way(2, [1], PATIENCE_S)


def test_phones_are_shared_and_keep_their_process() -> None:
    with telling() as port:
        both_answer(port)
        phones = [http.client.HTTPConnection("127.0.0.1", port, timeout=20) for _ in range(PHONES)]
        first = [asked(phone) for phone in phones]
        assert [asked(phone) for phone in phones] == first
        for phone in phones:
            phone.close()
    assert min(Counter(first).values()) >= PHONES // 2 - 1
    assert len(set(first)) == 2
