""" "Kantor": the institution's offices, made from patterns, and how each is reached.

These pages belong to an event (its map, its menu), so they live here: the room of offices knows no events.
"""

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from rakor import clock
from rakor.accounts.rules import EDITORS, REGISTRARS
from rakor.db import transaction
from rakor.events import store as events
from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.offices.forms import PatternForm, UnitsForm
from rakor.offices.models import Office
from rakor.offices.rules import KPU, OfficeDraft, PatternRefusal, expand
from rakor.offices.words import LEVELS, PATTERN_PROBLEMS
from rakor.regions.rules import reference
from rakor.registrations.rules import fold
from rakor.registrations.rules.phones import show, wa_link
from rakor.seats import store
from rakor.seats.forms import ContactForm
from rakor.seats.routes.base import Page, Paged, blueprint, event_of, office_of, staff_context
from rakor.seats.store import province_on
from rakor.seats.words import look_of
from rakor.web.access import Scope, policy
from rakor.web.forms import clean
from rakor.web.locale import number

EXAMPLES = 3


@blueprint.get("/events/<uuid:event_id>/offices")
@policy("seats.offices", Scope.EVENT, roles=EDITORS)
def offices_page(event_id: UUID) -> Page:
    """The offices by level, the form of a pattern, and the list."""
    return _page(event_of(event_id), PatternForm.read())


@blueprint.post("/events/<uuid:event_id>/offices")
@policy("seats.add_offices", Scope.EVENT, roles=EDITORS)
def offices_add(event_id: UUID) -> Page:
    """Make the offices of a pattern that the institution lacks; ``step=preview`` only shows them."""
    event = event_of(event_id)
    form = PatternForm.read()
    if request.form.get("ready"):
        drafts = [draft for pattern in KPU for draft in _made(pattern, event) or ()]
    else:
        made = expand(form.pattern(), reference(), event.regions_as_of) if form.accepted() else ()
        if isinstance(made, PatternRefusal):
            form.name.errors = [_blame(made)]
        if form.errors:
            return _page(event, form, status=422)
        drafts = list(made) if not isinstance(made, PatternRefusal) else []
    if request.form.get("step") == "preview":
        return _page(event, form, preview=drafts)
    with transaction():
        added = offices.add_offices(event_id, event.institution_id, drafts)
    if added:
        flash(_("%(n)s kantor dibuat.", n=number(added)), "ok")
    else:
        flash(_("Tidak ada yang berubah: semua kantor itu sudah ada."), "info")
    return redirect(url_for("seats.offices_page", event_id=event_id), 303)


@blueprint.post("/events/<uuid:event_id>/offices/units")
@policy("seats.add_units", Scope.EVENT, roles=EDITORS)
def offices_units(event_id: UUID) -> Page:
    """Add units beside the map, one a line."""
    event = event_of(event_id)
    form = UnitsForm.read()
    if not form.accepted():
        return _page(event, PatternForm(), units=form, status=422)
    with transaction():
        locked = events.locked_event(event_id)
        added = offices.add_units(event_id, locked.institution_id, form.lines)
    flash(_("%(n)s kantor dibuat.", n=number(added)), "ok")
    return redirect(url_for("seats.offices_page", event_id=event_id), 303)


def _made(pattern: Any, event: Event) -> tuple[OfficeDraft, ...]:
    made = expand(pattern, reference(), event.regions_as_of)
    assert not isinstance(made, PatternRefusal), "the ready patterns are right"
    return made


def _blame(refusal: PatternRefusal) -> str:
    words = str(PATTERN_PROBLEMS[refusal.problem])
    return f"{words} ({refusal.word})" if refusal.word else words


def search_words() -> str:
    """What the list is searched for."""
    return clean(request.args.get("q"))


def named(rows: list[Office]) -> list[Office]:
    """Return the offices whose name or code holds what is searched for; capitals and accents do not count."""
    wanted = fold(search_words())
    return [row for row in rows if wanted in fold(row.name) or wanted == row.code]


def _page(
    event: Event,
    form: Any,
    *,
    units: Any = None,
    preview: list[OfficeDraft] | None = None,
    status: int = 200,
) -> Page:
    rows = offices.offices(event.institution_id)
    page = Paged(named(rows))
    counts = offices.level_counts(event.institution_id)
    text = render_template(
        "seats/offices.html",
        **staff_context(event),
        form=form,
        units=units or UnitsForm(),
        preview=preview,
        examples=EXAMPLES,
        body=offices.institution(event.institution_id),
        counts=[(LEVELS[level], count) for level, count in sorted(counts.items())],
        page=page,
        q=search_words(),
        office_count=len(rows),
        contacts=offices.contacts([row.id for row in page.rows]),
        province_names={p.code: p.short_name for p in reference().provinces()},
    )
    return text, status


@blueprint.get("/events/<uuid:event_id>/offices/<uuid:office_id>")
@policy("seats.office", Scope.EVENT, roles=REGISTRARS)
def offices_one(event_id: UUID, office_id: UUID) -> Page:
    """One office: its seats and answers, its contacts."""
    event = event_of(event_id)
    office = office_of(event, office_id)
    contact = next((c for c in _contacts(office) if str(c.id) == request.args.get("contact")), None)
    form = ContactForm.read(obj=contact)
    if contact is not None:
        form.contact_id.data = str(contact.id)
        form.phone.data = show(contact.phone) if contact.phone else ""
    return _office_page(event, office, form)


@blueprint.post("/events/<uuid:event_id>/offices/<uuid:office_id>/contacts")
@policy("seats.save_contact", Scope.EVENT, roles=REGISTRARS)
def offices_contact(event_id: UUID, office_id: UUID) -> Page:
    """Add, put right or (``step=remove``) forget a contact of the office."""
    event = event_of(event_id)
    office = office_of(event, office_id)
    form = ContactForm.read()
    removes = request.form.get("step") == "remove"
    if not removes and not form.accepted():
        return _office_page(event, office, form, 422)
    named = _uuid(form.contact_id.data)
    with transaction():
        row = offices.contact(office_id, named) if named else None
        if named and row is None:
            abort(404)
        if row is None and not removes:
            offices.add_contact(event_id, office_id, form.draft())
        elif row is not None and removes:
            offices.remove_contact(event_id, row)
        elif row is not None:
            offices.change_contact(event_id, row, form.draft())
        else:
            abort(404)
    flash(_("Kontak dihapus.") if removes else _("Kontak tersimpan."), "ok")
    return redirect(url_for("seats.offices_one", event_id=event_id, office_id=office_id), 303)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _contacts(office: Office) -> list[Any]:
    return list(offices.contacts([office.id]).get(office.id, ()))


def _office_page(event: Event, office: Office, form: Any, status: int = 200) -> Page:
    lines = store.seats_with_holders(event.id, [office.id])
    code = province_on(office.province_code, office.regency_code, event.regions_as_of)
    text = render_template(
        "seats/office.html",
        **staff_context(event),
        office=office,
        province=reference().province(code).short_name if code else _("Pusat"),
        lines=[(line, look_of(line.answer, line.mode)) for line in lines],
        contacts=_contacts(office),
        form=form,
        show_phone=show,
        wa_link=wa_link,
        history=store.history(event.id, [line.seat_id for line in lines]),
        speaker=store.speaker(event.id, office.id),
        papers=store.assignments(event.id, office.id),
        people={line.registration_id: line.name for line in lines if line.registration_id},
        now=clock.now(),
    )
    return text, status
