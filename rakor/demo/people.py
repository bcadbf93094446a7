"""What offices answered: most of them all, some in part, and three provinces hardly at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from rakor import audit
from rakor.db import db
from rakor.demo import names
from rakor.demo.seed import luck, uid
from rakor.events import links
from rakor.events.models import Event, EventRole, LinkPurpose
from rakor.offices.models import Office
from rakor.regions.rules import reference
from rakor.registrations import store as registrations
from rakor.registrations import tickets
from rakor.registrations.models import Registration, RegistrationSource, Ticket
from rakor.registrations.rules import Mode, RegistrationState, search_key
from rakor.seats.models import Holding, OfficeAnswer, Seat, SeatAnswer

SILENT_PROVINCES = {"81": 0.5, "94": 0.6, "95": 0.7}
SILENT_ELSEWHERE, PARTLY, DECLINES = 0.04, 0.14, 0.02
TWO_SEATS = 0.06  # small offices: whoever heads the subdivision is the operator too
OPERATOR = 4  # the place of the fifth of five seats
ENTRY_OFFICE = "9304"  # Kabupaten Asmat: three answered, two open, for whoever tries the demo
ONSITE_SHARE = {"Jawa": 0.4}
REASONS = ("Bertugas di luar daerah", "Sakit", "Bersamaan dengan rapat daerah")


@dataclass(frozen=True)
class Holder:
    """Somebody who confirmed: the registration and how it follows."""

    id: UUID
    mode: Mode
    ref: bytes
    island: str
    number: int


def island_of(province_code: str | None) -> str:
    """Return the island group of a province, for the names people bear there."""
    return reference().province(province_code).island if province_code else "Jawa"


def answer(event: Event, offices: Sequence[Office], invited_at: datetime, *, now: datetime) -> list[Holder]:
    """Write what every office answered, in bulk, and return who confirmed."""
    chance = luck("answers")
    roles = {row.id: row for row in db.session.scalars(select(EventRole).where(EventRole.event_id == event.id))}
    query = select(Seat.id, Seat.office_id, Seat.role_id, Seat.number).where(Seat.event_id == event.id)
    by_office: dict[UUID, list[Any]] = {}
    for seat in db.session.execute(query):
        by_office.setdefault(seat.office_id, []).append(seat)
    book = _Book(event, now)
    for office in offices:
        own = sorted(by_office.get(office.id, []), key=lambda seat: (roles[seat.role_id].position, seat.number))
        spoken = _spoken(office, len(own), chance)
        if spoken:
            answered_at = invited_at + timedelta(days=8 * chance.random() ** 1.6, hours=8)
            book.office(office, own[:spoken], roles, min(answered_at, now - timedelta(hours=1)), chance)
    return book.write()


def last_number(holders: Sequence[Holder]) -> int:
    """Return the last number of change that the answers used."""
    return max((holder.number for holder in holders), default=0)


def _spoken(office: Office, seats: int, chance: Random) -> int:
    """How many of an office's seats are answered for."""
    if office.code == ENTRY_OFFICE:
        return min(3, seats)
    silent = SILENT_PROVINCES.get(office.province_code or "", SILENT_ELSEWHERE)
    if chance.random() < silent:
        return 0
    return chance.randint(2, max(seats - 1, 2)) if chance.random() < PARTLY else seats


