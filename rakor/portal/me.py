""""Halaman saya": what one person sees and does behind the own link, without an account."""


from flask import Response, abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.agenda.store import versions
from rakor.db import transaction
from rakor.documents import certificate_own
from rakor.events import store as events
from rakor.portal import me_answers, me_certificate, me_photo, me_presence, me_sign, me_view
from rakor.portal.me_base import PERSON, Page, blueprint, own_row, person_and_event
from rakor.portal.me_ticket import ticket_face
from rakor.portal.presence_code import own_tag
from rakor.qr import qr_svg
from rakor.registrations import changes, offers, own_answers, own_data, places, store
from rakor.registrations.forms import ContactForm
from rakor.registrations.rules import Mode, Refusal
from rakor.registrations.ticket_picture import draw
from rakor.registrations.words import MODES, MODES_EXPLAINED
from rakor.seats import store as seats
from rakor.seats.routes.letters import pdf
from rakor.seats.store import letters
from rakor.signatures import own as own_signatures
from rakor.signatures.forms import SignatureForm
from rakor.sources.store import openings
from rakor.web.access import Scope, current_link, policy

FILE_CSP = "default-src 'none'; sandbox"


@blueprint.get("/p/<token>")
@policy("me.show", Scope.LINK, purposes=PERSON)
def show(token: str) -> Response:
    """The person's page: state, what is on, the ticket, and what can be done."""
    row, event, office = person_and_event()
    now = clock.now()
    person = me_view.me(row, event, office, now=now)
    asked = me_presence.asked_now(row, event, now=now)
    here = openings.here_since(event.id, row.id, [one.checkpoint_id for one in asked])
    page = render_template(
        "portal/me.html",
        event=event,
        me=person,
        programme=me_view.programme(event.id, now=now),
        agenda_tag=own_tag(event),
        fresh_url=url_for("portal.show_presence_version", slug=event.slug),
        waiting=[one for one in asked if one.checkpoint_id not in here],
        to_sign=[one for one in me_sign.places(row, event) if one.signed_at is None],
        pad=SignatureForm(),
        join=me_view.join(row, event, now=now),
        presence=me_view.presence_of(event.id, row.id),
        qr=qr_svg(person.code, _("Kode QR tiket")) if person.code else "",
        mode_words=MODES_EXPLAINED,
        open_questions=me_answers.open_questions(row, event, now=now),
        page_url=current_app.config["RAKOR"].base_url + url_for("me.show", token=token),
        certificate=me_certificate.own_certificate(row, event),
        photo_asked=me_photo.is_asked(row, event),
        letter_shown=letters.shown_letter(event) if person.seats else None,
        letter_url=url_for("me.show_letter", token=token),
        now=now,
        token=token,
    )
    return me_presence.remember(make_response(page), event, token)


@blueprint.get("/p/<token>/letter.pdf")
@policy("me.letter", Scope.LINK, purposes=PERSON)
def show_letter(token: str) -> Response:
    """The letter of invitation, for whoever holds a seat."""
    row, event, _office = person_and_event()
    return pdf(letters.shown_file(event) if seats.seats_of_registration(event.id, row.id) else None)


@blueprint.get("/p/<token>/agenda")
@policy("me.agenda", Scope.LINK, purposes=PERSON)
def show_agenda(token: str) -> str:
    """The whole agenda in the person's own zone, the event's beside it."""
    row, event, office = person_and_event()
    now, tag = clock.now(), versions.tag(event.id)
    return render_template(
        "portal/me_agenda.html",
        event=event,
        me=me_view.me(row, event, office, now=now),
        programme=me_view.programme(event.id, now=now),
        agenda_tag=tag,
        version=versions.number_in(tag),
        now=now,
        token=token,
    )


@blueprint.get("/p/<token>/ticket.png")
@policy("me.ticket", Scope.LINK, purposes=PERSON)
def show_ticket(token: str) -> Response:
    """The ticket as a picture to keep; there is none for who is not in."""
    row, event, office = person_and_event()
    person = me_view.me(row, event, office, now=clock.now())
    if not person.holds_ticket:
        abort(404)
    return _file(draw(ticket_face(person, event)), "image/png", f"tiket-{event.slug}.png")


@blueprint.get("/p/<token>/cancellation")
@policy("me.cancellation", Scope.LINK, purposes=PERSON)
def ask_cancellation(token: str) -> Page:
    """Ask once more, and say what happens."""
    row, event, office = person_and_event()
    person = me_view.me(row, event, office, now=clock.now())
    if not person.may_withdraw:
        return redirect(url_for("me.show", token=token), 303)
    return render_template("portal/me_cancellation.html", event=event, me=person, token=token)


