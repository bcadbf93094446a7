"""The way of the links: centre, province, office; and which of them are stuck. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

PROVINCES = UUID("5f0f2c1e-6a0b-5c59-9d6c-9a5b3b6d1f70")
"""The name space of provinces: they are no rows, but links point at UUIDs."""
UNFOLDERS = ("whatsapp", "facebookexternalhit", "telegrambot", "twitterbot", "slackbot", "skype", "linkedin")


class LinkState(StrEnum):
    """How far the link of an office is; each word is also a filter."""

    NOT_PASSED_ON = "not_passed_on"
    NOT_OPENED = "not_opened"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What is known of an office's link; nobody who opened it is identified."""

    passed_on: bool
    opened: bool
    answered: int


def is_in(facts: LinkFacts, state: LinkState) -> bool:
    """Tell whether a link is one of those a filter asks for; who answered has got the link in some way."""
    if facts.answered:
        return False
    if state is LinkState.NOT_PASSED_ON:
        return not facts.passed_on and not facts.opened
    if state is LinkState.NOT_OPENED:
        return not facts.opened
    return True


def province_subject(code: str) -> UUID:
    """Return the id under which a province's link is kept."""
    return uuid5(PROVINCES, code)


def only_unfolds(agent: str) -> bool:
    """Tell whether a request comes from a service that unfolds links in a chat, not from somebody who opens one."""
    said = agent.casefold()
    return any(word in said for word in UNFOLDERS)
