"""The open form, and "Kirim ulang tautan saya": what anybody may do at an event without an account."""

from dataclasses import asdict
from datetime import timedelta

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock, outbox
from rakor.db import transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import Event, LinkPurpose
from rakor.events.rules import Stage
from rakor.registrations import answers, extra_form, gate, pool_words, pools, region_choice, store
from rakor.registrations.entry import MODES, Door, Entry, Outcome, door, enter
from rakor.registrations.extra_form import ExtraForm
from rakor.registrations.forms import LinkRequestForm, RegistrationForm
from rakor.registrations.gate import Gate
from rakor.registrations.models import RegistrationSource
from rakor.registrations.notice import NOTICE_VERSION
from rakor.registrations.rules import Email, Mode, Phone, RegistrationState, parse_email, parse_phone
from rakor.registrations.rules.fields import MOST_BYTES
from rakor.registrations.store import Draft
from rakor.web import limits, times
from rakor.web.access import Scope, policy
from rakor.web.locale import language

blueprint = Blueprint("registrations", __name__)

Page = str | BaseResponse | tuple[str, int]
A_DAY = "public, max-age=86400"
WINDOW = timedelta(minutes=10)
# a whole hall registers from one address: this stops a flood, not a crowd
ENTRIES_PER_NETWORK = 600
REQUESTS_PER_NETWORK = 60
FILES_PER_NETWORK = 120
REQUESTS_PER_ADDRESS = 3
FORM_ROOM = 256 * 1024


def public_event(slug: str) -> Event:
    """Return the event of a public address; a draft does not exist here."""
    event = events.event_by_slug(slug)
    if event is None or event.stage is Stage.DRAFT:
        abort(404)
    return event


def public_gate(slug: str) -> Gate:
    """Return the gate of a public address; a draft does not exist here."""
    event = gate.of_slug(slug)
    if event is None or event.stage is Stage.DRAFT:
        abort(404)
    return event


@blueprint.get("/e/<slug>/registration")
@policy("registration.form", Scope.PUBLIC, reason="anybody may ask to take part in an event with an open form")
def show_form(slug: str) -> Page:
    """The form, or why there is none now. ``?province=33`` comes with that province's regencies."""
    event = public_gate(slug)
    return _form_page(slug, _form(event), _extra(event))


@blueprint.post("/e/<slug>/registration")
@policy("registration.enter", Scope.PUBLIC, reason="anybody may register at an event with an open form")
def register(slug: str) -> Page:
    """Register, and lead to the person's own page; a repeat leads to the same one."""
    request.max_content_length = MOST_BYTES + FORM_ROOM
    event = public_gate(slug)
    form, extra = _form(event), _extra(event)
    if request.form.get("step") == "province":
        return _form_page(slug, form, extra)
    good = (form.accepted(), extra.accepted())
    if not all(good):
        _keep_files(event, extra)
        return _form_page(slug, form, extra, 422)
    draft, path = _draft(form), ""
    with transaction(unaudited="who is refused or known already changes nothing"):
        if limits.count_within("registration", limits.client_network(), per=WINDOW) > ENTRIES_PER_NETWORK:
            abort(429)
        entry = enter(event.id, draft, may_wait=form.wait.data == "yes", now=clock.now())
        if entry.outcome is Outcome.ENTERED and entry.registration_id is not None:
            answers.save(event.id, entry.registration_id, extra.given, now=clock.now())
            extra.let_files_go(event.id)
            path = links.path_of(event.id, LinkPurpose.PERSON, entry.registration_id)
        elif entry.registration_id is not None:
            path = store.person_path(event.id, entry.registration_id)
    if not path:
        return _turned_away(event, form, extra, entry)
    received = times.plain(times.clock_zone(clock.now(), event.zone, language()))
    flash(_("Pendaftaran diterima %(time)s. Simpan tautan halaman ini.", time=received), "ok")
    return redirect(path, 303)


def _keep_files(event: Gate, extra: ExtraForm) -> None:
    """Files that were chosen come back with the form; from one network only so many."""
    if not extra.has_new_files:
        return
    with transaction(unaudited="a file that waits for the rest of its form"):
        if limits.count_within("registration.file", limits.client_network(), per=WINDOW) <= FILES_PER_NETWORK:
            extra.keep_files(event.id, now=clock.now())


def _turned_away(event: Gate, form: RegistrationForm, extra: ExtraForm, entry: Entry) -> Page:
    slug = event.slug
    if entry.outcome is Outcome.KNOWN:
        return redirect(url_for("registrations.show_link_sent", slug=slug), 303)
    _keep_files(event, extra)
    return _form_page(slug, form, extra, 409)


def _form(event: Gate) -> RegistrationForm:
    form = RegistrationForm.read()
    assert isinstance(form, RegistrationForm)
    if request.method != "POST":
        form.province.data = request.args.get("province", "")
    choices = region_choice.places(event, form.province.data or "", form.regency.data or "")
    form.offer(choices, MODES[event.mode], lambda: pools.categories(event.id))
    form.today = clock.today(event.zone)
    return form


