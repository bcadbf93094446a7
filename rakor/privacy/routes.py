"""The privacy notice of an event (UU 27/2022 art. 21): what is kept, why, how long, and what people may ask for."""

from flask import Blueprint, abort, render_template

from rakor.events import store as events
from rakor.events.rules import Stage
from rakor.privacy.notice import kept
from rakor.registrations.notice import NOTICE_VERSION
from rakor.web.access import Scope, policy

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/e/<slug>/privacy")
@policy("privacy.notice", Scope.PUBLIC, reason="everybody may read what is kept about participants, and why")
def show_notice(slug: str) -> str:
    """The notice in its present version; a registration keeps the version that was read."""
    event = events.event_by_slug(slug)
    if event is None or event.stage is Stage.DRAFT:
        abort(404)
    return render_template("privacy/notice.html", event=event, version=NOTICE_VERSION, kept=kept())
