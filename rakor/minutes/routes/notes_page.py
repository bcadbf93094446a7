"""What the pages of minutes share: the blueprint, the session, and what the templates say of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, abort, render_template
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS, READERS, Role
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView, PersonView
from rakor.events import store as events
from rakor.events.models import Event
from rakor.minutes.notes_forms import EditForm
from rakor.minutes.notes_words import KINDS, STATES
from rakor.minutes.rules import places
from rakor.minutes.rules.notes import Edit, Note, Spoken, joined
from rakor.minutes.rules.words import NoteKind, State
from rakor.minutes.store import approval, notes, papers, said
from rakor.web.access import current_user, principal
from rakor.web.times import local_day

blueprint = Blueprint("minutes", __name__)
BASE = "/events/<uuid:event_id>/minutes"
ONE = f"{BASE}/<uuid:item_id>"
WRITERS = EDITORS | {Role.NOTE_TAKER}
APPROVERS = frozenset({Role.OWNER, Role.LEADER})
READ = READERS
BESIDE = timedelta(minutes=1)
"""So long a transaction may take that began before one that was seen."""
NIL = UUID(int=0)
Page = str | Response | tuple[str, int]


@dataclass(frozen=True)
class Shown:
    """One note on the page: as it stands, the form of its next edit, a form for each text, one for all of them.

    ``is_known``: the page that asks has it already, as it stands.
    """

    note: Note
    form: EditForm
    choices: tuple[tuple[Edit, EditForm], ...] = ()
    merged: EditForm | None = None
    is_known: bool = False


def event_of(event_id: UUID) -> Event:
    """Return the event of the page, or end in 404."""
    return events.event(event_id) or abort(404)


def item_of(event_id: UUID, item_id: UUID) -> ItemView:
    """Return a session of the published programme, or end in 404."""
    return agenda.published(event_id, item_id) or abort(404)


def people_of(event_id: UUID, item: ItemView) -> list[PersonView]:
    """Return who may be named as speaking: the session's own people first, then the rest of the programme's."""
    everybody = agenda.programme(event_id, agenda.EVERYTHING)
    ordered = [*item.speakers, *item.moderators, *(p for one in everybody for p in (*one.speakers, *one.moderators))]
    return list({person.id: person for person in ordered}.values())


def whose(event: Event) -> dict[str, Any]:
    """Return what every page of an event's minutes needs."""
    return {
        "event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None,
        "KINDS": KINDS, "STATES": STATES, "State": State, "local_day": local_day,
        "may_write": principal().may(WRITERS), "may_approve": principal().may(APPROVERS),
    }  # fmt: skip


def notes_context(event: Event, item: ItemView, known_at: datetime | None = None) -> dict[str, Any]:
    """Return what the list of notes shows: each with its forms, those taken away, where the minutes stand.

    Who asks again has all that was written before ``known_at``, less what arrived beside it.
    """
    people, found = people_of(event.id, item), notes.notes_of(event.id, item.id)
    row = notes.minutes(event.id, item.id)
    content = said.content(event, item, row, found)
    names = notes.writers(head.by_id for note in found for head in note.heads)
    state = row.state if row else State.DRAFT
    return {
        "item": item, "minutes": row, "state": state, "names": names, "locked": state is State.APPROVED,
        "seen": notes.seen(event.id, item.id),
        "notes": [_shown(note, people, known_at) for note in found if not note.is_removed],
        "removed": [_shown(note, people) for note in found if note.is_removed],
        "conflict_count": sum(note.in_conflict for note in found),
        "head": content.head, "mark": said.mark(content), "versions": approval.versions(event.id, item.id),
        "papers": papers.papers_of(event.id, current_user().id, item_id=item.id),
        **whose(event),
    }  # fmt: skip


def _shown(note: Note, people: list[PersonView], known_at: datetime | None = None) -> Shown:
    def form(edit: Edit) -> EditForm:
        return EditForm().prepare(people).show(edit, note.parents)

    is_known = known_at is not None and note.edit.at < known_at - BESIDE
    if is_known or not note.in_conflict:
        return Shown(note, form(note.edit), is_known=is_known)
    whole = form(joined(note))
    return Shown(note, form(note.edit), tuple((head, form(head)) for head in note.heads), whole)


def _blank(people: list[PersonView]) -> Shown:
    """Return a note that says nothing yet, from which the browser draws those that it begins itself."""
    edit = Edit(NIL, NIL, frozenset(), "", NoteKind.DISCUSSION, Spoken(), "", False, None, clock.now())
    note = Note(NIL, (edit,), frozenset())
    return Shown(note, EditForm().prepare(people).show(edit, note.parents))


def editor_page(
    event: Event, item: ItemView, form: EditForm | None = None, *, status: int = 200, wrong: str = "", after: str = ""
) -> Page:
    """Return the page where minutes are written, or read where they are locked."""
    context, people = notes_context(event, item), people_of(event.id, item)
    page = render_template(
        "minutes/show.html",
        form=form or EditForm().prepare(people).begin(place_after(context["notes"], after)),
        blank_note=_blank(people),
        wrong=wrong,
        user_id=current_user().id,
        **context,
    )
    return page, status


def place_after(shown: list[Shown], note_id: str) -> str:
    """Return a place behind the named note, or at the end."""
    words = [one.note.edit.position for one in shown]
    ids = [str(one.note.id) for one in shown]
    at = ids.index(note_id) + 1 if note_id in ids else len(words)
    before, behind = (words[at - 1] if at else ""), (words[at] if at < len(words) else "")
    return places.between(before, behind, lambda below: uuid4().int % below)


