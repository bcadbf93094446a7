"""Whether another programme is read by now: asked by open pages every few seconds, answered from two seconds ago."""

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

from flask import Response, abort, make_response, request

from rakor import clock
from rakor.agenda.store import versions
from rakor.portal import public
from rakor.portal.routes import blueprint
from rakor.web.access import Scope, policy

KEPT_FOR = timedelta(seconds=2)
MOST = 256
_tags: "OrderedDict[str, tuple[datetime, str]]" = OrderedDict()
_guard = threading.Lock()


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
    now = clock.now()
    with _guard:
        kept = _tags.get(slug)
    if kept is not None and timedelta() <= now - kept[0] < KEPT_FOR:
        return kept[1]
    event = public.published(slug) or abort(404)
    tag = versions.tag(event.id)
    with _guard:
        _tags[slug] = (now, tag)
        _tags.move_to_end(slug)
        while len(_tags) > MOST:
            _tags.popitem(last=False)
    return tag
