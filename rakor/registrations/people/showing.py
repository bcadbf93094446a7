"""The list of people, and one person with the history."""

from uuid import UUID

from flask import abort, render_template, request
from markupsafe import Markup

from rakor import clock
from rakor.accounts.rules import READERS, REGISTRARS
from rakor.events import store as events
from rakor.regions.rules import reference
from rakor.registrations import answers, capacity, decisions, field_words, places, roster, words
from rakor.registrations.entry import MODES
from rakor.registrations.models import Registration
from rakor.registrations.people.front import BASE, ONE, beside, blueprint, event_or_404
from rakor.registrations.roster import Filters
from rakor.registrations.rules import HOLDS_PLACE, RegistrationState
from rakor.web.access import Scope, policy, principal
from rakor.web.paging import Pages


@blueprint.get(BASE)
@policy("people.list", Scope.EVENT, roles=READERS)
def show_list(event_id: UUID) -> str:
    """The list: search by any beginning of name, office or role; fifty to a page."""
    event, filters = event_or_404(event_id), Filters.read(request.args)
    pages = Pages.read(request.args.get("page", ""), roster.count(event_id, filters))
    return render_template(
        "registrations/people.html",
        event=event,
        event_title=event.short_title,
        filters=filters,
        pages=pages,
        rows=roster.people(event_id, filters, offset=pages.offset, limit=pages.size),
        counts=roster.state_counts(event_id),
        online=capacity.online(event_id),
        modes=MODES[event.mode],
        provinces=reference().provinces(event.regions_as_of),
        roles=events.roles(event_id),
        words=words,
        may_edit=principal().may(REGISTRARS),
        now=clock.now(),
    )


@blueprint.get(ONE)
@policy("people.show", Scope.EVENT, roles=READERS)
def show(event_id: UUID, registration_id: UUID) -> str:
    """One person: what is known (masked), what was done, and what can be done.

    What a person was asked beside the form, and what they were told, is for those who asked and told.
    """
    row, person, _search = roster.person(event_id, registration_id) or abort(404)
    event, may_edit = event_or_404(event_id), principal().may(REGISTRARS)
    return render_template(
        "registrations/person.html",
        event=event,
        event_title=event.short_title,
        person=person,
        notice=(row.notice_version, row.consented_at),
        queue_place=places.place_in_queue(row) if row.state is RegistrationState.WAITING else None,
        holds_place=row.state in HOLDS_PLACE,
        placing=row.placing,
        region=_region(row),
        history=roster.history(event_id, registration_id),
        told=_told(event_id, registration_id) if may_edit else [],
        decision=decisions.reason(event_id, registration_id) if may_edit else "",
        beside=[Markup(part(event_id, registration_id)) for part in beside],
        words=words,
        may_edit=may_edit,
    )


def _told(event_id: UUID, registration_id: UUID) -> list[tuple[answers.Told, str]]:
    return [
        (one, field_words.shown(one.field.kind, one.value)) for one in answers.of_person(event_id, registration_id)
    ]


def _region(row: Registration) -> str:
    found = reference().find(row.regency_code or row.province_code or "")
    return found.title if found else ""
