"""Daftar hadir: choose the list, see it being made, open or take it."""

from uuid import UUID

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock, files
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.documents import check_routes, jobs, letter_jobs, store
from rakor.documents.answers import as_file
from rakor.documents.pages import event_of, list_form, list_page, paper_of, shown
from rakor.web.access import Scope, current_user, policy, principal
from rakor.web.fragments import changed_part
from rakor.web.nav import NavItem

blueprint = Blueprint("documents", __name__)
check_routes.stand_on(blueprint)
NAV = (NavItem(_l("Daftar hadir"), "print", "documents.index", REGISTRARS, 230, "documents."),)
assert jobs
assert letter_jobs  # the worker finds the handlers through this room


@blueprint.get("/events/<uuid:event_id>/documents")
@policy("documents.index", Scope.EVENT, roles=REGISTRARS)
def index(event_id: UUID) -> str:
    """The form, and the papers this person asked for."""
    event = event_of(event_id)
    return list_page(event, list_form(event))


@blueprint.post("/events/<uuid:event_id>/documents")
@policy("documents.create", Scope.EVENT, roles=REGISTRARS)
def create(event_id: UUID) -> BaseResponse | tuple[str, int]:
    """Ask for a list; the worker makes it."""
    event = event_of(event_id)
    form = list_form(event)
    if not form.accepted():
        return list_page(event, form), 422
    if form.is_whole and not principal().may(EDITORS):
        abort(403)
    with transaction():
        if form.is_whole:
            audit.record(
                "attendance_list.export_whole", event_id=event_id, object_kind="attendance_list", object_id=event_id,
                fields=["phone", "nip"], reason=form.reason.data or "",
            )  # fmt: skip
        row = store.ask_for(event_id, current_user().id, form.wish(), now=clock.now())
    return redirect(url_for("documents.show", event_id=event_id, document_id=row.id), 303)


@blueprint.get("/events/<uuid:event_id>/documents/<uuid:document_id>")
@policy("documents.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID, document_id: UUID) -> str:
    """One paper: being made, ready, over, or failed."""
    return render_template("documents/show.html", **shown(event_of(event_id), paper_of(event_id, document_id)))


@blueprint.get("/events/<uuid:event_id>/documents/<uuid:document_id>/progress")
@policy("documents.progress", Scope.EVENT, roles=REGISTRARS)
def progress(event_id: UUID, document_id: UUID) -> Response | str:
    """The changing part of the page; 204 where ``?seen=`` names the state that the page shows already."""
    return changed_part("documents/_paper.html", shown(event_of(event_id), paper_of(event_id, document_id)))


@blueprint.get("/events/<uuid:event_id>/documents/<uuid:document_id>/file")
@policy(
    "documents.file", Scope.EVENT, roles=REGISTRARS, reauth=True, writes_on_get="who took a list of people is on record"
)
def file(event_id: UUID, document_id: UUID) -> Response:
    """The file itself: a PDF opens in the browser, ``?take=1`` and a workbook are saved."""
    paper = paper_of(event_id, document_id)
    kept = files.read(event_id, paper.document.file_id, store.PURPOSE)
    if kept is None:
        abort(404)
    with transaction():
        audit.record("document.read", event_id=event_id, object_kind="document", object_id=document_id)
    return as_file(kept, opens=kept.media_type == jobs.PDF and "take" not in request.args)