def _extra(event: Gate) -> ExtraForm:
    asked = answers.fields(event.id) if event.asks_more else []
    return extra_form.read(asked, request.form, request.files)


def _form_page(slug: str, form: RegistrationForm, extra: ExtraForm, status: int = 200) -> Page:
    event = public_event(slug)
    standings = pools.standings(event.id)
    waiting = sum(one.waiting for one in standings)
    state = door(event, has_place=any(one.open for one in standings) or not standings, now=clock.now())
    if state not in (Door.OPEN, Door.WAITING_LIST):
        return render_template("registrations/closed.html", event=event, door=state), status
    refused = status == 409 and event.waiting_list  # the own pool is full; in others there may be places
    waits = state is Door.WAITING_LIST or refused
    form.wait.data = "yes" if waits else ""
    form.draw()
    form.draw_work()
    page = render_template(
        "registrations/form.html",
        event=event,
        form=form,
        extra=extra,
        door=state,
        waiting=waiting,
        waits=waits,
        standings=[(pool_words.name_of(one.pool), one) for one in standings] if len(standings) > 1 else (),
        just_filled=status == 409,
        notice_version=NOTICE_VERSION,
    )
    return page, status


def _draft(form: RegistrationForm) -> Draft:
    """What the form says, field by field; the state is decided where the places are counted."""
    return Draft(
        name=form.name.person,
        mode=Mode(form.mode.data),
        state=RegistrationState.APPLIED,
        source=RegistrationSource.OPEN,
        post=form.post.data or "",
        **asdict(form.origin),
        phone=form.phone.number,
        email=form.email.address,
        idempotency_key=form.key,
        notice_version=NOTICE_VERSION,
        language=language().value,
        **form.work(),
    )


@blueprint.get("/e/<slug>/places.json")
@policy("registration.places", Scope.PUBLIC, reason="names of regions, for the choice in two steps")
def show_places(slug: str) -> Response:
    """Every province's regencies, ``{"33": [["3301", "Kabupaten Cilacap"], …]}``."""
    answer = jsonify(region_choice.regencies_by_province(public_event(slug).regions_as_of))
    answer.headers["Cache-Control"] = A_DAY
    return answer


@blueprint.get("/e/<slug>/places/<province_code>.json")
@policy("registration.offices", Scope.PUBLIC, reason="names of public offices, for the choice in two steps")
def show_offices(slug: str, province_code: str) -> Response:
    """The institution's offices in a province: ``[[id, name, regency code or null], …]``."""
    found = region_choice.offices_in(public_event(slug).institution_id, province_code)
    return jsonify([[office.id, office.name, office.regency_code] for office in found])


@blueprint.get("/e/<slug>/link-requests")
@policy("registration.link_form", Scope.PUBLIC, reason="whoever lost the link has nothing else to show")
def show_link_request(slug: str) -> str:
    """Ask for one's own link again."""
    return render_template("registrations/link_request.html", event=public_event(slug), form=LinkRequestForm.read())


@blueprint.post("/e/<slug>/link-requests")
@policy("registration.link_request", Scope.PUBLIC, reason="answers the same whether the address is known or not")
def request_link(slug: str) -> Page:
    """Note that somebody asks; whether the address is known is looked up later, by the worker."""
    event = public_event(slug)
    form = LinkRequestForm.read()
    index = _index(form.contact.data or "") if form.accepted() else None
    if index is None:
        if not form.errors:
            form.contact.errors = [_("Tulis alamat email atau nomor WhatsApp yang lengkap.")]
        return render_template("registrations/link_request.html", event=event, form=form), 422
    if not limits.allowed("link", limits.client_network(), limit=REQUESTS_PER_NETWORK, per=WINDOW):
        abort(429)
    if limits.allowed("link.address", f"{event.id}{index.hex()}", limit=REQUESTS_PER_ADDRESS, per=timedelta(hours=1)):
        with transaction(unaudited="a request changes nothing"):
            payload = {"event_id": str(event.id), "index": index.hex()}
            outbox.enqueue("registration.link_request", payload, event_id=event.id)
    return redirect(url_for("registrations.show_link_sent", slug=slug), 303)


@blueprint.get("/e/<slug>/link-requests/sent")
@policy("registration.link_sent", Scope.PUBLIC, reason="says the same to everybody")
def show_link_sent(slug: str) -> str:
    """What happens now, in words that tell nobody who is registered."""
    return render_template("registrations/link_sent.html", event=public_event(slug))


def _index(contact: str) -> bytes | None:
    if "@" in contact:
        address = parse_email(contact)
        return store.email_index(address.address) if isinstance(address, Email) else None
    number = parse_phone(contact)
    return store.phone_index(number.e164) if isinstance(number, Phone) else None
