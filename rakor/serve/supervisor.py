"""rakor serve: bring the schema up, start web and worker, keep both alive, stop both within five seconds."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import Namespace
from urllib.parse import urlsplit

from rakor.serve.address import base_url_of, problem_of
from rakor.serve.children import Child

STOP_WITHIN = 4.5
READY_WITHIN = 30.0
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
    if not prepare(environment, demo=chosen.demo):
        return 1
    children = make_children(chosen, environment)
    announce = threading.Thread(target=tell_when_ready, args=(chosen, base_url, began, stopping), daemon=True)
    announce.start()
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


def prepare(environment: dict[str, str], *, demo: bool) -> bool:
    """Upgrade the schema (and make the demo worlds) in a process of its own; False where that failed."""
    began = time.monotonic()
    step = "demo" if demo else "upgrade"
    done = subprocess.run([sys.executable, "-m", "rakor.cli", step], env=environment, check=False)
    if done.returncode:
        say(f"`rakor {step}` failed with status {done.returncode}; the server was not started")
        return False
    say(f"database{' and demo worlds' if demo else ''} ready: {time.monotonic() - began:.1f} s")
    return True


def make_children(chosen: Namespace, environment: dict[str, str]) -> list[Child]:
    """Return the children of this supervisor, not yet started."""
    rakor = [sys.executable, "-m", "rakor.cli"]
    numbers = {"--port": chosen.port, "--workers": chosen.workers, "--threads": chosen.threads}
    options = [part for name, value in numbers.items() for part in (name, str(value))]
    web = Child("web", [*rakor, "web", "--host", chosen.host, *options], environment)
    return [web] if chosen.no_worker else [web, Child("worker", [*rakor, "worker"], environment)]


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


def tell_when_ready(chosen: Namespace, base_url: str, began: float, stopping: threading.Event) -> None:
    """Print the address once the web server answers."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not stopping.wait(0.1):
        if answers(chosen.host, chosen.port, urlsplit(base_url).netloc):
            say(f"{base_url} answers after {time.monotonic() - began:.1f} s; Ctrl-C stops it")
            return
    if not stopping.is_set():
        say(f"nothing answers on {chosen.host}:{chosen.port} after {READY_WITHIN:.0f} s; see the lines above")


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
