"""Who stands on a list: seats with their holders, people without a seat, and where they were seen."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import aliased

from rakor.agenda import store as agenda
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.attendance.rules.words import FROM_AFAR, HANDED_OUT, Source
from rakor.db import db
from rakor.documents.rules import Choice, ListKind, ListRow, Standing, Variant
from rakor.events import store as events
from rakor.events.models import Event, EventRole
from rakor.events.rules import RoleGroup
from rakor.offices.models import Office
from rakor.regions import rules as regions
from rakor.registrations.models import Registration
from rakor.registrations.rules import Mode, RegistrationState
from rakor.registrations.rules.names import PersonName
from rakor.registrations.rules.work import post_with
from rakor.seats.models import Holding, Seat
from rakor.signatures.models import Signature
from rakor.sources.rules.words import AbsenceKind
from rakor.sources.store import absences, sessions

GROUPS = {
    ListKind.PARTICIPANTS: RoleGroup.PARTICIPANT,
    ListKind.SPEAKERS: RoleGroup.SPEAKER,
    ListKind.COMMITTEE: RoleGroup.COMMITTEE,
}
COMING = (RegistrationState.REGISTERED, RegistrationState.CONFIRMED)
MEANS = {
    Source.ZOOM: "Zoom",
    Source.CODE_WORD: "Kata kunci",
    Source.LINK: "Daring",
    Source.VIEWING_GROUP: "Menonton bersama",
    Source.SELF_SCAN: "Pindai sendiri",
    Source.MANUAL: "Dicatat panitia",
}
Seen = dict[UUID, Row[*tuple[Any, ...]]]
OwnRole, OwnOffice = aliased(EventRole), aliased(Office)


EXCUSES = {AbsenceKind.EXCUSED: "Izin", AbsenceKind.SICK: "Sakit"}
TOO_SHORT = "Hadir, kurang lama"


def list_rows(event: Event, choice: Choice, variant: Variant = Variant.BLANK) -> tuple[list[ListRow], int]:
    """Return the rows of a list and how many of its seats nobody on it holds; a constant number of statements.

    The signatures are read for the list that shows them alone. A session's list counts whom the event's threshold
    counts.
    """
    seen = _seen(event.id, choice)
    short = sessions.too_short(event.id, choice.item_id) if choice.item_id else frozenset()
    excuses = {str(who): EXCUSES[kind] for who, kind in absences.absent_on(event.id, choice.day_id).items()}
    excuses |= {str(who): TOO_SHORT for who in short}
    for who in short:
        seen.pop(who, None)
    group = func.coalesce(EventRole.group, OwnRole.group, RoleGroup.PARTICIPANT)
    found = db.session.execute(people(event.id).where(group == GROUPS[choice.kind]))
    here = [one for one in found if choice.office_id in (None, one.office_id)]
    rows = [(list_row(person, seen), person.state) for person in here]
    coming = [row for row, state in rows if state in COMING or row.present or excuses.get(row.person) == TOO_SHORT]
    kept = [row for row in coming if lies_in(row.region, choice.province_code, event)]
    kept = [row if row.present else replace(row, excuse=excuses.get(row.person, "")) for row in kept]
    if variant is Variant.FILLED:
        signed = _signed(event.id, choice)
        kept = [_with_signature(row, signed.get(row.person)) for row in kept]
    if choice.kind is ListKind.SPEAKERS and choice.province_code is None and choice.office_id is None:
        kept += _speakers(event.id, choice)
    places = db.session.execute(_seats(event.id, choice)).all()
    wanted = choice.province_code
    inside = [place for place in places if lies_in((place.province_code, place.regency_code), wanted, event)]
    seat_count = sum(place.seats for place in inside)
    return kept, seat_count - sum(row.seat is not None for row in kept)


def people(event_id: UUID, *more: Any) -> Select[*tuple[Any, ...]]:
    """Select everybody, once for each seat they hold, with what ``list_row`` reads and ``more`` columns."""
    return (
        select(
            *more,
            *(Registration.id, Registration.name, Registration.front_title, Registration.back_title),
            *(Registration.post, Registration.acting, Registration.institution, Registration.nip, Registration.phone),
            *(Registration.state, Registration.mode, Holding.on_behalf, Seat.number),
            *(EventRole.name.label("seat_role"), EventRole.position, OwnRole.name.label("own_role")),
            *(Office.short_name.label("seat_office"), Office.sort_key, OwnOffice.short_name.label("own_office")),
            func.coalesce(Office.id, Registration.office_id).label("office_id"),
            func.coalesce(Office.province_code, Registration.province_code).label("province_code"),
            func.coalesce(Office.regency_code, Registration.regency_code).label("regency_code"),
        )
        .outerjoin(
            Holding,
            and_(
                Holding.event_id == event_id,  # leads the index: 2,740 seats in 0.2 s, without it in 5
                Holding.registration_id == Registration.id,
                Holding.ended_at.is_(None),
            ),
        )
        .outerjoin(Seat, and_(Seat.id == Holding.seat_id, Seat.withdrawn_at.is_(None)))
        .outerjoin(EventRole, EventRole.id == Seat.role_id)
        .outerjoin(Office, Office.id == Seat.office_id)
        .outerjoin(OwnRole, OwnRole.id == Registration.role_id)
        .outerjoin(OwnOffice, OwnOffice.id == Registration.office_id)
        .where(Registration.event_id == event_id)
    )


def list_row(found: Row[*tuple[Any, ...]], seen: Seen) -> ListRow:
    """Return one row of ``people`` as a list's line."""
    mark, seated = seen.get(found.id), found.number is not None
    own_post = post_with(found.acting, found.post or found.own_role or "")
    deputy = seated and found.on_behalf
    source = mark.first_source if mark else None
    return ListRow(
        person=str(found.id),
        name=found.name,
        shown_name=PersonName(found.front_title, found.name, found.back_title).display(),
        post=own_post if deputy or not seated else post_with(found.acting, found.seat_role),
        represents=found.seat_role if deputy else "",
        office=(found.seat_office if seated else found.own_office) or found.institution or found.own_office or "",
        nip=found.nip or "",
        phone=found.phone or "",
        seat=Standing(found.sort_key, found.position, found.number) if seated else None,
        region=(found.province_code or "", found.regency_code or ""),
        present=mark is not None,
        present_at=mark.first_in_at if mark else None,
        mode=Mode.ONLINE if source in FROM_AFAR or (source is None and found.mode is Mode.ONLINE) else Mode.ONSITE,
        means=(MEANS.get(source, "") if source else "") or (mark.first_place if mark else ""),
    )


