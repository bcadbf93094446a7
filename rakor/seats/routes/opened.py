"""The first opening of an office's or a province's link is noted; not who, and not a chat that unfolds it."""

from flask import request

from rakor import clock
from rakor.db import transaction
from rakor.seats.routes.base import blueprint
from rakor.seats.rules.ways import only_unfolds
from rakor.seats.store import ways
from rakor.web.access import principal

NOTED = {"seats.answer_page", "seats.province_page"}


@blueprint.before_request
def note_opening() -> None:
    """Note it once; every later reading writes nothing."""
    link = principal().link
    if link is None or request.method != "GET" or request.endpoint not in NOTED:
        return
    if only_unfolds(request.headers.get("User-Agent", "")) or ways.opened(link.id):
        return
    with transaction(unaudited="when a link was first opened, not by whom"):
        ways.note_opened(link.id, now=clock.now())
