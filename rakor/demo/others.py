"""Worlds (b) to (d): a bimtek that takes registrations, the Rakornas of 2021, and a draft."""

import json
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import insert, select

from rakor.agenda.rules import AgendaKind
from rakor.db import db
from rakor.demo.frames import ZONE, Frame, Item, Voice, at, institution, raise_frame
from rakor.demo.names import person, phone
from rakor.demo.seed import luck, uid
from rakor.events.models import Event, EventRole
from rakor.events.rules import ChannelKind, EventKind, EventMode, RoleGroup, Stage
from rakor.offices.models import Office
from rakor.offices.rules import KPU, OfficeLevel, PatternRefusal, expand
from rakor.regions.rules import reference
from rakor.registrations import entry
from rakor.registrations.models import RegistrationSource
from rakor.registrations.rules import Mode, PersonName, RegistrationState
from rakor.registrations.store import Draft
from rakor.seats import store as seats
from rakor.seats.rules import Rule
from rakor.web.times import local_day

OPEN, HISTORY, DRAFT = "open", "history", "draft"
REGISTERED = 23


def open_world(now: datetime) -> Event:
    """(b) A bimtek for 40 in nine days, open to all; registered through the same door as everybody."""
    starts_on = local_day(now, ZONE) + timedelta(days=9)
    values = {
        "slug": "bimtek-contoh", "institution_id": institution(OPEN, "Badan Contoh", "Bancontoh", now),
        "organizer": "Badan Contoh", "kind": EventKind.BIMTEK, "mode": EventMode.ONSITE,
        "title": "Bimbingan Teknis Penulisan Berita dan Foto Kegiatan",
        "short_title": "Bimtek Penulisan Berita", "starts_on": starts_on, "ends_on": starts_on,
        "venue": "Aula Badan Contoh", "address": "Jalan Contoh Nomor 2", "city": "Semarang", "capacity": 40,
        "open_registration": True, "registration_opens_at": now - timedelta(days=6),
        "registration_closes_at": at(starts_on - timedelta(days=2), 17 * 60),
        "contact_name": "Panitia Bimtek Contoh", "contact_phone": "+6281200000001",
        "contact_email": "bimtek@badan.contoh",
    }
    voices = (
        Voice("lestari", "Lestari Contoh, S.I.Kom.", "Wartawan", "Harian Contoh"),
        Voice("bagus", "Bagus Contoh", "Pewarta foto", "Kantor Berita Contoh"),
    )
    items = (
        Item(1, "Registrasi ulang", AgendaKind.REGISTRATION, 480, 510, room="Serambi"),
        Item(1, "Sesi 1: Berita yang dibaca sampai selesai", AgendaKind.SESSION, 510, 600, room="Aula", number=1,
             speakers=("lestari",), attendance=True),
        Item(1, "Rehat", AgendaKind.BREAK, 600, 615, room="Serambi"),
        Item(1, "Sesi 2: Foto kegiatan yang bercerita", AgendaKind.SESSION, 615, 720, room="Aula", number=2,
             speakers=("bagus",), attendance=True),
    )
    channels = ((ChannelKind.ONSITE, "Aula Badan Contoh", None, True),)
    event = raise_frame(Frame(OPEN, values, channels, voices, items, letterhead="BADAN CONTOH\nSemarang"), now)
    chance = luck("bimtek")
    for number in range(REGISTERED):
        entry.enter(event.id, _visitor(event, number, chance), may_wait=True, now=now)
    return event


def _visitor(event: Event, number: int, chance: Any) -> Draft:
    regency = chance.choice(reference().regencies("33"))
    front, name, back = person(chance, "Jawa")
    role = select(EventRole.id).where(EventRole.event_id == event.id, EventRole.group == RoleGroup.PARTICIPANT)
    return Draft(
        name=PersonName(front, name, back), mode=Mode.ONSITE, state=RegistrationState.REGISTERED,
        source=RegistrationSource.OPEN, post=chance.choice(("Pranata Humas", "Staf", "Kepala Subbagian", "Penyuluh")),
        role_id=db.session.scalar(role), institution=f"Dinas Contoh {regency.title}", province_code="33",
        regency_code=regency.code, phone=phone(50_000 + number), email=f"pendaftar{number}@badan.contoh",
    )


