"""Decisions about people at an event."""

from rakor.registrations.rules.states import Mode, RegistrationState

__all__ = ["Mode", "RegistrationState"]
