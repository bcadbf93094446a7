"""What a message says, apart from the form it travels in; and the texts that may stand in a mail."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

JOINER = "\N{WORD JOINER}"


class Kind(StrEnum):
    """The messages that exist."""

    CONFIRMATION = "confirmation"
    APPLIED = "applied"
    WAITING = "waiting"
    PROMOTED = "promoted"
    REJECTED = "rejected"
    OFFERED = "offered"
    LAPSED = "lapsed"
    LINK_REMINDER = "link_reminder"
    CALENDAR = "calendar"
    """An invitation to the calendar, its change, or its end."""
    SEATS_TAKEN_BACK = "seats_taken_back"
    """To an office: the organiser took seats back that had a name."""
    SEATS_CHANGED = "seats_changed"
    """To an office: seats were added or withdrawn, or may be taken in other ways."""
    CERTIFICATE = "certificate"
    """The own certificate, attached and by link (rakor/documents/certificate_letters.py)."""
    FOLLOW_UP = "follow_up"
    """To an office: what the meeting asks of it, and that its day comes near (rakor/minutes/reminding.py)."""
    CAMPAIGN = "campaign"
    """The organiser's own words, to chosen people or offices."""
    CAMPAIGN_TRIAL = "campaign_trial"
    """The same to whoever writes them, with a sample recipient's values and nobody's own link."""


@dataclass(frozen=True)
class Paper:
    """A PDF that goes along with a message: the file's name (ours, no text of anybody's) and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A message in words: every text is plain; whoever writes it as text or HTML escapes it for that target."""

    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    action: tuple[str, str] | None
    closing: tuple[str, ...]
    calendar: bytes | None = None
    method: str = "PUBLISH"
    """The iTIP method of the calendar part."""
    stop: tuple[str, str] | None = None
    """For broadcasts: the words, and the address, by which the recipient stops them."""
    paper: Paper | None = None


def one_line(text: str) -> str:
    """Return ``text`` without anything that could end a line or hide: headers and subjects are one line."""
    kept = (" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text)
    return " ".join("".join(kept).split())


def headline(text: str) -> str:
    """Return ``text`` as a Subject: one line, in which nothing is taken for an encoded word and read again."""
    return one_line(text).replace("=?", f"={JOINER}?")


def unlinked(text: str) -> str:
    """Return what a person typed, so that no mail program makes a link of it (security.md T8)."""
    return re.sub(r"(?<=\S)([.:@/])(?=\S)", rf"\1{JOINER}", one_line(text))


def as_text(letter: Letter) -> str:
    """Return the text part: lines of any length, links on lines of their own."""
    parts = [letter.greeting, *letter.paragraphs]
    parts += ["\n".join(f"{name}: {value}" for name, value in letter.facts)] if letter.facts else []
    parts += [f"{letter.action[0]}:\n{letter.action[1]}"] if letter.action else []
    parts += ["\n".join(letter.closing)]
    parts += [f"{letter.stop[0]}:\n{letter.stop[1]}"] if letter.stop else []
    return "\n\n".join(parts) + "\n"
