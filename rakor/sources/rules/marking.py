"""Marks that somebody makes for others: by hand with a reason, or for colleagues who sit in one room. Pure."""

from datetime import datetime
from uuid import UUID, uuid5

from rakor.attendance.rules.facts import Fact
from rakor.attendance.rules.words import Kind, Source
from rakor.events.rules import Admission


def mark_id(form_id: UUID, registration_id: UUID, checkpoint_id: UUID) -> UUID:
    """Return the id of one mark of a form that was sent: sending the form again states the same fact."""
    return uuid5(form_id, f"{registration_id.hex}{checkpoint_id.hex}")


def by_hand(
    form_id: UUID, registration_id: UUID, checkpoint_id: UUID, at: datetime, admission: Admission
) -> list[Fact]:
    """Return the facts of an officer's mark; where only known tickets are let in, a ruling that it counts beside it."""
    mark = Fact(
        scan_id=mark_id(form_id, registration_id, checkpoint_id),
        kind=Kind.MANUAL,
        wall_at=at,
        checkpoint_id=checkpoint_id,
        source=Source.MANUAL,
        registration_id=registration_id,
    )
    if admission is not Admission.STRICT:
        return [mark]
    ruling_id = uuid5(mark.scan_id, "counts")
    return [mark, Fact(ruling_id, Kind.RESTORE, at, source=Source.MANUAL, target_id=mark.scan_id)]
