""" "Narahubung kantor": pasted from a sheet, looked at row by row, saved; the rest stays in the field."""

from collections.abc import Mapping
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor.accounts.rules import REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.offices.models import Office
from rakor.offices.store import ContactDraft
from rakor.registrations.rules import wa_link
from rakor.registrations.rules.phones import is_mobile, show
from rakor.registrations.words import EMAIL_PROBLEMS, PHONE_PROBLEMS
from rakor.seats.contact_words import ROW_PROBLEMS
from rakor.seats.routes.base import Page, Paged, blueprint, event_of, staff_context
from rakor.seats.routes.finding import finder_of
from rakor.seats.routes.offices import named, search_words
from rakor.seats.rules.contact_rows import MOST_ROWS, ContactRow, read_contacts
from rakor.sheets import Refused, read_table
from rakor.sheets.reading import MOST_BYTES
from rakor.sheets.words import REFUSALS
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
    request.max_content_length = MOST_BYTES + 4 * LONGEST_PASTE
    typed = request.form.get("rows", "")[:LONGEST_PASTE].replace("\r\n", "\n")
    sheet, wrong = _read_sheet() or ("", "")
    pasted = "\n".join(filter(None, (typed, sheet)))
    if wrong:
        return _page(event, pasted=pasted, error=wrong, status=422)
    rows = read_contacts(pasted, finder_of(event))
    good, bad = [row for row in rows if row.problem is None], [row for row in rows if row.problem]
    if not rows:
        nothing = _("Belum ada baris. Salin dari Excel, lalu tempel di sini.")
        return _page(event, pasted=pasted, error=nothing, status=422)
    if request.form.get("step") != "save" or request.files.get("sheet") or not good:
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


def _read_sheet() -> tuple[str, str] | None:
    """The rows of an uploaded sheet as they would be pasted, or why it is not read; None where none was chosen."""
    sent = request.files.get("sheet")
    content = sent.read(MOST_BYTES + 1) if sent and sent.filename else b""
    if not content:
        return None
    found = read_table(content) if len(content) <= MOST_BYTES else Refused.TOO_LARGE
    if isinstance(found, Refused):
        return "", str(REFUSALS[found])
    lines = ["\t".join(" ".join(cell.split()) for cell in cells) for _number, cells in found.rows]
    return "\n".join(lines)[:LONGEST_PASTE], ""


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


def lacks(rows: list[Office], known: Mapping[UUID, object]) -> list[Office]:
    """Return the offices that the address asks for: all, or those of whom nobody is known."""
    lacking = request.args.get("lacking") == "1"
    return [row for row in rows if not (lacking and row.id in known)]


def _page(
    event: Event, *, pasted: str = "", rows: tuple[ContactRow, ...] = (), error: str = "", status: int = 200
) -> Page:
    every = offices.offices(event.institution_id)
    known = offices.contacts_of_institution(event.institution_id)
    page = Paged(lacks(named(every), known))
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
        lacking=request.args.get("lacking") == "1",
        q=search_words(),
        office_count=len(every),
        lacking_count=sum(row.id not in known for row in every),
        show_phone=show,
        whatsapp=lambda phone: wa_link(phone) if is_mobile(phone) else "",
    )
    return text, status
