"""An event with somebody for every kind of message, whose names and texts can be dressed in anything."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from bench import _post
from rakor import clock
from rakor.accounts import store as accounts
from rakor.agenda.models import Speaker
from rakor.agenda.speaking_models import SpeakerProfile
from rakor.calendar.models import CalendarContent
from rakor.calendar.rules import Content, content_hash
from rakor.calendar.store import keep_contents
from rakor.db import transaction
from rakor.events import links
from rakor.events.models import Event, EventRole, LinkPurpose
from rakor.messages import letters, store, to_offices
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import Message
from rakor.messages.rules import Kind
from rakor.messages.rules.campaigns import Audience, CampaignState, Nature, Timing
from rakor.minutes import reminding
from rakor.minutes.follow_up_models import FollowUp, FollowUpRow
from rakor.minutes.rules.follow_ups import Assignee
from rakor.offices.models import Office, OfficeContact
from rakor.offices.rules import OfficeLevel
from rakor.outbox import run_next
from rakor.registrations.models import Registration
from rakor.seats.models import Holding, Seat

TEXT = "{kegiatan} {nama} {jabatan} {kantor} {kursi_terbuka} {tempat} {batas_jawab} {narahubung}\n\n{tautan}"


@dataclass(frozen=True)
class Cast:
    """The rows that are made hostile, and the messages that speak of them."""

    event_id: UUID
    person_id: UUID
    office_id: UUID
    speaker_id: UUID
    talk: Content
    messages: dict[str, Message]


def dress(cast: Cast, text: str) -> None:
    """Put a text wherever somebody may have typed it: name, title, post, institution, office, the event itself."""
    typed = text.replace("\x00", "\x01")  # no database keeps a NUL
    person = {"name": typed[:120], "back_title": typed[:60], "post": typed[:160], "institution": typed[:200],
              "email": "agustina@contoh.test"}  # fmt: skip
    office = {"name": typed[:200], "short_name": typed[:200]}
    event = {"title": f"Rapat {typed}"[:240], "short_title": f"Rapat {typed}"[:120]}
    talk = replace(cast.talk, title=f"Sesi {typed}"[:240], place=typed[:120], description=typed)
    with transaction(unaudited="bench") as session:
        session.execute(update(Registration).where(Registration.id == cast.person_id).values(**person))
        session.execute(update(Office).where(Office.id == cast.office_id).values(**office))
        session.execute(update(Event).where(Event.id == cast.event_id).values(**event))
        session.execute(update(FollowUp).where(FollowUp.event_id == cast.event_id).values(text=typed[:1000]))
        session.execute(update(Speaker).where(Speaker.id == cast.speaker_id).values(name=typed[:120]))
        session.execute(
            update(CalendarContent)
            .where(CalendarContent.content_hash == content_hash(cast.talk))
            .values(content=talk.as_json())
        )


def build(app: Any) -> Cast:
    event_id, ids = _post.build(app, 1)
    _post.queue_confirmations(event_id, ids)
    while run_next():
        pass
    now = clock.now()
    with transaction(unaudited="bench") as session:
        office = _office(session, session.get_one(Event, event_id), ids[0], now)
        user = accounts.create_user("sari@contoh.test", "Sari Contoh", "kata sandi yang panjang", now=now)
        session.flush()
        campaigns = {one: _campaign(session, event_id, one) for one in (Audience.PEOPLE, Audience.OFFICES)}
        news = _campaign(session, event_id, Audience.PEOPLE, Nature.BROADCAST)
        session.flush()
        speaker_id, item_id, talk = _speaker(session, event_id, now)
        row_id = _follow_up(session, event_id, office.id, now)
        invited = session.scalars(select(Message).where(Message.kind == str(Kind.CALENDAR))).one()
    to_person = {"event_id": event_id, "recipient_kind": store.REGISTRATION, "recipient_id": ids[0], "created_at": now}
    to_office = to_person | {"recipient_kind": store.OFFICE, "recipient_id": office.id}
    plain = [kind for kind in letters._renderers if kind not in (Kind.CALENDAR, Kind.CAMPAIGN)]
    messages: dict[str, Message] = {kind: _message(to_person, kind) for kind in plain}
    messages |= {
        f"{Kind.CALENDAR}/{movement}": _message(to_person, Kind.CALENDAR, invited.detail | {"movement": movement})
        for movement in ("new", "changed", "cancelled")
    }
    trial = to_person | {"recipient_kind": store.USER, "recipient_id": user.id}
    messages |= {
        "campaign/person": _message(to_person, Kind.CAMPAIGN, campaign=campaigns[Audience.PEOPLE]),
        "campaign/news": _message(to_person, Kind.CAMPAIGN, campaign=news),
        "campaign/office": _message(to_office, Kind.CAMPAIGN, campaign=campaigns[Audience.OFFICES]),
        "campaign_trial": _message(
            trial, Kind.CAMPAIGN_TRIAL, {"as": str(ids[0])}, campaign=campaigns[Audience.PEOPLE]
        ),
    }
    to_speaker = to_person | {"recipient_kind": store.SPEAKER, "recipient_id": speaker_id}
    speaks = invited.detail | {"item": str(item_id), "content": content_hash(talk).hex(), "version": "1"}
    messages |= {
        f"{Kind.CALENDAR}/speaker/{movement}": _message(to_speaker, Kind.CALENDAR, speaks | {"movement": movement})
        for movement in ("new", "changed", "cancelled")
    }
    about_seats = [kind for kind in to_offices._renderers if kind not in (Kind.CAMPAIGN, Kind.FOLLOW_UP)]
    messages |= {kind: _message(to_office, kind, {"at": now.isoformat()}) for kind in about_seats}
    messages |= {
        f"{Kind.FOLLOW_UP}/{cause}": _message(to_office, Kind.FOLLOW_UP, {"row_id": str(row_id), "cause": cause})
        for cause in (reminding.NEW, "7", "1")
    }
    return Cast(event_id, ids[0], office.id, speaker_id, talk, messages)


def _message(common: dict[str, Any], kind: Kind, detail: Any = None, campaign: UUID | None = None) -> Message:
    return Message(id=uuid4(), kind=str(kind), detail=detail or {}, campaign_id=campaign, attempts=0, **common)


def _office(session: Any, event: Event, person_id: UUID, now: datetime) -> Office:
    """An office with two seats: one was added just now, the other was taken back from somebody."""
    office = Office(
        id=uuid4(), institution_id=event.institution_id, code="9304", level=OfficeLevel.REGENCY, name="x",
        short_name="x", province_code="93", regency_code="9304", zone="Asia/Jayapura", sort_key="93.04",
    )  # fmt: skip
    role = EventRole(id=uuid4(), event_id=event.id, name="Ketua", position=1)
    session.add_all([office, role])
    session.flush()
    session.add(OfficeContact(id=uuid4(), office_id=office.id, name="Contoh", post="", email="kantor@contoh.test"))
    common = {"event_id": event.id, "office_id": office.id, "role_id": role.id, "modes": ["onsite"]}
    gone = Seat(id=uuid4(), number=2, invited_at=now - timedelta(days=2), withdrawn_at=now, **common)
    session.add_all([gone, Seat(id=uuid4(), number=1, invited_at=now, **common)])
    session.flush()
    session.add(Holding(id=uuid4(), event_id=event.id, seat_id=gone.id, registration_id=person_id,
                        started_at=now - timedelta(days=1), ended_at=now))  # fmt: skip
    links.make_links(event.id, LinkPurpose.OFFICE, [office.id], now=now)
    event.answer_by_at = now + timedelta(days=1)
    return office


def _follow_up(session: Any, event_id: UUID, office_id: UUID, now: datetime) -> UUID:
    """What the meeting asks of the office; returns the id of the office's row."""
    asked = FollowUp(id=uuid4(), event_id=event_id, number=1, text="x", due_on=now.date() + timedelta(days=7),
                     assignee=Assignee.OFFICE, office_id=office_id, made_at=now, changed_at=now)  # fmt: skip
    session.add(asked)
    session.flush()
    row = FollowUpRow(id=uuid4(), event_id=event_id, follow_up_id=asked.id, office_id=office_id, made_at=now)
    session.add(row)
    session.flush()
    return row.id


def _speaker(session: Any, event_id: UUID, now: datetime) -> tuple[UUID, UUID, Content]:
    """Somebody who speaks, with an address and a link; returns the ids of them and of their item, and its entry."""
    row = Speaker(id=uuid4(), event_id=event_id, name="x", post="", organization="")
    session.add(row)
    session.flush()
    session.add(SpeakerProfile(event_id=event_id, speaker_id=row.id, email="narasumber@contoh.test", language="id"))
    links.make_links(event_id, LinkPurpose.SPEAKER, [row.id], now=now)
    talk = Content("x", now.date(), now.date(), "Asia/Jakarta", now, now + timedelta(hours=1))
    keep_contents(event_id, {content_hash(talk): talk}, now=now)
    return row.id, uuid4(), talk


def _campaign(session: Any, event_id: UUID, audience: Audience, nature: Nature = Nature.SERVICE) -> UUID:
    row = Campaign(
        id=uuid4(), event_id=event_id, audience=audience, nature=nature, filters={}, subject="{kegiatan} {kantor}",
        body=TEXT, timing=Timing.NOW, state=CampaignState.SENT, turn=1, created_at=clock.now(), updated_at=clock.now(),
    )  # fmt: skip
    session.add(row)
    return row.id
