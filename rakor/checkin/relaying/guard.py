"""At a relay an event is looked at and its door is kept; everything else is done on its server."""

from flask import Flask, abort, request

from rakor.events import upstreams
from rakor.web import errors
from rakor.web.safety import UNSAFE

DONE_HERE = frozenset(
    {
        "checkin.create_desk",
        "checkin.scan_from_here",
        "checkin.invite_desk",
        "checkin.renew_invitation",
        "checkin.revoke_desk",
    }
)


def install(app: Flask) -> None:
    """Refuse what would change another server's event here, where nobody there would ever see it."""

    @app.before_request
    def _refuse() -> None:
        event_id = (request.view_args or {}).get("event_id")
        if request.method not in UNSAFE or event_id is None or request.endpoint in DONE_HERE:
            return
        if upstreams.keys(event_id) is not None:
            abort(errors.answer(409, "Conflict", {}))
