"""Where the code on a printed list leads: whether the ledger still agrees with that paper, and nothing personal."""

from datetime import datetime, timedelta
from uuid import UUID

from flask import Blueprint, render_template

from rakor import clock
from rakor.documents import jobs, store
from rakor.documents.forms import KINDS, VARIANTS
from rakor.documents.models import Document
from rakor.documents.rules import Choice, fingerprint
from rakor.documents.store import days_and_sessions, versions
from rakor.events import store as events
from rakor.events.models import Event
from rakor.kept import Kept
from rakor.web.access import Scope, policy

_agreed = Kept[UUID, tuple[datetime, bool]](timedelta(seconds=60))
"""When a paper was compared last, and whether it agreed. A long list takes a second to read anew, and anybody may ask:
also while people stream in at the door, the ledger is read once a minute for a paper.
"""
forget = _agreed.forget


@policy("documents.check", Scope.PUBLIC, reason="whoever holds a printed list may ask whether the ledger still says so")
def check(document_id: UUID) -> tuple[str, int]:
    """Say when the paper was made and whether the ledger agrees; an unknown id says that no such paper was made."""
    row, now = store.checked(document_id), clock.now()
    event = events.event(row.event_id) if row else None
    if row is None or event is None:
        return render_template("documents/check.html", paper=None), 404
    compared_at, agrees = _agreed.get(row.id, now, lambda: (now, _agrees(event, row)))
    return render_template(
        "documents/check.html",
        paper=row,
        event=event,
        agrees=agrees,
        compared_at=compared_at,
        kind=KINDS[row.kind],
        variant=VARIANTS[row.variant],
        short=" ".join((row.fingerprint or b"").hex()[place : place + 4] for place in range(0, 16, 4)),
        version=versions.version(event.id, row.version_id) if row.version_id else None,
        **_occasion(row),
    ), 200


def _agrees(event: Event, row: Document) -> bool:
    choice = Choice(row.kind, row.day_id, row.item_id, row.province_code, row.office_id)
    return fingerprint(jobs.listed(event, choice, row.variant).rows, row.variant) == row.fingerprint


def _occasion(row: Document) -> dict[str, object]:
    found = [(day, items) for day, items in days_and_sessions(row.event_id) if day.id == row.day_id]
    session = next((item.title for _day, items in found for item in items if item.id == row.item_id), "")
    return {"day": found[0][0].held_on if found else None, "session": session}


def stand_on(blueprint: Blueprint) -> None:
    """Give the page its address, which every printed list carries."""
    blueprint.add_url_rule("/periksa/daftar/<uuid:document_id>", "check", check, methods=["GET"])
