"""Older versions of the agenda: for everybody what was open then and still is, for people what was theirs."""

from collections.abc import Callable, Collection

from flask import abort, render_template, request, url_for
from werkzeug.wrappers import Response

from rakor import clock
from rakor.agenda import store as agenda
from rakor.agenda import telling
from rakor.agenda.rules import Visibility
from rakor.agenda.rules.versions import NEWS
from rakor.agenda.store import versions
from rakor.events.models import Event
from rakor.portal import cache, me_base, me_view, public
from rakor.portal.me_base import PERSON, person_and_event
from rakor.portal.routes import blueprint
from rakor.web.access import Scope, policy

OPEN = "what everybody could read when it was published; what was closed since is left out"


@blueprint.get("/e/<slug>/agenda/versions/<int:number>")
@policy("portal.past_agenda", Scope.PUBLIC, reason=OPEN)
def show_past_agenda(slug: str, number: int) -> Response:
    """One published version of the agenda as everybody may read it, and what it changed."""
    return cache.page(lambda: _public(public.published(slug) or abort(404), number), request.path[:300])


def _public(event: Event, number: int) -> str:
    def address(other: int | None) -> str:
        if other is None:
            return url_for("portal.show_event", slug=event.slug) + "#agenda"
        return url_for("portal.show_past_agenda", slug=event.slug, number=other)

    return _page(event, number, agenda.PUBLIC, telling.zones(event), address)


@me_base.blueprint.get("/p/<token>/agenda/versions/<int:number>")
@policy("me.past_agenda", Scope.LINK, purposes=PERSON)
def show_past_agenda_to_person(token: str, number: int) -> str:
    """The same for a person: also what is for participants, in the own zone first."""
    row, event, office = person_and_event()
    zone = me_view.me(row, event, office, now=clock.now()).zone

    def address(other: int | None) -> str:
        if other is None:
            return url_for("me.show_agenda", token=token)
        return url_for("me.show_past_agenda_to_person", token=token, number=other)

    return _page(event, number, agenda.PARTICIPANTS, tuple(dict.fromkeys((zone, event.zone))), address)


def _page(
    event: Event,
    number: int,
    seen: Collection[Visibility],
    zones: tuple[str, ...],
    address: Callable[[int | None], str],
) -> str:
    """``address`` leads to another version, or (None) to the agenda as it is read now."""
    found = versions.past(event.id, number, seen) or abort(404)
    told = [telling.said(change, zones[0]) for change in found.changes if change.field in NEWS]
    return render_template("portal/past.html", event=event, past=found, changes=told, zones=zones, address=address)
