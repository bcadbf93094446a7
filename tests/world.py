"""Two events side by side, each full of its own canary words, and everybody who could ask for them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from rakor import audit, clock
from rakor.accounts import routes as accounts_routes
from rakor.accounts import store as accounts
from rakor.accounts.rules import Role
from rakor.agenda.material_rules import SpeakerAnswer
from rakor.agenda.models import AgendaSpeaker, Room, Speaker
from rakor.agenda.rules import SpeakerPart
from rakor.agenda.speaking_models import Material, MaterialUpload, MaterialVersion, SpeakerProfile
from rakor.agenda.store import versions
from rakor.attendance.models import Checkpoint, FactRow
from rakor.attendance.rules.words import Direction, Kind, PlaceKind, Source, Verdict
from rakor.checkin import envelope
from rakor.checkin import store as desks
from rakor.checkin.models import Device
from rakor.checkin.routes import cookie_name
from rakor.db import db, transaction
from rakor.documents.models import Document
from rakor.documents.rules import ListKind, PaperFormat
from rakor.events import links
from rakor.events.models import Event, EventChannel, EventDay, Leader, LinkPurpose
from rakor.events.quota import rest_of
from rakor.events.rules import ChannelKind
from rakor.imports.models import ImportRow, SheetImport
from rakor.imports.rules import ImportState, RowState
from rakor.messages import store as messages
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import Message
from rakor.messages.round_models import Round
from rakor.messages.rules.campaigns import Audience, Nature, Timing
from rakor.messages.rules.rounds import Over
from rakor.registrations import tickets
from rakor.registrations.field_models import FormField
from rakor.registrations.rules.fields import FieldKind, FieldPurpose
from rakor.seats import store as seats
from rakor.seats.letter_models import InvitationLetter, LetterPaper, SeatException
from rakor.seats.rules.papers import PaperKind
from rakor.seats.rules.ways import province_subject
from rakor.seats.store import letters
from tests import make

OWN, FOREIGN = "Burungkenari", "Burungkutilang"  # words that stand nowhere else


@dataclass
class Side:
    """One event with an example of every thing a URL can name."""

    canary: str
    event_id: UUID
    slug: str
    things: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)


@dataclass
class World:
    """Both events and the browsers of everybody."""

    app: Flask
    own: Side
    foreign: Side
    sessions: dict[str, str]
    device: str

    def browser(self, who: str) -> FlaskClient:
        """Return the browser of a principal; link holders and anonymous carry no cookie."""
        client = self.app.test_client()
        if who == "device":
            with self.app.app_context():
                client.set_cookie(cookie_name(), self.device, domain="localhost")
        if who in self.sessions:
            with self.app.app_context():
                client.set_cookie(accounts_routes.cookie_name(), self.sessions[who], domain="localhost")
        return client

    def url(self, rule: Rule, side: Side, token: str = "") -> str:
        """Build the URL of a rule on one side; an argument without an example fails the test by name."""
        values = {}
        for name in rule.arguments:
            if name == "token":
                values[name] = token
            elif name == "slug":
                values[name] = side.slug
            else:
                values[name] = side.things[name]
        with self.app.test_request_context():
            adapter = self.app.create_url_adapter(None) or self.app.url_map.bind("localhost")
            return str(adapter.build(rule.endpoint, values, method=None))


def _side(canary: str, institution_id: UUID, extra: Callable[[UUID], dict[str, Any]] | None = None) -> Side:
    event = make.event(
        institution_id,
        title=f"Rakornas {canary}",
        short_title=f"Rakornas {canary}",
        organizer=f"Badan {canary}",
        open_registration=True,
        capacity=50,
    )
    rest = rest_of(event.id)
    assert rest is not None
    office = make.office(institution_id, name=f"Kantor {canary}", short_name=f"Kantor {canary}")
    role = make.role(event.id, f"Ketua {canary}")
    seat = make.seat(event.id, office.id, role.id)
    person = make.registration(event.id, name=f"Orang {canary}", office_id=office.id, role_id=role.id)
    make.holding(seat, person)
    tickets.issue(person, now=make.AT)
    day = db.session.query(EventDay).filter_by(event_id=event.id, number=2).one()
    room = make._add(Room(event_id=event.id, name=f"Ruang {canary}"))
    speaker = make._add(Speaker(event_id=event.id, name=f"Narasumber {canary}"))
    item = make.item(event.id, day.id, title=f"Sesi {canary}", room_id=room.id)
    make._add(AgendaSpeaker(event_id=event.id, item_id=item.id, speaker_id=speaker.id, part=SpeakerPart.SPEAKER))
    channel = make._add(EventChannel(event_id=event.id, kind=ChannelKind.ZOOM, label=f"Zoom {canary}"))
    side = Side(canary, event.id, event.slug)
    side.things = {
        "event_id": event.id,
        "office_id": office.id,
        "import_id": _import(event.id, canary),
        "role_id": role.id,
        "seat_id": seat.id,
        "exception_id": _exception(event.id, office.id, role.id, canary),
        "paper_id": _letter(event, canary),
        "registration_id": person.id,
        "other_id": person.id,
        "day_id": day.id,
        "room_id": room.id,
        "speaker_id": speaker.id,
        "item_id": item.id,
        **_handed_in(event.id, speaker.id, item.id, canary),
        "channel_id": channel.id,
        "pool_id": rest.id,
        "field_id": _question(event.id, canary),
        "document_id": uuid4(),  # papers are for who asked: tests/documents asks with real ones
        "province_code": "93",
        "colour": "7a1f5c",
        "who": "panitia",
        "code": "nobody-was-given-this-code",
        "session_id": uuid4(),
        "message_id": make._add(
            Message(
                event_id=event.id,
                kind="confirmation",
                recipient_kind=messages.REGISTRATION,
                recipient_id=person.id,
                created_at=make.AT,
            )
        ).id,
        "campaign_id": _campaign(event.id, canary),
        "round_id": _round(event.id, canary),
        "device_id": _device(event.id, day.id, canary),
        "checkpoint_id": _meal(event.id, day.id, canary),
        "scan_id": _walk_in(event.id, canary),
        "assignment_id": _assignment(event.id, office.id, canary),
        "number": _version(event.id),
        "leader_id": make._add(Leader(event_id=event.id, name=f"Pimpinan {canary}", created_at=make.AT)).id,
    }
    for purpose, subject in (
        (LinkPurpose.OFFICE, office.id),
        (LinkPurpose.PERSON, person.id),
        (LinkPurpose.LEADER, side.things["leader_id"]),
        (LinkPurpose.SPEAKER, speaker.id),
        (LinkPurpose.CALENDAR, person.id),
        (LinkPurpose.PROVINCE, province_subject("93")),
    ):
        links.make_links(event.id, purpose, [subject], now=make.AT)
        side.tokens[purpose] = links.token_of(event.id, purpose, subject)
    return side


def _handed_in(event_id: UUID, speaker_id: UUID, item_id: UUID, canary: str) -> dict[str, UUID]:
    """A speaker who cannot come, a link handed in, and a file on its way; both named by the canary."""
    whose = {"event_id": event_id, "speaker_id": speaker_id}
    make._add(SpeakerProfile(**whose, bio=f"Tentang {canary}", answer=SpeakerAnswer.DECLINED, answer_reason=canary))
    material = make._add(Material(**whose, item_id=item_id, is_open=True, created_at=make.AT))
    link = {"url": f"https://contoh.test/{canary}", "name": "", "byte_count": 0}
    version = make._add(
        MaterialVersion(event_id=event_id, material_id=material.id, number=1, uploaded_at=make.AT, **link)
    )
    sent = {"name": f"{canary}.pptx", "byte_count": 9, "digest": bytes(32), "is_open": False}
    ends_at = datetime(2099, 1, 1, tzinfo=UTC)
    upload = make._add(MaterialUpload(**whose, item_id=item_id, begun_at=make.AT, expires_at=ends_at, **sent))
    return {"material_id": material.id, "version_id": version.id, "upload_id": upload.id}


def _campaign(event_id: UUID, canary: str) -> UUID:
    row = Campaign(
        event_id=event_id,
        audience=Audience.PEOPLE,
        nature=Nature.SERVICE,
        filters={},
        subject=f"Kabar {canary}",
        body=f"Yth. {{nama}}, {canary}",
        timing=Timing.NOW,
        created_at=make.AT,
        updated_at=make.AT,
    )
    return UUID(str(make._add(row).id))


def _round(event_id: UUID, canary: str) -> UUID:
    row = Round(event_id=event_id, over=Over.OFFICES, filters={}, body=f"Teks {canary}", started_at=make.AT)
    return UUID(str(make._add(row).id))


def _version(event_id: UUID) -> int:
    """Publish the programme as it stands; returns the version's number."""
    number = versions.publish(event_id, by=None, now=make.AT)
    assert number is not None
    return number


