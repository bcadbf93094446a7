"""Kunci daftar hadir: freeze a list, see what has changed since, print it as it was, file the signed paper's scan."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.documents import jobs, store
from rakor.documents.answers import as_file
from rakor.documents.forms import KINDS
from rakor.documents.models import ListVersion
from rakor.documents.pages import event_of, list_form, list_page
from rakor.documents.rules import PaperFormat, Variant
from rakor.documents.rules.versions import differences
from rakor.documents.store import Wish, versions
from rakor.documents.store.heads import list_head
from rakor.events import store as events
from rakor.seats import paper_photos
from rakor.seats.rules.papers import MOST_PAPER_BYTES, PaperProblem
from rakor.seats.words import PAPER_PROBLEMS
from rakor.web.access import Scope, current_user, policy, principal
from rakor.web.forms import FORM_ROOM

blueprint = Blueprint("versions", __name__)
BASE = "/events/<uuid:event_id>/documents/versions"
ONE = f"{BASE}/<uuid:version_id>"
MOST_NAMES = 60
FIELD_WORDS = {
    "shown_name": _l("nama"), "post": _l("jabatan"), "office": _l("instansi"), "present": _l("kehadiran"),
    "present_at": _l("jam"), "mode": _l("cara"), "excuse": _l("keterangan"), "signed": _l("tanda tangan"),
}  # fmt: skip
Page = BaseResponse | tuple[str, int]


@blueprint.post(BASE)
@policy("list_version.lock", Scope.EVENT, roles=EDITORS)
def lock(event_id: UUID) -> Page:
    """Freeze the list that the form names; where nothing has changed since its newest version, nothing is made."""
    form = list_form(event_of(event_id))
    if not form.accepted():
        return list_page(event_of(event_id), form), 422
    choice, now = form.choice(), clock.now()
    with transaction(unaudited="it says just what its newest version says"):
        event = events.locked_event(event_id)
        row = versions.lock(
            event_id, choice, jobs.listed(event, choice, Variant.FILLED), by_id=current_user().id, now=now
        )
        shown = row or versions.versions(event_id, choice)[0]
        version_id, number = shown.id, shown.number
    if row is not None:
        flash(_("Versi %(n)s dikunci. Perubahan kemudian tidak mengubahnya.", n=number), "ok")
    else:
        flash(_("Tidak ada yang berubah sejak versi %(n)s; tidak dibuat versi baru.", n=number), "info")
    return _to(event_id, version_id)


@blueprint.get(ONE)
@policy("list_version.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID, version_id: UUID) -> Page:
    """A version: when and by whom it was locked, what the ledger says otherwise now, its scan."""
    return _page(event_id, version_id, 200)


@blueprint.post(f"{ONE}/paper")
@policy("list_version.paper", Scope.EVENT, roles=REGISTRARS)
def print_version(event_id: UUID, version_id: UUID) -> Page:
    """Ask for the paper of a version, as it was locked."""
    row = _version(event_id, version_id)
    wish = Wish(versions.choice_of(row), PaperFormat.PDF, Variant.FILLED, version_id=row.id)
    with transaction():
        paper = store.ask_for(event_id, current_user().id, wish, now=clock.now())
        document_id = paper.id
    return redirect(url_for("documents.show", event_id=event_id, document_id=document_id), 303)


@blueprint.post(f"{ONE}/scan")
@policy("list_version.file_scan", Scope.EVENT, roles=REGISTRARS)
def file_scan(event_id: UUID, version_id: UUID) -> Page:
    """File the scan of the paper that was signed with ink: a whole PDF, or a photo that is drawn anew."""
    request.max_content_length = MOST_PAPER_BYTES + FORM_ROOM
    _version(event_id, version_id)
    sent = request.files.get("paper")
    kind, content = paper_photos.judged(sent.read(MOST_PAPER_BYTES + 1) if sent else b"")
    if isinstance(kind, PaperProblem):
        return _page(event_id, version_id, 422, str(PAPER_PROBLEMS[kind]))
    with transaction():
        events.locked_event(event_id)
        versions.file_scan(_version(event_id, version_id), kind, content, now=clock.now())
    flash(_("Pindaian disimpan di samping versi ini."), "ok")
    return _to(event_id, version_id)


@blueprint.get(f"{ONE}/scan")
@policy("list_version.scan", Scope.EVENT, roles=REGISTRARS, reauth=True)
def show_scan(event_id: UUID, version_id: UUID) -> Response:
    """The scan itself."""
    kept = versions.scan(_version(event_id, version_id))
    return as_file(kept, opens=True) if kept else abort(404)


def _version(event_id: UUID, version_id: UUID) -> ListVersion:
    return versions.version(event_id, version_id) or abort(404)


def _to(event_id: UUID, version_id: UUID) -> BaseResponse:
    return redirect(url_for("versions.show", event_id=event_id, version_id=version_id), 303)


def _page(event_id: UUID, version_id: UUID, status: int, wrong: str = "") -> Page:
    event, row = event_of(event_id), _version(event_id, version_id)
    choice = versions.choice_of(row)
    others = versions.versions(event_id, choice)
    found = differences(versions.lines(row).rows, jobs.listed(event, choice, Variant.FILLED).rows)
    earlier = versions.before(row)
    since = differences(versions.lines(earlier).rows, versions.lines(row).rows) if earlier else None
    page = render_template(
        "documents/version.html",
        event=event,
        event_title=event.short_title,
        demo_notice=event.demo_world is not None,
        version=row,
        others=others,
        is_newest=others[0].id == row.id,
        kind=KINDS[row.kind],
        head=list_head(event, choice, counted_at=row.locked_at),
        found=found,
        earlier=earlier,
        since=since,
        most=MOST_NAMES,
        fields=FIELD_WORDS,
        may_lock=principal().may(EDITORS),
        wrong=wrong,
    )
    return page, status
