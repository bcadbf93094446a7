"""The summary, the map with its drill-down, and a leader's one number."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import DESKS, READERS, REGISTRARS
from rakor.agenda import store as agenda
from rakor.agenda.store import ItemView
from rakor.events import links
from rakor.events import store as events
from rakor.events.listings import offer_all
from rakor.events.models import Event, LinkPurpose
from rakor.events.rules import Phase, phase
from rakor.kept import Kept
from rakor.offices.models import OfficeContact
from rakor.regions import rules as regions
from rakor.registrations.rules.phones import is_mobile, masked, show, wa_link
from rakor.reports import lines, pictures, store, words
from rakor.reports.actions import needed
from rakor.reports.listings import LISTINGS
from rakor.reports.summary import FRESH, Summary, province_of, snapshot
from rakor.web.access import Scope, current_link, policy, principal
from rakor.web.locale import date_long, language
from rakor.web.nav import NavItem

blueprint = Blueprint("reports", __name__)
offer_all(blueprint, LISTINGS)
_drawn = Kept[tuple[UUID, str, str, bool], str](FRESH)
"""The changing part as drawn for all who watch: what is in it depends on these four alone."""
NAV = (NavItem(_l("Ringkasan"), "home", "reports.summary", READERS, 10, "reports."),)


@blueprint.get("/events/<uuid:event_id>")
@policy("reports.summary", Scope.EVENT, roles=READERS)
def summary(event_id: UUID) -> str:
    """The event's summary: the three numbers, the map, what needs action, arrivals, newest scans."""
    event = _event(event_id)
    return render_template("reports/summary.html", **_context(event))


@blueprint.get("/events/<uuid:event_id>/live")
@policy("reports.live", Scope.EVENT, roles=READERS)
def live(event_id: UUID) -> Response | str:
    """The summary's changing part; 204 where ``?seen=`` names what the page shows already."""
    event = _event(event_id)
    version = _counted(event).version
    if request.args.get("seen") == version:
        return Response(status=204)
    key = event.id, version, language(), principal().may(DESKS)
    return _drawn.get(key, clock.now(), lambda: render_template("reports/_live.html", **_context(event)))


@blueprint.get("/events/<uuid:event_id>/coverage")
@policy("reports.coverage", Scope.EVENT, roles=READERS)
def coverage(event_id: UUID) -> str:
    """The map with its table: provinces, the worst first."""
    event = _event(event_id)
    context = _context(event)
    ordered = sorted(context["tiles"], key=lambda t: (t.percent is None, t.percent or 0, t.code))
    return render_template("reports/coverage.html", ordered=ordered, **context)


@blueprint.get("/events/<uuid:event_id>/coverage/<province_code>")
@policy("reports.province", Scope.EVENT, roles=READERS)
def province(event_id: UUID, province_code: str) -> str:
    """One province: its offices, the worst first, each with its seats, its contact and a ready reminder."""
    event = _event(event_id)
    context = _context(event)
    counted: Summary = context["summary"]
    chosen = next((p for p in counted.provinces if p.code == province_code), None)
    if chosen is None:
        abort(404)
    checkpoint_ids = counted.focus.checkpoint_ids if counted.focus else ()
    offices = [
        office
        for office in store.office_counts(event_id, checkpoint_ids)
        if province_of(office, event.regions_as_of) == province_code
    ]
    offices.sort(key=lambda o: o.count.of(counted.measure) / max(o.count.invited, 1))
    ids = [office.id for office in offices]
    contacts = lines.contacts(ids)
    return render_template(
        "reports/province.html",
        province=chosen,
        zone=regions.reference().zone_of(province_code),
        offices=offices,
        contacts=contacts,
        phones=_phones(contacts, whole=principal().may(REGISTRARS)),
        seats=lines.seat_lines(event_id, ids, checkpoint_ids),
        reminders=_reminders(event, counted, offices, contacts if principal().may(REGISTRARS) else {}),
        **context,
    )


