"""Parts of pages that browsers ask for again and again (layouts/_polls.html)."""

from collections.abc import Mapping
from typing import Any

from flask import Response, render_template, request


def changed_part(template: str, found: Mapping[str, Any]) -> Response | str:
    """Return a part of a page drawn anew; 204 where ``?seen=`` is ``found["seen"]``: the page shows it already."""
    if request.args.get("seen") == found["seen"]:
        return Response(status=204)
    return render_template(template, **found)
