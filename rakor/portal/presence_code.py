"""Where the QR on the screen leads: to the own page of whose phone it is, else to words that say what to do."""

from datetime import timedelta

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rakor import clock
from rakor.agenda.store import versions
from rakor.events import links
from rakor.events.models import Event, LinkPurpose
from rakor.kept import Kept
from rakor.portal import public
from rakor.portal.me_presence import COOKIE
from rakor.portal.routes import blueprint
from rakor.sources.store import openings
from rakor.web.access import Scope, policy

_tags = Kept[str, str](timedelta(seconds=2))


@blueprint.get("/e/<slug>/presence")
@policy("portal.presence_code", Scope.PUBLIC, reason="names nobody: it shows the code that the camera has just read")
def show_presence_code(slug: str) -> BaseResponse | str:
    """Lead to the own page that this phone has opened before, with the code filled in; nothing is recorded here."""
    event, now = public.published(slug) or abort(404), clock.now()
    code, token = request.args.get("code", "")[:12], request.cookies.get(COOKIE, "")
    link = links.resolve(token, now=now) if token else None
    if link is not None and link.purpose == LinkPurpose.PERSON and link.event_id == event.id:
        return redirect(url_for("me.show_presence", token=token, code=code), 303)
    return render_template("portal/presence_code.html", event=event, code=code if code.isdecimal() else "")


@blueprint.get("/e/<slug>/presence/version")
@policy("portal.presence_version", Scope.PUBLIC, reason="a short text that says whether an own page is out of date")
def show_presence_version(slug: str) -> Response:
    """204 where ``?seen=`` names what own pages show now, else its tag."""
    event = public.published(slug) or abort(404)
    found = _tags.get(slug, clock.now(), lambda: own_tag(event))
    answer = make_response("", 204) if request.args.get("seen") == found else make_response(found)
    answer.mimetype = "text/plain"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def own_tag(event: Event) -> str:
    """Return a text that changes with the programme that is read, and with where presence is open."""
    return f"{versions.tag(event.id)}-{openings.tag(event.id, clock.now())}"