def lies_in(region: tuple[str | None, str | None], province_code: str | None, event: Event) -> bool:
    """Tell whether a place lies in a province (None: anywhere) by the map of the event's day."""
    if province_code is None:
        return True
    province, regency = region
    if regency:
        return regions.reference().belongs(regency, province_code, event.regions_as_of)
    return province == province_code


def _seen(event_id: UUID, choice: Choice) -> Seen:
    """Return where and when each person was first present: that session, or any checkpoint of that day."""
    query = select(
        PresenceRow.registration_id, PresenceRow.first_in_at, PresenceRow.first_source, PresenceRow.first_place
    ).where(
        PresenceRow.event_id == event_id,
        PresenceRow.present.is_(True),
        PresenceRow.checkpoint_id.in_(_checkpoints(event_id, choice)),
    )
    seen: Seen = {}
    for row in sorted(db.session.execute(query), key=lambda found: found.first_in_at or _NEVER):
        seen.setdefault(row.registration_id, row)
    return seen


_NEVER = datetime.max.replace(tzinfo=UTC)


def _checkpoints(event_id: UUID, choice: Choice) -> Select[*tuple[Any, ...]]:
    """The checkpoints of a session or of a day; a merged one is read where its facts went."""
    within = [Checkpoint.event_id == event_id, Checkpoint.day_id == choice.day_id, Checkpoint.kind.not_in(HANDED_OUT)]
    if choice.item_id is not None:
        within.append(Checkpoint.item_id == choice.item_id)
    return select(func.coalesce(Checkpoint.merged_into_id, Checkpoint.id)).where(*within)


def _signed(event_id: UUID, choice: Choice) -> dict[str, Signature]:
    """Return by person the signature that counts on this list: the newest of that session, or of that day."""
    within = func.coalesce(Checkpoint.merged_into_id, Checkpoint.id).in_(_checkpoints(event_id, choice))
    places = select(Checkpoint.id).where(Checkpoint.event_id == event_id, within)
    query = (
        select(Signature)
        .where(Signature.event_id == event_id, Signature.checkpoint_id.in_(places))
        .order_by(Signature.signed_at, Signature.id)
    )
    return {str(one.registration_id): one for one in db.session.scalars(query)}


def _with_signature(row: ListRow, one: Signature | None) -> ListRow:
    if one is None or not row.present:
        return row
    return replace(row, signed=one.id.hex, strokes=one.strokes or "", typed=one.typed or "")


def _seats(event_id: UUID, choice: Choice) -> Select[*tuple[Any, ...]]:
    office = [Seat.office_id == choice.office_id] if choice.office_id else []
    return (
        select(Office.province_code, Office.regency_code, func.count(Seat.id).label("seats"))
        .join(Office, Office.id == Seat.office_id)
        .join(EventRole, EventRole.id == Seat.role_id)
        .where(Seat.event_id == event_id, Seat.withdrawn_at.is_(None), EventRole.group == GROUPS[choice.kind])
        .where(*office)
        .group_by(Office.province_code, Office.regency_code)
    )


def _speakers(event_id: UUID, choice: Choice) -> list[ListRow]:
    """The speakers and moderators of that day or session, in the published order; they carry no NIP here."""
    [held_on] = [day.held_on for day in events.days(event_id) if day.id == choice.day_id]
    named = [
        person
        for item in agenda.programme(event_id, agenda.EVERYTHING)
        if item.held_on == held_on and choice.item_id in (None, item.id)
        for person in (*item.speakers, *item.moderators)
    ]
    return [
        ListRow(
            person=str(found.id),
            name=found.name,
            shown_name=found.name,
            post=found.post,
            office=found.organization,
            region=("", f"{number:04}"),
        )
        for number, found in enumerate({person.id: person for person in named}.values())
    ]
