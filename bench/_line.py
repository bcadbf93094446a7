"""A bad line between phones and a server: requests and replies are lost, sent twice, or arrive after later ones."""

import http.client
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOPS = {"connection", "keep-alive", "transfer-encoding", "content-length"}
WAYS = {"good": 60, "never_arrived": 10, "reply_lost": 14, "twice": 8, "late": 8}


class Line(ThreadingHTTPServer):
    """Forwards to ``upstream``; what it does to each batch is drawn with ``seed``. ``calm``: it does nothing bad."""

    daemon_threads = True

    def __init__(self, port: int, upstream: int) -> None:
        super().__init__(("127.0.0.1", port), _Passing)
        self.upstream = upstream
        self.did: dict[str, int] = dict.fromkeys(WAYS, 0)
        self.lock = threading.Lock()
        self.begin(0)

    def begin(self, seed: int) -> None:
        """Begin another history: its own luck, nothing on the way."""
        self.luck, self.calm = random.Random(seed), False
        self.on_the_way: list[Request] = []

    def settle(self) -> None:
        """Let what is late arrive, and be a good line from now on."""
        self.calm = True
        for request in self._taken():
            self.forward(*request)

    def carry(self, request: "Request") -> "Reply | None":
        """Bring one request there; its reply, or None where the phone hears nothing."""
        way = "good" if self.calm or request[0] != "POST" else self.luck.choices(list(WAYS), list(WAYS.values()))[0]
        with self.lock:
            self.did[way] += 1
        if way == "never_arrived":
            return None
        if way == "late":
            self.on_the_way.append(request)
            return None
        reply = self.forward(*request)
        for late in self._taken():
            self.forward(*late)
        if way == "twice":
            reply = self.forward(*request)
        return None if way == "reply_lost" else reply

    def _taken(self) -> "list[Request]":
        with self.lock:
            taken, self.on_the_way = self.on_the_way, []
        return taken

    def forward(self, method: str, path: str, headers: dict[str, str], body: bytes) -> "Reply":
        """Ask the server; returns status, headers and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.upstream, timeout=30)
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()


Request = tuple[str, str, dict[str, str], bytes]
Reply = tuple[int, list[tuple[str, str]], bytes]


class _Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Bring one request there and its reply back, or break the connection."""
        line: Any = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        kept = {name: value for name, value in self.headers.items() if name.lower() not in HOPS}
        reply = line.carry((self.command, self.path, kept, body))
        self.close_connection = True
        if reply is None:
            return
        status, headers, content = reply
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOPS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(content)

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def line(port: int, upstream: int) -> Iterator[Line]:
    """Hold a bad line from ``port`` to ``upstream``."""
    held = Line(port, upstream)
    thread = threading.Thread(target=held.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield held
    finally:
        held.shutdown()
        thread.join()
        held.server_close()
