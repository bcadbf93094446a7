"""How far an event's preparation is by what the rooms have written: one statement of counts, whatever its size."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Select, Uuid, and_, bindparam, distinct, func, or_, select

from rakor.agenda.material_rules import SpeakerAnswer
from rakor.agenda.models import AgendaItem, AgendaSpeaker, AgendaVersion
from rakor.agenda.speaking_models import Material, SpeakerProfile
from rakor.checkin.models import Device
from rakor.db import db
from rakor.documents.certificate_models import Certificate
from rakor.documents.models import Badge, ListVersion
from rakor.documents.store.lacking import uncovered
from rakor.documents.store.people import COMING
from rakor.events.models import AccessLink, Event, EventChannel, EventDay, Grant, LinkPurpose
from rakor.events.rules import ChannelKind, Stage
from rakor.messages.campaign_models import Campaign
from rakor.messages.rules.campaigns import CampaignState
from rakor.minutes.conclusion_models import Conclusion
from rakor.minutes.follow_up_models import FollowUp, FollowUpRow
from rakor.minutes.notes_models import MinutesVersion
from rakor.minutes.release_models import ReleasePhoto, ReleaseQuotation
from rakor.minutes.rules.follow_ups import Status
from rakor.minutes.rules.preparation import Tally
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode
from rakor.seats.letter_models import InvitationLetter
from rakor.seats.models import Holding, Seat
from rakor.seats.rules import SeatAnswer
from rakor.seats.store.reads import running

counted_by: list[Callable[[Event], Mapping[str, Tally]]] = []
"""Later features that know how far a step is; ``app.py`` joins them."""

Query = Select[Any]
EventId = BindParameter[UUID]


def tallies(event: Event) -> dict[str, Tally]:
    """Return what the data says of each step, by the keys of ready-made steps."""
    found = _own(event, _counts(event.id))
    for counted in counted_by:
        found.update(counted(event))
    return found


def _counts(event_id: UUID) -> dict[str, int]:
    row = db.session.execute(_statement(), {"event_id": event_id}).one()
    return {name: int(value or 0) for name, value in row._mapping.items()}


@cache
def _statement() -> Query:
    """Of nearly thirty counts; to put them together costs more than to run them."""
    event_id = bindparam("event_id", type_=Uuid())
    queries = {**_of_people(event_id), **_of_programme(event_id), **_of_papers(event_id)}
    return select(*(query.scalar_subquery().label(name) for name, query in queries.items()))


def _of(model: Any, event_id: EventId, *more: ColumnElement[bool], counted: Any = None) -> Query:
    return select(counted if counted is not None else func.count()).select_from(model).where(
        model.event_id == event_id, *more
    )


def _of_people(event_id: EventId) -> dict[str, Query]:
    living = (Seat.event_id == event_id, Seat.withdrawn_at.is_(None))
    offices = func.count(distinct(Seat.office_id))
    passed = and_(
        AccessLink.event_id == Seat.event_id, AccessLink.purpose == LinkPurpose.OFFICE,
        AccessLink.subject_id == Seat.office_id, AccessLink.passed_on_at.is_not(None),
    )  # fmt: skip
    coming = (Registration.event_id == event_id, Registration.state.in_(COMING))
    return {
        "team": _of(Grant, event_id, counted=func.count(distinct(Grant.user_id))),
        "offices": select(offices).where(*living),
        "passed_on": select(offices).join(AccessLink, passed).where(*living),
        "seats": select(func.count()).select_from(Seat).where(*living),
        "settled": select(func.count(distinct(Seat.id)))
        .outerjoin(Holding, running())
        .where(*living, or_(Holding.id.is_not(None), Seat.answer == SeatAnswer.DECLINED)),
        "coming_offices": select(func.count(distinct(Registration.office_id))).where(*coming),
        "uncovered": select(func.count(distinct(Registration.office_id))).where(*coming, uncovered()),
        "onsite": select(func.count()).select_from(Registration).where(*coming, Registration.mode == Mode.ONSITE),
        "badges": select(func.count())
        .select_from(Badge)
        .join(Registration, and_(Registration.event_id == Badge.event_id, Registration.id == Badge.registration_id))
        .where(*coming, Registration.mode == Mode.ONSITE, Badge.face.is_not(None)),
    }


def _of_programme(event_id: EventId) -> dict[str, Query]:
    part = and_(AgendaSpeaker.item_id == AgendaItem.id, AgendaItem.removed_at.is_(None))
    speaks = (AgendaSpeaker.event_id == event_id,)
    who = func.count(distinct(AgendaSpeaker.speaker_id))
    accepted = and_(
        SpeakerProfile.speaker_id == AgendaSpeaker.speaker_id, SpeakerProfile.answer == SpeakerAnswer.ACCEPTED
    )
    handed = and_(Material.speaker_id == AgendaSpeaker.speaker_id, Material.event_id == AgendaSpeaker.event_id)
    sessions = (AgendaItem.removed_at.is_(None), AgendaItem.takes_attendance.is_(True))
    return {
        "items": _of(AgendaItem, event_id, AgendaItem.removed_at.is_(None)),
        "published": _of(AgendaVersion, event_id),
        "speakers": select(who).join(AgendaItem, part).where(*speaks),
        "accepted": select(who).join(AgendaItem, part).join(SpeakerProfile, accepted).where(*speaks),
        "handed_in": select(who).join(AgendaItem, part).join(Material, handed).where(*speaks),
        "sessions": _of(AgendaItem, event_id, *sessions),
        "approved": select(func.count(distinct(MinutesVersion.item_id)))
        .join(AgendaItem, and_(AgendaItem.id == MinutesVersion.item_id, *sessions))
        .where(MinutesVersion.event_id == event_id),
    }


def _of_papers(event_id: EventId) -> dict[str, Query]:
    letter = or_(InvitationLetter.signed_at.is_not(None), InvitationLetter.shared_at.is_not(None))
    asked = and_(FollowUp.event_id == FollowUpRow.event_id, FollowUp.id == FollowUpRow.follow_up_id)
    living = (FollowUpRow.event_id == event_id, FollowUp.withdrawn_at.is_(None))
    zoom = (EventChannel.kind == ChannelKind.ZOOM, EventChannel.url.is_not(None))
    return {
        "letter": _of(InvitationLetter, event_id, letter),
        "links": _of(EventChannel, event_id, *zoom),
        "sent": _of(Campaign, event_id, Campaign.state == CampaignState.SENT),
        "devices": _of(Device, event_id, Device.enrolled_at.is_not(None), Device.revoked_at.is_(None)),
        "days": _of(EventDay, event_id),
        "locked": _of(ListVersion, event_id, counted=func.count(distinct(ListVersion.day_id))),
        "certificates": _of(Certificate, event_id, Certificate.revoked_at.is_(None)),
        "conclusions": _of(Conclusion, event_id, Conclusion.withdrawn_at.is_(None)),
        "asked": select(func.count()).select_from(FollowUpRow).join(FollowUp, asked).where(*living),
        "carried_out": select(func.count())
        .select_from(FollowUpRow)
        .join(FollowUp, asked)
        .where(*living, FollowUpRow.status == Status.DONE),
        "photos": _of(ReleasePhoto, event_id, ReleasePhoto.published_at.is_not(None)),
        "quotations": _of(ReleaseQuotation, event_id, ReleaseQuotation.published_at.is_not(None)),
    }


def _own(event: Event, n: dict[str, int]) -> dict[str, Tally]:
    """Say of each step how much is there and how much there should be; of whole 0 nothing follows."""
    return {
        "team": Tally(n["team"], 2),
        "venue": Tally(int(bool(event.venue and event.city)), 1),
        "agenda": Tally(n["items"] if n["published"] else 0, n["items"]),
        "speakers": Tally(n["accepted"], n["speakers"]),
        "letter": Tally(n["letter"], 1),
        "announced": Tally(int(event.stage is Stage.PUBLISHED), 1),
        "invitations": Tally(n["passed_on"], n["offices"]),
        "places": Tally(event.registered_count, event.capacity or 0),
        "names": Tally(n["settled"], n["seats"]),
        "assignments": Tally(n["coming_offices"] - n["uncovered"], n["coming_offices"]),
        "badges": Tally(n["badges"], n["onsite"]),
        "links": Tally(n["links"], 1),
        "reminder": Tally(n["sent"], 1),
        "materials": Tally(n["handed_in"], n["speakers"]),
        "rehearsal": Tally(n["devices"], 0),
        "lists": Tally(n["locked"], n["days"]),
        "notes": Tally(n["approved"], n["sessions"]),
        "conclusions": Tally(n["conclusions"], 1),
        "follow_ups": Tally(n["carried_out"], n["asked"]),
        "release": Tally(n["photos"] + n["quotations"], 1),
        "certificates": Tally(n["certificates"], 1),
    }