@blueprint.get("/l/<token>")
@policy("reports.leader", Scope.LINK, purposes={LinkPurpose.LEADER})
def leader(token: str) -> str:
    """A leader's page behind an expiring link: one number with its time, readable in sunlight."""
    event = _event(current_link().event_id)
    return render_template("reports/leader.html", token=token, **_context(event, linked=False))


@blueprint.get("/l/<token>/live")
@policy("reports.leader_live", Scope.LINK, purposes={LinkPurpose.LEADER})
def leader_live(token: str) -> Response | str:
    """The changing part of a leader's page; 204 where ``?seen=`` names what it shows already."""
    event = _event(current_link().event_id)
    if request.args.get("seen") == _counted(event).version:
        return Response(status=204)
    return render_template("reports/_leader.html", token=token, **_context(event, linked=False))


def _event(event_id: UUID) -> Event:
    event = events.event(event_id)
    if event is None:
        abort(404)
    return event


def _counted(event: Event) -> Summary:
    return snapshot(event, now=clock.now(), today=clock.today(event.zone))


def _context(event: Event, *, linked: bool = True) -> dict[str, Any]:
    counted = _counted(event)
    item = agenda.published(event.id, counted.focus.item_id) if counted.focus and counted.focus.item_id else None
    return {
        "event": event,
        "event_title": event.short_title,
        "demo_notice": event.demo_world is not None,
        "phase": phase(event.stage, event.starts_on, event.ends_on, clock.today(event.zone)),
        "Phase": Phase,
        "summary": counted,
        "session": item,
        "focus_words": _focus_words(item, counted),
        "tiles": pictures.tiles(counted, linked=linked),
        "counted": pictures.counted_words(counted.measure),
        "series": pictures.series(counted, event.zone),
        "actions": needed(event, counted) if linked else [],
        "may_scan": principal().may(DESKS),
        "verdicts": words.VERDICTS,
        "sources": words.SOURCES,
    }


def _focus_words(item: ItemView | None, counted: Summary) -> str:
    """Return what the big number counts: a session's short name, or the day."""
    if item is not None:
        return _("Sesi %(n)s", n=item.session_number) if item.session_number else item.title
    if counted.focus is None:
        return ""
    return date_long(counted.focus.held_on)


def _phones(contacts: dict[UUID, OfficeContact], *, whole: bool) -> dict[UUID, str]:
    """Return the contacts' numbers: whole for who calls them, the last figures for who only reads."""
    return {office_id: (show if whole else masked)(one.phone) for office_id, one in contacts.items() if one.phone}


def _reminders(
    event: Event, counted: Summary, offices: list[store.OfficeCount], contacts: dict[UUID, OfficeContact]
) -> dict[UUID, dict[str, str]]:
    """Return a ready WhatsApp text per office, with its own link; it opens the contact's chat where one is known."""
    epochs = lines.link_epochs(event.id, LinkPurpose.OFFICE, [office.id for office in offices])
    base = current_app.config["RAKOR"].base_url
    return {
        office.id: _reminder(event, counted, office, f"{base}{path}", contacts.get(office.id))
        for office in offices
        for path in [links.path_of(event.id, LinkPurpose.OFFICE, office.id, epochs.get(office.id, 0))]
    }


def _reminder(
    event: Event, counted: Summary, office: store.OfficeCount, link: str, contact: OfficeContact | None
) -> dict[str, str]:
    names = {"title": event.short_title, "office": office.name, "link": link}
    if counted.focus:
        text = _(
            "%(title)s sedang berlangsung. Dari %(office)s belum semua tercatat hadir. "
            "Tautan kantor: %(link)s Terima kasih.",
            **names,
        )
    else:
        text = _(
            "Mohon jawaban %(office)s untuk %(title)s. Isi nama dan kehadiran lewat tautan kantor: %(link)s "
            "Terima kasih.",
            **names,
        )
    number = contact.phone if contact and contact.phone and is_mobile(contact.phone) else ""
    return {"text": text, "href": wa_link(number, text)}
