"""What the pages of papers show: the form with its choices, and a paper with where it stands."""

from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.agenda.store import ItemView
from rakor.documents import store
from rakor.documents.forms import FORMATS, KINDS, VARIANTS, ListForm
from rakor.documents.rules import PaperState, most_rows, paper_state
from rakor.documents.store import Paper, versions
from rakor.documents.store.badges import offices_with_people
from rakor.events import store as events
from rakor.events.models import Event
from rakor.outbox import JobState
from rakor.regions import rules as regions
from rakor.web import times
from rakor.web.access import current_user, principal
from rakor.web.locale import date_long, language


def event_of(event_id: UUID) -> Event:
    """Return the event of the page, or end in 404."""
    event = events.event(event_id)
    if event is None:
        abort(404)
    return event


def paper_of(event_id: UUID, document_id: UUID) -> Paper:
    """Return a paper of this event that the person asked for; another's does not exist here."""
    found = store.papers_of(event_id, current_user().id, document_id)
    if not found:
        abort(404)
    return found[0]


def list_form(event: Event) -> ListForm:
    """Return the form, filled from what was posted, or from ``?kind=`` and ``?occasion=``; today comes first."""
    form = ListForm.read()
    assert isinstance(form, ListForm)
    if request.method != "POST" and request.args.get("kind") in KINDS:
        form.kind.data = request.args["kind"]
    today, first = clock.today(event.zone), request.args.get("occasion", "")
    occasions: list[SelectChoice] = []
    for day, items in store.days_and_sessions(event.id):
        words = date_long(day.held_on)
        group = _("Hari %(n)s: %(day)s", n=day.number, day=words)
        occasions.append(SelectChoice(str(day.id), _("Sepanjang hari, %(day)s", day=words), optgroup=group))
        occasions += [SelectChoice(f"{day.id}/{item.id}", _session(item, event.zone), optgroup=group) for item in items]
        if day.held_on == today and not first:
            first = str(day.id)
    provinces = regions.reference().provinces(event.regions_as_of)
    offices = [SelectChoice(str(office_id), name) for office_id, name in offices_with_people(event.id)]
    form.offer(occasions, [SelectChoice(one.code, one.short_name) for one in provinces], offices, first)
    return form


def _session(item: ItemView, zone: str) -> str:
    return f"{item.title}, {times.span(item.starts_at, item.ends_at, zone, language())}"


def list_page(event: Event, form: ListForm) -> str:
    """Return the page with the form and the papers this person asked for."""
    papers = [shown(event, paper) for paper in store.papers_of(event.id, current_user().id)]
    may_whole = principal().may(EDITORS)
    told = {"form": form, "papers": papers, "may_whole": may_whole, "locked": _locked(event.id)}
    return render_template("documents/index.html", **told, **_whose(event))


def _locked(event_id: UUID) -> list[tuple[object, ...]]:
    """Return each locked list with the words of its kind, its day and its session."""
    held = store.days_and_sessions(event_id)
    days = {day.id: day.held_on for day, _items in held}
    titles = {item.id: item.title for _day, items in held for item in items}
    return [
        (one, KINDS[one.kind], days[one.day_id], titles.get(one.item_id, "") if one.item_id else "")
        for one in versions.versions(event_id)
    ]


def shown(event: Event, paper: Paper) -> dict[str, object]:
    """Return what the templates say of one paper."""
    row, job = paper.document, paper.job
    state = paper_state(
        made=row.made_at is not None,
        kept=row.file_id is not None,
        failed=job is None or job.state is JobState.FAILED,
        tried_before=job is not None and job.error is not None,
    )
    return {
        "paper": row,
        "state": state,
        "PaperState": PaperState,
        "most_rows": most_rows(row.variant),
        "kind": KINDS[row.kind],
        "variant": VARIANTS[row.variant],
        "done": job.done_count if job else 0,
        "total": job.total_count if job else 0,
        "seen": f"{state}-{job.done_count if job else 0}",
        "format": FORMATS[row.format],
        "day": paper.day.held_on,
        "session": paper.item.title if paper.item else "",
        "office": paper.office,
        "province": regions.reference().province(row.province_code).short_name if row.province_code else "",
        **_whose(event),
    }


def _whose(event: Event) -> dict[str, object]:
    return {"event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None}
