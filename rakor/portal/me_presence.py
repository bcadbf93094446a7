"""The person says "I am here": while presence is open, by the word that is read aloud or the code on the screen."""

from datetime import datetime
from uuid import UUID

from flask import Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.events.models import Event
from rakor.portal import me_sign, me_view
from rakor.portal.me_base import PERSON, Page, blueprint, person_and_event
from rakor.registrations import store
from rakor.registrations.models import Registration
from rakor.registrations.rules.zones import own_zone
from rakor.signatures.forms import SignatureForm
from rakor.sources.rules.saying import MOST_WRONG, WRONG_WITHIN, way_in
from rakor.sources.store import openings, taking
from rakor.web import limits
from rakor.web.access import Scope, current_link, policy
from rakor.web.forms import FORM_ROOM, clean

TRIES = "presence.word"
COOKIE = "rakor-me"


def asked_now(row: Registration, event: Event, *, now: datetime) -> list[openings.Open]:
    """Return where a person may say to be here now; nothing for who is not in."""
    return openings.open_now(event.id, now) if me_view.entitled(row) else []


def remember(answer: Response, event: Event, token: str) -> Response:
    """Let this phone's camera find the own page again: a cookie for the address in the screen's QR alone."""
    path = url_for("portal.show_presence_code", slug=event.slug)
    secure = current_app.config["RAKOR"].secure
    answer.set_cookie(COOKIE, token, max_age=7 * 86400, path=path, httponly=True, samesite="Lax", secure=secure)
    return answer


@blueprint.get("/p/<token>/presence")
@policy("me.presence", Scope.LINK, purposes=PERSON)
def show_presence(token: str) -> Page:
    """What is open, where the person is recorded already, and the field for the word; ``?code=`` comes from the QR."""
    return _page(token, request.args.get("code", "")[:40])


@blueprint.post("/p/<token>/presence")
@policy("me.say_presence", Scope.LINK, purposes=PERSON)
def say_presence(token: str) -> Page:
    """Record the person wherever what was typed opens; a wrong word changes nothing, five in ten minutes must wait."""
    request.max_content_length = FORM_ROOM
    row, event, _office = person_and_event()
    now, typed = clock.now(), clean(request.form.get("word", ""))[:80]
    found = asked_now(row, event, now=now)
    if not found:
        return _page(token, typed), 409
    who = str(current_link().subject_id)
    if limits.peek(TRIES, who, per=WRONG_WITHIN) >= MOST_WRONG:
        return _page(token, typed, wait=True), 429
    ways = [(one, way) for one in found if (way := way_in(typed, one.word, one.key, now)) is not None]
    if not ways:
        may_try = limits.allowed(TRIES, who, limit=MOST_WRONG - 1, per=WRONG_WITHIN)
        return _page(token, typed, wrong=True, wait=not may_try), 422
    for one, way in ways:
        taking.take(event.id, one, row.id, way, now=now)
    _sign_too(row, event, [one.checkpoint_id for one, _way in ways], now=now)
    return redirect(url_for("me.show_presence", token=token), 303)


def _sign_too(row: Registration, event: Event, checkpoint_ids: list[UUID], *, now: datetime) -> None:
    """Keep the signature that came along; one that is none costs nobody the presence, and is asked for again."""
    form = SignatureForm.read()
    assert isinstance(form, SignatureForm)
    if not form.given():
        return
    mark = form.mark()
    if mark is None:
        flash(_("Kehadiran Anda tercatat, tanda tangannya belum: gambarnya tidak terbaca. Coba sekali lagi."), "warn")
    else:
        me_sign.give(event, row, checkpoint_ids, mark, now=now)


def _page(token: str, typed: str, *, wrong: bool = False, wait: bool = False) -> Response:
    row, event, office = person_and_event()
    now = clock.now()
    found = asked_now(row, event, now=now)
    here = openings.here_since(event.id, row.id, [one.checkpoint_id for one in found])
    page = render_template(
        "portal/me_presence.html",
        event=event,
        name=store.display_name(row),
        zone=own_zone(row.mode, event.zone, office.zone if office else None, row.province_code),
        inside=me_view.entitled(row),
        openings=found,
        here=here,
        waiting=[one for one in found if one.checkpoint_id not in here],
        typed=typed,
        pad=SignatureForm.read(),
        to_sign=[one for one in me_sign.places(row, event) if one.signed_at is None],
        wrong=_wrong(wrong, wait),
        token=token,
    )
    return remember(make_response(page), event, token)


def _wrong(wrong: bool, wait: bool) -> str:
    too_many = _("Terlalu banyak kata yang salah. Tunggu sepuluh menit, atau minta panitia mencatat kehadiran Anda.")
    not_it = _("Bukan itu kata atau kodenya. Kode di layar berganti setiap 30 detik: ketik yang sedang tampil.")
    return str(too_many) if wait else str(not_it) if wrong else ""
