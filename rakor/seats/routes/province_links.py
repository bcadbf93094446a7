""" "Tautan provinsi": the centre hands each province the links of its offices; and the province's own page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events.models import Event, LinkPurpose, PassedOnBy
from rakor.events.rules import Stage
from rakor.regions.rules import reference
from rakor.seats import store
from rakor.seats.passing import ProvinceLink, group_text, open_link, place_of, province_link
from rakor.seats.routes.base import Page, blueprint, event_of, staff_context
from rakor.seats.rules.ways import province_subject
from rakor.seats.store import OfficeProgress, ways
from rakor.seats.store.letters import shown_letter
from rakor.web.access import Scope, current_link, policy

PROVINCE = {"province"}
beside: list[Callable[[Event, str, str], str]] = []
"""What later features know of a province (event, its code, its link's token), as HTML; ``app.py`` joins it."""


@blueprint.get("/events/<uuid:event_id>/province-links")
@policy("seats.province_links", Scope.EVENT, roles=REGISTRARS)
def province_links(event_id: UUID) -> Page:
    """One link a province, with its text and how far it is."""
    event = event_of(event_id)
    return render_template("seats/province_links.html", **staff_context(event), found=province_links_of(event))


@blueprint.post("/events/<uuid:event_id>/province-links")
@policy("seats.province_links_make", Scope.EVENT, roles=REGISTRARS)
def province_links_make(event_id: UUID) -> Page:
    """Make the links that are missing: an invitation made before there were any."""
    event = event_of(event_id)
    codes = _by_province(event)
    with transaction(unaudited="links open nothing that was not open by the offices' own"):
        ways.make_province_links(event_id, codes, now=clock.now())
    return redirect(url_for("seats.province_links", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/province-links/<province_code>")
@policy("seats.pass_on_province", Scope.EVENT, roles=REGISTRARS)
def province_links_pass_on(event_id: UUID, province_code: str) -> Page:
    """Mark a province's link as passed on, or with ``undo`` as not."""
    moment = None if request.form.get("undo") else clock.now()
    with transaction(unaudited="a province without a link changes nothing"):
        subject, purpose = province_subject(province_code), LinkPurpose.PROVINCE
        if not ways.pass_on(event_id, subject, at=moment, purpose=purpose):
            abort(404)
    if request.headers.get("X-Requested-With") == "fetch":
        return Response(status=204)
    flash(_("Ditandai."), "ok")
    return redirect(url_for("seats.province_links", event_id=event_id) + f"#v-{province_code}", 303)


@blueprint.get("/v/<token>")
@policy(
    "seats.province", Scope.LINK, purposes=PROVINCE, writes_on_get="the first opening is noted, without who it was"
)
def province_page(token: str) -> Page:
    """A province's page: its offices, counts only, and what to forward to each."""
    event, code, rows = _subject()
    silent = request.args.get("silent") == "1"
    every = [open_link(event, row) for row in rows]
    return render_template(
        "seats/province.html",
        event=event,
        token=token,
        province=reference().province(code).short_name,
        place=place_of(event),
        links=[link for link in every if not (silent and link.row.tally.answered)],
        silent=silent,
        zone=rows[0].zone,
        now=clock.now(),
        answered_count=sum(row.tally.answered > 0 for row in rows),
        passed_count=sum(row.passed_on_at is not None for row in rows),
        office_count=len(rows),
        group_text=group_text(event, [link for link in every if not link.row.tally.answered]),
        letter_shown=shown_letter(event),
        letter_url=url_for("seats.province_letter", token=token),
        beside=[part(event, code, token) for part in beside],
    )


@blueprint.post("/v/<token>/offices/<uuid:office_id>")
@policy("seats.province_pass_on", Scope.LINK, purposes=PROVINCE)
def province_pass_on(token: str, office_id: UUID) -> Page:
    """The province marks an office's link as passed on, or with ``undo`` as not; never one of another province."""
    event, _code, rows = _subject()
    if office_id not in {row.office_id for row in rows}:
        abort(404)
    moment = None if request.form.get("undo") else clock.now()
    with transaction(unaudited="an office without a link changes nothing"):
        if not ways.pass_on(event.id, office_id, at=moment, by=PassedOnBy.PROVINCE):
            abort(404)
    if request.headers.get("X-Requested-With") == "fetch":
        return Response(status=204)
    here: dict[str, Any] = {"silent": "1"} if request.args.get("silent") == "1" else {}
    return redirect(url_for("seats.province_page", token=token, **here) + f"#o-{office_id.hex}", 303)


def province_of_link() -> tuple[Event, str]:
    """Return the event and the province of the link, whether its offices have seats or not; a draft is not there."""
    link = current_link()
    event = event_of(link.event_id)
    codes = [one.code for one in reference().provinces(event.regions_as_of)]
    found = next((code for code in codes if province_subject(code) == link.subject_id), None)
    if event.stage is Stage.DRAFT or found is None:
        abort(404)
    return event, found


def _subject() -> tuple[Event, str, list[OfficeProgress]]:
    link = current_link()
    event = event_of(link.event_id)
    if event.stage is Stage.DRAFT:
        abort(404)
    for code, rows in _by_province(event).items():
        if province_subject(code) == link.subject_id:
            return event, code, rows
    abort(404)


def _by_province(event: Event) -> dict[str, list[OfficeProgress]]:
    found: dict[str, list[OfficeProgress]] = {}
    for row in store.office_progress(event.id, event.regions_as_of):
        if row.province_code:
            found.setdefault(row.province_code, []).append(row)
    return found


def province_links_of(event: Event) -> list[ProvinceLink]:
    """Return every province's link, in the order of the offices."""
    known = ways.province_links(event.id)
    return [
        province_link(event, code, reference().province(code).short_name, rows, known[province_subject(code)])
        for code, rows in _by_province(event).items()
        if province_subject(code) in known
    ]
