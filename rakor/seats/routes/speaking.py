"""Who may speak for an office: the phone that asks, the number that proves another one, the organiser who releases."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

from flask import Response, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.offices.models import Office
from rakor.registrations.rules import Phone, parse_phone, wa_link
from rakor.seats import receipt_view, store
from rakor.seats.office_forms import SpeakerForm
from rakor.seats.routes.base import Page, blueprint, event_of, office_of
from rakor.seats.routes.device import device_secret, remember
from rakor.seats.rules.speaking import MAY_SPEAK, Speaking
from rakor.seats.store import Standing, Voice, news
from rakor.seats.store.exceptions import taken_back
from rakor.seats.words import SPEAKING
from rakor.web import limits
from rakor.web.access import Scope, current_link, policy

OFFICE = {"office"}
TRIES, WINDOW = 5, timedelta(minutes=15)


@dataclass(frozen=True)
class Asking:
    """How to ask the organiser to release an office: words, and where they can be sent from a phone."""

    text: str
    whatsapp: str
    mail: str


def subject() -> tuple[Event, Office]:
    """Return the event and the office of the link; a draft does not exist yet."""
    link = current_link()
    event = event_of(link.event_id)
    if event.stage is Stage.DRAFT:
        abort(404)
    return event, office_of(event, link.subject_id)


def speaker_form() -> SpeakerForm:
    """Return what was posted about whoever answers."""
    form = SpeakerForm.read()
    assert isinstance(form, SpeakerForm)
    return form


def standing_of(event: Event, office: Office) -> Standing:
    """Return how the phone that asks stands to the office."""
    return store.standing(event.id, office.id, Voice(device_secret()))


def voice_of(event: Event, office: Office, form: SpeakerForm) -> Voice:
    """Return the phone's voice; each number that another phone types counts as a try, right or wrong."""
    name = form.operator.data or ""
    if form.phone.number is None or standing_of(event, office).speaking is not Speaking.ASKED:
        return Voice(device_secret(), form.phone.number, name)
    left = limits.allowed("office.number", f"{event.id}{office.id}", limit=TRIES, per=WINDOW)
    return Voice(device_secret(), form.phone.number, name, left)


@blueprint.post("/o/<token>/phones")
@policy("seats.prove_phone", Scope.LINK, purposes=OFFICE)
def prove_phone(token: str) -> Response:
    """Let another phone speak for the office, once it knows the number that answered first."""
    event, office = subject()
    form = speaker_form()
    if store.last_answer(event.id, office.id) is None:
        return remember(redirect(url_for("seats.answer_page", token=token), 303))
    if form.phone.data and not form.accepted():
        return remember((receipt_page(event, office, token, form), 422))
    voice, now = voice_of(event, office, form), clock.now()
    if standing_of(event, office).speaking is Speaking.FREE:
        return remember(redirect(url_for("seats.receipt", token=token), 303))
    with transaction(unaudited="a phone that may not speak changes nothing"):
        events.locked_event(event.id)
        stands = store.let_speak(event.id, office.id, voice, now=now)
    if stands.speaking in MAY_SPEAK:
        return remember(redirect(url_for("seats.receipt", token=token), 303))
    form.phone.errors = [str(SPEAKING[stands.speaking])]
    return remember((receipt_page(event, office, token, form), 422))


@blueprint.post("/events/<uuid:event_id>/offices/<uuid:office_id>/release")
@policy("seats.release", Scope.EVENT, roles=REGISTRARS)
def release_office(event_id: UUID, office_id: UUID) -> Page:
    """Forget which phone speaks for an office: the answers stay, the next phone that answers takes its place."""
    office = office_of(event_of(event_id), office_id)
    with transaction(unaudited="nobody spoke for the office"):
        events.locked_event(event_id)
        released = store.release(event_id, office_id)
    if released:
        flash(_("%(office)s dapat dijawab dari ponsel lain. Jawabannya tetap.", office=office.short_name), "ok")
    else:
        flash(_("Tidak ada yang berubah: kantor ini tidak terkunci."), "info")
    return redirect(url_for("seats.offices_one", event_id=event_id, office_id=office_id), 303)


def receipt_page(event: Event, office: Office, token: str, form: SpeakerForm) -> str:
    """The receipt; each person's own link only for a phone that may speak for the office."""
    last, stands = store.last_answer(event.id, office.id), standing_of(event, office)
    assert last is not None, "a receipt needs an answer"
    public_url = f"{current_app.config['RAKOR'].base_url}/e/{event.slug}"
    return render_template(
        "seats/receipt.html",
        event=event,
        office=office,
        token=token,
        receipt=receipt_view.receipt(event, office, last, shows_links=stands.may),
        standing=stands,
        shows_number=stands.speaking is Speaking.TRUSTED,
        form=form if stands.may else form.asked(),
        asking=None if stands.may else asking_the_organiser(event, office),
        taken_back=taken_back(event.id, office.id),
        news=news.unread(event.id, office.id),
        paper_count=store.assignment_count(event.id, office.id),
        public_url=public_url,
    )


def asking_the_organiser(event: Event, office: Office) -> Asking:
    """Return the words that ask for a release, with the page where one touch does it; always in Indonesian."""
    page = url_for("seats.offices_one", event_id=event.id, office_id=office.id)
    with force_locale("id"):
        text = _(
            "%(office)s ingin mengubah jawaban %(event)s dari ponsel lain. Mohon dibuka di sini: %(page)s",
            office=office.name,
            event=event.short_title,
            page=f"{current_app.config['RAKOR'].base_url}{page}",
        )
    number = parse_phone(event.contact_phone)
    whatsapp = wa_link(number.e164, text) if isinstance(number, Phone) and number.is_mobile else ""
    mail = f"mailto:{event.contact_email}?body={quote(text, safe='')}" if event.contact_email else ""
    return Asking(text, whatsapp, mail)
