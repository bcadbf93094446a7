"""The list of people with whole numbers: for who may, with a reason, after the password; every one is on record."""

from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock
from rakor.accounts.rules import EDITORS
from rakor.db import transaction
from rakor.events import store as events
from rakor.registrations import answers, people_sheet, roster
from rakor.registrations.roster import Filters
from rakor.sheets import MIME
from rakor.web.access import Scope, policy
from rakor.web.forms import Form, TextField, ValidationError

blueprint = Blueprint("exports", __name__)

Page = str | BaseResponse | tuple[str, int]
ADDRESS = "/events/<uuid:event_id>/people/exports/full"
SHORTEST_REASON = 10
FILTERS = ("q", "state", "mode", "source", "province", "missing")


class ReasonForm(Form):
    """Why somebody needs the whole numbers."""

    reason = TextField(_l("Untuk apa daftar ini dipakai?"), required=True, max=200)

    def validate_reason(self, field: TextField) -> None:
        if len(field.data or "") < SHORTEST_REASON:
            raise ValidationError(str(_l("Tulis alasannya paling sedikit 10 huruf.")))


@blueprint.get(ADDRESS)
@policy("people.export_full_form", Scope.EVENT, roles=EDITORS, reauth=True)
def ask_full(event_id: UUID) -> Page:
    """Ask for the reason."""
    return _page(event_id, ReasonForm())


@blueprint.post(ADDRESS)
@policy("people.export_full", Scope.EVENT, roles=EDITORS, reauth=True)
def export_full(event_id: UUID) -> Page:
    """The list as the filters leave it, with phone, e-mail and NIP whole."""
    event = events.event(event_id) or abort(404)
    form, filters = ReasonForm.read(), Filters.read(request.form)
    if not form.accepted():
        return _page(event_id, form, 422)
    rows = roster.people(event_id, filters, offset=0, limit=people_sheet.MOST_ROWS)
    whole = people_sheet.whole_numbers(event_id, [row.id for row in rows])
    told, reason = answers.of_people(event_id), form["reason"].data
    book = people_sheet.workbook(event, rows, made_at=clock.now(), told=told, whole=whole, reason=reason)
    with transaction():
        audit.record(
            "registration.export_full",
            event_id=event_id,
            object_kind="event",
            object_id=event_id,
            fields=["phone", "email", "nip", "answers"],
            count=len(rows),
            reason=reason,
        )
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''peserta-lengkap-{event.slug}.xlsx"}
    return Response(book, mimetype=MIME, headers=headers)


def _page(event_id: UUID, form: Form, status: int = 200) -> tuple[str, int]:
    event = events.event(event_id) or abort(404)
    sent = request.form if request.method == "POST" else request.args
    kept = {name: sent.get(name, "")[:100] for name in FILTERS}
    page = render_template(
        "registrations/export.html",
        event=event,
        event_title=event.short_title,
        form=form,
        kept=kept,
        count=roster.count(event_id, Filters.read(sent)),
        back=urlencode({name: value for name, value in kept.items() if value}),
    )
    return page, status
