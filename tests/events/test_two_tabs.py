"""Of two tabs the later overwrites nothing that the earlier has saved without being told."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from rakor.db import db, transaction
from rakor.events import store
from rakor.events.store import parts
from tests import make
from tests.cast import Cast

SEEN = re.compile(r'name="seen"[^>]*value="([0-9a-f]+)"')


@pytest.fixture
def sari(app: Flask, people: Cast, moment: datetime) -> Iterator[FlaskClient]:
    with app.app_context():
        yield people.browser("sari")


def both(sari: FlaskClient, path: str, first: dict[str, str], second: dict[str, str]) -> str:
    """Open a form twice, save one tab, then the other, and return the page that tells; saved again, it holds."""
    found = SEEN.search(sari.get(path).text)
    assert found
    assert sari.post(path, data=first | {"seen": found.group(1)}).status_code == 303
    refused = sari.post(path, data=second | {"seen": found.group(1)})
    assert refused.status_code == 409
    assert "Orang lain baru saja menyimpan" in refused.text
    again = SEEN.search(refused.text)
    assert again
    assert sari.post(path, data=second | {"seen": again.group(1)}).status_code == 303
    return str(refused.text)


def test_a_channel(sari: FlaskClient, people: Cast) -> None:
    with transaction(unaudited="a test"):
        parts.save_channel(people.event_id, None, {"kind": "zoom", "label": "Zoom utama", "url": None})
    [channel] = store.channels(people.event_id)
    path = f"/events/{people.event_id}/channels/{channel.id}"
    told = both(sari, path, {"kind": "zoom", "label": "Zoom satu"}, {"kind": "zoom", "label": "Zoom dua"})
    assert "Zoom satu" in told
    assert "Zoom dua" in told
    db.session.expire_all()
    assert store.channels(people.event_id)[0].label == "Zoom dua"


def test_the_identity(sari: FlaskClient, people: Cast) -> None:
    path = f"/events/{people.event_id}/identity"
    told = both(sari, path, {"letterhead": "Badan Satu"}, {"letterhead": "Badan Dua"})
    assert "Badan Satu" in told


def test_a_role(sari: FlaskClient, people: Cast) -> None:
    with transaction(unaudited="a test"):
        role = make.role(people.event_id, "Ketua")
        role_id = role.id
    path = f"/events/{people.event_id}/roles/{role_id}"
    told = both(
        sari, path, {"name": "Ketua satu", "group": "participant"}, {"name": "Ketua dua", "group": "participant"}
    )
    assert "Ketua satu" in told
