"""Whom a campaign reaches: the people list's own filters with seat and presence beside them, or offices by their link.

Asked when a campaign goes out and once more when each message leaves: whoever has acted meanwhile is not reminded.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select

from rakor.attendance.models import PresenceRow
from rakor.db import db
from rakor.events.models import Event
from rakor.messages.campaign_models import Campaign
from rakor.messages.models import OptOut
from rakor.messages.rules.campaigns import Audience, Nature
from rakor.registrations import roster
from rakor.registrations.models import Registration
from rakor.registrations.roster import Filters
from rakor.registrations.rules import HOLDS_PLACE
from rakor.seats import store as seats
from rakor.seats.models import Holding
from rakor.seats.rules.ways import LinkState, is_in
from rakor.seats.store import OfficeProgress

SEATED, UNSEATED = "seated", "unseated"
PRESENT, ABSENT = "present", "absent"
PEOPLE_FILTERS = ("q", "state", "mode", "source", "province", "missing", "role", "seat", "presence", "checkpoint")
OFFICE_FILTERS = ("province", "way")


def conditions(event_id: UUID, chosen: Mapping[str, str], nature: Nature) -> list[ColumnElement[bool]]:
    """Return what is asked of a registration. Without a state: who holds a place, and nobody who left."""
    filters = Filters.read(chosen)
    found = roster.conditions(event_id, filters)
    if filters.state is None:
        found.append(Registration.state.in_(HOLDS_PLACE))
    if chosen.get("seat") in (SEATED, UNSEATED):
        seated = exists().where(Holding.registration_id == Registration.id, Holding.ended_at.is_(None))
        found.append(seated if chosen["seat"] == SEATED else ~seated)
    if chosen.get("presence") in (PRESENT, ABSENT):
        found.append(_present(chosen) if chosen["presence"] == PRESENT else ~_present(chosen))
    if nature is Nature.BROADCAST:
        found.append(~exists().where(OptOut.registration_id == Registration.id))
    return found


def _present(chosen: Mapping[str, str]) -> ColumnElement[bool]:
    there = exists().where(
        PresenceRow.event_id == Registration.event_id, PresenceRow.registration_id == Registration.id,
        PresenceRow.present,
    )  # fmt: skip
    try:
        return there.where(PresenceRow.checkpoint_id == UUID(chosen.get("checkpoint", "")))
    except ValueError:
        return there


def count(event: Event, audience: Audience, chosen: Mapping[str, str], nature: Nature) -> int:
    """Return how many a campaign would reach now."""
    if audience is Audience.OFFICES:
        return len(offices(event, chosen))
    query = select(func.count()).select_from(Registration).where(*conditions(event.id, chosen, nature))
    return db.session.scalar(query) or 0


def without_address(event: Event, chosen: Mapping[str, str], nature: Nature) -> int:
    """Return how many of the people have no e-mail address: their messages stay in the outbox page."""
    asked = (*conditions(event.id, chosen, nature), Registration.email_index.is_(None))
    return db.session.scalar(select(func.count()).select_from(Registration).where(*asked)) or 0


def people_after(campaign: Campaign, last: UUID | None, limit: int) -> list[UUID]:
    """Return the next ids of the people a campaign reaches, in the order of their ids."""
    asked = conditions(campaign.event_id, campaign.filters, campaign.nature)
    if last is not None:
        asked.append(Registration.id > last)
    return list(db.session.scalars(select(Registration.id).where(*asked).order_by(Registration.id).limit(limit)))


def sample(event_id: UUID, chosen: Mapping[str, str], nature: Nature, limit: int) -> list[Registration]:
    """Return some of the people, by name: to see the words as one of them."""
    query = select(Registration).where(*conditions(event_id, chosen, nature))
    return list(db.session.scalars(query.order_by(Registration.search_key, Registration.id).limit(limit)))


def offices(event: Event, chosen: Mapping[str, str]) -> list[OfficeProgress]:
    """Return the invited offices that are asked for, in protocol order."""
    way = chosen.get("way", "")
    state = LinkState(way) if way in set(LinkState) else None
    province = chosen.get("province", "")
    return [
        row
        for row in seats.office_progress(event.id, event.regions_as_of)
        if (not province or row.province_code == province) and (state is None or is_in(row.way, state))
    ]


def still_reaches(event: Event, campaign: Campaign, recipient_id: UUID) -> bool:
    """Tell whether a campaign is still meant for one of those it was written to."""
    if campaign.audience is Audience.OFFICES:
        return any(row.office_id == recipient_id for row in offices(event, campaign.filters))
    asked = conditions(campaign.event_id, campaign.filters, campaign.nature)
    query = select(Registration.id).where(*asked, Registration.id == recipient_id)
    return db.session.scalar(query) is not None


def read(audience: Audience, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the filters of a form or a URL, without the empty ones."""
    names: Sequence[str] = PEOPLE_FILTERS if audience is Audience.PEOPLE else OFFICE_FILTERS
    return {name: typed[name].strip()[:100] for name in names if typed.get(name, "").strip()}
