"""A province's link and the follow-ups of its offices: counts and words, no note and no evidence."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from rakor import clock
from rakor.events.models import Event
from rakor.minutes import follow_up_words as words
from rakor.minutes.follow_up_chat import to_group
from rakor.minutes.follow_up_models import FollowUp
from rakor.minutes.routes.follow_up_base import blueprint, counted
from rakor.minutes.rules.follow_ups import Status
from rakor.minutes.rules.roll_up import Tally
from rakor.minutes.store import roll_up
from rakor.minutes.store.roll_up import Line
from rakor.regions.rules import reference
from rakor.seats.routes.province_links import PROVINCE, province_of_link
from rakor.web.access import Scope, policy


@dataclass(frozen=True)
class Theirs:
    """A follow-up as a province sees it: its offices' rows, added up."""

    asked: FollowUp
    tally: Tally
    lines: list[Line]


@blueprint.get("/v/<token>/follow-ups")
@policy("follow_ups.of_province", Scope.LINK, purposes=PROVINCE)
def of_province(token: str) -> str:
    """Each follow-up with the province's offices: which have finished and which not."""
    event, code = province_of_link()
    theirs = _theirs(event, code)
    name = reference().province(code).short_name
    pending = [line for one in theirs for line in one.lines if line.status is not Status.DONE]
    return render_template(
        "minutes/province_follow_ups.html", event=event, token=token, province=name, theirs=theirs, words=words,
        now=clock.now(), group=to_group(event, name, pending) if pending else None,
    )  # fmt: skip


def beside_province(event: Event, code: str, token: str) -> str:
    """Return what the province's page says of its offices' follow-ups, as HTML; "" where nothing is asked."""
    theirs = _theirs(event, code)
    if not theirs:
        return ""
    whole = sum((one.tally for one in theirs), Tally())
    return Markup(render_template("minutes/_province_beside.html", token=token, whole=whole))


def _theirs(event: Event, code: str) -> list[Theirs]:
    found = counted(event)
    there = [line for line in found.lines if line.province_code == code]
    grouped = [(one, [line for line in there if line.follow_up_id == one.id]) for one in found.follow_ups]
    return [Theirs(one, roll_up.total(lines), lines) for one, lines in grouped if lines]
