"""The offices of an event's institution, ready to be found by what people type."""

from rakor.events.models import Event
from rakor.offices import store as offices
from rakor.seats.rules.office_names import KnownOffice, OfficeFinder


def finder_of(event: Event) -> OfficeFinder:
    """Return a finder over all offices of the event's institution; one query."""
    return OfficeFinder(
        KnownOffice(o.id, o.code, o.name, o.short_name, o.level, o.province_code, o.regency_code)
        for o in offices.offices(event.institution_id)
    )
