"""rakor demo: bring the schema up, make the worlds, print how to get in."""

import json
import sys
import time
from argparse import Namespace
from typing import Any

from flask import current_app
from sqlalchemy import select

from rakor import clock, upgrade
from rakor.app import create_app
from rakor.attendance.models import Checkpoint
from rakor.checkin.models import Device
from rakor.checkin.routes import cookie_name
from rakor.checkin.samples import samples
from rakor.db import db
from rakor.demo import accounts, arrivals, live, simulation, worlds
from rakor.events.models import Event
from rakor.portal import entries


def run(chosen: Namespace) -> int:
    """Make the worlds and say how to get in; exit status 1 where real events live here."""
    with create_app().app_context():
        seats = live.SEATS if chosen.people is None else chosen.people
        if seats not in live.SIZES:
            sizes = f"{live.SIZES.start:,} to {live.SIZES.stop - 1:,}"
            print(f"rakor demo: --people takes {sizes} seats; nothing was changed.", file=sys.stderr)
            return 2
        return make_and_tell(seats, fresh=chosen.fresh, simulate=chosen.simulate, as_json=chosen.json)


def make_and_tell(
    seats: int = live.SEATS, *, fresh: bool = False, simulate: bool = False, as_json: bool = False
) -> int:
    """Bring the schema up, make the worlds, print how to get in; needs an app context."""
    began = time.monotonic()
    upgrade.upgrade()
    try:
        made = worlds.make(seats, fresh=fresh, now=clock.now())
    except worlds.RealDataError as refusal:
        print(f"rakor demo: {refusal}", file=sys.stderr)
        return 1
    event = db.session.scalars(select(Event).where(Event.demo_world == live.WORLD)).one()
    if simulate:
        simulation.begin(event.id)
    answer = describe(event)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
        return 0
    words = ", ".join(f"{world} {state}" for world, state in made.items())
    print(f"demo worlds: {words} ({time.monotonic() - began:.1f} s)")
    if made[live.WORLD] is worlds.Made.KEPT and worlds.is_old(event, clock.now()):
        print("  the live world is of another day and stays, because somebody changed it: .venv/bin/rakor demo --fresh")
    if made[live.WORLD] is worlds.Made.KEPT and seats != live.SEATS:
        print("  the live world was kept as large as it is; rakor demo --fresh makes it anew", file=sys.stderr)
    for who, entry in answer["entries"].items():
        print(f"  {who:9} {entry}")
    for who, login in answer["logins"].items():
        print(f"  login     {login['email']} / {login['password']}  ({who})")
    print("  to start afresh: rakor demo --fresh, or delete the folder instance", flush=True)
    return 0


def describe(event: Event) -> dict[str, Any]:
    """Return entry links, logins, the desk's credential and codes to try, for people and for tools."""
    base_url = current_app.config["RAKOR"].base_url
    found = {one.demo_world: str(one.id) for one in db.session.scalars(select(Event).order_by(Event.created_at))}
    slugs = {one.demo_world: f"{base_url}/e/{one.slug}" for one in db.session.scalars(select(Event))}
    paths = {who: entries.path_of(who) for who in entries.Who}
    return {
        "base_url": base_url,
        "events": found,
        "pages": slugs,
        "entries": {str(who): f"{base_url}{path}" for who, path in paths.items() if path},
        "logins": {
            who: {"email": accounts.email_of(who), "password": accounts.password_of(who)} for who in accounts.PEOPLE
        },
        "desk": _desk(event),
    }


def _desk(event: Event) -> dict[str, Any]:
    """The first desk of the live world: its cookie, its checkpoint, and one code of every kind."""
    query = select(Device, Checkpoint).join(Checkpoint, Checkpoint.id == Device.checkpoint_id)
    found = db.session.execute(query.where(Device.event_id == event.id).order_by(Device.name)).first()
    if found is None:
        return {}
    device, place = found
    return {
        "cookie": cookie_name(),
        "token": arrivals.device_token(event.id),
        "device_id": str(device.id),
        "checkpoint_id": str(place.id),
        "codes": {str(sample.kind): sample.code for sample in samples(event.id, place.id)},
    }
