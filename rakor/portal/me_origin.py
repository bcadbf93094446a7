"""Institution, region and category, put right by the person until the cut-off, where the pools have a place."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.portal import me_view
from rakor.portal.me_base import PERSON, Page, blueprint, own_row, person_and_event
from rakor.registrations import places, pools, region_choice
from rakor.registrations.models import Registration
from rakor.registrations.origin_fields import OriginForm
from rakor.registrations.region_choice import NONE, OTHER
from rakor.web.access import Scope, current_link, policy


@blueprint.route("/p/<token>/origin", methods=["GET", "POST"])
@policy("me.origin", Scope.LINK, purposes=PERSON)
def change_origin(token: str) -> Page:
    """Change where one comes from; a full pool keeps everything as it is."""
    row, event, _office = person_and_event()
    if row.source not in me_view.SELF_SERVED or not me_view.may_correct(row, event, now=clock.now()):
        flash(_("Data ini tidak dapat diubah lagi di sini. Hubungi panitia bila ada yang perlu dibetulkan."), "warn")
        return redirect(url_for("me.show_data", token=token), 303)
    form = _form(row, event)
    if request.form.get("step") == "province" or request.method == "GET" or not form.accepted():
        asks = request.method == "POST" and request.form.get("step") != "province"
        return _page(event, form, token), 422 if asks else 200
    if _put_right(form) is None:
        form.category.errors = [_("Penuh: kuota untuk pilihan itu sudah habis. Data dan tempat Anda tetap.")]
        return _page(event, form, token), 409
    flash(_("Data Anda tersimpan."), "ok")
    return redirect(url_for("me.show_data", token=token), 303)


def _put_right(form: OriginForm) -> bool | None:
    link = current_link()
    with transaction(unaudited="the same again changes nothing"):
        events.locked_event(link.event_id)
        mine = own_row(link.event_id, link.subject_id)
        return places.change_origin(mine, form.origin, search=form.origin_words, now=clock.now())


def _form(row: Registration, event: Event) -> OriginForm:
    form = OriginForm.read() if request.method == "POST" else OriginForm(data=_as_told(row))
    assert isinstance(form, OriginForm)
    choices = region_choice.places(event, form.province.data or "", form.regency.data or "")
    form.offer_origin(choices, lambda: pools.categories(event.id))
    return form


def _as_told(row: Registration) -> dict[str, object]:
    alone = not row.office_id and not row.institution
    return {
        "province": row.province_code or "",
        "regency": row.regency_code or "",
        "office": str(row.office_id) if row.office_id else NONE if alone else OTHER,
        "institution": "" if row.office_id else row.institution,
        "alone": alone,
        "category": str(row.role_id) if row.role_id else "",
    }


def _page(event: Event, form: OriginForm, token: str) -> str:
    form.draw_origin()
    return render_template("portal/me_origin.html", event=event, form=form, token=token)
