"""On the relay: its server, over HTTP."""

import http.client
import json
import ssl
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from rakor.checkin.relaying.taking import Credential

PATIENCE_S = 15
COOKIES = ("__Host-rakor-desk", "rakor-desk")


class UnreachableError(Exception):
    """No answer that could be used; what was to be said is said later."""


class RefusedError(Exception):
    """The server knows this relay no more: revoked, or its time is over."""


def ask(credential: Credential, path: str) -> dict[str, Any]:
    """Return the JSON that a path answers with."""
    return _json(*_exchange(credential.url, "GET", path, None, {"Cookie": _cookie(credential)})[:2])


def post(credential: Credential, body: dict[str, Any]) -> dict[str, Any]:
    """Send a batch and return the server's answer, which it gives after the batch is on its disk."""
    headers = {"Cookie": _cookie(credential), "Content-Type": "application/json"}
    content = json.dumps(body, separators=(",", ":")).encode()
    return _json(*_exchange(credential.url, "POST", "/scan/v1/batches", content, headers)[:2])


def redeem(url: str, code: str) -> tuple[Credential, UUID] | None:
    """Become the relay of a one-time code; return the credential and the event's id. None where it opens nothing."""
    body = urlencode({"code": code, "as": "relay"}).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _said, answered = _exchange(url, "POST", "/desk/join", body, headers)
    if status == 422:
        return None
    if status != 303:
        raise UnreachableError(f"the server answered {status}")
    for line in answered.get_all("Set-Cookie") or []:
        for name, morsel in SimpleCookie(line).items():
            if name in COOKIES:
                place = urlsplit(answered["Location"]).path.rsplit("/", 1)[1]
                return Credential(url, morsel.value), UUID(place)
    raise UnreachableError("the server gave no credential")


def _cookie(credential: Credential) -> str:
    return f"{COOKIES[0 if credential.url.startswith('https:') else 1]}={credential.token}"


def _exchange(
    url: str, method: str, path: str, body: bytes | None, headers: dict[str, str]
) -> tuple[int, bytes, http.client.HTTPMessage]:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    if parts.scheme == "https":
        trusting = ssl.create_default_context()
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, port, timeout=PATIENCE_S, context=trusting
        )
    else:
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE_S)
    try:
        connection.request(method, path, body, headers | {"Origin": url, "Accept": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    except (OSError, http.client.HTTPException) as failure:
        raise UnreachableError(str(failure) or type(failure).__name__) from failure
    finally:
        connection.close()


def _json(status: int, said: bytes) -> dict[str, Any]:
    if status in (401, 403):
        raise RefusedError
    if status != 200:
        raise UnreachableError(f"the server answered {status}")
    try:
        found: dict[str, Any] = json.loads(said)
    except ValueError as failure:
        raise UnreachableError("no JSON") from failure
    return found
