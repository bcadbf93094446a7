""""Orang yang sama?": pairs of the list that may be one person, shown to the organiser, never merged by themselves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from rakor import audit, clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import db, insert_missing, transaction
from rakor.events import store as events
from rakor.registrations import roster, store, words
from rakor.registrations.models import Registration
from rakor.registrations.roster import PersonRow
from rakor.registrations.rules import fold
from rakor.registrations.rules.twins import Pair, Somebody, pair_of, twins
from rakor.registrations.twin_models import TwoPeople
from rakor.web.access import Scope, current_user, policy

blueprint = Blueprint("twins", __name__)
BASE = "/events/<uuid:event_id>/people/doubles"
MOST_SHOWN = 50


def pairs(event_id: UUID) -> list[Pair]:
    """Return the pairs of living registrations that may be one person; two queries for any list."""
    columns = (
        Registration.id,
        Registration.name,
        Registration.office_id,
        Registration.institution,
        Registration.phone_index,
    )
    living = (Registration.event_id == event_id, Registration.state.in_(store.LIVING))
    query = select(*columns).where(*living).order_by(Registration.search_key, Registration.id)
    people = (Somebody(who, fold(name), office or fold(body), phone)
              for who, name, office, body, phone in db.session.execute(query))  # fmt: skip
    said = select(TwoPeople.first_id, TwoPeople.second_id).where(TwoPeople.event_id == event_id)
    return list(twins(people, {(first, second) for first, second in db.session.execute(said)}))


def part(event_id: UUID, one: UUID, other: UUID, *, by: UUID, now: datetime) -> bool:
    """Remember that two registrations are two people; False where one of them is not of this event."""
    if one == other or len(roster.in_order(event_id, [one, other])) != 2:
        return False
    first, second = pair_of(one, other)
    row = {"first_id": first, "second_id": second, "event_id": event_id, "said_by_id": by, "said_at": now}
    db.session.execute(insert_missing(TwoPeople).values(**row))
    for who in (first, second):
        audit.record("registration.two_people", event_id=event_id, object_kind="registration", object_id=who)
    return True


def shown(event_id: UUID, found: Sequence[Pair]) -> list[tuple[PersonRow, PersonRow]]:
    """Return both sides of each pair as a list shows them; one query."""
    rows = {row.id: row for row in roster.people_by_id(event_id, [who for pair in found for who in pair])}
    return [(rows[one], rows[other]) for one, other in found]


@blueprint.get(BASE)
@policy("twins.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> str:
    """The pairs, side by side, with what they share."""
    event = events.event(event_id) or abort(404)
    found = pairs(event_id)
    return render_template(
        "registrations/doubles.html",
        event=event,
        event_title=event.short_title,
        pairs=shown(event_id, found[:MOST_SHOWN]),
        total=len(found),
        words=words,
    )


@blueprint.post(f"{BASE}/<uuid:registration_id>/<uuid:other_id>")
@policy("twins.part", Scope.EVENT, roles=REGISTRARS)
def say_two(event_id: UUID, registration_id: UUID, other_id: UUID) -> Response:
    """Two people: the pair is asked about no more."""
    with transaction(unaudited="people of another event are nobody here"):
        events.locked_event(event_id)
        known = part(event_id, registration_id, other_id, by=current_user().id, now=clock.now())
    if not known:
        abort(404)
    flash(_("Diingat: dua orang yang berbeda."), "ok")
    return redirect(url_for("twins.show", event_id=event_id), 303)