def _exception(event_id: UUID, office_id: UUID, role_id: UUID, canary: str) -> UUID:
    values = {"event_id": event_id, "office_id": office_id, "role_id": role_id, "created_at": make.AT}
    row = SeatException(**values, quota=1, modes=["online"], reason=f"Alasan {canary}")
    return UUID(str(make._add(row).id))


def _letter(event: Event, canary: str) -> UUID:
    make._add(InvitationLetter(event_id=event.id, subject=f"Undangan {canary}", updated_at=make.AT))
    letters.keep_signed(event, b"%PDF-1.7 %%EOF", now=make.AT)
    row = LetterPaper(event_id=event.id, requested_at=make.AT, made_at=make.AT, job_id=uuid4())
    return UUID(str(make._add(row).id))


def _import(event_id: UUID, canary: str) -> UUID:
    """A sheet that waits to be saved, with a row that names the canary."""
    sender = make.user(f"Pengunggah{canary}")
    row = SheetImport(
        event_id=event_id,
        requested_by_id=sender.id,
        name=f"{canary}.xlsx",
        state=ImportState.READY,
        headings=["Nama"],
        mapping={"name": 0},
        created_at=make.AT,
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )
    import_id = UUID(str(make._add(row).id))
    cells = json.dumps([f"Orang {canary}"])
    make._add(ImportRow(import_id=import_id, event_id=event_id, number=2, cells=cells, state=RowState.PROBLEM))
    return import_id


