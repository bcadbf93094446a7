"""How many were invited, confirmed and came, by mode and by province: what domain.md §2.11 lets anybody know."""

from flask import abort, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.events.models import Event
from rakor.events.words import PHASES
from rakor.portal import cache, public
from rakor.portal.public import PublicEvent
from rakor.portal.routes import blueprint
from rakor.registrations.rules import Mode
from rakor.reports.pictures import counted_words, tiles
from rakor.reports.rules import Count, total
from rakor.reports.summary import Summary
from rakor.web.access import Scope, policy
from rakor.web.locale import date_long


@blueprint.get("/e/<slug>/counts")
@policy("portal.counts", Scope.PUBLIC, reason="numbers with their time, of offices and heads; nobody's name")
def show_counts(slug: str) -> Response:
    """The numbers of an event whose confirmations are recorded; for others there is no such page."""
    return cache.page(lambda: _page(public.published(slug) or abort(404)), request.path[:300])


def _page(event: Event) -> str:
    shown = public.look(event, now=clock.now())
    counted = shown.numbers
    if not shown.has_counts:
        abort(404)
    return render_template(
        "portal/counts.html",
        event=event,
        shown=shown,
        phases=PHASES,
        counted=counted,
        words=counted_words(counted.measure),
        focus_words=_focus_words(shown),
        modes=_modes(counted),
        tiles=tiles(counted, counted.measure, linked=False),
        unplaced=_unplaced(counted),
    )


def _focus_words(shown: PublicEvent) -> str:
    """The session that is counted, where it is a public one; else its day."""
    item, focus = shown.focus_item, shown.numbers.focus
    if item is not None:
        return item.title
    return date_long(focus.held_on) if focus else ""


def _modes(counted: Summary) -> list[tuple[str, int, int]]:
    confirmed, heads = counted.confirmed_modes, counted.heads
    return [
        (_("Luring"), confirmed.get(Mode.ONSITE, 0), heads.onsite),
        (_("Daring"), confirmed.get(Mode.ONLINE, 0), heads.online),
    ]


def _unplaced(counted: Summary) -> Count:
    """Seats of offices that stand in no province, as the centre's."""
    return counted.count - total(province.count for province in counted.provinces)
