"""Clients that push: requests as bytes, one after the other, and what their senders saw."""

import json
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rakor import config

WARMING_S = 1.0


def post(path: str, body: Any, settings: config.Config, cookie: str, *, close: bool) -> bytes:
    """Return the bytes of a POST of JSON from the same origin."""
    content = json.dumps(body, separators=(",", ":")).encode()
    host = settings.base_url.removeprefix("http://")
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {settings.base_url}\r\nCookie: {cookie}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n"
        f"Connection: {'close' if close else 'keep-alive'}\r\n\r\n"
    )
    return head.encode() + content


@dataclass(frozen=True)
class Load:
    """What the clients saw: answers per second, and milliseconds at the median and the 99th percentile."""

    per_second: float
    p50_ms: float
    p99_ms: float
    answers: int
    errors: int


def push(port: int, makers: Sequence[Callable[[], bytes]], seconds: float, *, keep_alive: bool) -> Load:
    """Let every maker's client send one request after the other for ``seconds``; the first second warms up."""
    took: list[float] = []
    errors: list[bytes] = []
    start_at = time.perf_counter() + WARMING_S
    stop_at = start_at + seconds

    def client(make: Callable[[], bytes]) -> None:
        own, connection = [], None
        while time.perf_counter() < stop_at:
            request = make()
            began = time.perf_counter()
            if connection is None:
                connection = socket.create_connection(("127.0.0.1", port))
            connection.sendall(request)
            answer, alive = _answer(connection)
            ended = time.perf_counter()
            if not keep_alive or not alive:
                connection.close()
                connection = None
            if not answer.startswith(b"HTTP/1.1 200"):
                errors.append(answer[:300])
            elif began >= start_at and ended <= stop_at:
                own.append(ended - began)
        took.extend(own)

    threads = [threading.Thread(target=client, args=(make,)) for make in makers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took.sort()
    if not took:
        raise RuntimeError(f"no answer came: {errors[:1]}")
    return Load(
        per_second=round(len(took) / seconds, 1),
        p50_ms=round(took[len(took) // 2] * 1000, 1),
        p99_ms=round(took[int(len(took) * 0.99)] * 1000, 1),
        answers=len(took),
        errors=len(errors),
    )


def _answer(connection: socket.socket) -> tuple[bytes, bool]:
    received = b""
    while b"\r\n\r\n" not in received:
        more = connection.recv(65536)
        if not more:
            return received, False
        received += more
    head, _, body = received.partition(b"\r\n\r\n")
    lower = head.lower()
    length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)
    return received, b"connection: close" not in lower
