"""Rounds by WhatsApp in the database: begun, gone on with stop by stop, ended; and the stops as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from flask_babel import force_locale
from sqlalchemy import delete, select

from rakor import audit
from rakor.db import db
from rakor.events.models import Event, LinkPurpose
from rakor.messages import audience
from rakor.messages.round_models import Round, RoundStep
from rakor.messages.rules.placeholders import fill
from rakor.messages.rules.rounds import Over, Step, next_stop
from rakor.messages.values import Occasion, of_office, of_province, office_link
from rakor.offices import store as offices
from rakor.regions.rules import reference
from rakor.registrations.rules import wa_link
from rakor.registrations.rules.phones import is_mobile
from rakor.seats.passing import province_link
from rakor.seats.rules.ways import province_subject
from rakor.seats.store import OfficeProgress, ways


@dataclass(frozen=True)
class Stop:
    """One office or province: its words, where WhatsApp opens, whom it goes to, and when it was passed on before."""

    id: UUID
    name: str
    region: str
    text: str
    whatsapp: str
    contact: str
    passed_on_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """How far a round is."""

    row: Round
    passed: int
    skipped: int
    left: int
    stop: Stop | None

    @property
    def whole(self) -> int:
        """Every stop, those behind and those ahead."""
        return self.passed + self.skipped + self.left


def begin(event_id: UUID, values: Mapping[str, Any], *, by: UUID, now: datetime) -> Round:
    """Begin a round; returns it."""
    row = Round(id=uuid4(), event_id=event_id, started_by=by, started_at=now, **values)
    db.session.add(row)
    audit.record("round.begin", event_id=event_id, object_kind="round", object_id=row.id)
    return row


def round_of(event_id: UUID, round_id: UUID) -> Round | None:
    """Return a round of the event, or None."""
    return db.session.scalar(select(Round).where(Round.event_id == event_id, Round.id == round_id))


def rounds(event_id: UUID) -> list[Round]:
    """Return the event's rounds, newest first; the last fifty."""
    query = select(Round).where(Round.event_id == event_id).order_by(Round.started_at.desc(), Round.id)
    return list(db.session.scalars(query.limit(50)))


def standing(event: Event, row: Round, *, with_stop: bool = True) -> Standing:
    """Return how far a round is, with the stop that is next."""
    taken = _taken(row)
    ahead = [one for one in _subjects(event, row) if one not in taken]
    steps = list(taken.values())
    upcoming = next_stop(ahead, taken) if with_stop and row.ended_at is None else None
    stop = _stop(event, row, upcoming) if upcoming is not None else None
    return Standing(row, steps.count(Step.PASSED_ON), steps.count(Step.SKIPPED), len(ahead), stop)


def take(row: Round, subject_id: UUID, step: Step, *, now: datetime) -> bool:
    """Note what was done at a stop; passing on is counted at its link too. False where there is no such link."""
    purpose = LinkPurpose.OFFICE if row.over is Over.OFFICES else LinkPurpose.PROVINCE
    if step is Step.PASSED_ON and not ways.pass_on(row.event_id, subject_id, at=now, purpose=purpose):
        return False
    known = db.session.get(RoundStep, (row.id, subject_id))
    if known is None:
        one = {"event_id": row.event_id, "round_id": row.id, "subject_id": subject_id}
        db.session.add(RoundStep(**one, step=step, taken_at=now))
    return True


def go_back(row: Round) -> bool:
    """Come back to the last stop; its link stays passed on, for the words may have left. False at the first."""
    query = select(RoundStep.subject_id).where(RoundStep.round_id == row.id).order_by(RoundStep.taken_at.desc())
    last = db.session.scalar(query.limit(1))
    if last is None:
        return False
    db.session.execute(delete(RoundStep).where(RoundStep.round_id == row.id, RoundStep.subject_id == last))
    row.ended_at = None
    return True


def end(row: Round, *, now: datetime) -> None:
    """End a round where it is."""
    row.ended_at = now
    audit.record("round.end", event_id=row.event_id, object_kind="round", object_id=row.id)


def _taken(row: Round) -> dict[UUID, Step]:
    query = select(RoundStep.subject_id, RoundStep.step).where(RoundStep.round_id == row.id)
    return {found[0]: found[1] for found in db.session.execute(query)}


def _offices(event: Event, row: Round) -> list[OfficeProgress]:
    return [one for one in audience.offices(event, row.filters) if one.link_epoch is not None]


def _by_province(event: Event) -> dict[UUID, list[OfficeProgress]]:
    found: dict[UUID, list[OfficeProgress]] = {}
    for one in audience.offices(event, {}):
        if one.province_code:
            found.setdefault(province_subject(one.province_code), []).append(one)
    return found


def _subjects(event: Event, row: Round) -> list[UUID]:
    """The stops asked for now: offices, or the provinces where one of them is."""
    if row.over is Over.OFFICES:
        return [one.office_id for one in _offices(event, row)]
    known = ways.province_links(event.id)
    codes = dict.fromkeys(one.province_code for one in audience.offices(event, row.filters) if one.province_code)
    return [subject for subject in map(province_subject, codes) if subject in known]


def _stop(event: Event, row: Round, subject_id: UUID) -> Stop:
    with force_locale("id"):
        return _office(event, row, subject_id) if row.over is Over.OFFICES else _province(event, row, subject_id)


def _office(event: Event, row: Round, office_id: UUID) -> Stop:
    one = next(each for each in _offices(event, row) if each.office_id == office_id)
    contacts = offices.contacts([office_id]).get(office_id, [])
    contact = next((each for each in contacts if each.phone and is_mobile(each.phone)), None)
    text = fill(row.body, of_office(Occasion(event), one, link=office_link(event, one)))
    return Stop(
        id=office_id, name=one.name, text=text, contact=contact.name if contact else "",
        region=reference().province(one.province_code).short_name if one.province_code else "",
        whatsapp=wa_link(contact.phone, text) if contact and contact.phone else _anybody(text),
        passed_on_at=one.passed_on_at,
    )  # fmt: skip


def _province(event: Event, row: Round, subject_id: UUID) -> Stop:
    there = _by_province(event)[subject_id]
    code = there[0].province_code or ""
    name = reference().province(code).short_name
    link = province_link(event, code, name, there, ways.province_links(event.id)[subject_id])
    text = fill(row.body, of_province(event, link, there[0].zone))
    return Stop(subject_id, name, "", text, _anybody(text), "", link.passed_on_at)


def _anybody(text: str) -> str:
    return f"https://wa.me/?text={quote(text, safe='')}"
