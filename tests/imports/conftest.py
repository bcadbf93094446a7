"""An event with offices and seats whose people come by sheet."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask

from rakor import audit, outbox
from rakor.db import db, transaction
from tests import make
from tests.cast import Cast

OFFICES = (
    ("00", "national", "Komisi Contoh Republik Indonesia", "KPU RI", None, None),
    ("7109", "regency", "KPU Kabupaten Siau Tagulandang Biaro", "KPU Kabupaten Siau", "71", "7109"),
    ("3372", "regency", "KPU Kota Surakarta", "KPU Kota Surakarta", "33", "3372"),
    ("3322", "regency", "KPU Kabupaten Semarang", "KPU Kabupaten Semarang", "33", "3322"),
    ("3374", "regency", "KPU Kota Semarang", "KPU Kota Semarang", "33", "3374"),
)  # fmt: skip


@dataclass(frozen=True)
class Hall:
    """The event with its seats: Ketua and four Anggota of four offices."""

    people: Cast
    event_id: UUID
    base: str

    @property
    def app(self) -> Flask:
        """The application."""
        return self.people.app


@pytest.fixture
def hall(people: Cast, moment: object) -> Hall:
    with people.app.app_context(), transaction(unaudited="test"):
        chair = make.role(people.event_id, "Ketua", position=1)
        member = make.role(people.event_id, "Anggota", position=2)
        for place, (code, level, name, short, province, regency) in enumerate(OFFICES):
            office = make.office(
                people.institution_id, code=code, level=make.OfficeLevel(level), name=name, short_name=short,
                province_code=province, regency_code=regency, zone="Asia/Jakarta", sort_key=f"{place:03}",
            )  # fmt: skip
            if code != "00":
                make.seat(people.event_id, office.id, chair.id)
                for number in range(1, 5):
                    make.seat(people.event_id, office.id, member.id, number=number)
    return Hall(people, people.event_id, f"/events/{people.event_id}/imports")


def work(app: Flask) -> None:
    """Let the worker do what waits."""
    with app.app_context(), audit.acting(audit.SYSTEM):
        while outbox.run_next():
            pass
        db.session.remove()
