"""The office's own page: its seats, its answer, its receipt; and the same for the organiser on its behalf."""

from collections.abc import Callable, Mapping
from uuid import UUID, uuid4

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events.models import Event
from rakor.offices.models import Office
from rakor.regions.rules import reference
from rakor.seats import answer_view, store
from rakor.seats.forms import inputs_of
from rakor.seats.office_forms import SpeakerForm
from rakor.seats.passing import place_of
from rakor.seats.routes.base import Page, blueprint, event_of, office_of, staff_context
from rakor.seats.routes.device import remember
from rakor.seats.routes.speaking import (
    OFFICE,
    asking_the_organiser,
    receipt_page,
    speaker_form,
    standing_of,
    subject,
    voice_of,
)
from rakor.seats.rules import AnswerDoor, Input, Refused
from rakor.seats.rules.speaking import Speaking
from rakor.seats.store import letters, news, province_on
from rakor.seats.store.exceptions import taken_back
from rakor.seats.words import DOORS, SPEAKING, WHO
from rakor.web.access import Scope, policy
from rakor.web.locale import language

EARLIER = "earlier"
beside: list[Callable[[Event, Office, str], str]] = []
"""What later features know of an office (event, office, its link's token), as HTML; ``app.py`` joins it."""


@blueprint.get("/o/<token>")
@policy("seats.answer_page", Scope.LINK, purposes=OFFICE, writes_on_get="the first opening is noted, not who it was")
def answer_page(token: str) -> Response:
    """The office's seats: answered ones folded, open ones ready to be filled in."""
    event, office = subject()
    return remember(_office_page(event, office, token))


@blueprint.post("/o/<token>")
@policy("seats.answer", Scope.LINK, purposes=OFFICE)
def send_answer(token: str) -> Response:
    """Take the answer whole or not at all; a repeat leads to the same receipt."""
    event, office = subject()
    sent, form = _sent(event, office), speaker_form()
    if request.form.get("fill"):
        return remember(_office_page(event, office, token, _filled(sent, event, office), form=form))
    if not form.accepted():
        return remember((_office_page(event, office, token, sent, form=form)[0], 422))
    done = _take(event, office, sent, late=False, voice=voice_of(event, office, form))
    if done.receipt is not None or (done.repeats and store.last_answer(event.id, office.id)):
        return remember(redirect(url_for("seats.receipt", token=token), 303))
    return remember(_office_page(event, office, token, sent, done, form))


def _filled(sent: Mapping[UUID, Input], event: Event, office: Office) -> dict[UUID, Input]:
    word = request.form["fill"]
    if word == EARLIER:
        return answer_view.taken_over(sent, event, office)
    return answer_view.filled(sent, event, office, word)


@blueprint.get("/o/<token>/receipt")
@policy("seats.receipt", Scope.LINK, purposes=OFFICE)
def receipt(token: str) -> Response:
    """ "Jawaban diterima 14.02 WIT": who was named, and each one's own link."""
    event, office = subject()
    last = store.last_answer(event.id, office.id)
    if last is None:
        return remember(redirect(url_for("seats.answer_page", token=token), 303))
    return remember(receipt_page(event, office, token, SpeakerForm()))


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
        return _staff_page(event, office, _filled(sent, event, office))
    done = _take(event, office, sent, late=True)
    if done.receipt is None:
        return _staff_page(event, office, sent, done)
    flash(_("Jawaban untuk %(office)s tersimpan.", office=office.short_name), "ok")
    return redirect(url_for("seats.offices_one", event_id=event_id, office_id=office_id), 303)


def _sent(event: Event, office: Office) -> dict[UUID, Input]:
    lines = store.seats_with_holders(event.id, [office.id])
    return inputs_of(request.form, [line.seat_id for line in lines])


def _take(
    event: Event, office: Office, sent: Mapping[UUID, Input], *, late: bool, voice: store.Voice | None = None
) -> store.Answered:
    now, spoken = clock.now(), language().value
    with transaction(unaudited="an answer that is refused changes nothing"):
        return store.answer(
            event.id, office, sent, now=now, key=_key(), late=late, language=spoken, voice=voice,
            knows_open=bool(request.form.get("knows_open")),
        )  # fmt: skip


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
    form: SpeakerForm | None = None,
) -> tuple[str, int]:
    now, stands = clock.now(), standing_of(event, office)
    if done is not None and done.standing is not None:
        stands = done.standing
    page = answer_view.page(event, office, typed, done, now=now, late=False, standing=stands)
    own = form or SpeakerForm()
    if done is not None and done.standing is not None:
        own.phone.errors = [str(SPEAKING[stands.speaking])]
    code = province_on(office.province_code, office.regency_code, event.regions_as_of)
    text = render_template(
        "seats/answer.html",
        event=event,
        office=office,
        province_name=reference().province(code).short_name if code else "",
        place=place_of(event),
        door_words=DOORS.get(page.door, ""),
        who_words=WHO,
        token=token,
        page=page,
        form=own if stands.may else own.asked(),
        asking=asking_the_organiser(event, office) if not stands.may else None,
        taken_back=taken_back(event.id, office.id),
        news=news.unread(event.id, office.id),
        letter_shown=letters.shown_letter(event),
        letter_url=url_for("seats.office_letter", token=token),
        beside=[part(event, office, token) for part in beside],
        key=uuid4(),
        now=now,
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
        who_words=WHO,
        page=page,
        key=uuid4(),
    )
    return text, _status(done)


def _status(done: store.Answered | None) -> int:
    if done is None:
        return 200
    if done.standing is not None:
        return 422 if done.standing.speaking is Speaking.WRONG else 409
    late = done.door is not AnswerDoor.OPEN or Refused.CHANGED_MEANWHILE in done.refused.values()
    return 409 if late else 422
