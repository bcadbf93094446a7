"""Who may be taken out of an event's team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rakor.accounts.rules import Role


@dataclass(frozen=True)
class Held:
    """One role that somebody holds until a date."""

    grant_id: UUID
    role: Role
    ends_on: date


def may_take(held: Sequence[Held], grant_id: UUID, today: date) -> bool:
    """False for the last living owner: an event without one could not be set up any more."""
    owners = [one.grant_id for one in held if one.role is Role.OWNER and one.ends_on >= today]
    return owners != [grant_id]
