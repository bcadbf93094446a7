"""Whose time is shown to a person beside the event's."""

from rakor.regions.rules import reference
from rakor.registrations.rules.states import Mode


def own_zone(mode: Mode, event_zone: str, office_zone: str | None, province_code: str | None) -> str:
    """Return a person's own IANA zone: on site the event's; online the office's, else the region's."""
    if mode is Mode.ONSITE:
        return event_zone
    if office_zone is not None:
        return office_zone
    return reference().zone_of(province_code) if province_code else event_zone
