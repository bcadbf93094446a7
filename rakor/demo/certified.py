"""The live world gives certificates: its rules, and who has looked at the own name already. Nothing is issued yet."""

from datetime import datetime

from sqlalchemy import insert, select

from rakor.db import db
from rakor.demo.seed import luck
from rakor.documents.certificate_models import CertificateNameCheck, CertificateRules
from rakor.documents.store.earned import name_hash
from rakor.events import store as events
from rakor.events.models import Event
from rakor.registrations.models import Registration
from rakor.registrations.rules import RegistrationState
from rakor.registrations.rules.names import PersonName

LOOKED = 0.6
SHARE = 40
"""So little is needed that whoever was in the first session and in the one that runs now has it."""


def certify(event: Event, *, now: datetime) -> None:
    """Switch certificates on, and let most people have checked their names."""
    signs = events.identity(event.id)
    db.session.add(CertificateRules(
        event_id=event.id, is_on=True, share=SHARE, place=event.city,
        signatory_name=signs.signatory_name, signatory_post=signs.signatory_post,
    ))  # fmt: skip
    names = (Registration.front_title, Registration.name, Registration.back_title)
    whom = select(Registration.id, *names).where(
        Registration.event_id == event.id, Registration.state == RegistrationState.CONFIRMED
    )
    chance = luck("checked names")
    checks = [
        {"event_id": event.id, "registration_id": row[0], "checked_at": now,
         "name": name_hash(PersonName(*row[1:]).display())}
        for row in db.session.execute(whom.order_by(Registration.id))
        if chance.random() < LOOKED
    ]  # fmt: skip
    if checks:
        db.session.execute(insert(CertificateNameCheck), checks)
