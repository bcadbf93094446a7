"""The steps of an event as its pages show them: rules, kept changes and counts put together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from rakor import clock
from rakor.events.models import Event
from rakor.events.rules import EventMode
from rakor.events.store.team import grants
from rakor.kept import Kept
from rakor.minutes.preparation_words import PAGES, TITLES, said
from rakor.minutes.rules.preparation import (
    Anchor,
    Occasion,
    Planned,
    State,
    Tally,
    plan,
    pressing,
    workday_before,
)
from rakor.minutes.store import preparation, progress
from rakor.web.access import policy_of, principal
from rakor.web.locale import number
from rakor.web.times import local_day


@dataclass(frozen=True)
class StepView:
    """A step in words: its name, where it stands, what the data says, who does it, on which page."""

    planned: Planned
    title: str
    state: State
    said: str
    counted: str
    assignee: str
    href: str
    weekend: date | None

    @property
    def key(self) -> str:
        """Return what names it in addresses."""
        return self.planned.key


def occasion(event: Event, *, invited: bool) -> Occasion:
    """Return what decides an event's steps; ``invited``: offices have seats, or shall have."""
    return Occasion(
        event.kind,
        event.starts_on,
        event.ends_on,
        onsite=event.mode is not EventMode.ONLINE,
        online=event.mode is not EventMode.ONSITE,
        invited=invited,
        answer_by=local_day(event.answer_by_at, event.zone) if event.answer_by_at else None,
    )


def occasion_of(event: Event) -> Occasion:
    """Return what decides an event's steps as far as the event itself says it."""
    return occasion(event, invited=not event.open_registration)


def planned(event: Event, tallies: Mapping[str, Tally] | None = None) -> list[Planned]:
    """Return the steps of an event with what the data says; a constant number of queries.

    ``tallies`` are what it said a moment ago, where that will do.
    """
    found = progress.tallies(event) if tallies is None else tallies
    invites = not event.open_registration or found["invitations"].whole > 0
    return plan(occasion(event, invited=invites), preparation.owns(event.id), found)


def views(event: Event, steps: list[Planned], today: date) -> list[StepView]:
    """Return steps in words; ``today`` is the date in the event's zone."""
    names = members(event.id)
    return [view(event, step, names, today) for step in steps]


def view(event: Event, step: Planned, names: dict[UUID, str], today: date) -> StepView:
    """Return one step in words."""
    who = step.own.assignee_id if step.own else None
    state = step.state(today)
    return StepView(
        planned=step,
        title=title_of(step),
        state=state,
        said=said(step.ready_key, step.tally),
        counted=counted(step),
        assignee=names.get(who, "") if who else "",
        href=page_of(event.id, step.ready_key),
        weekend=workday_before(step.due_on) if state is State.COMING else None,
    )


def title_of(step: Planned) -> str:
    """Return what a step is called: as the event named it, else as it comes."""
    return step.title or str(TITLES[step.ready_key])


def counted(step: Planned) -> str:
    """Return how a date is counted: "14 hari sebelum hari pertama"."""
    first = step.anchor is Anchor.FIRST
    if step.days == 0:
        return str(_("hari pertama") if first else _("hari terakhir"))
    days = ngettext("%(num)s hari", "%(num)s hari", abs(step.days))
    if step.days < 0:
        words = _l("%(days)s sebelum hari pertama") if first else _l("%(days)s sebelum hari terakhir")
    else:
        words = _l("%(days)s sesudah hari pertama") if first else _l("%(days)s sesudah hari terakhir")
    return str(words) % {"days": days}


def page_of(event_id: UUID, ready_key: str) -> str:
    """Return the page that does a step, where there is one and whoever asks may open it; else ""."""
    endpoint, place = PAGES.get(ready_key, ("", ""))
    declared = policy_of(current_app, endpoint) if endpoint in current_app.view_functions else None
    if declared is None or not principal().may(declared.roles):
        return ""
    return url_for(endpoint, event_id=event_id, _anchor=place or None)


def members(event_id: UUID) -> dict[UUID, str]:
    """Return the event's team by id, in its order."""
    return {one.user_id: one.name for one in grants(event_id)}


_tallies = Kept[UUID, Mapping[str, Tally]](timedelta(seconds=5))
forget = _tallies.forget


def due_now(event: Event, today: date) -> list[StepView]:
    """Return what is due today, then what is late, the latest first.

    By counts that are at most five seconds old, as all that stands beside it on the summary; what is ticked by hand is
    seen at once.
    """
    found = _tallies.get(event.id, clock.now(), lambda: progress.tallies(event))
    return views(event, pressing(planned(event, found), today), today)


def lateness(step: Planned, today: date) -> str:
    """Return "Hari ini" or "Terlambat 3 hari"."""
    days = (today - step.due_on).days
    return str(_("Terlambat %(n)s hari", n=number(days)) if days > 0 else _("Hari ini"))
