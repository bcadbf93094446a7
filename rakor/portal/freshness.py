"""Whether another programme is read by now: asked by open pages every few seconds, answered from two seconds ago."""

from datetime import timedelta

from flask import Response, abort, make_response, request

from rakor import clock
from rakor.agenda.store import versions
from rakor.kept import Kept
from rakor.portal import public
from rakor.portal.routes import blueprint
from rakor.web.access import Scope, policy

KEPT_FOR = timedelta(seconds=2)
_tags = Kept[str, str](KEPT_FOR)


@blueprint.get("/e/<slug>/agenda/version")
@policy("portal.agenda_version", Scope.PUBLIC, reason="a number and a time, of an event that is announced")
def show_agenda_version(slug: str) -> Response:
    """204 where ``?seen=`` names the programme that is read now, else its tag."""
    tag = _tag(slug)
    answer = make_response("", 204) if request.args.get("seen") == tag else make_response(tag)
    answer.mimetype = "text/plain"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _tag(slug: str) -> str:
    return _tags.get(slug, clock.now(), lambda: versions.tag((public.published(slug) or abort(404)).id))
