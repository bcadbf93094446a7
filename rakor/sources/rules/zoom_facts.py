"""What a matched participant states: a coming and a going for every span in a session, under ids that say so. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Direction, Kind, Source
from rakor.sources.rules.zoom_people import Span, within


@dataclass(frozen=True, slots=True)
class Session:
    """A checkpoint with the time of its session."""

    checkpoint_id: UUID
    starts_at: datetime
    ends_at: datetime


def facts_of(person_id: UUID, spans: Iterable[Span], sessions: Iterable[Session], least: timedelta) -> list[Fact]:
    """Return the facts of somebody's spans (aware) in the sessions where they last ``least`` together."""
    own, found = tuple(spans), []
    for session in sessions:
        inside = within(own, session.starts_at, session.ends_at)
        if inside and sum((end - start for start, end in inside), timedelta()) >= least:
            for start, end in inside:
                found += [
                    stated(person_id, session.checkpoint_id, start, Direction.IN),
                    stated(person_id, session.checkpoint_id, end, Direction.OUT),
                ]
    return found


def stated(person_id: UUID, checkpoint_id: UUID, at: datetime, direction: Direction) -> Fact:
    """Return one coming or going; the same report, read again, states the same fact."""
    said = f"zoom {person_id.hex} {int(at.timestamp())} {direction}"
    return Fact(
        scan_id=uuid5(checkpoint_id, said),
        kind=Kind.TICKET,
        wall_at=at,
        checkpoint_id=checkpoint_id,
        source=Source.ZOOM,
        direction=direction,
        registration_id=person_id,
    )
