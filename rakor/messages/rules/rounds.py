"""Rounds by WhatsApp: over what, and what can be done at each stop. Pure."""

from enum import StrEnum


class Over(StrEnum):
    """What a round goes over."""

    OFFICES = "offices"
    PROVINCES = "provinces"


class Step(StrEnum):
    """What was done at a stop."""

    PASSED_ON = "passed_on"
    SKIPPED = "skipped"
