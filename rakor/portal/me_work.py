"""A person's own service, told behind the own link: what the office left open, for the attendance list."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.db import transaction
from rakor.events import store as events
from rakor.portal import me_view
from rakor.portal.me_base import PERSON, Page, blueprint, own_row, person_and_event
from rakor.registrations import changes, roster
from rakor.registrations.work_fields import WorkForm
from rakor.web.access import Scope, current_link, policy


@blueprint.route("/p/<token>/work", methods=["GET", "POST"])
@policy("me.work", Scope.LINK, purposes=PERSON)
def correct_work(token: str) -> Page:
    """Put status, acting, NIP, rank and post right; an odd number is asked about once."""
    row, event, _office = person_and_event()
    if not me_view.may_correct(row, event, now=clock.now()):
        flash(_("Data ini tidak dapat diubah lagi di sini. Hubungi panitia bila ada yang perlu dibetulkan."), "warn")
        return redirect(url_for("me.show_data", token=token), 303)
    form = WorkForm.read() if request.method == "POST" else WorkForm(obj=row)
    assert isinstance(form, WorkForm)
    form.offer_work(clock.today(event.zone))
    if form.accepted():
        link, now = current_link(), clock.now()
        with transaction(unaudited="the same again changes nothing"):
            events.locked_event(link.event_id)
            found = roster.person(link.event_id, link.subject_id)
            mine, words = own_row(link.event_id, link.subject_id), found[2] if found else ()
            changes.correct_work(mine, form.work(), form.post.data or "", search=words, now=now)
        flash(_("Data kepegawaian tersimpan."), "ok")
        return redirect(url_for("me.show_data", token=token), 303)
    page = render_template("portal/me_work.html", event=event, form=form, token=token)
    return page, 422 if request.method == "POST" else 200
