"""What of a meeting is released to everybody, and who may say so."""

from collections.abc import Mapping
from enum import StrEnum

from rakor.accounts.rules import EDITORS, GRANTERS, Role


class Kind(StrEnum):
    """What can be released beside the programme."""

    PHOTO = "photo"
    QUOTATION = "quotation"


class PhotoBasis(StrEnum):
    """Why the people on a photo may be shown (domain.md §2.9): they agreed, or a notice said so at the venue."""

    CONSENT = "consent"
    NOTICE = "notice"


DRAFTERS = EDITORS | {Role.NOTE_TAKER}
"""Who may prepare, change and take away what is still a draft."""

PUBLISHERS: Mapping[Kind, frozenset[Role]] = {Kind.PHOTO: EDITORS, Kind.QUOTATION: GRANTERS}
"""Who may show each kind to everybody: a quotation speaks in somebody's name, so the event's owner alone frees it."""


def may_publish(kind: Kind, roles: frozenset[str]) -> bool:
    """True where one of somebody's roles in the event gives the right to release this kind."""
    return not roles.isdisjoint(PUBLISHERS[kind])


def may_change(kind: Kind, roles: frozenset[str], *, is_published: bool) -> bool:
    """True where somebody may change or take away a draft; what everybody sees is changed by who may publish it."""
    return may_publish(kind, roles) if is_published else not roles.isdisjoint(DRAFTERS)
