""" "Surat undangan": its words, the PDF made by the worker, the signed one; and what link holders open."""

from collections.abc import Sequence
from uuid import UUID
from zlib import crc32

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.events.stale import Newer
from rakor.events.words import COSTS
from rakor.files import Kept
from rakor.seats.letter_form import LetterForm, SignedForm
from rakor.seats.letter_words import PDF_PROBLEMS
from rakor.seats.routes.base import Page, blueprint, event_of, staff_context
from rakor.seats.routes.finding import finder_of
from rakor.seats.rules.letters import MOST_LETTER_BYTES, judge_pdf
from rakor.seats.store import letters as store
from rakor.seats.store.letter_changes import changed_at
from rakor.web.access import Scope, current_link, policy
from rakor.web.forms import FORM_ROOM, clean
from rakor.web.fragments import changed_part

PDF_CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
HOLDERS = {"office", "province"}


@blueprint.get("/events/<uuid:event_id>/letter")
@policy("seats.letter", Scope.EVENT, roles=EDITORS)
def letter(event_id: UUID) -> Page:
    """The letter's words, and the papers made of it."""
    return _page(event_of(event_id))


@blueprint.post("/events/<uuid:event_id>/letter")
@policy("seats.letter_save", Scope.EVENT, roles=EDITORS)
def letter_save(event_id: UUID) -> Page:
    """Save the words; a number that the institution has given this year already is refused."""
    form = LetterForm.read()
    assert isinstance(form, LetterForm)
    if not form.accepted():
        return _page(event_of(event_id), form=form, status=422)
    with transaction(unaudited="a number that is taken or a stale form changes nothing"):
        event = events.locked_event(event_id)
        newer = form.newer(event, store.drafted(event, now=clock.now()))
        number, signed_on = form.number.data or "", form.signed_on.data
        saved = not newer and store.save(event, form.values(), number, signed_on, now=clock.now())
    if newer:
        return _page(event_of(event_id), form=form, newer=newer, status=409)
    if not saved:
        form.number.errors = [_("Nomor ini sudah dipakai surat lain tahun itu. Periksa nomornya.")]
        return _page(event_of(event_id), form=form, status=422)
    flash(_("Surat tersimpan. PDF yang sudah dibuat belum berubah: susun lagi."), "ok")
    return redirect(url_for("seats.letter", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/letter/papers")
@policy("seats.letter_paper", Scope.EVENT, roles=EDITORS)
def letter_ask(event_id: UUID) -> Page:
    """Ask for the PDF: to all, or to the office that was typed."""
    event, typed = event_of(event_id), clean(request.form.get("office"))
    found = finder_of(event).find(typed) if typed else None
    if found is not None and found.office is None:
        names = "; ".join(office.name for office in found.choices)
        wrong = _("Ada beberapa. Tulis salah satu: %(names)s", names=names) if names else ""
        problem = wrong or _("Kantor ini tidak ada. Tulis nama lengkap atau kodenya.")
        return _page(event, office=typed, office_error=str(problem), status=422)
    with transaction():
        events.locked_event(event_id)
        store.ask_paper(event_id, found.office.id if found and found.office else None, now=clock.now())
    return redirect(url_for("seats.letter", event_id=event_id) + "#papers", 303)


@blueprint.get("/events/<uuid:event_id>/letter/papers")
@policy("seats.letter_papers", Scope.EVENT, roles=EDITORS)
def letter_papers(event_id: UUID) -> Response | str:
    """The changing part of the page; 204 where ``?seen=`` names the state that it shows already."""
    context = _papers(event_of(event_id))
    return changed_part("seats/_letter_papers.html", context)


@blueprint.get("/events/<uuid:event_id>/letter/papers/<uuid:paper_id>.pdf")
@policy("seats.letter_file", Scope.EVENT, roles=EDITORS)
def letter_file(event_id: UUID, paper_id: UUID) -> Response:
    """A letter that was made."""
    row = store.paper_by_id(event_id, paper_id)
    return pdf(store.made_file(row) if row else None)


@blueprint.post("/events/<uuid:event_id>/letter/sharing")
@policy("seats.letter_share", Scope.EVENT, roles=EDITORS)
def letter_share(event_id: UUID) -> Page:
    """Show the letter made here to offices, or (``undo``) hide it."""
    hides, now = bool(request.form.get("undo")), clock.now()
    with transaction():
        store.share(events.locked_event(event_id), at=None if hides else now, now=now)
    flash(_("Kantor tidak melihat surat ini lagi.") if hides else _("Kantor sekarang dapat membuka surat ini."), "ok")
    return redirect(url_for("seats.letter", event_id=event_id) + "#papers", 303)


@blueprint.post("/events/<uuid:event_id>/letter/signed")
@policy("seats.letter_sign", Scope.EVENT, roles=EDITORS)
def letter_sign(event_id: UUID) -> Page:
    """Keep the signed letter, judged by its content; with ``remove`` take it away."""
    request.max_content_length = MOST_LETTER_BYTES + FORM_ROOM
    event = event_of(event_id)
    if request.form.get("remove"):
        with transaction():
            store.drop_signed(events.locked_event(event_id), now=clock.now())
        flash(_("Surat bertanda tangan dihapus."), "ok")
        return redirect(url_for("seats.letter", event_id=event_id), 303)
    sent = request.files.get("signed")
    content = sent.read(MOST_LETTER_BYTES + 1) if sent else b""
    problem = judge_pdf(content)
    if problem is not None:
        form = SignedForm()
        form.signed.errors = [str(PDF_PROBLEMS[problem])]
        return _page(event, signed_form=form, status=422)
    with transaction():
        store.keep_signed(events.locked_event(event_id), content, now=clock.now())
    flash(_("Surat bertanda tangan tersimpan. Kantor melihatnya di halaman masing-masing."), "ok")
    return redirect(url_for("seats.letter", event_id=event_id), 303)


@blueprint.get("/events/<uuid:event_id>/letter/signed.pdf")
@policy("seats.letter_signed", Scope.EVENT, roles=EDITORS)
def letter_signed(event_id: UUID) -> Response:
    """The signed letter as it was uploaded."""
    return pdf(store.signed_file(event_id))


@blueprint.get("/o/<token>/letter.pdf", endpoint="office_letter")
@blueprint.get("/v/<token>/letter.pdf", endpoint="province_letter")
@policy("seats.shown_letter", Scope.LINK, purposes=HOLDERS)
def shown_letter(token: str) -> Response:
    """The letter for whoever holds a link of the event: the signed one, else the one that was shared."""
    event = event_of(current_link().event_id)
    if event.stage is Stage.DRAFT:
        abort(404)
    return pdf(store.shown_file(event))


def pdf(kept: Kept | None) -> Response:
    """Return a PDF that the browser opens in its own viewer, where nothing else may load or run."""
    if kept is None:
        abort(404)
    answer = Response(kept.content, mimetype=kept.media_type)
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{kept.name}"
    answer.headers["Content-Security-Policy"] = PDF_CSP
    return answer


def _papers(event: Event) -> dict[str, object]:
    found = store.papers(event.id)
    to_one = any(view.paper.office_id for view in found)
    latest = changed_at(event)
    stand = [f"{view.paper.job_id}{view.waits}{view.failed}" for view in found]
    return {
        **staff_context(event),
        "papers": found,
        "offices": {office.id: office for office in finder_of(event).offices} if to_one else {},
        "outdated": {view.paper.id for view in found if view.ready and latest > view.paper.requested_at},
        "shared_at": row.shared_at if (row := store.letter(event.id)) else None,
        "signed": bool(row and row.signed_file_id),
        "waits": any(view.waits for view in found),
        "seen": format(crc32("".join(stand).encode()), "x"),
    }


def _page(
    event: Event,
    *,
    form: LetterForm | None = None,
    signed_form: SignedForm | None = None,
    office: str = "",
    office_error: str = "",
    newer: Sequence[Newer] = (),
    status: int = 200,
) -> Page:
    row = store.drafted(event, now=clock.now())
    text = render_template(
        "seats/letter.html",
        **_papers(event),
        form=form or LetterForm().show(event, row),
        signed_form=signed_form or SignedForm(),
        signed_at=row.signed_at,
        office=office,
        office_error=office_error,
        newer=newer,
        costs=COSTS,
    )
    return text, status
