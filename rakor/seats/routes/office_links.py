""" "Tautan kantor": every office's link to pass on, and who has not answered."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.offices import store as offices
from rakor.regions.rules import reference
from rakor.seats import store
from rakor.seats.letter_words import LINK_STATES, PASSED_ON
from rakor.seats.passing import link_of
from rakor.seats.routes.base import Page, Paged, blueprint, event_of, office_of, staff_context
from rakor.seats.rules.ways import LinkState, is_in
from rakor.seats.store import OfficeProgress
from rakor.web.access import Scope, policy


@blueprint.get("/events/<uuid:event_id>/office-links")
@policy("seats.office_links", Scope.EVENT, roles=REGISTRARS)
def office_links(event_id: UUID) -> Page:
    """Every office in protocol order, by province and by how far its link is."""
    event = event_of(event_id)
    progress = store.office_progress(event_id, event.regions_as_of)
    province, state = request.args.get("province", ""), link_state()
    page = Paged(wanted(progress))
    contacts = offices.contacts([row.office_id for row in page.rows])
    return render_template(
        "seats/office_links.html",
        **staff_context(event),
        page=page,
        links=[link_of(event, row, contacts.get(row.office_id, [])) for row in page.rows],
        provinces=_provinces(progress),
        province=province,
        state=state,
        states=[(word, LINK_STATES[word], sum(is_in(row.way, word) for row in progress)) for word in LinkState],
        passed_words=PASSED_ON,
        office_count=len(progress),
        passed_count=sum(row.passed_on_at is not None for row in progress),
        silent_count=sum(row.tally.answered == 0 for row in progress),
        seat_count=sum(row.tally.invited for row in progress),
        answered_count=sum(row.tally.answered for row in progress),
        province_names={p.code: p.short_name for p in reference().provinces()},
    )


@blueprint.post("/events/<uuid:event_id>/office-links/<uuid:office_id>")
@policy("seats.pass_on", Scope.EVENT, roles=REGISTRARS)
def office_links_pass_on(event_id: UUID, office_id: UUID) -> Page:
    """Mark an office's link as passed on ("diteruskan"), or with ``undo`` as not."""
    office = office_of(event_of(event_id), office_id)
    moment = None if request.form.get("undo") else clock.now()
    with transaction():
        if not store.pass_on(event_id, office_id, at=moment):
            abort(404)
    if request.headers.get("X-Requested-With") == "fetch":
        return Response(status=204)
    flash(_("%(office)s: ditandai.", office=office.short_name), "ok")
    kept = ("province", "state", "silent", "page")
    here: dict[str, Any] = {name: request.args[name] for name in kept if name in request.args}
    return redirect(url_for("seats.office_links", event_id=event_id, **here) + f"#o-{office_id.hex}", 303)


def link_state() -> LinkState | None:
    """The filter asked for; ``?silent=1`` is an older address of "belum menjawab"."""
    word = request.args.get("state", "silent" if request.args.get("silent") == "1" else "")
    return LinkState(word) if word in set(LinkState) else None


def wanted(progress: list[OfficeProgress]) -> list[OfficeProgress]:
    """Return the offices that the address's filters ask for: a province, how far the link is."""
    province, state = request.args.get("province", ""), link_state()
    there = [row for row in progress if not province or row.province_code == province]
    return [row for row in there if state is None or is_in(row.way, state)]


def _provinces(progress: list[OfficeProgress]) -> list[tuple[str, str]]:
    codes = dict.fromkeys(row.province_code for row in progress if row.province_code)
    return [(code, reference().province(code).short_name) for code in codes]
