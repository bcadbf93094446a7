"""The organiser's pages of people: the list, one person with the history, approving, promoting, putting right."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_pgettext
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock, outbox
from rakor.accounts.rules import READERS, REGISTRARS
from rakor.db import transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import Event, LinkPurpose
from rakor.regions.rules import reference
from rakor.registrations import (
    answers,
    capacity,
    changes,
    decisions,
    field_words,
    places,
    roster,
    store,
    tickets,
    words,
)
from rakor.registrations.entry import MODES
from rakor.registrations.forms import NameForm
from rakor.registrations.models import Registration
from rakor.registrations.pool_models import REASON_LENGTH, Answer
from rakor.registrations.roster import Filters
from rakor.registrations.rules import HOLDS_PLACE, Refusal, RegistrationState, phones
from rakor.registrations.work_fields import WorkForm
from rakor.web.access import Scope, current_user, policy, principal
from rakor.web.forms import clean, storable
from rakor.web.nav import NavItem
from rakor.web.paging import Pages

blueprint = Blueprint("people", __name__)
NAV = (NavItem(lazy_pgettext("list", "Peserta"), "users", "people.show_list", READERS, 40, "people."),)

Page = str | BaseResponse | tuple[str, int]
BASE = "/events/<uuid:event_id>/people"
ONE = f"{BASE}/<uuid:registration_id>"
PLACING_LENGTH = 80


beside: list[Callable[[UUID, UUID], str]] = []
"""Parts of a person's page that later features add: each returns finished HTML for an event's registration."""


def _event(event_id: UUID) -> Event:
    return events.event(event_id) or abort(404)


@blueprint.get(BASE)
@policy("people.list", Scope.EVENT, roles=READERS)
def show_list(event_id: UUID) -> str:
    """The list: search by any beginning of name, office or role; fifty to a page."""
    event, filters = _event(event_id), Filters.read(request.args)
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
    """One person: what is known (masked), what was done, and what can be done."""
    row, person, _search = roster.person(event_id, registration_id) or abort(404)
    event = _event(event_id)
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
        told=_told(event_id, registration_id),
        decision=decisions.reason(event_id, registration_id),
        beside=[Markup(part(event_id, registration_id)) for part in beside],
        words=words,
        may_edit=principal().may(REGISTRARS),
    )


def _told(event_id: UUID, registration_id: UUID) -> list[tuple[answers.Told, str]]:
    return [
        (one, field_words.shown(one.field.kind, one.value)) for one in answers.of_person(event_id, registration_id)
    ]


def _region(row: Registration) -> str:
    found = reference().find(row.regency_code or row.province_code or "")
    return found.title if found else ""


def _back(event_id: UUID, registration_id: UUID) -> BaseResponse:
    return redirect(url_for("people.show", event_id=event_id, registration_id=registration_id), 303)


def _locked(event_id: UUID, registration_id: UUID) -> Registration:
    events.locked_event(event_id)
    return store.registration(event_id, registration_id) or abort(404)


@blueprint.post(f"{ONE}/approval")
@policy("people.approve", Scope.EVENT, roles=REGISTRARS)
def approve(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Accept an applicant: registered where a place is free, else on the waiting list."""
    _say(_answer(event_id, registration_id, Answer.APPROVED))
    return _back(event_id, registration_id)


