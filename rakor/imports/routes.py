"""Pages of imports: upload, watch, put columns right, answer, save, undo, take the rest."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.listings import offer
from rakor.events.models import Event
from rakor.imports import books, jobs
from rakor.imports.forms import columns_form
from rakor.imports.listings import ROWS_OF_IMPORT, UPLOADS
from rakor.imports.models import SheetImport
from rakor.imports.pages import WORKING, list_page, shown
from rakor.imports.rules import ImportState, RowState
from rakor.imports.store import rows, uploads
from rakor.registrations.entry import MODES
from rakor.sheets import MIME
from rakor.sheets.reading import MOST_BYTES
from rakor.web.access import Scope, current_user, policy
from rakor.web.fragments import changed_part

blueprint = Blueprint("imports", __name__)
assert jobs  # the worker finds the handlers through this room

Page = str | BaseResponse | tuple[str, int]
BASE = "/events/<uuid:event_id>/imports"
ONE = f"{BASE}/<uuid:import_id>"
offer(blueprint, BASE, UPLOADS)
offer(blueprint, ONE, ROWS_OF_IMPORT)
ANSWERED = (ImportState.READY, ImportState.SAVED)
AROUND = 64 * 1024  # what a form is larger than the file in it


def _event(event_id: UUID) -> Event:
    return events.event(event_id) or abort(404)


def _upload(event_id: UUID, import_id: UUID, *, locked: bool = False) -> SheetImport:
    return uploads.upload(event_id, import_id, locked=locked) or abort(404)


def _to(event_id: UUID, import_id: UUID) -> BaseResponse:
    return redirect(url_for("imports.show", event_id=event_id, import_id=import_id), 303)


@blueprint.get(BASE)
@policy("imports.index", Scope.EVENT, roles=REGISTRARS)
def index(event_id: UUID) -> Page:
    """Upload a sheet, take the template, see what was imported."""
    return list_page(_event(event_id))


@blueprint.post(BASE)
@policy("imports.create", Scope.EVENT, roles=REGISTRARS)
def create(event_id: UUID) -> Page:
    """Keep a sheet; the worker reads it."""
    event = _event(event_id)
    request.max_content_length = MOST_BYTES + AROUND
    sent = request.files.get("sheet")
    content = sent.read(MOST_BYTES + 1) if sent else b""
    if not content or len(content) > MOST_BYTES:
        wrong = _("Berkas lebih dari 10 MB. Bagi menjadi beberapa berkas.") if content else _("Pilih berkasnya dahulu.")
        return list_page(event, wrong), 422
    name = books.file_name(sent.filename if sent else "")
    with transaction():
        row = uploads.take_in(event_id, current_user().id, name, content, now=clock.now())
        import_id = row.id
    return _to(event_id, import_id)


@blueprint.post(f"{BASE}/template")
@policy("imports.template", Scope.EVENT, roles=REGISTRARS)
def template(event_id: UUID) -> Response:
    """The sheet to fill in: a row for every seat, with its code; a POST, because it lists names."""
    event = _event(event_id)
    book, count = books.template(event, made_at=clock.now())
    with transaction():
        audit.record("import.template", event_id=event_id, object_kind="event", object_id=event_id, count=count)
    return _saved_as(book, f"templat-{event.slug}.xlsx")


@blueprint.get(ONE)
@policy("imports.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID, import_id: UUID) -> Page:
    """One import: its progress, its columns and questions, every row with its problems, its result."""
    event, row = _event(event_id), _upload(event_id, import_id)
    return render_template("imports/show.html", **shown(event, row, request.args))


@blueprint.get(f"{ONE}/progress")
@policy("imports.progress", Scope.EVENT, roles=REGISTRARS)
def progress(event_id: UUID, import_id: UUID) -> Response | str:
    """The bar alone; 204 where ``?seen=`` is still so, and the whole page anew once the work is done."""
    event, row = _event(event_id), _upload(event_id, import_id)
    if row.state not in WORKING:
        return Response(status=204, headers={"HX-Refresh": "true"})
    changed = shown(event, row, {})
    return changed_part("imports/_progress.html", changed)


@blueprint.post(f"{ONE}/columns")
@policy("imports.columns", Scope.EVENT, roles=REGISTRARS)
def columns(event_id: UUID, import_id: UUID) -> Page:
    """Take the columns as they were put right; every row is judged anew."""
    event, row = _event(event_id), _upload(event_id, import_id)
    form = columns_form(row.headings, MODES[event.mode]).read()
    if row.state is not ImportState.READY:
        return _to(event_id, import_id)
    if not form.accepted():
        return render_template("imports/show.html", **shown(event, row, request.args, form)), 422
    mode = form["default_mode"].data or ""
    with transaction(unaudited="an import that moved on keeps its columns"):
        row = _upload(event_id, import_id, locked=True)
        if row.state is ImportState.READY:
            known = mode if mode in set(MODES[event.mode]) else ""
            uploads.judge_anew(row, mapping=form.columns(), choices=row.choices, mode=known)
    return _to(event_id, import_id)


@blueprint.post(f"{ONE}/sheet")
@policy("imports.sheet", Scope.EVENT, roles=REGISTRARS)
def choose_sheet(event_id: UUID, import_id: UUID) -> BaseResponse:
    """Read another sheet of the workbook, while nothing of it is saved."""
    place = request.form.get("sheet", -1, int)
    with transaction(unaudited="a sheet that is not there changes nothing"):
        row = _upload(event_id, import_id, locked=True)
        if row.state is ImportState.READY and 0 <= place < len(row.sheet_names) and not uploads.saved_any(row):
            uploads.read_sheet(row, place)
    return _to(event_id, import_id)


@blueprint.post(f"{ONE}/answers")
@policy("imports.answer", Scope.EVENT, roles=REGISTRARS)
def answer(event_id: UUID, import_id: UUID) -> BaseResponse:
    """Answer one question for all rows that ask it."""
    key, choice = request.form.get("key", "")[:300], request.form.get("choice", "")[:40]
    with transaction(unaudited="a question that is gone needs no answer"):
        row = _upload(event_id, import_id, locked=True)
        asked = {question.key for question in rows.questions(row)}
        if row.state in ANSWERED and key in asked and choice:
            uploads.judge_anew(row, mapping=row.mapping, choices={**row.choices, key: choice}, mode=row.default_mode)
    return _to(event_id, import_id)


@blueprint.post(f"{ONE}/saving")
@policy("imports.save", Scope.EVENT, roles=REGISTRARS)
def save(event_id: UUID, import_id: UUID) -> BaseResponse:
    """Save the good rows; the worker does it, step by step."""
    with transaction(unaudited="a second click saves nothing twice"):
        row = _upload(event_id, import_id, locked=True)
        if row.state is ImportState.READY and uploads.counts_of(row.id).get(RowState.GOOD):
            row.sends_mail = bool(request.form.get("mails"))
            uploads.begin(row, ImportState.SAVING, "imports.save", "import.save_begin")
    return _to(event_id, import_id)


@blueprint.post(f"{ONE}/undoing")
@policy("imports.undo", Scope.EVENT, roles=REGISTRARS)
def undo(event_id: UUID, import_id: UUID) -> BaseResponse:
    """Take the whole import back, but for those whom somebody changed since."""
    with transaction(unaudited="a second click undoes nothing twice"):
        row = _upload(event_id, import_id, locked=True)
        if row.state in ANSWERED and uploads.saved_any(row):
            uploads.begin(row, ImportState.UNDOING, "imports.undo", "import.undo_begin")
    return _to(event_id, import_id)


@blueprint.post(f"{ONE}/rest")
@policy("imports.rest", Scope.EVENT, roles=REGISTRARS)
def rest(event_id: UUID, import_id: UUID) -> Response:
    """The rows that were not saved, as they were sent, with the reasons; for who sent them."""
    event, row = _event(event_id), _upload(event_id, import_id)
    if row.requested_by_id != current_user().id or row.state in (*WORKING, ImportState.OVER):
        abort(404)
    book, count = books.rest(event, row, made_at=clock.now())
    with transaction():
        audit.record("import.rest", event_id=event_id, object_kind="import", object_id=import_id, count=count)
    return _saved_as(book, f"perbaiki-{row.name.rsplit('.', 1)[0]}.xlsx")


@blueprint.post(f"{ONE}/removal")
@policy("imports.remove", Scope.EVENT, roles=REGISTRARS)
def remove(event_id: UUID, import_id: UUID) -> BaseResponse:
    """Throw an upload away that saved nothing."""
    with transaction(unaudited="what was saved stays"):
        row = _upload(event_id, import_id, locked=True)
        gone = row.state in (ImportState.READY, ImportState.REFUSED) and not uploads.saved_any(row)
        if gone:
            uploads.remove(row)
    if not gone:
        return _to(event_id, import_id)
    flash(_("Unggahan itu dihapus. Tidak ada orang yang tersimpan darinya."), "ok")
    return redirect(url_for("imports.index", event_id=event_id), 303)


def _saved_as(book: bytes, name: str) -> Response:
    answer = Response(book, mimetype=MIME)
    answer.headers["Content-Disposition"] = books.disposition(name)
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


