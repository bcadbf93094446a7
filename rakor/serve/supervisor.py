"""rakor serve: start web (which brings the schema up) and worker, keep both alive, stop both within five seconds."""

import http.client
import os
import signal
import socket
import sys
import threading
import time
from argparse import Namespace
from urllib.parse import urlsplit

from rakor.serve.children import PREPARATION_FAILED, Child
from rakor.upkeep.address import base_url_of, problem_of

STOP_WITHIN = 4.5
READY_WITHIN = 180.0
BEAT = 0.2


def say(text: str) -> None:
    """Write one line for whoever started the server."""
    print(f"rakor: {text}", file=sys.stderr, flush=True)


def serve(chosen: Namespace) -> int:
    """Run until SIGTERM or SIGINT; exit status 2 where the address cannot be used, 1 where a step failed."""
    began = time.monotonic()
    base_url = base_url_of(chosen.host, chosen.port, os.environ)
    problem = problem_of(base_url) or busy(chosen.host, chosen.port)
    if problem:
        say(problem)
        return 2
    environment = {**os.environ, "RAKOR_BASE_URL": base_url, "RAKOR_SUPERVISOR": str(os.getpid())}
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    children = make_children(chosen, environment)
    if not opened(children[0], chosen, base_url, began, stopping):
        return 1
    keep_alive(children, stopping)
    return 0


def busy(host: str, port: int) -> str | None:
    """Return a sentence where the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            return f"cannot listen on {host}:{port} ({failure.strerror}); choose another with --port"
    return None


def make_children(chosen: Namespace, environment: dict[str, str]) -> list[Child]:
    """Return the children of this supervisor, the web server first, not yet started."""
    rakor = [sys.executable, "-m", "rakor.cli"]
    numbers = {"--port": chosen.port, "--workers": chosen.workers, "--threads": chosen.threads}
    options = [part for name, value in numbers.items() for part in (name, str(value))]
    web = Child("web", [*rakor, "web", "--host", chosen.host, *options], environment)
    return [web] if chosen.no_worker else [web, Child("worker", [*rakor, "worker"], environment)]


def opened(web: Child, chosen: Namespace, base_url: str, began: float, stopping: threading.Event) -> bool:
    """Start the web server for the first time; False where its preparation failed.

    It brings the schema up (and makes the demo worlds) in its own process before it serves, because loading the
    application twice would double the time of a start. A later start does not prepare again.
    """
    plain = web.command
    web.command = [*plain, "--prepare", "demo" if chosen.demo else "upgrade"]
    web.start()
    web.command = plain
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not stopping.wait(0.05):
        status = web.process.poll() if web.process else None
        if status == PREPARATION_FAILED:
            say("the database could not be made ready (see above); the server was not started")
            return False
        if status is None and answers(chosen.host, chosen.port, urlsplit(base_url).netloc):
            say(f"{base_url} answers after {time.monotonic() - began:.1f} s; Ctrl-C stops it")
            return True
        if status is not None:
            break
    if not stopping.is_set():
        say(f"nothing answers on {chosen.host}:{chosen.port} yet; see the lines above")
    return True


def keep_alive(children: list[Child], stopping: threading.Event) -> None:
    """Tend the children until told to stop, then stop them all at once."""
    while not stopping.is_set():
        for child in children:
            news = child.tend()
            if news:
                say(news)
        stopping.wait(BEAT)
    deadline = time.monotonic() + STOP_WITHIN
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stopped_by(deadline)
    say("stopped")


def answers(host: str, port: int, name: str) -> bool:
    """True where the web server says that it is alive."""
    connection = http.client.HTTPConnection(host if host not in ("0.0.0.0", "::") else "127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": name})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
