"""rakor relay join, rakor relay status."""

import sys
from argparse import Namespace
from urllib.parse import urlsplit

from sqlalchemy import func, select

from rakor import clock, upgrade
from rakor.app import create_app
from rakor.checkin.relaying import sending, server, syncing, taking
from rakor.db import db
from rakor.events.models import Event
from rakor.events.upstream_models import Upstream
from rakor.registrations.models import Registration
from rakor.upkeep.address import fault_of

SHAPE = "A relay's link looks like https://rakor.example.go.id/desk/join#…; the server's desks page shows it."
OVER = "This link opens nothing: it was used, or is older than 10 minutes. Its desks page gives a new one."


def join(chosen: Namespace) -> int:
    """Take an event over from its server; exit status 1 where that was not possible."""
    parts = urlsplit(chosen.link)
    url = f"{parts.scheme}://{parts.netloc}"
    if parts.path != "/desk/join" or not parts.fragment or fault_of(url):
        print(SHAPE, file=sys.stderr)
        return 1
    with create_app().app_context():
        upgrade.upgrade()
        try:
            joined = server.redeem(url, parts.fragment)
            if joined is None:
                print(OVER, file=sys.stderr)
                return 1
            credential, _ = joined
            event_id = taking.join(credential, server.ask(credential, "/scan/v1/relay/event"), now=clock.now())
            syncing.once(event_id)
        except (server.UnreachableError, server.RefusedError) as failure:
            print(f"The server cannot be reached ({failure}). Ask for a new link and join again.", file=sys.stderr)
            return 1
        event = db.session.get_one(Event, event_id)
        people = db.session.scalar(select(func.count()).where(Registration.event_id == event_id))
        print(f"This is a relay for {event.short_title} now: {people:,} people. Start it with: rakor serve --lan")
    return 0


def status(chosen: Namespace) -> int:
    """Print every event that is kept for another server."""
    with create_app().app_context():
        for known in db.session.scalars(select(Upstream)):
            event = db.session.get_one(Event, known.event_id)
            heard = f"{known.heard_at:%Y-%m-%d %H:%M:%S} UTC" if known.heard_at else "never"
            refused = "; refused by the server" if known.refused_at else ""
            print(f"{event.short_title}: {known.url}, last heard {heard}{refused}; {sending.waiting(event.id)} to send")
    return 0
