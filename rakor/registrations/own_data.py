"""Everything that is kept about one person, read from the model itself, so that no personal column is forgotten."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from rakor.events.models import Event
from rakor.registrations.models import Registration
from rakor.registrations.rules import numbers, phones
from rakor.registrations.words import MODES, SOURCES, STATES
from rakor.registrations.work_fields import EMPLOYMENTS

LABELS: dict[str, LazyString] = {
    "name": _l("Nama"),
    "front_title": _l("Gelar depan"),
    "back_title": _l("Gelar belakang"),
    "search_key": _l("Kata pencarian"),
    "post": _l("Jabatan"),
    "nip": _l("NIP/NRP"),
    "employment": _l("Status kepegawaian"),
    "rank": _l("Pangkat/golongan"),
    "placing": _l("Ruang atau meja"),
    "phone": _l("Nomor WhatsApp"),
    "email": _l("Email"),
}
PURPOSES: dict[str, LazyString] = {
    "attendance list and badge": _l("daftar hadir dan tanda pengenal"),
    "attendance list": _l("daftar hadir"),
    "attendance list for the expense file": _l("daftar hadir untuk berkas pertanggungjawaban"),
    "room or table": _l("pembagian ruang atau meja"),
    "find at the desk": _l("ditemukan di meja registrasi"),
    "tell about changes": _l("memberi tahu perubahan"),
}
RETENTIONS: dict[str, LazyString] = {
    "90 days after the report is approved": _l("90 hari setelah laporan disetujui"),
    "as the office's archive schedule says, five years by default": _l("menurut jadwal arsip, umumnya 5 tahun"),
}
ALSO_KEPT = ("source", "state", "mode", "acting", "institution", "province_code", "regency_code", "queue_number",
             "notice_version", "consented_at", "created_at", "updated_at", "confirmed_at", "cancelled_at", "language")


@dataclass(frozen=True)
class Fact:
    """One thing kept: its words, its value as shown, why it is kept and until when."""

    label: str
    value: str
    purpose: str
    retention: str


def personal_columns() -> list[Any]:
    """Return the columns of a registration that hold personal data, in the table's order."""
    return [column for column in Registration.__table__.columns if "personal_purpose" in column.info]


def facts(row: Registration, event: Event) -> list[Fact]:
    """Return every personal column for the page; what is empty says so."""
    return [
        Fact(
            str(LABELS[column.name]),
            _shown(column.name, getattr(row, column.name)),
            str(PURPOSES[column.info["personal_purpose"]]),
            str(RETENTIONS[column.info["personal_retention"]]),
        )
        for column in personal_columns()
    ]


def _shown(name: str, value: str | None) -> str:
    if not value:
        return "–"
    shown: dict[str, Callable[[Any], Any]] = {
        "phone": phones.show,
        "nip": numbers.show_nip,
        "employment": lambda word: EMPLOYMENTS[word],
    }
    return str(shown.get(name, str)(value))


def as_json(row: Registration, event: Event, *, made_at: datetime) -> bytes:
    """Return everything as JSON, readable by people and programs; moments are ISO 8601 in UTC."""
    personal = {
        column.name: {
            "value": getattr(row, column.name),
            "purpose": column.info["personal_purpose"],
            "kept": column.info["personal_retention"],
        }
        for column in personal_columns()
    }
    words = {"state": str(STATES[row.state].word), "mode": str(MODES[row.mode]), "source": str(SOURCES[row.source])}
    content = {
        "event": {"title": event.title, "organizer": event.organizer, "starts_on": event.starts_on.isoformat()},
        "made_at": made_at.isoformat(),
        "personal": personal,
        "registration": {name: _plain(getattr(row, name)) for name in ALSO_KEPT},
        "words": words,
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