@blueprint.post(f"{ONE}/rejection")
@policy("people.reject", Scope.EVENT, roles=REGISTRARS)
def reject(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Refuse an applicant, with the reason that the person reads."""
    if not _reason():
        flash(_("Belum ada yang diubah: tulis alasannya; orangnya membacanya di halamannya."), "bad")
        return _back(event_id, registration_id)
    verdict = _answer(event_id, registration_id, Answer.REJECTED)
    if isinstance(verdict, Refusal):
        _say(verdict)
    else:
        flash(_("Ditolak; orangnya dikabari dengan alasannya."), "ok")
    return _back(event_id, registration_id)


def _reason() -> str:
    return clean(request.form.get("reason"))[:REASON_LENGTH]


def _answer(event_id: UUID, registration_id: UUID, answer: Answer) -> RegistrationState | Refusal:
    with transaction(unaudited="who was answered already is left alone"):
        row = _locked(event_id, registration_id)
        return decisions.decide_one(row, answer, _reason(), by=current_user().id, now=clock.now())


@blueprint.post(f"{ONE}/promotion")
@policy("people.promote", Scope.EVENT, roles=REGISTRARS)
def promote(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Give a free place to somebody who waits."""
    with transaction(unaudited="what is done already changes nothing"):
        verdict = places.promote(_locked(event_id, registration_id), now=clock.now())
    _say(verdict)
    return _back(event_id, registration_id)


def _say(verdict: RegistrationState | Refusal | None) -> None:
    if verdict is None:
        flash(_("Belum ada tempat kosong. Tambah kuota kegiatan, atau tunggu ada yang batal datang."), "warn")
    elif isinstance(verdict, Refusal):
        flash(str(words.REFUSALS[verdict]), "warn")
    elif verdict is RegistrationState.WAITING:
        flash(_("Disetujui; semua tempat terisi, jadi masuk daftar tunggu."), "ok")
    else:
        flash(_("Sekarang terdaftar; tiketnya terbit dan orangnya dikabari."), "ok")


@blueprint.post(f"{ONE}/tickets")
@policy("people.ticket", Scope.EVENT, roles=REGISTRARS)
def reissue_ticket(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Issue a new ticket: the old QR dies at once."""
    with transaction(unaudited="who holds no place has no ticket"):
        row = _locked(event_id, registration_id)
        issued = row.state in HOLDS_PLACE
        if issued:
            tickets.reissue(row, now=clock.now())
            audit.record("ticket.issue", event_id=event_id, object_kind="registration", object_id=row.id)
    flash(_("Tiket baru berlaku; QR yang lama sudah mati.") if issued else _("Orang ini belum memegang tiket."),
          "ok" if issued else "warn")
    return _back(event_id, registration_id)


@blueprint.post(f"{ONE}/links")
@policy("people.link", Scope.EVENT, roles=REGISTRARS)
def send_link(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Send a person the own link again."""
    with transaction():
        row = _locked(event_id, registration_id)
        payload = {"event_id": str(event_id), "registration_id": str(row.id)}
        outbox.enqueue("registration.link_wanted", payload, event_id=event_id)
        audit.record("registration.link", event_id=event_id, object_kind="registration", object_id=row.id)
    flash(_("Tautan dikirim lagi ke email yang tercatat."), "ok")
    return _back(event_id, registration_id)


@blueprint.post(f"{ONE}/link")
@policy("people.renew_link", Scope.EVENT, roles=REGISTRARS)
def renew_link(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Put a new link in the place of a person's own, and send it; the old address dies."""
    with transaction():
        row = _locked(event_id, registration_id)
        links.make_or_renew(event_id, LinkPurpose.PERSON, row.id, now=clock.now())
        payload = {"event_id": str(event_id), "registration_id": str(row.id)}
        outbox.enqueue("registration.link_wanted", payload, event_id=event_id)
        audit.record("link.renew", event_id=event_id, object_kind="registration", object_id=row.id)
    flash(_("Tautan baru berlaku dan dikirim ke email yang tercatat; yang lama sudah mati."), "ok")
    return _back(event_id, registration_id)


@blueprint.post(f"{ONE}/whatsapp")
@policy("people.whatsapp", Scope.EVENT, roles=REGISTRARS)
def open_whatsapp(event_id: UUID, registration_id: UUID) -> Page:
    """Show a person's whole number with a way into WhatsApp; that somebody looked is noted."""
    row, person, _search = roster.person(event_id, registration_id) or abort(404)
    event = _event(event_id)
    number = row.phone or ""
    if not number:
        flash(_("Orang ini belum memberi nomor WhatsApp."), "warn")
        return _back(event_id, registration_id)
    with transaction():
        audit.record(
            "registration.number", event_id=event_id, object_kind="registration", object_id=row.id, fields=["phone"]
        )
    return render_template(
        "registrations/person_whatsapp.html",
        event=event,
        event_title=event.short_title,
        person=person,
        number=phones.show(number),
        whatsapp=phones.wa_link(number) if phones.is_mobile(number) else "",
    )


@blueprint.route(f"{ONE}/work", methods=["GET", "POST"])
@policy("people.work", Scope.EVENT, roles=REGISTRARS)
def correct_work(event_id: UUID, registration_id: UUID) -> Page:
    """Put post, status, acting, NIP and rank right."""
    row, person, search = roster.person(event_id, registration_id) or abort(404)
    event = _event(event_id)
    form = WorkForm.read() if request.method == "POST" else WorkForm(obj=row)
    assert isinstance(form, WorkForm)
    form.offer_work(clock.today(event.zone))
    if form.accepted():
        with transaction(unaudited="the same again changes nothing"):
            changes.correct_work(
                _locked(event_id, registration_id), form.work(), form.post.data or "", search=search, now=clock.now()
            )
        flash(_("Data kepegawaian tersimpan."), "ok")
        return _back(event_id, registration_id)
    page = render_template(
        "registrations/person_work.html", event=event, event_title=event.short_title, person=person, form=form
    )
    return page, 422 if request.method == "POST" else 200


@blueprint.post(f"{ONE}/placing")
@policy("people.place", Scope.EVENT, roles=REGISTRARS)
def set_placing(event_id: UUID, registration_id: UUID) -> BaseResponse:
    """Say which room or table is a person's."""
    placing = storable(request.form.get("placing"))[:PLACING_LENGTH]
    with transaction(unaudited="the same again changes nothing"):
        changes.place(_locked(event_id, registration_id), placing, now=clock.now())
    flash(_("Kamar atau meja disimpan; meja registrasi menampilkannya."), "ok")
    return _back(event_id, registration_id)


@blueprint.route(f"{ONE}/name", methods=["GET", "POST"])
@policy("people.name", Scope.EVENT, roles=REGISTRARS)
def correct_name(event_id: UUID, registration_id: UUID) -> Page:
    """Put a name right, titles included."""
    _row, person, search = roster.person(event_id, registration_id) or abort(404)
    form = NameForm.read() if request.method == "POST" else NameForm(name=person.name)
    if form.accepted():
        with transaction(unaudited="the same name again changes nothing"):
            changes.correct_name(
                _locked(event_id, registration_id), form.name.person, search=search, now=clock.now()
            )
        flash(_("Nama tersimpan."), "ok")
        return _back(event_id, registration_id)
    event = _event(event_id)
    page = render_template(
        "registrations/person_name.html", event=event, event_title=event.short_title, person=person, form=form
    )
    return page, 422 if request.method == "POST" else 200
