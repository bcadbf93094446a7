"""The office's own page: its seats, its answer, its receipt; and the same for the organiser on its behalf."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.offices.models import Office
from rakor.regions.rules import reference
from rakor.seats import answer_view, receipt_view, store
from rakor.seats.forms import inputs_of
from rakor.seats.passing import place_of
from rakor.seats.routes.base import Page, blueprint, event_of, office_of, staff_context
from rakor.seats.rules import AnswerDoor, Input, Refused
from rakor.seats.store import province_on
from rakor.seats.words import DOORS
from rakor.web.access import Scope, current_link, policy
from rakor.web.locale import language

OFFICE = {"office"}


@blueprint.get("/o/<token>")
@policy(
    "seats.answer_page", Scope.LINK, purposes=OFFICE, writes_on_get="the first opening is noted, without who it was"
)
def answer_page(token: str) -> Page:
    """The office's seats: answered ones folded, open ones ready to be filled in."""
    event, office = _subject()
    return _office_page(event, office, token)


@blueprint.post("/o/<token>")
@policy("seats.answer", Scope.LINK, purposes=OFFICE)
def send_answer(token: str) -> Page:
    """Take the answer whole or not at all; a repeat leads to the same receipt."""
    event, office = _subject()
    sent = _sent(event, office)
    if request.form.get("fill"):
        return _office_page(event, office, token, answer_view.filled(sent, event, office, request.form["fill"]))
    done = _take(event, office, sent, late=False)
    if done.receipt is not None or (done.repeats and store.last_answer(event.id, office.id)):
        return redirect(url_for("seats.receipt", token=token), 303)
    return _office_page(event, office, token, sent, done)


@blueprint.get("/o/<token>/receipt")
@policy("seats.receipt", Scope.LINK, purposes=OFFICE)
def receipt(token: str) -> Page:
    """ "Jawaban diterima 14.02 WIT": who was named, and each one's own link."""
    event, office = _subject()
    last = store.last_answer(event.id, office.id)
    if last is None:
        return redirect(url_for("seats.answer_page", token=token), 303)
    page = receipt_view.receipt(event, office, last)
    public_url = f"{current_app.config['RAKOR'].base_url}/e/{event.slug}"
    return render_template(
        "seats/receipt.html", event=event, office=office, token=token, receipt=page, public_url=public_url
    )


@blueprint.get("/events/<uuid:event_id>/offices/<uuid:office_id>/answer")
@policy("seats.answer_for_page", Scope.EVENT, roles=REGISTRARS)
def offices_answer(event_id: UUID, office_id: UUID) -> Page:
    """The office's seats for the organiser, after the deadline too."""
    event = event_of(event_id)
    return _staff_page(event, office_of(event, office_id))


@blueprint.post("/events/<uuid:event_id>/offices/<uuid:office_id>/answer")
@policy("seats.answer_for", Scope.EVENT, roles=REGISTRARS)
def offices_send_answer(event_id: UUID, office_id: UUID) -> Page:
    """Answer for an office: a deputy an hour before the opening."""
    event = event_of(event_id)
    office = office_of(event, office_id)
    sent = _sent(event, office)
    if request.form.get("fill"):
        return _staff_page(event, office, answer_view.filled(sent, event, office, request.form["fill"]))
    done = _take(event, office, sent, late=True)
    if done.receipt is None:
        return _staff_page(event, office, sent, done)
    flash(_("Jawaban untuk %(office)s tersimpan.", office=office.short_name), "ok")
    return redirect(url_for("seats.offices_one", event_id=event_id, office_id=office_id), 303)


def _subject() -> tuple[Event, Office]:
    link = current_link()
    event = event_of(link.event_id)
    if event.stage is Stage.DRAFT:
        abort(404)
    return event, office_of(event, link.subject_id)


def _sent(event: Event, office: Office) -> dict[UUID, Input]:
    lines = store.seats_with_holders(event.id, [office.id])
    return inputs_of(request.form, [line.seat_id for line in lines])


def _take(event: Event, office: Office, sent: Mapping[UUID, Input], *, late: bool) -> store.Answered:
    with transaction(unaudited="an answer that is refused changes nothing"):
        return store.answer(event.id, office, sent, now=clock.now(), key=_key(), late=late, language=language().value)


def _key() -> UUID | None:
    try:
        return UUID(request.form.get("idempotency_key", ""))
    except ValueError:
        return None


def _office_page(
    event: Event,
    office: Office,
    token: str,
    typed: Mapping[UUID, Input] | None = None,
    done: store.Answered | None = None,
) -> Page:
    page = answer_view.page(event, office, typed, done, now=clock.now(), late=False)
    code = province_on(office.province_code, office.regency_code, event.regions_as_of)
    text = render_template(
        "seats/answer.html",
        event=event,
        office=office,
        province_name=reference().province(code).short_name if code else "",
        place=place_of(event),
        door_words=DOORS.get(page.door, ""),
        token=token,
        page=page,
        key=uuid4(),
        now=clock.now(),
    )
    return text, _status(done)


def _staff_page(
    event: Event, office: Office, typed: Mapping[UUID, Input] | None = None, done: store.Answered | None = None
) -> Page:
    page = answer_view.page(event, office, typed, done, now=clock.now(), late=True)
    text = render_template(
        "seats/answer_for.html",
        **staff_context(event),
        office=office,
        door_words=DOORS.get(page.door, ""),
        page=page,
        key=uuid4(),
    )
    return text, _status(done)


def _status(done: store.Answered | None) -> int:
    if done is None:
        return 200
    late = done.door is not AnswerDoor.OPEN or Refused.CHANGED_MEANWHILE in done.refused.values()
    return 409 if late else 422
