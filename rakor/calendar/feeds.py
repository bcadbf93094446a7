"""Calendars that ask by themselves: a feed of one person or speaker, behind an address that its owner can take back.

The address is a secret of its own: it opens a calendar and nothing else, so it may stand in a phone's settings or at a
calendar's provider, where the link of the own page may not.
"""

from urllib.parse import quote, urlsplit
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock
from rakor.calendar.files import Shelf, file_answer, shelf_of_person, shelf_of_speaker
from rakor.db import transaction
from rakor.events import links
from rakor.events import store as events
from rakor.events.models import LinkPurpose
from rakor.web.access import Scope, current_link, policy

blueprint = Blueprint("feeds", __name__)
FEED = LinkPurpose.CALENDAR
PERSON, SPEAKER = {LinkPurpose.PERSON}, {LinkPurpose.SPEAKER}
GOOGLE = "https://calendar.google.com/calendar/r?cid="


@blueprint.get("/c/<token>/rakor.ics")
@policy("feeds.show", Scope.LINK, purposes={FEED})
def show(token: str) -> Response:
    """The sessions of one person or speaker as they stand now; the event's days while there are none."""
    link = current_link()
    shelf = _shelf(link.event_id, link.subject_id)
    name = shelf.event.short_title or shelf.event.title
    return file_answer(shelf, shelf.items() or [shelf.whole()], name, shelf.event.slug, feed=True)


@blueprint.get("/p/<token>/feed")
@policy("feeds.person", Scope.LINK, purposes=PERSON)
def person(token: str) -> str:
    """How a person's calendar asks for the own sessions, and how to stop that."""
    return _page(token, "person")


@blueprint.post("/p/<token>/feed")
@policy("feeds.person_make", Scope.LINK, purposes=PERSON)
def person_make(token: str) -> BaseResponse:
    """Make the person's feed, or a new address in its place."""
    return _make(token, "person")


@blueprint.post("/p/<token>/feed/revocation")
@policy("feeds.person_revoke", Scope.LINK, purposes=PERSON)
def person_revoke(token: str) -> BaseResponse:
    """Let the person's feed open nothing any more."""
    return _revoke(token, "person")


@blueprint.get("/s/<token>/feed")
@policy("feeds.speaker", Scope.LINK, purposes=SPEAKER)
def speaker(token: str) -> str:
    """The same for somebody who speaks."""
    return _page(token, "speaker")


@blueprint.post("/s/<token>/feed")
@policy("feeds.speaker_make", Scope.LINK, purposes=SPEAKER)
def speaker_make(token: str) -> BaseResponse:
    """Make the speaker's feed, or a new address in its place."""
    return _make(token, "speaker")


@blueprint.post("/s/<token>/feed/revocation")
@policy("feeds.speaker_revoke", Scope.LINK, purposes=SPEAKER)
def speaker_revoke(token: str) -> BaseResponse:
    """Let the speaker's feed open nothing any more."""
    return _revoke(token, "speaker")


def _shelf(event_id: UUID, subject_id: UUID) -> Shelf:
    """Whose feed it is, the id says: nobody is registered and a speaker under one."""
    event, now = events.event(event_id) or abort(404), clock.now()
    found = shelf_of_person(event, subject_id, now=now)
    return found if found is not None else shelf_of_speaker(event, subject_id, now=now)


def _page(token: str, whose: str) -> str:
    link = current_link()
    event = events.event(link.event_id) or abort(404)
    own = links.open_token(link.event_id, FEED, link.subject_id)
    base: str = current_app.config["RAKOR"].base_url
    address = f"{base}{url_for('feeds.show', token=own)}" if own else ""
    calls = f"webcal://{urlsplit(address).netloc}{urlsplit(address).path}" if own else ""
    return render_template(
        "calendar/feed.html", event=event, whose=whose, token=token, address=address, webcal=calls,
        google=GOOGLE + quote(calls, safe=""),
        home=url_for("me.show", token=token) if whose == "person" else f"/s/{token}",
    )  # fmt: skip


def _make(token: str, whose: str) -> BaseResponse:
    link = current_link()
    with transaction():
        links.make_or_renew(link.event_id, FEED, link.subject_id, now=clock.now())
        audit.record("feed.make", event_id=link.event_id, object_kind=whose, object_id=link.subject_id)
    flash(_("Alamat langganan siap. Alamat sebelumnya, bila ada, tidak berlaku lagi."), "ok")
    return redirect(url_for(f"feeds.{whose}", token=token), 303)


def _revoke(token: str, whose: str) -> BaseResponse:
    link = current_link()
    with transaction(unaudited="a second click changes nothing"):
        if links.revoke_link(link.event_id, FEED, link.subject_id, now=clock.now()):
            audit.record("feed.revoke", event_id=link.event_id, object_kind=whose, object_id=link.subject_id)
    flash(_("Langganan dicabut. Kalender yang memakainya tidak mendapat kabar lagi."), "ok")
    return redirect(url_for(f"feeds.{whose}", token=token), 303)
