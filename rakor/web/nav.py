"""The menu of an event's organisers: each feature names its items, the layout shows those the person may open."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_babel import lazy_gettext as _l

from rakor.web.access import principal

GROUPS = {0: "", 1: _l("Sebelum acara"), 2: _l("Saat acara"), 3: _l("Sesudah acara")}
"""The heads over the items, by the hundreds of their positions: as an event goes."""


@dataclass(frozen=True)
class NavItem:
    """One item: a lazy label, an icon's name, the endpoint (which takes ``event_id``), who sees it, its place.

    The hundreds of ``position`` name the group (``GROUPS``) it stands in.
    ``section`` is the first part of endpoints under which the item is shown as current; the endpoint's blueprint when
    empty.
    """

    label: Any
    icon: str
    endpoint: str
    roles: frozenset[str]
    position: int
    section: str = ""


def install(app: Flask, items: Iterable[NavItem]) -> None:
    """Give every template ``nav``: the items of the event in the URL, for the roles held there."""
    ordered = sorted(items, key=lambda item: item.position)

    @app.context_processor
    def _nav() -> dict[str, Any]:
        event_id = (request.view_args or {}).get("event_id") if request else None
        if event_id is None:
            return {"nav": []}
        groups = {number: str(group) for number, group in GROUPS.items()}
        return {"nav": [_shown(item, groups, event_id) for item in ordered if principal().may(item.roles)]}


def _shown(item: NavItem, groups: dict[int, str], event_id: Any) -> dict[str, Any]:
    section = item.section or item.endpoint.split(".")[0]
    endpoint = request.endpoint or ""
    return {
        "endpoint": item.endpoint,
        "label": str(item.label),
        "icon": item.icon,
        "group": groups[item.position // 100],
        "href": url_for(item.endpoint, event_id=event_id),
        "current": endpoint == item.endpoint or endpoint.startswith(section),
    }