@blueprint.post("/p/<token>/cancellation")
@policy("me.cancel", Scope.LINK, purposes=PERSON)
def cancel(token: str) -> BaseResponse:
    """Take the registration back: the ticket dies, the seats are open again. A second click answers the same."""
    link, now = current_link(), clock.now()
    with transaction(unaudited="whoever has withdrawn already changes nothing"):
        event = events.locked_event(link.event_id)
        row = own_row(link.event_id, link.subject_id)
        if me_view.may_withdraw(row, event, now=now) and not isinstance(places.cancel(row, now=now), Refusal):
            seats.leave_seats(event.id, row.id, now=now)
    return redirect(url_for("me.show", token=token), 303)


@blueprint.post("/p/<token>/place")
@policy("me.place", Scope.LINK, purposes=PERSON)
def take_place(token: str) -> BaseResponse:
    """Take the place that is on offer; a second click answers as the first did, a late one says so."""
    link, now = current_link(), clock.now()
    with transaction(unaudited="an offer that is over changes nothing"):
        event = events.locked_event(link.event_id)
        row = own_row(link.event_id, link.subject_id)
        taken = Refusal.OFFER_OVER if me_view.over(event, now=now) else offers.accept(row, now=now)
    if taken is Refusal.OFFER_OVER:
        flash(_("Tawaran ini sudah lewat. Urutan Anda di daftar tunggu tampak di bawah."), "warn")
    else:
        flash(_("Tempat ini milik Anda. Tiket ada di halaman ini."), "ok")
    return redirect(url_for("me.show", token=token), 303)


@blueprint.post("/p/<token>/mode")
@policy("me.mode", Scope.LINK, purposes=PERSON)
def choose_mode(token: str) -> Page:
    """Change how the person follows, among what the event and the seats allow, until the event is over."""
    link, now = current_link(), clock.now()
    wanted = request.form.get("mode", "")
    with transaction(unaudited="the same way again changes nothing"):
        event = events.locked_event(link.event_id)
        row = own_row(link.event_id, link.subject_id)
        allowed = me_view.allowed_modes(row, event, now=now)
        moved = places.change_mode(row, Mode(wanted), now=now) if wanted in allowed else None
    if moved is None:
        full = _("Penuh: kuota untuk cara mengikuti itu sudah habis. Tempat Anda yang sekarang tetap berlaku.")
        refused = _("Cara mengikuti ini tidak tersedia untuk Anda; tidak ada yang diubah.")
        flash(full if wanted in allowed else refused, "bad")
        return show(token), 409 if wanted in allowed else 422
    flash(_("Anda mengikuti secara %(mode)s.", mode=str(MODES[Mode(wanted)]).lower()), "ok")
    return redirect(url_for("me.show", token=token), 303)


@blueprint.get("/p/<token>/data")
@policy("me.data", Scope.LINK, purposes=PERSON)
def show_data(token: str) -> Page:
    """Everything kept about the person, why and until when."""
    row = person_and_event()[0]
    return _data_page(token, ContactForm(phone=row.phone or "", email=row.email or ""))


@blueprint.get("/p/<token>/data.json")
@policy("me.data_file", Scope.LINK, purposes=PERSON)
def download_data(token: str) -> Response:
    """The same as a file (UU 27/2022 art. 7 and 13)."""
    row, event, _office = person_and_event()
    content = own_answers.added(own_data.as_json(row, event, made_at=clock.now()), row)
    content = own_signatures.added(content, row)
    content = certificate_own.added(content, row)
    return _file(content, "application/json", f"data-{event.slug}.json")


@blueprint.post("/p/<token>/contact")
@policy("me.contact", Scope.LINK, purposes=PERSON)
def correct_contact(token: str) -> Page:
    """Put phone and e-mail right (UU 27/2022 art. 6)."""
    form = ContactForm.read()
    assert isinstance(form, ContactForm)
    if not form.accepted():
        return _data_page(token, form), 422
    link = current_link()
    with transaction(unaudited="the same contact again changes nothing"):
        events.locked_event(link.event_id)
        row = own_row(link.event_id, link.subject_id)
        changes.correct_contact(row, form.phone.number, form.email.address, now=clock.now())
    flash(_("Kontak Anda tersimpan."), "ok")
    return redirect(url_for("me.show_data", token=token), 303)


def _data_page(token: str, form: ContactForm) -> str:
    row, event, office = person_and_event()
    return render_template(
        "portal/me_data.html",
        event=event,
        name=store.display_name(row),
        office=office.name if office else row.institution,
        facts=[*own_data.facts(row, event), *own_answers.facts(row), *own_signatures.facts(row, event.zone),
               *certificate_own.facts(row)],
        may_correct=me_view.may_correct(row, event, now=clock.now()),
        may_move=row.source in me_view.SELF_SERVED,
        asks_more=bool(me_answers.asked(row)),
        form=form,
        token=token,
    )


def _file(content: bytes, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Content-Security-Policy": FILE_CSP}
    return Response(content, mimetype=kind, headers=headers)
