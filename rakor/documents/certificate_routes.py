"""Sertifikat: the event's rules, the list before an issue, the issue, and all as one ZIP."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock, files
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.agenda.material_files import attachment
from rakor.db import transaction
from rakor.documents import certificate_bundle, certificate_jobs
from rakor.documents.answers import as_file
from rakor.documents.certificate_forms import RulesForm
from rakor.documents.certificate_models import RunKind
from rakor.documents.certificate_pages import front_page, own_run, people_page, shown, whose
from rakor.documents.listings import EARNING
from rakor.documents.pages import event_of
from rakor.documents.store import certificate_runs as runs
from rakor.documents.store import certificates
from rakor.events import store as events
from rakor.events.listings import offer
from rakor.regions import rules as regions
from rakor.web.access import Scope, current_user, policy
from rakor.web.fragments import changed_part
from rakor.web.nav import NavItem

blueprint = Blueprint("certificates", __name__)
NAV = (NavItem(_l("Sertifikat"), "star", "certificates.index", REGISTRARS, 330, "certificates."),)
BASE = "/events/<uuid:event_id>/certificates"
RUN = f"{BASE}/runs/<uuid:run_id>"
READ = "who took the papers of many people is on record"
offer(blueprint, f"{BASE}/people", EARNING)
assert certificate_jobs
assert certificate_bundle  # the worker finds the handlers through this room


@blueprint.get(BASE)
@policy("certificates.index", Scope.EVENT, roles=REGISTRARS)
def index(event_id: UUID) -> str:
    """What would be issued now, what was, and what this person asked for."""
    return front_page(event_of(event_id))


@blueprint.get(f"{BASE}/people")
@policy("certificates.people", Scope.EVENT, roles=REGISTRARS)
def people(event_id: UUID) -> str:
    """Everybody with what comes out, before anything is issued."""
    return people_page(event_of(event_id))


@blueprint.get(f"{BASE}/rules")
@policy("certificates.rules", Scope.EVENT, roles=EDITORS)
def show_rules(event_id: UUID) -> str:
    """The form of the rules."""
    event, form = event_of(event_id), RulesForm()
    form.show(certificates.rules(event_id), events.identity(event_id), event.city)
    return render_template("documents/certificate_rules.html", form=form, **whose(event))


@blueprint.post(f"{BASE}/rules")
@policy("certificates.rules_change", Scope.EVENT, roles=EDITORS)
def save_rules(event_id: UUID) -> BaseResponse | tuple[str, int]:
    """Set the rules; what was issued stays as it is."""
    event, form = event_of(event_id), RulesForm.read()
    assert isinstance(form, RulesForm)
    if not form.accepted():
        return render_template("documents/certificate_rules.html", form=form, **whose(event)), 422
    with transaction(unaudited="the same rules again change nothing"):
        events.locked_event(event_id)
        certificates.save_rules(event_id, form.values())
    flash(_("Aturan sertifikat disimpan. Yang sudah terbit tetap seperti saat terbit."), "ok")
    return redirect(url_for("certificates.index", event_id=event_id), 303)


@blueprint.post(f"{BASE}/sample")
@policy("certificates.sample", Scope.EVENT, roles=EDITORS)
def ask_sample(event_id: UUID) -> BaseResponse:
    """Ask for a picture of how a certificate looks now."""
    return _asked(event_id, RunKind.SAMPLE)


@blueprint.post(f"{BASE}/issue")
@policy("certificates.issue", Scope.EVENT, roles=EDITORS)
def ask_issue(event_id: UUID) -> BaseResponse:
    """Issue to everybody who has earned one and has none; a second asking gives nothing twice."""
    return _asked(event_id, RunKind.ISSUE, by_mail=bool(request.form.get("by_mail")))


@blueprint.post(f"{BASE}/press")
@policy("certificates.press_again", Scope.EVENT, roles=EDITORS)
def press_again(event_id: UUID) -> BaseResponse:
    """Let the papers be set that were given up; where none were, nothing happens."""
    with transaction(unaudited="nothing was given up: nothing changes"):
        begun = certificate_jobs.press_again(events.locked_event(event_id).id)
    if begun:
        flash(_("Berkas yang belum ada disusun lagi; yang sudah siap tetap."), "ok")
    return redirect(url_for("certificates.index", event_id=event_id), 303)


@blueprint.post(f"{BASE}/bundle")
@policy("certificates.bundle", Scope.EVENT, roles=REGISTRARS)
def ask_bundle(event_id: UUID) -> BaseResponse:
    """Ask for all papers as one ZIP, or those of one province."""
    code = request.form.get("province", "")
    known = {one.code for one in regions.reference().provinces(event_of(event_id).regions_as_of)}
    return _asked(event_id, RunKind.BUNDLE, province_code=code if code in known else None)


def _asked(event_id: UUID, kind: RunKind, *, province_code: str | None = None, by_mail: bool = False) -> BaseResponse:
    if not certificates.is_on(event_id):
        flash(_("Sertifikat belum dinyalakan. Atur dahulu, lalu terbitkan."), "warn")
        return redirect(url_for("certificates.index", event_id=event_id), 303)
    with transaction():
        run = runs.ask(
            event_id, kind, user_id=current_user().id, now=clock.now(), province_code=province_code, by_mail=by_mail
        )
    return redirect(url_for("certificates.show_run", event_id=event_id, run_id=run.id), 303)


@blueprint.get(RUN)
@policy("certificates.run", Scope.EVENT, roles=REGISTRARS)
def show_run(event_id: UUID, run_id: UUID) -> str:
    """What this person asked for: being made, ready, over, or failed."""
    return render_template("documents/certificate_run.html", **shown(event_of(event_id), *own_run(event_id, run_id)))


@blueprint.get(f"{RUN}/progress")
@policy("certificates.progress", Scope.EVENT, roles=REGISTRARS)
def progress(event_id: UUID, run_id: UUID) -> Response | str:
    """The changing part of the page; 204 where ``?seen=`` names what the page shows already."""
    return changed_part("documents/_certificate_run.html", shown(event_of(event_id), *own_run(event_id, run_id)))


@blueprint.get(f"{RUN}/sample")
@policy("certificates.sample_picture", Scope.EVENT, roles=REGISTRARS)
def sample(event_id: UUID, run_id: UUID) -> Response:
    """The picture that was asked for."""
    row = own_run(event_id, run_id)[0]
    kept = files.read(event_id, row.file_id, runs.PURPOSE) if row.kind is RunKind.SAMPLE else None
    return as_file(kept, opens=True) if kept else abort(404)


@blueprint.get(f"{RUN}/file")
@policy("certificates.bundle_file", Scope.EVENT, roles=REGISTRARS, reauth=True, writes_on_get=READ)
def bundle(event_id: UUID, run_id: UUID) -> Response:
    """The ZIP, for who asked for it alone, at every download."""
    row = own_run(event_id, run_id)[0]
    found = files.long_file(event_id, row.file_id, runs.PURPOSE) if row.kind is RunKind.BUNDLE else None
    if found is None:
        abort(404)
    name, count = f"sertifikat-{row.certificate_count}.zip", row.certificate_count
    with transaction():
        audit.record(
            "certificate.take_bundle", event_id=event_id, object_kind="certificates", object_id=run_id, count=count
        )
    return attachment(found, name)
