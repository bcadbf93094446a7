"""An event's own colour as a stylesheet: inline styles are not allowed anywhere, and no event is named by a colour."""

from flask import Response, abort, render_template

from rakor.events.routes.page import blueprint
from rakor.events.rules.colours import dark_enough, palette, parse_colour, written
from rakor.web.access import Scope, policy

FOR_A_YEAR = "public, max-age=31536000, immutable"


@blueprint.get("/theme/<colour>.css")
@policy("event.theme", Scope.PUBLIC, reason="a stylesheet made of a colour alone")
def show_theme(colour: str) -> Response:
    """The three shades of a colour by day and by night; 404 for what no event can have."""
    accent = parse_colour(colour)
    if accent is None or colour != written(accent)[1:] or not dark_enough(accent):
        abort(404)
    sheet = Response(render_template("events/theme.css", palette=palette(accent)), mimetype="text/css")
    sheet.headers["Cache-Control"] = FOR_A_YEAR
    return sheet
