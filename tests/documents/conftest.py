"""A class that earns certificates: sessions with JP, who came to which, and everybody's own link."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from rakor.agenda.models import AgendaSpeaker, Speaker
from rakor.agenda.rules import SpeakerPart
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import Source
from rakor.db import transaction
from rakor.documents.certificate_models import Certificate
from rakor.documents.store import certificates
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.events.rules import RoleGroup
from rakor.registrations.rules import RegistrationState
from tests import make
from tests.cast import Cast

RULES = {
    "is_on": "y", "share": "75", "pattern": "{nomor}/SERT/{bulan}/{tahun}", "place": "Bogor",
    "signatory_post": "Direktur", "signatory_name": "Dr. Ratna Contoh, M.Si.", "signatory_nip": "",
}  # fmt: skip


@dataclass(frozen=True)
class Class_:
    """Who is there: Agus came to both sessions, Budi to one, Kus works for the event; Lia speaks in the first."""

    people: Cast
    ids: dict[str, UUID]
    tokens: dict[str, str]

    @property
    def base(self) -> str:
        return f"/events/{self.people.event_id}/certificates"

    def own(self, who: str, part: str = "") -> str:
        return f"/p/{self.tokens[who]}{part}"

    def held(self, who: str) -> list[Certificate]:
        with self.people.app.app_context():
            return certificates.of_holder(self.people.event_id, self.ids[who])


@pytest.fixture
def class_(people: Cast, moment: datetime) -> Class_:
    event_id = people.event_id
    with people.app.app_context(), transaction(unaudited="test"):
        day, points = events.days(event_id)[1], []
        for number in range(2):
            start = datetime(2026, 11, 24, 1 + 3 * number, tzinfo=UTC)
            item = make.item(event_id, day.id, title=f"Sesi {number + 1}", starts_at=start, counts_for_jp=True,
                             ends_at=start + timedelta(minutes=90), session_number=number + 1)  # fmt: skip
            point = Checkpoint(event_id=event_id, day_id=day.id, item_id=item.id, name="x", created_at=make.AT)
            points.append(make._add(point).id)
            if number == 0:
                lia = make._add(Speaker(event_id=event_id, name="Lia Contoh, M.Si."))
                part = {"speaker_id": lia.id, "part": SpeakerPart.SPEAKER}
                make._add(AgendaSpeaker(event_id=event_id, item_id=item.id, **part))
        committee = make.role(event_id, "Panitia", group=RoleGroup.COMMITTEE)
        office, ids = make.office(people.institution_id), {"Lia": lia.id}
        for name, came, values in (
            ("Agus", points, {"back_title": "S Sos", "email": "agus@contoh.test"}),
            ("Budi", points[:1], {}),
            ("Kus", points[:1], {"role_id": committee.id}),
            ("Batal", [], {"state": RegistrationState.CANCELLED}),
        ):
            person = make.registration(
                event_id, **{"name": f"{name} Contoh", "back_title": "", "office_id": office.id} | values
            )
            ids[name] = person.id
            for point_id in came:
                presence = {"first_in_at": make.AT, "first_source": Source.MANUAL, "fact_count": 1,
                            "duplicate_count": 0, "change_seq": 1, "inside": True}  # fmt: skip
                stay = {"start_at": "2026-11-24T00:00:00+00:00", "end_at": None}
                make._add(PresenceRow(event_id=event_id, registration_id=person.id, checkpoint_id=point_id,
                                      present=True, intervals=[stay], **presence))  # fmt: skip
        tokens = {}
        for name, who in ids.items():
            purpose = LinkPurpose.SPEAKER if name == "Lia" else LinkPurpose.PERSON
            links.make_links(event_id, purpose, [who], now=make.AT)
            tokens[name] = links.token_of(event_id, purpose, who)
    return Class_(people, ids, tokens)