class _Book:
    """Rows of all tables, gathered first and written in one statement each."""

    def __init__(self, event: Event, now: datetime) -> None:
        self.event, self.now = event, now
        self.registrations: list[dict[str, Any]] = []
        self.tickets: list[dict[str, Any]] = []
        self.holdings: list[dict[str, Any]] = []
        self.seats: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []
        self.holders: list[Holder] = []

    def office(
        self, office: Office, own: Sequence[Any], roles: dict[UUID, EventRole], at: datetime, chance: Random
    ) -> None:
        """Answer for these seats of one office at a moment."""
        for place, seat in enumerate(own):
            declined = chance.random() < DECLINES and office.code != ENTRY_OFFICE
            said = SeatAnswer.DECLINED if declined else SeatAnswer.CONFIRMED
            reason = chance.choice(REASONS) if declined else ""
            self.seats.append({"id": seat.id, "answer": said, "answered_at": at, "decline_reason": reason})
            if declined:
                continue
            role = roles[seat.role_id].name
            neighbour = self._neighbour(office, chance) if place == OPERATOR else None
            if neighbour is not None:
                neighbour["search_key"] = f"{neighbour['search_key']} {role.lower()}"[:600]
                self._hold(seat, role, neighbour["id"], office, at)
                continue
            known = uid("person", self.event.id, office.code, role, seat.number)
            self._hold(seat, role, known, office, at)
            self._person(known, office, seat, role, at, chance)
        row = {"id": uid("answer", self.event.id, office.code), "event_id": self.event.id, "office_id": office.id}
        self.answers.append(row | {"answered_at": at, "seat_count": len(own)})

    def _neighbour(self, office: Office, chance: Random) -> dict[str, Any] | None:
        """The person of the seat before, where that one is the operator too."""
        before = self.registrations[-1] if self.registrations else None
        if before is None or before["office_id"] != office.id or office.code == ENTRY_OFFICE:
            return None
        return before if chance.random() < TWO_SEATS else None

    def _hold(self, seat: Any, role: str, who: UUID, office: Office, at: datetime) -> None:
        held = uid("holding", self.event.id, office.code, role, seat.number)
        row = {"event_id": self.event.id, "registration_id": who, "id": held, "seat_id": seat.id, "started_at": at}
        self.holdings.append(row)

    def _person(self, known: UUID, office: Office, seat: Any, role: str, at: datetime, chance: Random) -> None:
        island = island_of(office.province_code)
        onsite = chance.random() < ONSITE_SHARE.get(island, 0.12) and office.code != ENTRY_OFFICE
        mode, number = Mode.ONSITE if onsite else Mode.ONLINE, len(self.registrations) + 1
        front, name, back = names.person(chance, island)
        mail = f"peserta{number}@kementerian.contoh" if chance.random() < 0.6 else None
        digits = names.phone(number) if chance.random() < 0.8 else None
        self.registrations.append(
            {
                "id": known, "event_id": self.event.id, "source": RegistrationSource.SEAT,
                "state": RegistrationState.CONFIRMED, "mode": mode, "name": name, "front_title": front,
                "back_title": back, "post": role, "role_id": seat.role_id, "office_id": office.id,
                "institution": office.name, "province_code": office.province_code,
                "regency_code": office.regency_code, "phone": digits, "email": mail,
                "phone_index": registrations.phone_index(digits), "email_index": registrations.email_index(mail),
                "search_key": search_key(name, role, office.name, office.short_name, role)[:600],
                "created_at": at, "updated_at": at, "confirmed_at": at, "change_seq": number,
            }
        )
        ref = tickets.ref_of(self.event.id, known, 0)
        owner = {"event_id": self.event.id, "registration_id": known}
        self.tickets.append(owner | {"ref": ref, "epoch": 0, "issued_at": at})
        self.holders.append(Holder(known, mode, ref, island, number))

    def write(self) -> list[Holder]:
        """Write everything and return who confirmed."""
        for model, rows in (
            (Registration, self.registrations), (Ticket, self.tickets), (Holding, self.holdings),
            (OfficeAnswer, self.answers),
        ):
            if rows:
                db.session.execute(insert(model), rows)
        if self.seats:
            db.session.execute(update(Seat), self.seats)
        links.make_links(self.event.id, LinkPurpose.PERSON, [holder.id for holder in self.holders], now=self.now)
        audit.record("demo.answers", event_id=self.event.id, count=len(self.seats))
        return self.holders
