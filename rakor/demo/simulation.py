"""The live world going on by itself: a job that lets people arrive, and says that it is a simulation."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from rakor import audit, clock, outbox
from rakor.agenda.models import AgendaItem
from rakor.attendance.models import Checkpoint, PresenceRow
from rakor.checkin.models import Device
from rakor.db import db, transaction
from rakor.demo import arrivals
from rakor.demo.people import Holder
from rakor.demo.seed import luck
from rakor.events.models import Event
from rakor.events.store import locked_event
from rakor.outbox import Job, JobState, Progress, job
from rakor.registrations.models import Registration, Ticket
from rakor.registrations.rules import Mode, RegistrationState

NAME = "demo.simulate"
EVERY = timedelta(seconds=10)
LABEL = "Simulasi"
AT_ONCE = 6


def begin(event_id: UUID) -> bool:
    """Let the simulation run from now on; False where it runs already."""
    waiting = select(Job.id).where(Job.name == NAME, Job.state.in_([JobState.QUEUED, JobState.RUNNING]))
    if db.session.scalar(waiting) is not None:
        return False
    with transaction():
        audit.record("demo.simulation", event_id=event_id)
        outbox.enqueue(NAME, {"event_id": str(event_id)}, event_id=event_id)
    return True


@job(NAME)
def step(payload: dict[str, str], progress: Progress) -> None:
    """Let a few people arrive at the session that runs, then wait; ends with the session."""
    now = clock.now()
    with transaction(unaudited="a labelled simulation of the demo"):
        event = db.session.get(Event, UUID(payload["event_id"]))
        if event is None or event.demo_world is None:
            return
        event = locked_event(event.id)
        place = _running_place(event)
        if place is None:
            return
        desk = db.session.scalar(select(Device).where(Device.event_id == event.id).limit(1))
        coming = [
            (arrivals.mark(place.id, now, holder, desk if holder.mode is Mode.ONSITE else None)[0], LABEL)
            for holder in _missing(event.id, place.id, str(now))
        ]
        arrivals.store(event, coming, now)
        if coming:
            outbox.enqueue(NAME, payload, event_id=event.id, run_at=now + EVERY)


def _running_place(event: Event) -> Checkpoint | None:
    now = clock.now()
    query = (
        select(Checkpoint)
        .join(AgendaItem, AgendaItem.id == Checkpoint.item_id)
        .where(Checkpoint.event_id == event.id, AgendaItem.starts_at <= now, AgendaItem.ends_at > now)
    )
    return db.session.scalars(query.limit(1)).first()


def _missing(event_id: UUID, place_id: UUID, turn: str) -> list[Holder]:
    """A few who confirmed and are not here yet."""
    here = select(PresenceRow.registration_id).where(
        PresenceRow.event_id == event_id, PresenceRow.checkpoint_id == place_id, PresenceRow.present
    )
    query = (
        select(Registration.id, Registration.mode, Ticket.ref)
        .join(Ticket, Ticket.registration_id == Registration.id)
        .where(
            Registration.event_id == event_id, Registration.state == RegistrationState.CONFIRMED,
            Ticket.revoked_at.is_(None), Registration.id.not_in(here),
        )
        .order_by(Registration.search_key)
    )
    rows = db.session.execute(query).all()
    chosen = luck(f"simulation/{turn}").sample(rows, min(AT_ONCE, len(rows)))
    return [Holder(row.id, row.mode, row.ref, "", 0) for row in chosen]
