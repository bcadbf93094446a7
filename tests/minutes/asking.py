"""What the stories of follow-ups share: three offices, a follow-up of theirs, and the words that are sent."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

from flask import Flask
from PIL import Image
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.minutes.follow_up_models import FollowUpRow
from rakor.minutes.rules.follow_ups import Assignee, Chosen
from rakor.minutes.store import follow_ups, roll_up
from rakor.minutes.store.follow_ups import Draft
from rakor.offices.rules import OfficeLevel
from tests import make
from tests.cast import Cast

NOW = datetime(2026, 11, 24, 1, 55, tzinfo=UTC)
DUE = date(2026, 12, 24)
TEXT = "Menyiapkan ahli kehumasan"


@dataclass(frozen=True)
class Offices:
    """A province's office and two of its regencies, by name, and where Asmat answers."""

    ids: dict[str, UUID]
    page: str


def offices(people: Cast) -> Offices:
    """Make them; needs no app context."""
    body = people.institution_id
    with people.app.app_context(), transaction(unaudited="test"):
        papua = make.office(body, code="93", level=OfficeLevel.PROVINCE, regency_code=None, sort_key="93",
                            name="Kantor Provinsi Papua Selatan", short_name="Kanwil Papua Selatan")  # fmt: skip
        asmat = make.office(body, sort_key="939304")
        mappi = make.office(body, code="9303", regency_code="9303", sort_key="939303", name="Kantor Kabupaten Mappi",
                            short_name="Kantor Kabupaten Mappi")  # fmt: skip
        ids = {"papua": papua.id, "asmat": asmat.id, "mappi": mappi.id}
        page = links.path_of(people.event_id, LinkPurpose.OFFICE, asmat.id) + "/follow-ups"
    return Offices(ids, page)


def ask(people: Cast, assignee: Assignee = Assignee.REGENCIES, due_on: date = DUE, **chosen: object) -> UUID:
    """Write a follow-up of Sari's; returns its id."""
    with people.app.app_context():
        with transaction():
            draft = Draft(TEXT, due_on, Chosen(assignee, **chosen))  # type: ignore[arg-type]
            row, _ = follow_ups.add(people.event_id, draft, by=people.users["sari"], now=NOW)
        roll_up.forget()
        return row.id


def rows(app: Flask, follow_up_id: UUID) -> dict[UUID | None, FollowUpRow]:
    """Return the rows of a follow-up by office."""
    with app.app_context():
        found = db.session.scalars(select(FollowUpRow).where(FollowUpRow.follow_up_id == follow_up_id)).all()
        db.session.expunge_all()
    return {row.office_id: row for row in found}


def photo() -> BytesIO:
    """A small photo as a phone sends it, with the place in its metadata."""
    out, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "GPS -5.5 138.1"
    Image.new("RGB", (40, 30), "teal").save(out, "JPEG", exif=exif)
    return BytesIO(out.getvalue())
