"""The A4 poster with the registration's QR: asked for on a page, set by the worker, taken as a PDF."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response as BaseResponse

from rakor import audit, clock, files, outbox
from rakor.accounts.rules import REGISTRARS
from rakor.db import db, transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.events.rules import EventMode
from rakor.outbox import Progress, job
from rakor.qr import qr_path
from rakor.registrations.poster_models import RegistrationPoster
from rakor.typeset import compile_pdf
from rakor.web import times
from rakor.web.access import Scope, policy
from rakor.web.times import Language

blueprint = Blueprint("poster", __name__)
BASE = "/events/<uuid:event_id>/poster"
JOB, PURPOSE, TEMPLATE = "registration.poster", "poster", "registration_poster.typ"
INK = "#0b2b40"


@blueprint.get(BASE)
@policy("poster.show", Scope.EVENT, roles=REGISTRARS)
def show(event_id: UUID) -> str:
    """Ask for the poster, see that it is being set, take it."""
    event = events.event(event_id) or abort(404)
    row = of_event(event_id)
    return render_template(
        "registrations/poster.html",
        event=event,
        event_title=event.short_title,
        poster=row,
        making=row is not None and row.made_at is None,
    )


@blueprint.post(BASE)
@policy("poster.make", Scope.EVENT, roles=REGISTRARS)
def make(event_id: UUID) -> BaseResponse:
    """Ask for a new poster; the worker sets it."""
    now = clock.now()
    with transaction():
        events.locked_event(event_id)
        row = of_event(event_id)
        if row is None:
            row = RegistrationPoster(event_id=event_id)
            db.session.add(row)
        row.requested_at, row.made_at = now, None
        outbox.enqueue(JOB, {"event_id": str(event_id), "requested_at": now.isoformat()}, event_id=event_id)
        audit.record("poster.make", event_id=event_id, object_kind="event", object_id=event_id)
    flash(_("Poster sedang disusun; biasanya selesai dalam beberapa detik."), "info")
    return redirect(url_for("poster.show", event_id=event_id), 303)


@blueprint.get(f"{BASE}.pdf")
@policy("poster.take", Scope.EVENT, roles=REGISTRARS)
def take(event_id: UUID) -> BaseResponse:
    """The poster as a PDF; where there is none yet, the page that makes one."""
    event, row = events.event(event_id) or abort(404), of_event(event_id)
    kept = files.read(event_id, row.file_id, PURPOSE) if row is not None else None
    if kept is None:
        return redirect(url_for("poster.show", event_id=event_id), 303)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''poster-{event.slug}.pdf"}
    return Response(kept.content, mimetype=kept.media_type, headers=headers)


def of_event(event_id: UUID) -> RegistrationPoster | None:
    """Return the poster of an event, or None."""
    return db.session.scalar(select(RegistrationPoster).where(RegistrationPoster.event_id == event_id))


@job(JOB)
def set_poster(payload: dict[str, str], _progress: Progress) -> None:
    """Set the poster that was asked for last; an older order, or one that is done, needs nothing."""
    event_id, asked_at = UUID(payload["event_id"]), datetime.fromisoformat(payload["requested_at"])
    event, row = events.event(event_id), of_event(event_id)
    if event is None or row is None or row.requested_at != asked_at or row.made_at is not None:
        return
    content, images = poster_content(event), {"qr": qr_image(form_url(event))}
    name = f"poster-{event.slug}.pdf"
    db.session.rollback()
    pdf = compile_pdf(TEMPLATE, content, images=images)
    now = clock.now()
    with transaction(unaudited="an order that was replaced is not kept"):
        row = of_event(event_id)
        if row is None or row.requested_at != asked_at:
            return
        if row.file_id is not None:
            files.drop(event_id, row.file_id)
        row.file_id = files.keep(
            pdf, event_id=event_id, purpose=PURPOSE, name=name, media_type="application/pdf", now=now
        )
        row.made_at = now


def form_url(event: Event) -> str:
    """Return the address of the open form, which the QR carries."""
    return f"{current_app.config['RAKOR'].base_url}/e/{event.slug}/registration"


def poster_content(event: Event) -> dict[str, object]:
    """Return the content of ``registration_poster.typ``: plain strings in Indonesian, the language of the hall."""
    place = ", ".join(filter(None, (event.venue, event.city)))
    both = f"{place} dan daring" if place else "Luring dan daring"
    modes = {EventMode.ONLINE: "Daring (Zoom)", EventMode.HYBRID: both}
    facts = [times.date_range(event.starts_on, event.ends_on, Language.ID), modes.get(event.mode, place)]
    closes = event.registration_closes_at
    until = f"Pendaftaran sampai {times.when(closes, event.zone, Language.ID)}" if closes else "Pendaftaran terbuka"
    contact = ", ".join(filter(None, (event.contact_name, event.contact_phone)))
    return {
        "document_title": f"Pendaftaran: {event.title}",
        "author": [event.organizer],
        "organizer": event.organizer,
        "title": event.title,
        "theme": event.theme,
        "facts": [times.plain(fact) for fact in facts if fact],
        "call": "Pindai untuk mendaftar",
        "until": times.plain(until),
        "address": form_url(event).split("://", 1)[1],
        "contact": f"Narahubung: {contact}" if contact else "",
        "mark": "Data contoh" if event.demo_world else "",
        "qr_alt": "Kode QR formulir pendaftaran",
    }


def qr_image(text: str) -> bytes:
    """Return the QR as an SVG file of plain squares, dark on white."""
    side, path = qr_path(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path fill="{INK}" d="{path}"/></svg>'
    ).encode()


