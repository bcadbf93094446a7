"""rakor serve: start web (which brings the schema up) and worker, keep both alive, stop both within five seconds.

While ``rakor restore`` replaces the database both rest.
"""

import http.client
import os
import signal
import socket
import ssl
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable
from urllib.parse import urlsplit

from rakor.config import place_from_environment
from rakor.serve.children import PREPARATION_FAILED, Child
from rakor.serve.place import Place
from rakor.upkeep import running
from rakor.upkeep.address import ANYWHERE, base_url_of, problem_of

STOP_WITHIN = 4.5
READY_WITHIN = 180.0
BEAT = 0.2


def say(text: str) -> None:
    """Write one line for whoever started the server."""
    print(f"rakor: {text}", file=sys.stderr, flush=True)


def serve(chosen: Namespace) -> int:
    """Run until SIGTERM or SIGINT; exit status 2 where the address cannot be used, 1 where a step failed."""
    began = time.monotonic()
    place = place_of(chosen)
    problem = place if isinstance(place, str) else problem_with(place, chosen)
    if isinstance(place, str) or problem:
        say(str(problem))
        return 2
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    children = make_children(chosen, place)
    if not opened(children[0], place, chosen, began, stopping):
        return 1
    keep_alive(children, stopping, mover(chosen, place, children), pauser())
    return 0


def place_of(chosen: Namespace) -> Place | str:
    """Return where to serve, or a sentence why that cannot be."""
    if chosen.lan:
        from rakor.serve.lan import lan_place  # cryptography and Pillow, which nobody else needs here

        return lan_place(chosen, os.environ, place_from_environment()[0])
    return Place(chosen.host, base_url_of(chosen.host, chosen.port, os.environ))


def problem_with(place: Place, chosen: Namespace) -> str | None:
    """Return a sentence where the place cannot be used."""
    page = busy(place.host, chosen.setup_port, "--setup-port") if place.setup_url else None
    return problem_of(place.base_url) or busy(place.host, chosen.port) or page


def mover(chosen: Namespace, place: Place, children: list[Child]) -> Callable[[], None]:
    """Return what is to be done at every beat: with ``--lan``, follow this machine to its new address."""
    if not chosen.lan:
        return lambda: None
    from rakor.serve.lan import Watch

    watch = Watch(chosen, os.environ, place_from_environment()[0], place)

    def follow() -> None:
        moved = watch.moved()
        if moved is None:
            return
        say(f"this machine has another address now; phones begin anew at {moved.base_url}")
        print(moved.welcome, file=sys.stderr, flush=True)
        for child, fresh in zip(children, make_children(chosen, moved), strict=True):
            child.become(fresh.command, fresh.environment)

    return follow


def pauser() -> Callable[[], bool]:
    """Return what says whether somebody replaces the database just now."""
    instance = place_from_environment()[0]
    return lambda: running.held(instance, running.PAUSED, alone=True)


def busy(host: str, port: int, option: str = "--port") -> str | None:
    """Return a sentence where the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as failure:
            return f"cannot listen on {host}:{port} ({failure.strerror}); choose another with {option}"
    return None


def make_children(chosen: Namespace, place: Place) -> list[Child]:
    """Return the children of this supervisor, the web server first, not yet started."""
    environment = {**os.environ, "RAKOR_BASE_URL": place.base_url, "RAKOR_SETUP_URL": place.setup_url}
    environment["RAKOR_SUPERVISOR"] = str(os.getpid())
    rakor = [sys.executable, "-m", "rakor.cli"]
    numbers = {"--port": chosen.port, "--workers": chosen.workers, "--threads": chosen.threads}
    options = [part for name, value in numbers.items() for part in (name, str(value))]
    options += ["--tls", str(place.tls)] if place.tls else []
    children = [Child("web", [*rakor, "web", "--host", place.host, *options], environment)]
    if not chosen.no_worker:
        children.append(Child("worker", [*rakor, "worker"], environment))
    if place.setup_url:
        page = [*rakor, "setup-page", "--host", place.host, "--port", str(chosen.setup_port)]
        children.append(Child("set-up page", page, environment))
    return children


def opened(web: Child, place: Place, chosen: Namespace, began: float, stopping: threading.Event) -> bool:
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
        if status is None and answers(place, chosen.port):
            if place.tls:
                print(place.welcome, file=sys.stderr, flush=True)
            say(f"{place.base_url} answers after {time.monotonic() - began:.1f} s; Ctrl-C stops it")
            return True
        if status is not None:
            break
    if not stopping.is_set():
        say(f"nothing answers on {place.host}:{chosen.port} yet; see the lines above")
    return True


def keep_alive(
    children: list[Child], stopping: threading.Event, watch: Callable[[], None], paused: Callable[[], bool]
) -> None:
    """Tend the children until told to stop, then stop them all at once."""
    while not stopping.is_set():
        if paused():
            rest(children, stopping, paused)
        for child in children:
            news = child.tend()
            if news:
                say(news)
        watch()
        stopping.wait(BEAT)
    stop(children)
    say("stopped")


def rest(children: list[Child], stopping: threading.Event, paused: Callable[[], bool]) -> None:
    """Stop the children until the pause is over; what comes meanwhile finds nobody, and asks again."""
    say("a backup is put back: nothing is served meanwhile")
    stop(children)
    while paused() and not stopping.wait(BEAT):
        pass
    for child in children:
        child.begin_anew()
    say("going on")


def stop(children: list[Child]) -> None:
    """Stop all children at once, by force where they take too long."""
    deadline = time.monotonic() + STOP_WITHIN
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stopped_by(deadline)


def answers(place: Place, port: int) -> bool:
    """True where the web server says that it is alive, under a certificate that its own authority vouches for."""
    host = place.host if place.host not in ANYWHERE else "127.0.0.1"
    connection = http.client.HTTPConnection(host, port, timeout=2)
    if place.tls:
        trusting = ssl.create_default_context(cadata=place.authority_pem)
        connection = http.client.HTTPSConnection(host, port, timeout=2, context=trusting)
    try:
        connection.request("GET", "/healthz", headers={"Host": urlsplit(place.base_url).netloc})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
