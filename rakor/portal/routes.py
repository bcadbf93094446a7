"""What outsiders see: the home page, an event's public page, help, and the demo's one-click entries."""

import ipaddress

from flask import Blueprint, abort, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts import session
from rakor.accounts import store as accounts
from rakor.agenda.speaker_view import kind_words, size_words
from rakor.agenda.store import versions
from rakor.db import transaction
from rakor.events.models import Event
from rakor.events.words import KINDS, PHASES
from rakor.portal import cache, entries, guide, public, release
from rakor.portal.cards import cards
from rakor.portal.entries import Who
from rakor.portal.handouts import handouts
from rakor.portal.released import released
from rakor.web.access import Scope, policy
from rakor.web.times import zone_letters

blueprint = Blueprint("portal", __name__)


@blueprint.get("/")
@policy("portal.home", Scope.PUBLIC, reason="shows announced events only")
def home() -> Response:
    """The announced events as cards; in a demo on this machine, the entries to try."""
    return cache.page(_home, request.full_path, str(_demo()))


def _home() -> str:
    now, today = clock.now(), clock.today("Asia/Jakarta")
    return render_template(
        "portal/home.html",
        cards=cards(now=now),
        now=now,
        today=today,
        phases=PHASES,
        demo=_demo(),
        demo_notice=_demo(),
        entries=guide.ENTRIES,
    )


@blueprint.get("/e/<slug>")
@policy("portal.event", Scope.PUBLIC, reason="domain.md §2.11 lists what is published; a draft is a 404")
def show_event(slug: str) -> Response:
    """The public page of an event."""
    return cache.page(lambda: _page(public.published(slug) or abort(404)), request.full_path[:300])


def _page(found: Event) -> str:
    shown = public.look(found, now=clock.now())
    asked = release.asked(*(request.args.get(name, "") for name in ("day", "office", "via")))
    offices = release.offices_named(found, asked.office)
    day, tag = shown.chosen_day(asked.day), versions.tag(found.id)
    return render_template(
        "portal/event.html",
        shown=shown,
        event=found,
        day=day,
        items=shown.of_day(day),
        agenda_tag=tag,
        version=versions.number_in(tag),
        phases=PHASES,
        kinds=KINDS,
        left=public.days_left(shown),
        asked=asked,
        via=asked.via,
        offices=offices,
        facts=release.text(shown, offices[0] if len(offices) == 1 else "", asked.via),
        person_words=release.press_person,
        page_path=f"/e/{found.slug}",
        page_url=f"{current_app.config['RAKOR'].base_url}/e/{found.slug}",
        letters=zone_letters(found.zone, shown.now),
        handouts=handouts(found, shown.items, now=shown.now),
        released=released(found, shown.items),
        schedule=release.schedule(shown),
        size_words=size_words,
        kind_words=kind_words,
    )


@blueprint.get("/help")
@policy("portal.help", Scope.PUBLIC, reason="says how rakor is used, nothing else")
def show_help() -> str:
    """Who are you? One short page for each."""
    return render_template("portal/help.html", guides=guide.GUIDES)


@blueprint.get("/help/<who>")
@policy("portal.guide", Scope.PUBLIC, reason="says how rakor is used, nothing else")
def show_guide(who: str) -> str:
    """The short page of one kind of user."""
    found = next((one for one in guide.GUIDES if one.key == who), None) or abort(404)
    return render_template("portal/guide.html", guide=found, guides=guide.GUIDES)


@blueprint.post("/demo/entries/<who>")
@policy("portal.demo_entry", Scope.PUBLIC, reason="only in a demo that nobody but this machine can reach")
def enter(who: str) -> Response:
    """Enter the demo as somebody."""
    if not _demo() or who not in set(Who):
        abort(404)
    path, user_id = entries.path_of(Who(who)), entries.login_of(Who(who))
    if path is None:
        abort(404)
    answer = redirect(path, 303)
    if user_id is None:
        return answer
    with transaction():
        token = accounts.start_session(user_id, now=clock.now(), browser=session.browser())
    return session.give(answer, token)


def _demo() -> bool:
    """True in a demo that is served to this machine alone, and asked for from it."""
    try:
        near = ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        near = False
    return near and bool(current_app.config["RAKOR"].on_loopback) and entries.live_world() is not None
