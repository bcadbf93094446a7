"""Two events side by side, each full of its own canary words, and everybody who could ask for them."""

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
from rakor.agenda.models import AgendaSpeaker, Room, Speaker
from rakor.agenda.rules import SpeakerPart
from rakor.attendance.models import Checkpoint
from rakor.attendance.rules.words import PlaceKind
from rakor.checkin import store as desks
from rakor.checkin.routes import cookie_name
from rakor.db import db, transaction
from rakor.documents.models import Document
from rakor.documents.rules import ListKind, PaperFormat
from rakor.events import links
from rakor.events.models import EventChannel, EventDay, Leader, LinkPurpose
from rakor.events.quota import rest_of
from rakor.events.rules import ChannelKind
from rakor.messages import store as messages
from rakor.messages.models import Message
from rakor.minutes.store import papers
from rakor.registrations import tickets
from rakor.seats.rules.ways import province_subject
from tests import make
from tests import world_after as after
from tests import world_private as private
from tests import world_rows as rows

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
    _urls: dict[tuple[str, str, str, str], str] = field(default_factory=dict)

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
        """Return the URL of a rule on one side; an argument without an example fails the test by name."""
        asked = rule.endpoint, rule.rule, side.slug, token
        if asked not in self._urls:
            self._urls[asked] = self._built(rule, side, token)
        return self._urls[asked]

    def _built(self, rule: Rule, side: Side, token: str) -> str:
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
    rows.badge_photo(event.id, person.id)
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
        "import_id": rows.upload(event.id, canary),
        "role_id": role.id,
        "seat_id": seat.id,
        "exception_id": rows.exception(event.id, office.id, role.id, canary),
        "paper_id": rows.letter(event, canary),
        "step_key": after.step(event.id, canary),
        "section": "background",
        **after.released(event.id, speaker.id, item.id, canary),
        "annex_id": after.annex(event.id, canary),
        "registration_id": person.id,
        "other_id": person.id,
        "day_id": day.id,
        "room_id": room.id,
        "speaker_id": speaker.id,
        "item_id": item.id,
        **rows.handed_in(event.id, speaker.id, item.id, canary),
        "channel_id": channel.id,
        "pool_id": rest.id,
        "field_id": rows.question(event.id, canary),
        "run_id": uuid4(),  # prints of badges too
        "version_id": rows.list_version(event.id, day.id, canary),
        "document_id": uuid4(),  # papers are for who asked: tests/documents asks with real ones
        "certificate_id": rows.certificate(event.id, person.id, canary),
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
        "campaign_id": rows.campaign(event.id, canary),
        "round_id": rows.wa_round(event.id, canary),
        "device_id": rows.device(event.id, day.id, canary),
        "checkpoint_id": rows.meal(event.id, day.id, canary),
        "absence_id": rows.absence(event.id, day.id, person.id, canary),
        "report_id": rows.zoom_report(event.id, day.id, canary),
        "opening_id": rows.opening(event.id, day.id, canary),
        "scan_id": rows.walk_in(event.id, canary),
        "assignment_id": rows.assignment(event.id, office.id, canary),
        **after.concluded(event.id, office.id, canary),
        "number": rows.version(event.id),
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


def _desk(side: Side) -> str:
    """A phone that stands at a door of this side; returns its cookie's token."""
    here = {"event_id": side.event_id, "day_id": side.things["day_id"], "kind": PlaceKind.REGISTRATION}
    spot = make._add(Checkpoint(**here, name="Pintu", created_at=make.AT))
    ends_at = datetime(2099, 1, 1, tzinfo=UTC)
    return desks.enrol(side.event_id, None, "Meja matriks", spot.id, now=make.AT, expires_at=ends_at)[1]


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


def _printed(side: Side, user_id: UUID) -> UUID:
    after.minutes(side.event_id, side.things["item_id"], side.canary, user_id)
    return papers.ask(side.event_id, side.things["item_id"], None, user_id=user_id, now=make.AT).id


def build(app: Flask) -> World:
    """Fill the empty database; needs an app context."""
    with transaction():
        audit.record("test.world")
        own = _side(OWN, make.institution(name=f"Institusi {OWN}", short_name=OWN).id)
        foreign = _side(FOREIGN, make.institution(name=f"Institusi {FOREIGN}", short_name=FOREIGN).id)
        private.plant(own.event_id, *(own.things[name] for name in ("office_id", "registration_id", "field_id")))
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
                if "printed_id" not in side.things:
                    side.things["printed_id"] = _printed(side, user.id)
    for side in (own, foreign):
        side.things.setdefault("idempotency_key", uuid4())
        side.things |= {"session_id": uuid4(), "code": "a" * 43}  # nobody's session, nobody's first password
        side.things |= {"grant_id": uuid4(), "file_id": uuid4(), "account_id": uuid4()}  # and nobody's account
    return World(app, own, foreign, sessions, device)
