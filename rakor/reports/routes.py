"""The summary, the map with its drill-down, and who is still missing."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, abort, render_template, request
from flask_babel import lazy_gettext as _l

from rakor import clock
from rakor.accounts.rules import DESKS, READERS, REGISTRARS
from rakor.events.listings import offer_all
from rakor.events.models import Event
from rakor.kept import Kept
from rakor.offices.models import OfficeContact
from rakor.regions import rules as regions
from rakor.registrations.rules.phones import is_mobile, masked, show, wa_link
from rakor.reports import lines, pictures, recap, reminders
from rakor.reports.actions import needed
from rakor.reports.listings import LISTINGS
from rakor.reports.pages import asked, context, counted, event_of, measured, numbers
from rakor.reports.rules import Measure
from rakor.reports.summary import FRESH, Summary
from rakor.web.access import Scope, policy, principal
from rakor.web.locale import language
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
    return render_template("reports/summary.html", **_summed_up(event_of(event_id)))


@blueprint.get("/events/<uuid:event_id>/live")
@policy("reports.live", Scope.EVENT, roles=READERS)
def live(event_id: UUID) -> Response | str:
    """The summary's changing part; 204 where ``?seen=`` names what the page shows already."""
    event = event_of(event_id)
    version = counted(event).version
    if request.args.get("seen") == version:
        return Response(status=204)
    key = event.id, version, language(), principal().may(DESKS)
    return _drawn.get(key, clock.now(), lambda: render_template("reports/_live.html", **_summed_up(event)))


def _summed_up(event: Event) -> dict[str, Any]:
    shown = context(event)
    return shown | {"actions": needed(event, shown["summary"])}


@blueprint.get("/events/<uuid:event_id>/coverage")
@policy("reports.coverage", Scope.EVENT, roles=READERS)
def coverage(event_id: UUID) -> str:
    """The map with its table, of what one chooses to see: provinces, the worst first."""
    event, at = event_of(event_id), asked()
    shown = context(event, at=at, measure=measured(counted(event, at)))
    ordered = sorted(shown["tiles"], key=lambda t: (t.percent is None, t.percent or 0, t.code))
    return render_template("reports/coverage.html", ordered=ordered, choices=choices(), **shown)


@blueprint.get("/events/<uuid:event_id>/missing")
@policy("reports.missing", Scope.EVENT, roles=READERS)
def missing(event_id: UUID) -> str:
    """Every office that lacks, by province: who has not answered, who is not there, who never was."""
    event, at = event_of(event_id), asked()
    measure = measured(counted(event, at))
    shown = numbers(event, at=at, measure=measure if measure.is_lack else Measure.SILENT)
    groups = recap.lacking(shown["summary"], shown["measure"], event.regions_as_of)
    return render_template("reports/missing.html", groups=groups, choices=choices(), **shown)


def choices() -> list[tuple[Measure, str]]:
    """Return what the map can show, by name."""
    return [(one, pictures.counted_words(one)["name"]) for one in Measure]


@blueprint.get("/events/<uuid:event_id>/coverage/<province_code>")
@policy("reports.province", Scope.EVENT, roles=READERS)
def province(event_id: UUID, province_code: str) -> str:
    """One province: its offices, the worst first, each with its seats, its contact and a ready reminder."""
    event, at = event_of(event_id), asked()
    found = counted(event, at)
    measure = measured(found)
    chosen = next((p for p in found.provinces if p.code == province_code), None) or abort(404)
    offices = sorted(
        recap.offices(found, event.regions_as_of, province_code), key=lambda one: one.count.percent(measure) or 0
    )
    ids, registrar = [office.id for office in offices], principal().may(REGISTRARS)
    contacts = lines.contacts(ids)
    lack = _lack(found, measure)
    lacking = [office for office in offices if office.count.of(lack)]
    return render_template(
        "reports/province.html",
        province=chosen,
        zone=regions.reference().zone_of(province_code),
        offices=offices,
        lack=lack,
        contacts=contacts,
        phones=_phones(contacts, whole=registrar),
        seats=lines.seat_lines(event_id, ids, found.focus.checkpoint_ids if found.focus else ()),
        reminders=reminders.to_offices(event, lack, lacking, contacts if registrar else {}),
        group=reminders.to_group(event, lack, chosen.name, lacking) if lacking else None,
        choices=choices(),
        chats=_chats(contacts) if registrar else {},
        may_remind=registrar,
        **context(event, at=at, measure=measure),
    )


def _lack(summary: Summary, measure: Measure) -> Measure:
    """What is asked for where this is shown: an answer, or to come."""
    if measure.is_lack:
        return measure
    return Measure.ABSENT if measure is Measure.PRESENT else Measure.SILENT


def _chats(contacts: dict[UUID, OfficeContact]) -> dict[UUID, str]:
    """Return where WhatsApp opens with each contact whose number can."""
    return {
        office_id: wa_link(one.phone, "") for office_id, one in contacts.items() if one.phone and is_mobile(one.phone)
    }


def _phones(contacts: dict[UUID, OfficeContact], *, whole: bool) -> dict[UUID, str]:
    """Return the contacts' numbers: whole for who calls them, the last figures for who only reads."""
    return {office_id: (show if whole else masked)(one.phone) for office_id, one in contacts.items() if one.phone}
