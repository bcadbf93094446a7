"""The spelling of the own name, put right by the person; another person never comes in this way."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.db import transaction
from rakor.events import store as events
from rakor.portal import me_view
from rakor.portal.me_base import PERSON, Page, blueprint, own_row, person_and_event
from rakor.registrations import changes, roster, store
from rakor.registrations.forms import NameForm
from rakor.registrations.rules.spelling import same_spelling
from rakor.web.access import Scope, current_link, policy


@blueprint.route("/p/<token>/name", methods=["GET", "POST"])
@policy("me.name", Scope.LINK, purposes=PERSON)
def correct_name(token: str) -> Page:
    """Put the own name and titles right until the cut-off; seat and ticket stay as they are."""
    row, event, _office = person_and_event()
    if not me_view.may_correct(row, event, now=clock.now()):
        flash(_("Nama tidak dapat diubah lagi di sini. Hubungi panitia bila ada yang perlu dibetulkan."), "warn")
        return redirect(url_for("me.show_data", token=token), 303)
    form = NameForm.read() if request.method == "POST" else NameForm(name=store.display_name(row))
    assert isinstance(form, NameForm)
    if form.accepted() and _put_right(form):
        flash(_("Nama tersimpan. Panitia melihat bahwa namanya dibetulkan."), "ok")
        return redirect(url_for("me.show_data", token=token), 303)
    page = render_template("portal/me_name.html", event=event, form=form, token=token)
    return page, 422 if request.method == "POST" else 200


def _put_right(form: NameForm) -> bool:
    """Write the name where it is the same person's; else say who can let another person in."""
    link = current_link()
    with transaction(unaudited="the same name again changes nothing"):
        events.locked_event(link.event_id)
        mine = own_row(link.event_id, link.subject_id)
        same = same_spelling(mine.name, form.name.person.name)
        if same:
            found = roster.person(link.event_id, link.subject_id)
            changes.correct_name(mine, form.name.person, search=found[2] if found else (), now=clock.now())
    if not same:
        form.name.errors = [
            _("Ini tampak seperti nama orang lain. Bila orangnya berganti, minta kantor Anda atau panitia mengganti.")
        ]
    return same
