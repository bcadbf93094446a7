"""What the organisers' pages of follow-ups share: the blueprint, the event, its numbers at one moment."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.accounts.rules import EDITORS, REGISTRARS, Role
from rakor.events import store as events
from rakor.events.models import Event
from rakor.minutes import follow_up_words as words
from rakor.minutes.follow_up_models import FollowUp
from rakor.minutes.rules.roll_up import Measure, Tally
from rakor.minutes.store import follow_ups as store
from rakor.minutes.store import roll_up
from rakor.minutes.store.roll_up import RollUp
from rakor.regions.labels import ISLANDS
from rakor.regions.rules import reference
from rakor.web import times
from rakor.web.access import principal
from rakor.web.charts import Tile
from rakor.web.locale import language

blueprint = Blueprint("follow_ups", __name__)
WRITERS = EDITORS | {Role.NOTE_TAKER}
"""Who asks offices for something."""
ANSWERERS = REGISTRARS | {Role.NOTE_TAKER}
"""Who may note what an office said elsewhere."""
ALL = "/events/<uuid:event_id>/follow-ups"
Page = str | BaseResponse | tuple[str, int]


@blueprint.app_template_filter("due")
def due(day: date | None) -> str:
    """ "tenggat 30 November 2026", or that there is none."""
    return str(_("tenggat %(date)s", date=times.date_medium(day, language())) if day else _("tanpa tenggat"))


def event_of(event_id: UUID) -> Event:
    """Return the event of the URL; the policy has found it before."""
    return events.event(event_id) or abort(404)


def follow_up_of(event_id: UUID, follow_up_id: UUID) -> FollowUp:
    """Return a follow-up of the event; one that was withdrawn does not exist here."""
    return store.follow_up(event_id, follow_up_id) or abort(404)


def counted(event: Event) -> RollUp:
    """Return how far the event's follow-ups are, at most five seconds old."""
    return roll_up.snapshot(event, now=clock.now(), today=clock.today(event.zone))


def context(event: Event) -> dict[str, Any]:
    """What every page needs."""
    return {
        "event": event,
        "event_title": event.short_title,
        "demo_notice": event.demo_world is not None,
        "words": words,
        "Measure": Measure,
        "may_write": principal().may(WRITERS),
        "may_answer": principal().may(ANSWERERS),
        "whom": _whom(event.id),
    }


def tiles(event: Event, tallies: dict[str, Tally], measure: Measure, follow_up_id: UUID | None) -> list[Tile]:
    """Return the map's tiles by the event's map: each province where something is asked leads to its offices."""
    more: dict[str, Any] = {} if measure is Measure.DONE else {"show": measure.value}
    if follow_up_id is not None:
        more["of"] = str(follow_up_id)
    return [_tile(event, one, tallies.get(one.code, Tally()), measure, more)
            for one in reference().provinces(event.regions_as_of)]  # fmt: skip


def _tile(event: Event, one: Any, tally: Tally, measure: Measure, more: dict[str, Any]) -> Tile:
    href = url_for("follow_ups.province", event_id=event.id, province_code=one.code, **more) if tally.whole else None
    return Tile(
        code=one.code, letters=one.letters, name=one.short_name, percent=tally.percent(measure),
        part=tally.of(measure), whole=tally.whole, level=tally.level(measure), col=one.col, row=one.row,
        island=str(ISLANDS[one.island]), href=href, figure=tally.of(measure) if measure.is_lack else None,
    )  # fmt: skip


def _whom(event_id: UUID) -> Callable[[FollowUp], str]:
    """Return what says to whom a follow-up goes, in words; the names are read once, when the first is asked for."""
    known = cache(lambda: store.names(event_id))

    def whom(row: FollowUp) -> str:
        said, names = str(words.ASSIGNEES[row.assignee]), known()
        office, role = names.get(row.office_id, ""), names.get(row.role_id, "")
        place = reference().province(row.province_code).short_name if row.province_code else role
        named = ", ".join(filter(None, (row.person_name, office)))
        return named or (f"{said}: {place}" if place else said)

    return whom
