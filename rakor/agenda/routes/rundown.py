"""The rundown out and in: a workbook to take, a workbook to bring, a PDF that the worker sets."""

from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import audit, clock, files, sheets
from rakor.accounts.rules import EDITORS, READERS
from rakor.agenda import rundown_book, rundown_paper, store
from rakor.agenda.routes.page import Page, blueprint, context, event_or_404, to_day
from rakor.agenda.rules.rundown import Found, Trouble, read_sheet
from rakor.agenda.rules.views import EVERYTHING
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.sheets import Refused
from rakor.sheets.reading import MOST_BYTES
from rakor.web.access import Scope, policy, principal
from rakor.web.locale import number

MOST_ITEMS = 500
AROUND = 64 * 1024  # what a form is larger than the file in it


@blueprint.get("/events/<uuid:event_id>/agenda/rundown")
@policy("agenda.rundown", Scope.EVENT, roles=READERS)
def show_rundown(event_id: UUID) -> Page:
    """Take the rundown as a workbook or on paper, or bring one."""
    return _page(event_or_404(event_id))


@blueprint.post("/events/<uuid:event_id>/agenda/rundown/sheets")
@policy("agenda.rundown_book", Scope.EVENT, roles=READERS)
def take_rundown(event_id: UUID) -> Response:
    """The draft as a workbook, one sheet a day; that it left is on record."""
    event = event_or_404(event_id)
    items = store.items(event_id, EVERYTHING)
    content = rundown_book.workbook(event, events.days(event_id), items, made_at=clock.now())
    with transaction():
        audit.record(
            "agenda.rundown_book", event_id=event_id, object_kind="event", object_id=event_id, count=len(items)
        )
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''susunan-acara-{event.slug}.xlsx"}
    return Response(content, mimetype=sheets.MIME, headers=headers)


@blueprint.post("/events/<uuid:event_id>/agenda/rundown")
@policy("agenda.rundown_import", Scope.EVENT, roles=EDITORS)
def bring_rundown(event_id: UUID) -> Page:
    """Add the items of a workbook to the draft: all of them, or none where a row cannot be read."""
    event = event_or_404(event_id)
    request.max_content_length = MOST_BYTES + AROUND
    upload = request.files.get("file")
    found = _read(event, upload.read() if upload else b"")
    if isinstance(found, Refused):
        return _page(event, refused=True), 422
    if found.troubles or not found.drafts or len(found.drafts) > MOST_ITEMS:
        return _page(event, troubles=found.troubles), 422
    with transaction():
        events.locked_event(event_id)
        store.add_all(event_id, found.drafts, now=clock.now())
    flash(_("%(n)s mata acara ditambahkan dari berkas. Periksa tiap harinya.", n=number(len(found.drafts))), "ok")
    first = next(day for day in events.days(event_id) if day.id == found.drafts[0].day_id)
    return to_day(event_id, first)


@blueprint.post("/events/<uuid:event_id>/agenda/rundown/papers")
@policy("agenda.rundown_make", Scope.EVENT, roles=EDITORS)
def make_rundown(event_id: UUID) -> Page:
    """Ask for the rundown on paper; the worker sets it."""
    with transaction():
        events.locked_event(event_id)
        rundown_paper.ask(event_id, now=clock.now())
    flash(_("Susunan acara sedang disusun; biasanya selesai dalam beberapa detik."), "info")
    return redirect(url_for("agenda.show_rundown", event_id=event_id), 303)


@blueprint.get("/events/<uuid:event_id>/agenda/rundown.pdf")
@policy("agenda.rundown_paper", Scope.EVENT, roles=READERS)
def take_paper(event_id: UUID) -> Page:
    """The rundown as a PDF; where there is none yet, the page that makes one."""
    event, row = event_or_404(event_id), rundown_paper.of_event(event_id)
    kept = files.read(event_id, row.file_id, rundown_paper.PURPOSE) if row is not None else None
    if kept is None:
        return redirect(url_for("agenda.show_rundown", event_id=event_id), 303)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''susunan-acara-{event.slug}.pdf"}
    return Response(kept.content, mimetype=kept.media_type, headers=headers)


def _read(event: Event, content: bytes) -> Found | Refused:
    """Read every visible sheet of a workbook, each in a child process, or a CSV."""
    days, kinds = {day.held_on: day.id for day in events.days(event.id)}, rundown_book.kinds()
    first = sheets.read_table(content)
    if isinstance(first, Refused):
        return first
    tables = [first]
    for place in range(1, min(len(first.sheets), len(days) + 1)):
        table = sheets.read_table(content, place)
        if isinstance(table, Refused):
            return table
        tables.append(table)
    read = [read_sheet(one.sheet, one.rows, days, event.zone, kinds) for one in tables if one.rows]
    drafts = tuple(draft for one in read for draft in one.drafts)
    return Found(drafts, tuple(trouble for one in read for trouble in one.troubles))


def _page(event: Event, troubles: tuple[Trouble, ...] | None = None, *, refused: bool = False) -> str:
    row = rundown_paper.of_event(event.id)
    return render_template(
        "agenda/rundown.html",
        troubles=troubles,
        words=rundown_book.TROUBLES,
        refused=rundown_book.REFUSED if refused else "",
        paper=row,
        may_edit=principal().may(EDITORS),
        making=row is not None and row.made_at is None,
        **context(event),
    )
