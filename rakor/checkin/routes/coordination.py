"""The coordinator's screen: what happened at the door that a person should look at, and what may be decided."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from rakor import audit, clock
from rakor.accounts.rules import REGISTRARS
from rakor.attendance.rules.words import Hold
from rakor.attendance.store import checkpoints
from rakor.checkin import (
    coordination,
    coordination_decisions,
    coordination_lots,
    coordination_waiting,
    coordination_words,
    exported,
    search,
)
from rakor.checkin.coordination_rules import ACCEPTABLE, Decision, Matter, Outcome
from rakor.db import transaction
from rakor.events import store as events
from rakor.web.access import Scope, current_user, policy
from rakor.web.nav import NavItem
from rakor.web.paging import Pages

blueprint = Blueprint("coordination", __name__)
NAV = (NavItem(_l("Koordinator"), "flag", "coordination.show", REGISTRARS, 212, "coordination."),)
BASE = "/events/<uuid:event_id>/coordination"


@blueprint.get(BASE)
@policy("coordination.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> str:
    """One kind of matter at a time; without a wish the first that has anything."""
    event = events.event(event_id) or abort(404)
    counts = coordination.counts(event_id)
    matter = _matter(counts)
    pages = Pages.read(request.args.get("page", ""), counts[matter], coordination.LINES)
    of_people = matter not in (Matter.UNKNOWN, Matter.HELD)
    codes = coordination_waiting.unknown_codes(event_id, pages.offset) if matter is Matter.UNKNOWN else []
    chosen, query = request.args.get("code", ""), request.args.get("q", "")[:80]
    return render_template(
        "checkin/coordination.html",
        event=event,
        event_title=event.short_title,
        counts=counts,
        matter=matter,
        words=coordination_words,
        pages=pages,
        cases=coordination.cases(event_id, matter, pages.offset) if of_people else [],
        codes=codes,
        chosen=chosen,
        query=query,
        matches=search.people(event_id, query) if matter is Matter.UNKNOWN and query else [],
        lots=coordination_waiting.lots(event_id) if matter is Matter.HELD else [],
        rejected=coordination_waiting.lots(event_id, rejected=True) if matter is Matter.HELD else [],
        places=[(one.id, one.name) for one in checkpoints.checkpoints(event_id)] if matter is Matter.HELD else [],
        acceptable=ACCEPTABLE,
    )


@blueprint.post(f"{BASE}/scans")
@policy("coordination.rule", Scope.EVENT, roles=REGISTRARS)
def rule_on_scan(event_id: UUID) -> Response:
    """Void a scan, restore it, or say that a person's scans were looked at and stand."""
    decision, me, now = _decision(Decision.VOID, Decision.RESTORE, Decision.REVIEW), current_user().id, clock.now()
    with transaction(unaudited="nothing changed"):
        if decision is Decision.REVIEW:
            person, place = _uuid("registration"), _uuid("checkpoint")
            done = coordination_decisions.review(event_id, person, place, operator_id=me, now=now)
        else:
            done = coordination_decisions.rule(event_id, _uuid("scan"), decision, operator_id=me, now=now)
    return _back(event_id, done)


@blueprint.post(f"{BASE}/codes")
@policy("coordination.resolve", Scope.EVENT, roles=REGISTRARS)
def decide_code(event_id: UUID) -> Response:
    """Say whose an unknown code is, or that it is nobody's."""
    decision, me, now = _decision(Decision.RESOLVE, Decision.DISMISS), current_user().id, clock.now()
    ref = _ref("code")
    person = _ref("person") if decision is Decision.RESOLVE else b""
    with transaction(unaudited="nothing changed"):
        if decision is Decision.RESOLVE:
            done = coordination_decisions.resolve(event_id, ref, person, operator_id=me, now=now)
        else:
            done = coordination_decisions.dismiss(event_id, ref, operator_id=me, now=now)
    return _back(event_id, done)


@blueprint.post(f"{BASE}/held")
@policy("coordination.settle", Scope.EVENT, roles=REGISTRARS)
def settle_lot(event_id: UUID) -> Response:
    """Accept or reject what a device sent into quarantine, or accept after all what was rejected."""
    decision = _decision(Decision.ACCEPT, Decision.REJECT)
    if request.form.get("hold") not in set(Hold):
        abort(400)
    device = _uuid("device") if request.form.get("device") else None
    place = _uuid("checkpoint") if request.form.get("checkpoint") else None
    lot = coordination_waiting.LotKey(device, Hold(request.form["hold"]), "rejected" in request.form)
    me, now = current_user().id, clock.now()
    with transaction(unaudited="nothing changed"):
        done = coordination_lots.settle(event_id, lot, decision, place, operator_id=me, now=now)
    return _back(event_id, done)


@blueprint.post(f"{BASE}/outbox")
@policy("coordination.outbox", Scope.EVENT, roles=REGISTRARS)
def take_outbox(event_id: UUID) -> Response:
    """Enter the sealed outbox of a desk that has no network."""
    sent = request.files.get("file")
    content = sent.stream.read(exported.MAX_FILE + 1) if sent is not None else b""
    taken = exported.take(event_id, content) if 0 < len(content) <= exported.MAX_FILE else None
    with transaction():
        audit.record(
            "attendance.outbox", event_id=event_id, object_kind="attendance", count=taken.stored if taken else 0
        )
    if taken is None:
        flash(_("Berkas itu bukan simpanan meja kegiatan ini, atau rusak. Tidak ada yang berubah."), "warn")
    else:
        flash(_("%(n)s catatan ada di server; %(held)s menunggu di karantina.", n=taken.stored, held=taken.held), "ok")
    return redirect(url_for("coordination.show", event_id=event_id), 303)


def _matter(counts: dict[Matter, int]) -> Matter:
    wanted = request.args.get("matter", "")
    if wanted in set(Matter):
        return Matter(wanted)
    return next((one for one in Matter if counts[one]), Matter.SHARED)


def _decision(*allowed: Decision) -> Decision:
    said = request.form.get("decision", "")
    if said not in allowed:
        abort(400)
    return Decision(said)


def _uuid(name: str) -> UUID:
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        abort(400)


def _ref(name: str) -> bytes:
    said = request.form.get(name, "")
    try:
        ref = bytes.fromhex(said)
    except ValueError:
        abort(400)
    return ref if len(ref) == 12 else abort(400)


def _back(event_id: UUID, done: Outcome) -> Response:
    tone, word = coordination_words.OUTCOMES[done]
    flash(word, tone)
    matter = request.form.get("matter", "")
    wish = matter if matter in set(Matter) else None
    return redirect(url_for("coordination.show", event_id=event_id, matter=wish), 303)
