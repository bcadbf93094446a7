"""The paper of minutes: asked for, seen being made, opened or taken by who asked."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock, files
from rakor.db import transaction
from rakor.documents.answers import as_file
from rakor.documents.jobs import PDF
from rakor.documents.rules import PaperState, paper_state
from rakor.events.models import Event
from rakor.minutes import notes_jobs
from rakor.minutes.notes_words import HINDRANCES
from rakor.minutes.routes.notes_page import BASE, ONE, READ, blueprint, event_of, item_of, whose
from rakor.minutes.rules.standing import Hindrance
from rakor.minutes.store import approval, notes, papers
from rakor.minutes.store.papers import Paper
from rakor.outbox import JobState
from rakor.web.access import Scope, current_user, policy
from rakor.web.fragments import changed_part

PAPER = f"{BASE}/papers/<uuid:printed_id>"
READING = "who took a list of people is on record"
assert notes_jobs  # the worker finds the handlers through this room


@blueprint.post(f"{ONE}/papers")
@policy("minutes.paper_ask", Scope.EVENT, roles=READ)
def ask_paper(event_id: UUID, item_id: UUID) -> BaseResponse:
    """Ask for the paper of a version (``number``), or of the minutes as they stand."""
    item_of(event_id, item_id)
    if notes.minutes(event_id, item_id) is None:
        flash(str(HINDRANCES[Hindrance.EMPTY]), "warn")
        return redirect(url_for("minutes.show", event_id=event_id, item_id=item_id), 303)
    typed = request.form.get("number", "")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else None
    if number is not None and approval.version(event_id, item_id, number) is None:
        abort(404)
    with transaction():
        row = papers.ask(event_id, item_id, number, user_id=current_user().id, now=clock.now())
        printed_id = row.id
    return redirect(url_for("minutes.show_paper", event_id=event_id, printed_id=printed_id), 303)


@blueprint.get(PAPER)
@policy("minutes.paper", Scope.EVENT, roles=READ)
def show_paper(event_id: UUID, printed_id: UUID) -> str:
    """One paper: being made, ready, over, or failed."""
    return render_template("minutes/paper.html", **shown(event_of(event_id), own(event_id, printed_id)))


@blueprint.get(f"{PAPER}/progress")
@policy("minutes.paper_progress", Scope.EVENT, roles=READ)
def paper_progress(event_id: UUID, printed_id: UUID) -> Response | str:
    """The changing part of the page; 204 where ``?seen=`` names the state that the page shows already."""
    return changed_part("minutes/_paper.html", shown(event_of(event_id), own(event_id, printed_id)))


@blueprint.get(f"{PAPER}/file")
@policy("minutes.paper_file", Scope.EVENT, roles=READ, reauth=True, writes_on_get=READING)
def paper_file(event_id: UUID, printed_id: UUID) -> Response:
    """The file itself, for who asked for it: a PDF opens in the browser, ``?take=1`` and a ZIP are saved."""
    row = own(event_id, printed_id).row
    kept = files.read(event_id, row.file_id, papers.PURPOSE)
    if kept is None:
        abort(404)
    with transaction():
        audit.record("minutes_paper.read", event_id=event_id, object_kind="minutes_paper", object_id=printed_id)
    return as_file(kept, opens=kept.media_type == PDF and "take" not in request.args)


def own(event_id: UUID, printed_id: UUID) -> Paper:
    """Return a paper of this event that the person asked for; another's does not exist here."""
    found = papers.papers_of(event_id, current_user().id, paper_id=printed_id)
    return found[0] if found else abort(404)


def shown(event: Event, paper: Paper) -> dict[str, Any]:
    """Return what the templates say of one paper."""
    row, job = paper.row, paper.job
    state = paper_state(
        made=row.made_at is not None,
        kept=row.file_id is not None,
        failed=job is None or job.state is JobState.FAILED,
        tried_before=job is not None and job.error is not None,
    )
    return {
        "paper": row, "state": state, "PaperState": PaperState, "seen": f"{state}-{job.done_count if job else 0}",
        "item": item_of(event.id, row.item_id), **whose(event),
    }  # fmt: skip
