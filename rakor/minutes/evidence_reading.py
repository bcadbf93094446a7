"""The evidence of a posted form: files judged by their content, a link by its address."""

from flask import Response, abort, request
from flask_babel import gettext as _

from rakor.files import Kept
from rakor.minutes.follow_up_forms import AnswerForm
from rakor.minutes.rules.evidence import MOST_FILES, Proof, host_of, named
from rakor.seats.paper_photos import judged
from rakor.seats.rules.papers import MOST_PAPER_BYTES, PaperProblem
from rakor.seats.words import PAPER_PROBLEMS
from rakor.web.forms import FORM_ROOM, storable

MOST_BYTES = MOST_FILES * MOST_PAPER_BYTES + FORM_ROOM
CSP = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'"


def read_proofs(form: AnswerForm, start: int) -> list[Proof] | None:
    """Return what was sent as evidence; None where a file is refused: then its field says which and why.

    ``start`` is how many pieces the row has ever had: files are named by their number, never by the sender's name.
    """
    sent = [one for one in request.files.getlist(form.files.name) if one.filename]
    if len(sent) > MOST_FILES:
        form.files.errors = [_("Paling banyak %(n)s berkas sekali kirim.", n=MOST_FILES)]
        return None
    proofs: list[Proof] = []
    for number, one in enumerate(sent, start=start + 1):
        kind, content = judged(one.read(MOST_PAPER_BYTES + 1))
        if isinstance(kind, PaperProblem):
            form.files.errors = [f"{storable(one.filename)[:80]}: {PAPER_PROBLEMS[kind]}"]
            return None
        proofs.append(Proof(named(number, kind), kind, content))
    if form.address.data:
        proofs.append(Proof(host_of(form.address.data), address=form.address.data))
    return proofs


def saved(kept: Kept | None) -> Response:
    """Return a piece of evidence to be saved; whatever it holds, nothing in it runs here."""
    if kept is None:
        abort(404)
    answer = Response(kept.content, mimetype=kept.media_type)
    answer.headers["Content-Disposition"] = f"attachment; filename={kept.name}"
    answer.headers["Content-Security-Policy"] = CSP
    return answer
