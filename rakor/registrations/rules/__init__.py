"""Decisions about people and their registrations; pure."""

from rakor.registrations.rules.quota import Placement, Window, place, registration_open
from rakor.registrations.rules.states import HOLDS_PLACE, Act, Mode, Refusal, RegistrationState, can

__all__ = [
    "HOLDS_PLACE",
    "Act",
    "Mode",
    "Placement",
    "Refusal",
    "RegistrationState",
    "Window",
    "can",
    "place",
    "registration_open",
]
