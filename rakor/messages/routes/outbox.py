"""The outbox: every message of an event with its state and its tries, each as its recipient sees it, and again."""

from typing import Any
from uuid import UUID

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import audit, clock
from rakor import outbox as jobs
from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.messages import campaigns, delivery, listing, store, words
from rakor.messages.listing import Narrowed
from rakor.messages.models import Message
from rakor.messages.routes.base import Page, blueprint, event_of, staff_context
from rakor.messages.rules import Kind, as_text
from rakor.web.access import Scope, policy
from rakor.web.paging import Pages


@blueprint.get("/events/<uuid:event_id>/outbox")
@policy("messages.list", Scope.EVENT, roles=REGISTRARS)
def show_outbox(event_id: UUID) -> str:
    """The event's messages, newest first: by state, kind and campaign, searched by recipient."""
    event, wanted = event_of(event_id), Narrowed.read(request.args)
    counts = listing.counts(event_id, wanted)
    total = counts.get(wanted.state, 0) if wanted.state else sum(counts.values())
    pages = Pages.read(request.args.get("page", ""), total)
    rows = listing.page(event_id, wanted, pages.offset, pages.size)
    about = campaigns.campaign(event_id, wanted.campaign) if wanted.campaign else None
    return render_template(
        "messages/outbox.html",
        **staff_context(event, "outbox"),
        rows=rows,
        names=store.recipients(event_id, [row.recipient_id for row in rows]),
        subjects=listing.subjects(event_id, rows),
        kinds=words.KINDS,
        states=words.STATES,
        reasons=words.REASONS,
        counts=counts,
        narrowed=wanted,
        about=about,
        pages=pages,
        pause=jobs.pause(store.SEND),
        kind_of=Kind,
        any_at_all=bool(rows) or listing.any_at_all(event_id),
    )


@blueprint.post("/events/<uuid:event_id>/outbox/failures")
@policy("messages.again_all", Scope.EVENT, roles=REGISTRARS)
def send_failed_again(event_id: UUID) -> Page:
    """Let everything that failed, as the list is narrowed, leave once more."""
    wanted = Narrowed.read(request.form)
    with transaction(unaudited="where nothing failed nothing changes"):
        count = listing.queue_failed_again(event_id, wanted, now=clock.now())
        if count:
            audit.record("message.again", event_id=event_id, object_kind="event", object_id=event_id, count=count)
    flash(_("%(n)s pesan dikirim lagi.", n=count), "ok")
    return redirect(url_for("messages.show_outbox", event_id=event_id, **wanted.kept()), 303)


@blueprint.get("/events/<uuid:event_id>/outbox/<uuid:message_id>")
@policy("messages.show", Scope.EVENT, roles=REGISTRARS)
def show_message(event_id: UUID, message_id: UUID) -> str:
    """One message as the mail it is: the words in our own page, and the text part beside them."""
    event, row = event_of(event_id), _message(event_id, message_id)
    said, made = delivery.written(row) or (None, None)
    return render_template(
        "messages/message.html",
        **staff_context(event, "outbox"),
        row=row,
        letter=said,
        mail=made,
        text=as_text(said) if said else "",
        name=store.recipients(event_id, [row.recipient_id]).get(row.recipient_id, ""),
        kinds=words.KINDS,
        states=words.STATES,
        reasons=words.REASONS,
        kind_of=Kind,
    )


@blueprint.post("/events/<uuid:event_id>/outbox/<uuid:message_id>/sendings")
@policy("messages.again", Scope.EVENT, roles=REGISTRARS)
def send_again(event_id: UUID, message_id: UUID) -> Page:
    """ "Kirim lagi": the same message once more, under the Message-ID it has."""
    with transaction(unaudited="a message that waits already is left alone"):
        row = _message(event_id, message_id)
        queued = store.queue_again(row, now=clock.now())
        if queued:
            audit.record("message.again", event_id=event_id, object_kind="message", object_id=row.id)
    if queued:
        flash(_("Pesan masuk antrean kirim."), "ok")
    else:
        flash(_("Pesan ini sudah menunggu dikirim."), "info")
    return redirect(url_for("messages.show_message", event_id=event_id, message_id=message_id), 303)


@blueprint.get("/events/<uuid:event_id>/outbox/<uuid:message_id>/calendar.ics")
@policy("messages.calendar", Scope.EVENT, roles=REGISTRARS)
def download_calendar(event_id: UUID, message_id: UUID) -> Response:
    """The calendar file of a message, as a download."""
    row = _message(event_id, message_id)
    written = delivery.written(row)
    if written is None or written[0].calendar is None:
        abort(404)
    headers: dict[str, Any] = {"Content-Disposition": "attachment; filename=rakor.ics"}
    return Response(written[0].calendar, headers=headers, content_type="text/calendar; charset=utf-8")


def _message(event_id: UUID, message_id: UUID) -> Message:
    return store.message(event_id, message_id) or abort(404)


