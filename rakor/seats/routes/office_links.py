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
from rakor.registrations.rules import fold
from rakor.seats import store
from rakor.seats.letter_words import LINK_STATES, PASSED_ON
from rakor.seats.passing import link_of
from rakor.seats.routes.base import Page, Paged, blueprint, event_of, office_of, staff_context
from rakor.seats.rules.ways import LinkState, is_in
from rakor.seats.store import OfficeProgress
from rakor.web.access import Scope, policy
from rakor.web.forms import clean
from rakor.web.locale import number


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
        q=clean(request.args.get("q")),
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
    return redirect(url_for("seats.office_links", event_id=event_id, **_here()) + f"#o-{office_id.hex}", 303)


@blueprint.post("/events/<uuid:event_id>/office-links")
@policy("seats.pass_on_all", Scope.EVENT, roles=REGISTRARS)
def office_links_pass_on_all(event_id: UUID) -> Page:
    """Mark every office that the filters leave as passed on; those marked before keep their time."""
    event, moment = event_of(event_id), clock.now()
    found = wanted(store.office_progress(event_id, event.regions_as_of))
    ids = [row.office_id for row in found if row.passed_on_at is None]
    with transaction(unaudited="where every link is passed on already nothing changes"):
        marked = store.pass_on_many(event_id, ids, at=moment)
    flash(_("%(n)s kantor ditandai sudah diteruskan.", n=number(marked)), "ok" if marked else "info")
    return redirect(url_for("seats.office_links", event_id=event_id, **_here()), 303)


def _here() -> dict[str, Any]:
    """The page as it was narrowed, to come back to."""
    kept = ("q", "province", "state", "silent", "page")
    return {name: request.args[name] for name in kept if name in request.args}


def link_state() -> LinkState | None:
    """The filter asked for; ``?silent=1`` is an older address of "belum menjawab"."""
    word = request.args.get("state", "silent" if request.args.get("silent") == "1" else "")
    return LinkState(word) if word in set(LinkState) else None


def wanted(progress: list[OfficeProgress]) -> list[OfficeProgress]:
    """Return the offices that the address's filters ask for: words of the name, a province, how far the link is."""
    province, state, words = request.args.get("province", ""), link_state(), fold(clean(request.args.get("q")))
    there = [row for row in progress if not province or row.province_code == province]
    there = [row for row in there if not words or words in fold(row.name) or words == row.code]
    return [row for row in there if state is None or is_in(row.way, state)]


def _provinces(progress: list[OfficeProgress]) -> list[tuple[str, str]]:
    codes = dict.fromkeys(row.province_code for row in progress if row.province_code)
    return [(code, reference().province(code).short_name) for code in codes]
