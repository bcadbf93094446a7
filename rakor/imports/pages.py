"""What the pages of imports show."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy import select

from rakor import clock
from rakor.db import db
from rakor.events import store as events
from rakor.events.models import Event
from rakor.imports import words
from rakor.imports.forms import columns_form
from rakor.imports.models import SheetImport
from rakor.imports.rules import NONE_OF_THESE, NOTES, Field, ImportState, Problem, RowState
from rakor.imports.store import rows, uploads
from rakor.offices.models import Office
from rakor.registrations.entry import MODES
from rakor.seats import store as seats
from rakor.sheets import Cut, Refused
from rakor.sheets.words import REFUSALS
from rakor.web.access import current_user
from rakor.web.forms import Form
from rakor.web.paging import Pages

WORKING = (ImportState.READING, ImportState.CHECKING, ImportState.SAVING, ImportState.UNDOING)
UNSAVED = (RowState.PROBLEM, RowState.QUESTION)


def list_page(event: Event, wrong: str = "") -> str:
    """The page with the upload form and the earlier uploads; ``wrong`` is what was the matter with a file."""
    invited = seats.numbers(event.id, event.regions_as_of).total.invited
    return render_template(
        "imports/index.html",
        event=event,
        event_title=event.short_title,
        uploads=uploads.uploads(event.id),
        wrong=wrong,
        states=words.STATES,
        RowState=RowState,
        seat_count=invited,
    )


def shown(event: Event, row: SheetImport, args: Mapping[str, str], form: Form | None = None) -> dict[str, Any]:
    """What the page of one import shows; ``args`` say which rows and which page of them."""
    counts, job = uploads.counts_of(row.id), uploads.job_of(row)
    done, total = (job.done_count, job.total_count) if job else (0, 0)
    state = _wanted_state(args.get("rows", ""), counts)
    pages = Pages.read(args.get("page", ""), counts.get(state, 0) if state else 0)
    own = row.requested_by_id == current_user().id
    found = rows.rows_in(row.id, [state], offset=pages.offset, limit=pages.size) if state else []
    asking = row.state in (ImportState.READY, ImportState.SAVED)
    return {
        "event": event,
        "event_title": event.short_title,
        "upload": row,
        "look": words.STATES[row.state],
        "working": row.state in WORKING,
        "seen": f"{row.state}-{done}",
        "done": done,
        "total": total,
        "troubled": bool(job and job.error),
        "counts": [(one, word, counts[one]) for one, word in words.ROWS.items() if counts.get(one)],
        "told": rows.told_count(row.id) if row.state is ImportState.READY else 0,
        "good": counts.get(RowState.GOOD, 0),
        "unsaved": sum(counts.get(one, 0) for one in UNSAVED),
        "saved": counts.get(RowState.SAVED, 0) + counts.get(RowState.UPDATED, 0),
        "row_state": state,
        "pages": pages,
        "rows": [line_of(row, one, own=own) for one in found],
        "own": own,
        "questions": _questions(row, event) if asking else [],
        "form": form or form_of(row, event),
        "fields": list(Field),
        "asks_mode": len(MODES[event.mode]) > 1,
        "refusal": REFUSALS[Refused(row.refusal)] if row.refusal else "",
        "cuts": [words.CUTS[Cut(cut)] for cut in row.cuts],
        "ImportState": ImportState,
        "RowState": RowState,
        "now": clock.now(),
    }


def form_of(row: SheetImport, event: Event) -> Form:
    """The form of the columns as they are."""
    values: dict[str, str] = {name: str(place) for name, place in row.mapping.items()}
    return columns_form(row.headings, MODES[event.mode])(data={**values, "default_mode": row.default_mode})


def _wanted_state(typed: str, counts: Mapping[RowState, int]) -> RowState | None:
    if typed in set(RowState) and counts.get(RowState(typed)):
        return RowState(typed)
    return next((state for state in words.ROWS if counts.get(state)), None)


def line_of(row: SheetImport, one: rows.ShownRow, *, own: bool) -> dict[str, Any]:
    """A row for the list: who, where, and each problem with its column, what was found and what to do."""
    def cell(field: Field) -> str:
        return one.cell(row.mapping, field)

    office = cell(Field.OFFICE) or cell(Field.OFFICE_CODE) or cell(Field.REGENCY) or cell(Field.PROVINCE)
    return {
        "number": one.number,
        "name": cell(Field.NAME),
        "office": office,
        "role": cell(Field.ROLE) or cell(Field.POST),
        "registration_id": one.registration_id,
        "problems": [_said(row, one, problem, own) for problem in one.problems],
    }


def _said(row: SheetImport, one: rows.ShownRow, problem: Problem, own: bool) -> dict[str, Any]:
    place = row.mapping.get(problem.field, -1)
    heading = row.headings[place].strip() if 0 <= place < len(row.headings) else ""
    personal = problem.field in (Field.NIP, Field.NRP, Field.PHONE, Field.EMAIL)
    text = one.cell(row.mapping, problem.field)
    return {
        "heading": heading or words.FIELDS[problem.field],
        "found": "•••" if text and personal and not own else text[:80],
        "text": sentence(problem),
        "quiet": problem.trouble in NOTES,
    }


def reasons(row: SheetImport, one: rows.ShownRow) -> str:
    """What is the matter with a row, a line for each column."""
    return "\n".join(f"{words.FIELDS[problem.field]}: {sentence(problem)}" for problem in one.problems)


def sentence(problem: Problem) -> str:
    """What a problem says."""
    said = words.TROUBLES[problem.trouble]
    return str(said) % {"row": problem.more} if "%(row)s" in str(said) else str(said)


def _questions(row: SheetImport, event: Event) -> list[dict[str, Any]]:
    asked = rows.questions(row)
    named = _names(event, [choice for question in asked for choice in question.choices])
    return [
        {
            "key": question.key,
            "text": question.text,
            "count": question.row_count,
            "about_office": question.key.startswith("office:"),
            "choices": [(choice, named[choice]) for choice in question.choices if choice in named],
            "none": NONE_OF_THESE if question.key.startswith("office:") and event.open_registration else "",
        }
        for question in asked
    ]


def _names(event: Event, ids: list[str]) -> dict[str, str]:
    wanted = {UUID(one) for one in ids}
    found = db.session.execute(
        select(Office.id, Office.short_name).where(Office.institution_id == event.institution_id, Office.id.in_(wanted))
    )
    names = {str(office_id): name for office_id, name in found}
    return names | {str(role.id): role.name for role in events.roles(event.id) if role.id in wanted}

