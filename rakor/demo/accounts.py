"""People of the demo who log in; their passwords are derived, so they can be shown again and are stored nowhere."""

from base64 import b32encode
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete

from rakor import crypto
from rakor.accounts import store as accounts
from rakor.accounts.rules import Role
from rakor.db import db
from rakor.demo.seed import uid
from rakor.events import links
from rakor.events.models import Event, Grant, Leader, LinkPurpose

PEOPLE = {
    "panitia": ("Sari Wulandari Contoh", Role.OWNER),
    "meja": ("Rina Marlina Contoh", Role.DESK),
    "notulis": ("Nadia Permata Contoh", Role.NOTE_TAKER),
    "pimpinan": ("Lena Rahayu Contoh", Role.LEADER),
}


def email_of(who: str) -> str:
    """Return the login of one of the PEOPLE."""
    return f"{who}@demo.contoh"


def password_of(who: str) -> str:
    """Return the password of one of the PEOPLE: random per installation, the same every time."""
    return b32encode(crypto.derive("demo/password", who.encode())).decode()[:16].lower()


def enlist(events: list[Event], now: datetime) -> None:
    """Make the accounts that are missing, and grant each its role in the worlds."""
    for who, (name, role) in PEOPLE.items():
        user = accounts.user_by_email(email_of(who))
        if user is None:
            user = accounts.create_user(email_of(who), name, password_of(who), now=now, is_demo=True)
            db.session.flush()
        for event in events:
            if role is Role.OWNER or event.demo_world in ("live", "open"):
                _grant(event, user.id, role, now)


def _grant(event: Event, user_id: UUID, role: Role, now: datetime) -> None:
    known = uid("grant", event.id, user_id, role)
    db.session.execute(delete(Grant).where(Grant.id == known))
    ends_on = (now + timedelta(days=400)).date()
    db.session.add(Grant(id=known, event_id=event.id, user_id=user_id, role=role, created_at=now, ends_on=ends_on))
    if role is Role.LEADER:
        _lead(event, now)


def _lead(event: Event, now: datetime) -> None:
    """The leader's link of a world: the same person and address however often the world is made."""
    leader_id = uid("leader", event.id)
    if db.session.get(Leader, leader_id) is None:
        name = PEOPLE["pimpinan"][0]
        db.session.add(Leader(id=leader_id, event_id=event.id, name=name, post="Plh. Ketua", created_at=now))
        db.session.flush()
    links.make_links(event.id, LinkPurpose.LEADER, [leader_id], now=now)
