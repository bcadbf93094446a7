"""The open form as clients post it: the fields, one answer in words, and senders from many networks."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy import update

from bench._hall import Hall
from rakor.app import create_app
from rakor.db import transaction
from rakor.events.models import Event
from rakor.events.quota import QuotaPool, add_rest, rest_of

GOT_IT, FULL = "got it", "penuh"


@dataclass(frozen=True)
class Sender:
    """One browser: the server it talks to, and the loopback address it comes from (one network may send 600)."""

    port: int
    network: int

    def post(self, form: bytes) -> str:
        """Send a form and return "got it", "penuh", or the status of any other answer."""
        source = f"127.{1 + self.network // 65_000}.{self.network // 250 % 250}.{1 + self.network % 250}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60, source_address=(source, 0))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "Connection": "close",
        }
        try:
            connection.request("POST", "/e/bench/registration", form, headers)
            answer = connection.getresponse()
            page = answer.read()
        except OSError as failure:
            return type(failure).__name__
        finally:
            connection.close()
        if answer.status == 303 and (answer.getheader("Location") or "").startswith("/p/"):
            return GOT_IT
        return FULL if answer.status == 409 and b"Penuh" in page else str(answer.status)


def form_of(number: int, key: str = "") -> bytes:
    """Return what the browser of person ``number`` sends; an equal ``key`` is a double click."""
    fields = {
        "idempotency_key": key or str(uuid4()),
        "name": f"Orang {number} Contoh",
        "post": "Staf",
        "province": "33",
        "regency": "3374",
        "institution": "Dinas Contoh",
        "phone": f"0812 {1_000_000 + number}",
        "email": "",
        "mode": "onsite",
        "consent": "y",
    }
    return urlencode(fields).encode()


def set_size(hall: Hall, size: int | None) -> None:
    """Open the form with so many places."""
    with create_app(hall.settings).app_context(), transaction(unaudited="bench") as session:
        event = session.query(Event).one()
        pool = rest_of(event.id) or add_rest(event.id, size)
        session.execute(update(Event).values(open_registration=True))
        session.execute(update(QuotaPool).where(QuotaPool.id == pool.id).values(size=size))
