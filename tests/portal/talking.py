"""A session in which Ratna speaks and Nur moderates, and what their phones send."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from rakor import audit
from rakor.agenda import material_store
from rakor.agenda.models import AgendaSpeaker, Speaker
from rakor.agenda.rules import SpeakerPart
from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import EventDay, LinkPurpose
from rakor.portal import cache
from rakor.segments import SEGMENT
from tests import make
from tests.cast import Cast

STARTS, ENDS = datetime(2026, 11, 24, 1, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Talk:
    """Ratna speaks in session 2, which Nur moderates; Hendra speaks in the other event."""

    people: Cast
    item_id: UUID
    speaker_id: UUID
    tokens: dict[str, str]

    def phone(self) -> FlaskClient:
        return self.people.app.test_client()

    def at(self, who: str = "ratna", more: str = "") -> str:
        return f"/s/{self.tokens[who]}{more}"

    def send(self, content: bytes, who: str = "ratna", **values: Any) -> Any:
        form = {"item_id": str(self.item_id), "material_id": "", "file": (io.BytesIO(content), "paparan.pptx")}
        return self.phone().post(self.at(who, "/materials"), data=form | values)

    def materials(self) -> list[material_store.MaterialView]:
        with self.people.app.app_context():
            return material_store.materials(self.people.event_id)

    def public(self) -> str:
        cache.forget()
        return self.phone().get(f"/e/{self.people.slug}").text


def _speaker(event_id: UUID, item_id: UUID, name: str, part: SpeakerPart) -> tuple[UUID, str]:
    row = make._add(Speaker(event_id=event_id, name=name, post="Direktur", organization="Kementerian Contoh"))
    make._add(AgendaSpeaker(event_id=event_id, item_id=item_id, speaker_id=row.id, part=part))
    links.make_links(event_id, LinkPurpose.SPEAKER, [row.id], now=make.AT)
    return row.id, links.token_of(event_id, LinkPurpose.SPEAKER, row.id)


@pytest.fixture
def talk(people: Cast, moment: datetime) -> Talk:
    with people.app.app_context(), transaction():
        audit.record("test.talk")
        day = db.session.query(EventDay).filter_by(event_id=people.event_id, number=2).one()
        item = make.item(people.event_id, day.id, starts_at=STARTS, ends_at=ENDS)
        ratna, ratnas = _speaker(people.event_id, item.id, "Dr. Ratna Contoh, M.Si.", SpeakerPart.SPEAKER)
        _, nurs = _speaker(people.event_id, item.id, "Nur Contoh", SpeakerPart.MODERATOR)
        other = make.event(people.institution_id)
        far = db.session.query(EventDay).filter_by(event_id=other.id, number=1).one()
        foreign = make.item(other.id, far.id, starts_at=None, ends_at=None)
        _, hendras = _speaker(other.id, foreign.id, "Hendra Contoh", SpeakerPart.SPEAKER)
        tokens = {"ratna": ratnas, "nur": nurs, "hendra": hendras}
    return Talk(people, item.id, ratna, tokens)


def begin(talk: Talk, content: bytes, who: str = "ratna", **values: str) -> Any:
    form = {
        "item_id": str(talk.item_id), "material_id": "", "name": "paparan.pptx", "size": str(len(content)),
        "digest": sha256(content).hexdigest(),
    }  # fmt: skip
    return talk.phone().post(talk.at(who, "/uploads"), data=form | values)


def parts(talk: Talk, url: str, content: bytes, start: int, until: int) -> int:
    while start < until:
        start = talk.phone().post(f"{url}?from={start}", data=content[start : start + SEGMENT]).json["arrived"]
    return start
