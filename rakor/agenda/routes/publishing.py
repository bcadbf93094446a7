"""Published versions: what waits to be published, what each version changed, the text for groups, one brought back."""

from uuid import UUID

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from rakor import clock
from rakor.accounts.rules import EDITORS, READERS
from rakor.agenda import store, telling, words
from rakor.agenda.routes.board import looked_at
from rakor.agenda.routes.page import blueprint, context, event_or_404, to_day
from rakor.agenda.rules.versions import Change, concerns
from rakor.agenda.rules.views import EVERYTHING, PARTICIPANTS, ItemView
from rakor.agenda.store import versions
from rakor.agenda.store.expected import coming
from rakor.agenda.store.restoring import restore
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.web.access import Scope, current_user, policy, principal


@blueprint.get("/events/<uuid:event_id>/agenda/publication")
@policy("agenda.publication", Scope.EVENT, roles=EDITORS)
def show_publication(event_id: UUID) -> str:
    """What publishing would change, whom it tells, and what to look at before."""
    event, items = event_or_404(event_id), store.items(event_id, EVERYTHING)
    kept, pending = versions.newest(event_id), versions.pending(event_id)
    return render_template(
        "agenda/publication.html",
        newest=kept,
        pending=[telling.said(change, event.zone) for change in pending],
        told=_told(event, pending, items),
        warning_count=len(looked_at(event, items, store.rooms(event_id))),
        by_itself=versions.by_itself(event_id),
        **context(event),
    )


@blueprint.post("/events/<uuid:event_id>/agenda/versions")
@policy("agenda.publish", Scope.EVENT, roles=EDITORS)
def publish(event_id: UUID) -> Response:
    """Publish the draft as the next version; a second click finds nothing to publish."""
    event_or_404(event_id)
    with transaction(unaudited="a draft that is published already changes nothing"):
        events.locked_event(event_id)
        number = store.publish(event_id, by=current_user().id, now=clock.now())
    if number is None:
        flash(_("Tidak ada perubahan yang belum terbit."), "info")
        return to_day(event_id)
    flash(_("Versi %(n)s terbit. Halaman umum dan halaman peserta menampilkannya sekarang.", n=number), "ok")
    return redirect(url_for("agenda.show_version", event_id=event_id, number=number), 303)


@blueprint.get("/events/<uuid:event_id>/agenda/versions")
@policy("agenda.versions", Scope.EVENT, roles=READERS)
def list_versions(event_id: UUID) -> str:
    """Every published version with what it changed, the newest first."""
    event = event_or_404(event_id)
    found = [(line, [telling.said(one, event.zone) for one in line.changes]) for line in versions.lines(event_id)]
    return render_template("agenda/versions.html", lines=found, **context(event))


@blueprint.get("/events/<uuid:event_id>/agenda/versions/<int:number>")
@policy("agenda.version", Scope.EVENT, roles=READERS)
def show_version(event_id: UUID, number: int) -> str:
    """One version: what it changed, the text for groups, and its whole programme."""
    event = event_or_404(event_id)
    kept = versions.version(event_id, number) or abort(404)
    newest = versions.newest(event_id) or abort(404)
    line = next(one for one in versions.lines(event_id) if one.number == number)
    news = versions.news(event_id, number, PARTICIPANTS)
    page_url = f"{current_app.config['RAKOR'].base_url}/e/{event.slug}"
    items = versions.snapshot(kept)
    return render_template(
        "agenda/version.html",
        version=line,
        newest=newest.number,
        changes=[telling.said(one, event.zone) for one in line.changes],
        text=telling.whatsapp(event, news, items, page_url) if telling.has_news(news) else "",
        items=items,
        kinds=words.KINDS,
        visibilities=words.VISIBILITY,
        may_edit=principal().may(EDITORS),
        **context(event),
    )


@blueprint.post("/events/<uuid:event_id>/agenda/versions/<int:number>/restoration")
@policy("agenda.restore", Scope.EVENT, roles=EDITORS)
def bring_back(event_id: UUID, number: int) -> Response:
    """Bring an earlier version back: the draft and a new version are as it was."""
    event_or_404(event_id)
    newest = versions.newest(event_id)
    if newest is None or not 0 < number < newest.number:
        abort(404)
    with transaction(unaudited="a version that says the same changes nothing"):
        events.locked_event(event_id)
        made = restore(event_id, number, by=current_user().id, now=clock.now())
    if made is None:
        flash(_("Agenda yang terbit sudah sama dengan versi %(n)s.", n=number), "info")
        return redirect(url_for("agenda.list_versions", event_id=event_id), 303)
    flash(_("Versi %(old)s berlaku lagi dan terbit sebagai versi %(new)s.", old=number, new=made), "ok")
    return redirect(url_for("agenda.show_version", event_id=event_id, number=made), 303)


def _told(event: Event, pending: list[Change], items: list[ItemView]) -> int:
    """Return how many people have a changed item in their calendar."""
    known = {item.id: item for item in items}
    mine = [known.get(one.item_id) for one in pending if concerns([one])]
    seen = [item for item in mine if item is not None and item.visibility in PARTICIPANTS]
    expected = coming(event.id, on_site_only=False)
    if any(not item.roles for item in seen):
        return expected.whole
    roles = {role.id for item in seen for role in item.roles}
    return sum((expected.by_role or {}).get(role_id, 0) for role_id in roles)
