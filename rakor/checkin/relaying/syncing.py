"""On the relay: keeping in touch. First what our desks recorded goes up, then what changed comes down, for ever."""

import logging
import random
import threading
import time
from functools import partial
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from rakor import clock
from rakor.checkin.relaying import sending, server, taking
from rakor.checkin.relaying.taking import Credential
from rakor.db import db, transaction
from rakor.events.upstream_models import Upstream

log = logging.getLogger(__name__)
BEAT_S, GREET_S = 1.5, 20.0
FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0
NOBODY_S = 5.0


def keep_in_touch(app: Flask, stopping: threading.Event) -> None:
    """Serve every event that another server keeps, until told to stop; where there is none, look now and then."""
    rounds: dict[UUID, Round] = {}
    while not stopping.is_set():
        with app.app_context():
            try:
                ids = list(db.session.scalars(select(Upstream.event_id)))
            except OperationalError:
                ids = []
            finally:
                db.session.remove()
            for event_id in ids:
                rounds.setdefault(event_id, Round(event_id)).go()
                db.session.remove()
        stopping.wait(BEAT_S if ids else NOBODY_S)


class Round:
    """One event's way to its server, with back-off while it is cut."""

    def __init__(self, event_id: UUID) -> None:
        self.event_id = event_id
        self.failures = 0
        self._due_at = self._greeted_at = -GREET_S

    def go(self) -> None:
        """Do what is due."""
        if time.monotonic() < self._due_at:
            return
        try:
            self._greeted_at = once(self.event_id, self._greeted_at)
            self.failures, self._due_at = 0, 0.0
        except server.RefusedError:
            _refused(self.event_id)
            self._wait()
        except (server.UnreachableError, sending.NotDurableError, OperationalError) as failure:
            log.info("relay of %s: %s", self.event_id, failure)
            self._wait()

    def _wait(self) -> None:
        db.session.rollback()
        self.failures += 1
        longest = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** min(self.failures - 1, 6))
        self._due_at = time.monotonic() + longest * (0.5 + random.random() / 2)


def once(event_id: UUID, greeted_at: float = -GREET_S) -> float:
    """Send and take until both sides know the same; return when the desks were last announced (monotonic).

    A revoked relay still sends, into the server's quarantine, before it is refused to take.
    """
    credential, epoch = _standing(event_id)
    post = partial(server.post, credential)
    try:
        while sending.send_facts(event_id, epoch, post, now=clock.now()):
            pass
        while sending.send_holds(event_id, epoch, post):
            pass
        if time.monotonic() - greeted_at >= GREET_S:
            sending.greet(event_id, epoch, post)
            greeted_at = time.monotonic()
    except sending.OtherEpochError as other:
        taking.begin_anew(event_id, other.epoch)
        return once(event_id)
    pull(event_id, credential, epoch)
    return greeted_at


def pull(event_id: UUID, credential: Credential, epoch: UUID | None) -> None:
    """Take everything that the server has and we have not."""
    while True:
        known = db.session.get_one(Upstream, event_id, populate_existing=True)
        since, frame = known.pulled_seq, known.frame
        page = server.ask(credential, f"/scan/v1/relay/changes?since={since}")
        if UUID(page["server_epoch"]) != epoch:
            taking.begin_anew(event_id, UUID(page["server_epoch"]))
            epoch = UUID(page["server_epoch"])
            continue
        if page["frame"] != frame:
            taking.refresh(event_id, server.ask(credential, "/scan/v1/relay/event"))
        taken = taking.take(event_id, since, page, now=clock.now())
        if not taken or page["through"] >= page["change_seq"]:
            return


def _standing(event_id: UUID) -> tuple[Credential, UUID | None]:
    known = db.session.get_one(Upstream, event_id, populate_existing=True)
    return Credential(known.url, known.token or ""), known.epoch


def _refused(event_id: UUID) -> None:
    db.session.rollback()
    with transaction(unaudited=taking.COPIED) as session:
        known = session.get_one(Upstream, event_id)
        known.refused_at = known.refused_at or clock.now()
