"""A link that travelled too far is put out of use: offices and provinces get a new one, the old address dies."""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import audit
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import links
from rakor.events.models import LinkPurpose
from rakor.seats.routes.base import blueprint, event_of, office_of
from rakor.seats.rules.ways import province_subject
from rakor.web.access import Scope, policy


@blueprint.post("/events/<uuid:event_id>/office-links/<uuid:office_id>/link")
@policy("seats.renew_link", Scope.EVENT, roles=REGISTRARS)
def office_links_renew(event_id: UUID, office_id: UUID) -> Response:
    """Put a new link in the place of an office's; what it has answered stays."""
    office = office_of(event_of(event_id), office_id)
    _renew(event_id, LinkPurpose.OFFICE, office_id)
    flash(_("%(name)s: tautan baru siap dikirim; yang lama tidak berlaku lagi.", name=office.short_name), "ok")
    return _back("seats.office_links", event_id, office_id.hex)


@blueprint.post("/events/<uuid:event_id>/province-links/<province_code>/link")
@policy("seats.renew_province_link", Scope.EVENT, roles=REGISTRARS)
def province_links_renew(event_id: UUID, province_code: str) -> Response:
    """Put a new link in the place of a province's."""
    _renew(event_id, LinkPurpose.PROVINCE, province_subject(province_code))
    flash(_("Tautan provinsi yang baru siap dikirim; yang lama tidak berlaku lagi."), "ok")
    return _back("seats.province_links", event_id, province_code)


def _renew(event_id: UUID, purpose: LinkPurpose, subject_id: UUID) -> None:
    with transaction(unaudited="a link that was never made stays unmade"):
        if links.open_token(event_id, purpose, subject_id) is None:
            abort(404)
        links.renew_link(event_id, purpose, subject_id)
        audit.record("link.renew", event_id=event_id, object_kind=str(purpose), object_id=subject_id)


def _back(endpoint: str, event_id: UUID, place: str) -> Response:
    filters = ("q", "province", "state", "page")
    kept: dict[str, Any] = {name: request.args[name] for name in filters if name in request.args}
    return redirect(url_for(endpoint, event_id=event_id, **kept) + f"#o-{place}", 303)