def history_world(now: datetime) -> Event:
    """(c) The Rakornas of 2021 as it was reported: its facts, its offices and seats, nobody's attendance."""
    told = json.loads(files("rakor.demo").joinpath("rakornas_2021.json").read_text(encoding="utf-8"))
    facts, days = told["event"], {name: date.fromisoformat(told["event"][name]) for name in ("starts_on", "ends_on")}
    named = {name: facts[name] for name in (
        "title", "short_title", "theme", "purpose", "organizer", "zone", "venue", "city", "letter_number")}
    owner = institution(HISTORY, "Komisi Pemilihan Umum", "KPU", now)
    letter_on = date.fromisoformat(facts["letter_on"])
    values = {
        **named, **days, "slug": "rakornas-ppid-kpu-2021", "institution_id": owner, "kind": EventKind(facts["kind"]),
        "mode": EventMode(facts["mode"]), "letter_on": letter_on, "letter_year": letter_on.year,
        "sources": told["sources"] | {"record": told["reported_by"]["page"]},
    }
    channels = [(ChannelKind(one["kind"]), one["label"], None, True) for one in told["channels"]]
    voices = [Voice(**voice) for voice in told["speakers"]]
    items = [_told(item) for item in told["items"]]
    event = raise_frame(Frame(HISTORY, values, channels, voices, items, roles=told["roles"]), now)
    _kpu_offices(owner, days["starts_on"])
    query = select(EventRole.id).where(EventRole.event_id == event.id, EventRole.group == RoleGroup.PARTICIPANT)
    roles = list(db.session.scalars(query.order_by(EventRole.position)))
    levels = (OfficeLevel.PROVINCE, OfficeLevel.REGENCY)
    both = (Mode.ONSITE, Mode.ONLINE)
    seats.save_rules(event, [Rule(level, role, 1, both) for level in levels for role in roles])
    seats.apply_expansion(event.id, seats.expansion(event), now=at(letter_on, 0))
    return event


def _told(item: dict[str, Any]) -> Item:
    speakers = tuple(key for key in (item["speaker"], item.get("also")) if key)
    return Item(
        item["day"], item["title"], AgendaKind(item["kind"]), topic=item["topic"], number=item["session_number"],
        speakers=speakers, moderator=item.get("moderator", ""), attendance=item["takes_attendance"],
        audience=item.get("audience", ""), source=item["source"],
    )


def _kpu_offices(institution_id: Any, as_of: date) -> None:
    """The offices of the map of that day: 34 in provinces, 514 in regencies, KIP in Aceh."""
    known = set(db.session.scalars(select(Office.code).where(Office.institution_id == institution_id)))
    rows = []
    for pattern in KPU[1:]:
        drafts = expand(pattern, reference(), as_of)
        assert not isinstance(drafts, PatternRefusal), drafts
        for draft in drafts:
            values = {name: getattr(draft, name) for name in draft.__slots__}
            rows.append(values | {"id": uid(HISTORY, "office", draft.code), "institution_id": institution_id})
    rows = [row for row in rows if row["code"] not in known]
    if rows:
        db.session.execute(insert(Office), rows)


def draft_world(now: datetime) -> Event:
    """(d) A draft that nobody outside sees."""
    starts_on = local_day(now, ZONE) + timedelta(days=45)
    values = {
        "slug": "raker-kehumasan-contoh",
        "institution_id": institution("live", "Kementerian Contoh", "Kemencontoh", now),
        "organizer": "Kementerian Contoh", "kind": EventKind.RAKER, "mode": EventMode.HYBRID, "stage": Stage.DRAFT,
        "title": f"Rapat Kerja Kehumasan {starts_on.year}", "short_title": f"Raker Kehumasan {starts_on.year}",
        "starts_on": starts_on, "ends_on": starts_on + timedelta(days=1), "city": "Makassar",
    }
    channels = ((ChannelKind.ZOOM, "Zoom", None, False),)
    return raise_frame(Frame(DRAFT, values, channels, (), ()), now)
