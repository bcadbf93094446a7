"""The states of a registration and the ways to follow an event."""

from enum import StrEnum


class RegistrationState(StrEnum):
    """Where a registration stands."""

    APPLIED = "applied"
    WAITING = "waiting"
    REGISTERED = "registered"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Mode(StrEnum):
    """How a person follows the event."""

    ONSITE = "onsite"
    ONLINE = "online"
