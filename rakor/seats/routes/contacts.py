""" "Narahubung kantor": pasted from a sheet, looked at row by row, saved; the rest stays in the field."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.offices.store import ContactDraft
from rakor.registrations.rules import wa_link
from rakor.registrations.rules.phones import is_mobile, show
from rakor.registrations.words import EMAIL_PROBLEMS, PHONE_PROBLEMS
from rakor.seats.contact_words import ROW_PROBLEMS
from rakor.seats.routes.base import Page, Paged, blueprint, event_of, staff_context
from rakor.seats.routes.finding import finder_of
from rakor.seats.rules.contact_rows import MOST_ROWS, ContactRow, read_contacts
from rakor.web.access import Scope, policy
from rakor.web.locale import number

LONGEST_PASTE = 400_000


@blueprint.get("/events/<uuid:event_id>/contacts")
@policy("seats.contacts", Scope.EVENT, roles=REGISTRARS)
def contacts(event_id: UUID) -> Page:
    """Every office with its contacts, the offices without any first on request; and the field to paste into."""
    return _page(event_of(event_id))


@blueprint.post("/events/<uuid:event_id>/contacts")
@policy("seats.contacts_paste", Scope.EVENT, roles=REGISTRARS)
def contacts_paste(event_id: UUID) -> Page:
    """Show what the rows say; with ``step=save`` keep the good ones, and show the rest again with its reasons."""
    event = event_of(event_id)
    pasted = request.form.get("rows", "")[:LONGEST_PASTE].replace("\r\n", "\n")
    rows = read_contacts(pasted, finder_of(event))
    good, bad = [row for row in rows if row.problem is None], [row for row in rows if row.problem]
    if not rows:
        nothing = _("Belum ada baris. Salin dari Excel, lalu tempel di sini.")
        return _page(event, pasted=pasted, error=nothing, status=422)
    if request.form.get("step") != "save" or not good:
        return _page(event, pasted=pasted, rows=rows, status=200 if good else 422)
    with transaction():
        events.locked_event(event_id)
        added, changed = offices.save_contacts(event_id, [(row.office.id, _draft(row)) for row in good if row.office])
    words = _("%(added)s narahubung baru, %(changed)s diperbarui.", added=number(added), changed=number(changed))
    flash(words, "ok")
    if bad:
        heading = pasted.split("\n", 1)[0] if rows[0].line > 1 else ""
        rest = "\n".join(filter(None, (heading, *(row.typed for row in bad))))
        return _page(event, pasted=rest, rows=read_contacts(rest, finder_of(event)))
    return redirect(url_for("seats.contacts", event_id=event_id), 303)


def _draft(row: ContactRow) -> ContactDraft:
    return ContactDraft(row.name, row.post, row.phone, row.email)


def _reason(row: ContactRow) -> str:
    """What is wrong with a row, with the choices or the finer reason."""
    if row.problem is None:
        return ""
    words = str(ROW_PROBLEMS[row.problem])
    if row.choices and row.office is None:
        return f"{words} {'; '.join(office.name for office in row.choices)}"
    if row.phone_problem:
        return str(PHONE_PROBLEMS[row.phone_problem])
    return str(EMAIL_PROBLEMS[row.email_problem]) if row.email_problem else words


def _page(
    event: Event, *, pasted: str = "", rows: tuple[ContactRow, ...] = (), error: str = "", status: int = 200
) -> Page:
    every = offices.offices(event.institution_id)
    known = offices.contacts_of_institution(event.institution_id)
    lacking = request.args.get("lacking") == "1"
    page = Paged([row for row in every if not (lacking and row.id in known)])
    text = render_template(
        "seats/contacts.html",
        **staff_context(event),
        pasted=pasted,
        error=error,
        rows=[(row, _reason(row)) for row in rows],
        good_count=sum(row.problem is None for row in rows),
        most=MOST_ROWS,
        page=page,
        known=known,
        lacking=lacking,
        office_count=len(every),
        lacking_count=sum(row.id not in known for row in every),
        show_phone=show,
        whatsapp=lambda phone: wa_link(phone) if is_mobile(phone) else "",
    )
    return text, status
