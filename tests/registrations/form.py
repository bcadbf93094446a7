"""An event with an open form, what a browser sends from it, and who is registered then."""

from typing import Any
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from rakor.db import db, transaction
from rakor.registrations.models import Registration
from tests import make


def filled(**changes: Any) -> dict[str, str]:
    """A good sending of one made-up person; ``changes`` replace or, with None, leave out fields."""
    fields: dict[str, Any] = {
        "idempotency_key": str(uuid4()),
        "name": "Dr. Ahmad Contoh, S.T., M.Eng.",
        "post": "Kepala Subbagian Humas",
        "province": "33",
        "regency": "3374",
        "institution": "Dinas Contoh",
        "phone": "0812 0000 0147",
        "email": "ahmad@contoh.id",
        "mode": "online",
        "consent": "y",
    } | changes
    return {name: value for name, value in fields.items() if value is not None}


def open_event(app: Flask, **values: object) -> str:
    with app.app_context(), transaction(unaudited="test"):
        institution = make.institution()
        make.office(institution.id, code="3374", name="Kantor Kota Semarang", short_name="Kantor Kota Semarang",
                    province_code="33", regency_code="3374", sort_key="333374")
        make.office(institution.id)
        return str(make.event(institution.id, **{"open_registration": True, "capacity": 40} | values).slug)


def post(client: FlaskClient, slug: str, **changes: object):  # type: ignore[no-untyped-def]
    return client.post(f"/e/{slug}/registration", data=filled(**changes))


def rows(app: Flask) -> list[Registration]:
    with app.app_context():
        return list(db.session.scalars(select(Registration).order_by(Registration.created_at, Registration.id)))
