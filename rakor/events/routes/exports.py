""""Siapa mengunduh apa": every list that left as a file, from the event's audit chain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, func, select

from rakor.accounts.models import User
from rakor.accounts.rules import EDITORS
from rakor.audit import AuditEntry
from rakor.db import db
from rakor.events import store
from rakor.events.listings import KNOWN, SEARCHED, ways_out
from rakor.events.routes.page import Page, blueprint, context, event_or_404
from rakor.regions.rules import reference
from rakor.web.access import Scope, policy
from rakor.web.paging import Pages

OLDER: dict[str, LazyString] = {
    "registration.export": _l("Peserta"),
    "registration.export_full": _l("Peserta"),
    "seats.links_export": _l("Tautan kantor"),
    "seats.province_links_export": _l("Tautan provinsi"),
    "seats.offices_export": _l("Kantor"),
}
"""Acts of the log from before every list left by one way."""
WHOLE = ("list.export_whole", "registration.export_full", "attendance_list.export_whole")
OTHERS: dict[str, LazyString] = {
    "attendance_list.export_whole": _l("Daftar hadir"),
    "agenda.rundown_book": _l("Susunan acara"),
    "import.template": _l("Templat impor"),
    "import.rest": _l("Baris impor yang dikembalikan"),
}
"""Workbooks of other shapes."""


blueprint.add_app_template_global(ways_out, "ways_out")


@dataclass(frozen=True)
class Taken:
    """One taking out: when, who, which list, its rows, what it was narrowed to, and what whole numbers were for."""

    at: datetime
    who: str
    what: str
    count: int | None
    narrowing: str
    whole: bool
    reason: str


@blueprint.get("/events/<uuid:event_id>/exports")
@policy("event.exports", Scope.EVENT, roles=EDITORS)
def show_exports(event_id: UUID) -> Page:
    """The list of lists that left, newest first."""
    event = event_or_404(event_id)
    pages = Pages.read(request.args.get("page", ""), taken_count(event_id))
    found = taken(event_id, offset=pages.offset, limit=pages.size)
    return render_template("events/exports.html", **context(event), taken=found, pages=pages)


def taken_count(event_id: UUID) -> int:
    """Return how many lists of an event left."""
    return db.session.scalar(select(func.count()).select_from(AuditEntry).where(*_takings(event_id))) or 0


def taken(event_id: UUID, *, offset: int, limit: int) -> list[Taken]:
    """Return some of the lists that left, newest first."""
    query = select(AuditEntry, User.name).outerjoin(User, User.id == AuditEntry.actor_id).where(*_takings(event_id))
    rows = db.session.execute(query.order_by(AuditEntry.number.desc()).offset(offset).limit(limit)).all()
    roles = {str(role.id): role.name for role in store.roles(event_id)}
    return [_taken(entry, name or "", roles) for entry, name in rows]


def _takings(event_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return AuditEntry.chain_id == event_id, AuditEntry.action.in_([*OLDER, *OTHERS, "list.export", *WHOLE])


def _taken(entry: AuditEntry, who: str, roles: Mapping[str, str]) -> Taken:
    detail: dict[str, Any] = entry.detail
    return Taken(
        at=entry.at,
        who=who,
        what=_title(entry),
        count=detail.get("count"),
        narrowing=_narrowing(entry, detail.get("narrowing", {}), roles),
        whole=entry.action in WHOLE,
        reason=detail.get("reason", ""),
    )


def _title(entry: AuditEntry) -> str:
    if entry.object_kind in KNOWN:
        return str(KNOWN[entry.object_kind][1].title)
    return str((OLDER | OTHERS).get(entry.action, entry.object_kind))


def _narrowing(entry: AuditEntry, narrowing: Mapping[str, str], roles: Mapping[str, str]) -> str:
    words = KNOWN[entry.object_kind][1].words if entry.object_kind in KNOWN else {}
    said = (_said(name, value, words.get(name, {}), roles) for name, value in sorted(narrowing.items()))
    return " · ".join(said)


def _said(name: str, value: str, words: Mapping[Any, Any], roles: Mapping[str, str]) -> str:
    """A filter in words; what was typed stays untold, and so does a row that is gone."""
    if name == SEARCHED:
        return str(_("dicari"))
    if name == "province":
        found = reference().find(value)
        return found.title if found else value
    if name == "role":
        return roles.get(value, str(_("peran yang sudah dihapus")))
    return str(_("satu pesan") if name == "campaign" else words.get(value, value))