def _question(event_id: UUID, canary: str) -> UUID:
    values = {"kind": FieldKind.TEXT, "label": f"Ukuran {canary}", "purpose": FieldPurpose.LOGISTICS}
    row = make._add(FormField(event_id=event_id, position=1, created_at=make.AT, **values))
    return UUID(str(row.id))


def _device(event_id: UUID, day_id: UUID, canary: str) -> UUID:
    spot = make._add(Checkpoint(event_id=event_id, day_id=day_id, name=f"Hari {canary}", created_at=make.AT))
    row = Device(
        event_id=event_id,
        checkpoint_id=spot.id,
        name=f"Meja {canary}",
        created_at=make.AT,
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
    )
    return UUID(str(make._add(row).id))


def _meal(event_id: UUID, day_id: UUID, canary: str) -> UUID:
    here = {"event_id": event_id, "day_id": day_id, "kind": PlaceKind.MEAL}
    return UUID(str(make._add(Checkpoint(**here, name=f"Makan {canary}", created_at=make.AT)).id))


def _desk(side: Side) -> str:
    """A phone that stands at a door of this side; returns its cookie's token."""
    here = {"event_id": side.event_id, "day_id": side.things["day_id"], "kind": PlaceKind.REGISTRATION}
    spot = make._add(Checkpoint(**here, name="Pintu", created_at=make.AT))
    ends_at = datetime(2099, 1, 1, tzinfo=UTC)
    return desks.enrol(side.event_id, None, "Meja matriks", spot.id, now=make.AT, expires_at=ends_at)[1]


def _walk_in(event_id: UUID, canary: str) -> UUID:
    sealed = envelope.seal(envelope.public_key(event_id), json.dumps([f"Tamu {canary}", canary, "", ""]))
    row = FactRow(
        scan_id=uuid4(),
        event_id=event_id,
        kind=Kind.WALK_IN,
        source=Source.DESK_SCAN,
        direction=Direction.IN,
        device_seq=1,
        in_roster=False,
        wall_at=make.AT,
        roster_seq=0,
        override=False,
        sealed_name=sealed,
        shown=Verdict.IN,
        digest=bytes(16),
        received_at=make.AT,
        change_seq=0,
    )
    return UUID(str(make._add(row).scan_id))


def _assignment(event_id: UUID, office_id: UUID, canary: str) -> UUID:
    paper = seats.Paper(f"ST {canary}", date(2026, 11, 1), None, PaperKind.PDF, canary.encode())
    return seats.keep_assignment(event_id, office_id, paper, now=make.AT).id


def _document(side: Side, user_id: UUID) -> UUID:
    row = Document(
        event_id=side.event_id,
        kind=ListKind.PARTICIPANTS,
        format=PaperFormat.PDF,
        day_id=side.things["day_id"],
        requested_by_id=user_id,
        requested_at=make.AT,
        expires_at=datetime(2099, 1, 1, tzinfo=UTC),
        job_id=uuid4(),
    )
    return UUID(str(make._add(row).id))


def build(app: Flask) -> World:
    """Fill the empty database; needs an app context."""
    with transaction():
        audit.record("test.world")
        own = _side(OWN, make.institution(name=f"Institusi {OWN}", short_name=OWN).id)
        foreign = _side(FOREIGN, make.institution(name=f"Institusi {FOREIGN}", short_name=FOREIGN).id)
        device = _desk(own)
        sessions = {}
        for role in Role:
            user = make.user(f"Pemegang{role}")
            make.grant(own.event_id, user.id, role)
            sessions[str(role)] = accounts.start_session(user.id, now=clock.now())
        for name in ("stranger", "admin", "foreign_owner", "expired_owner", "disabled_owner"):
            user = make.user(name.title(), is_admin=name == "admin")
            if name == "foreign_owner":
                make.grant(foreign.event_id, user.id, Role.OWNER)
            if name == "expired_owner":
                make.grant(own.event_id, user.id, Role.OWNER, ends_on=date(2020, 1, 1))
            if name == "disabled_owner":
                make.grant(own.event_id, user.id, Role.OWNER)
                user.disabled_at = make.AT
            sessions[name] = accounts.start_session(user.id, now=clock.now())
            for side in (own, foreign):
                side.things.setdefault("user_id", user.id)
                side.things.setdefault("document_id", _document(side, user.id))
    for side in (own, foreign):
        side.things.setdefault("idempotency_key", uuid4())
        side.things |= {"session_id": uuid4(), "code": "a" * 43}  # nobody's session, nobody's first password
        side.things |= {"grant_id": uuid4(), "file_id": uuid4(), "account_id": uuid4()}  # and nobody's account
    return World(app, own, foreign, sessions, device)
