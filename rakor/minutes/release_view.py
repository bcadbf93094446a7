"""The organiser's page of what is released: drafts and what everybody sees, and who may do what."""

from typing import Any

from flask import render_template

from rakor.accounts.words import ROLES
from rakor.agenda import store as agenda
from rakor.agenda.rules.views import EVERYTHING, ItemView
from rakor.events.models import Event
from rakor.events.rules import Stage
from rakor.minutes.release_forms import BASES, NewPhotoForm, QuotationForm
from rakor.minutes.rules.conclusions import is_approved
from rakor.minutes.rules.release import DRAFTERS, PUBLISHERS, Kind, may_change, may_publish
from rakor.minutes.store import conclusions, notes, release
from rakor.web.access import principal


def programme(event: Event) -> list[ItemView]:
    """Return the items that photos and quotations can be of."""
    return list(agenda.programme(event.id, EVERYTHING))


def page(
    event: Event, *, photo: NewPhotoForm | None = None, quotation: QuotationForm | None = None, status: int = 200
) -> tuple[str, int]:
    """Return the page; a form that was refused stands there with what was typed."""
    items = programme(event)
    approved = notes.approved_items(event.id)
    found = [(row, is_approved(conclusions.standing(row), approved)) for row in conclusions.of_event(event.id)]
    drawn = render_template(
        "minutes/release.html",
        photos=release.photos(event.id),
        quotations=release.quotations(event.id),
        conclusions=[(row, is_good) for row, is_good in found if row.is_public],
        photo_form=photo or NewPhotoForm().offer(items),
        quotation_form=quotation or QuotationForm().offer(items),
        titles={item.id: item.title for item in items},
        **shared(event),
    )
    return drawn, status


def shared(event: Event) -> dict[str, Any]:
    """Return what both pages of this room need."""
    roles = principal().roles
    return {
        "event": event, "event_title": event.short_title, "demo_notice": event.demo_world is not None,
        "BASES": BASES, "Kind": Kind, "is_open": event.stage is not Stage.DRAFT,
        "may_publish": {kind: may_publish(kind, roles) for kind in Kind},
        "may_change": lambda kind, row: may_change(kind, roles, is_published=row.published_at is not None),
        "drafters": _named(DRAFTERS), "publishers": {kind: _named(who) for kind, who in PUBLISHERS.items()},
    }  # fmt: skip


def _named(roles: frozenset[Any]) -> str:
    return ", ".join(str(word) for role, word in ROLES.items() if role in roles)
